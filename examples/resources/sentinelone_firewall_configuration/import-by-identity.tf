import {
  to = sentinelone_firewall_configuration.here
  identity = {
    scope = "site/225494730938493804"
  }
}
