import {
  to = sentinelone_firewall_configuration.here
  id = "site/225494730938493804"
}
