# Applies the module to the stand-in console that SENTINELONE_HOST names, and destroys what it made.

variables {
  site_id = "1900000000000000201" # Headquarters, of the seed demo
  domains = ["login.evil.example", "cdn.evil.example"]
}

run "blocks" {
  assert {
    condition     = sentinelone_firewall_rule.blocked.status == "Enabled"
    error_message = "The rule must be enforced."
  }
}

run "follows_the_feed" {
  variables {
    domains = ["login.evil.example"]
  }
  assert {
    condition     = length(sentinelone_firewall_rule.blocked.remote_hosts.fqdns) == 1
    error_message = "What the feed drops must leave the rule."
  }
}

run "refuses_an_empty_feed" {
  command = plan
  variables {
    domains = []
  }
  expect_failures = [var.domains]
}
