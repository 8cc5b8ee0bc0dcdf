import {
  to = sentinelone_firewall_rule_order.here
  id = "site/225494730938493804"
}
