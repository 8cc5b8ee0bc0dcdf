import {
  to = sentinelone_firewall_tag.containment
  id = "225494730938493804"
}
