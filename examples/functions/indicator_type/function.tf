variable "reported" {
  type    = list(string)
  default = ["203[.]0[.]113[.]7", "203.0.113.42", "evil[.]example"]
}

# By type: {"domain" = ["evil.example"], "ipv4" = ["203.0.113.7", "203.0.113.42"]}
locals {
  refanged = [for text in var.reported : provider::sentinelone::refang(text)]
  by_type  = { for value in local.refanged : provider::sentinelone::indicator_type(value) => value... }
}

resource "sentinelone_firewall_rule" "reported" {
  name      = "Block what was reported"
  action    = "Block"
  direction = "outbound"

  remote_hosts = {
    addresses = local.by_type["ipv4"]
    fqdns     = local.by_type["domain"]
  }
}
