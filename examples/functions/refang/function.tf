# People keep indicators defanged in lists that they share.
locals {
  reported = ["evil[.]example", "login(dot)glasswing(dot)example"]
}

resource "sentinelone_firewall_rule" "reported" {
  name      = "Block reported domains"
  action    = "Block"
  direction = "outbound"

  remote_hosts = {
    fqdns = [for text in local.reported : provider::sentinelone::refang(text)]
  }
}
