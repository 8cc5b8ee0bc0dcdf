variable "blocked_addresses" {
  type    = list(string)
  default = ["203.0.113.7", "203.0.113.42"]
}

locals {
  ours    = ["198.51.100.0/24", "corp.example"]
  harmful = compact([for value in var.blocked_addresses : provider::sentinelone::guard(value, local.ours...)])
}

resource "sentinelone_firewall_rule" "blocked" {
  name      = "Block what was reported"
  action    = "Block"
  direction = "outbound"

  remote_hosts = {
    addresses = var.blocked_addresses
  }

  lifecycle {
    precondition {
      condition     = length(local.harmful) == 0
      error_message = join("\n", local.harmful)
    }
  }
}
