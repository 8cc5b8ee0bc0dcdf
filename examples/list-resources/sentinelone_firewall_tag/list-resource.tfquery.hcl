list "sentinelone_firewall_tag" "all" {
  provider = sentinelone

  config {
    scope = { account_id = "225494730938493804" }
  }
}
