import {
  to = sentinelone_firewall_rule.campaign
  id = "225494730938493804"
}
