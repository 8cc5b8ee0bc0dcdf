scope = { account_id = "1900000000000000101" } # Example Europe
