import {
  to = sentinelone_firewall_rule_order.here
  identity = {
    scope = "site/225494730938493804"
  }
}
