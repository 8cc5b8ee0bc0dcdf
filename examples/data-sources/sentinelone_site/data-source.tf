data "sentinelone_site" "laboratory" {
  name = "Laboratory"

  # A rule would be stored, but not enforced.
  lifecycle {
    postcondition {
      condition     = self.firewall_control
      error_message = "The site's licence does not include Firewall Control."
    }
  }
}

resource "sentinelone_firewall_rule" "no_telnet" {
  scope       = data.sentinelone_site.laboratory.scope
  name        = "No telnet"
  action      = "Block"
  protocol    = "TCP"
  remote_port = { ports = [23] }
}
