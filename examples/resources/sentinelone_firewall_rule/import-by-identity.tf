import {
  to = sentinelone_firewall_rule.campaign
  identity = {
    id    = "225494730938493804"
    scope = "site/225494730938493804"
  }
}
