data "sentinelone_account" "europe" {
  name = "Example Europe"
}

# A rule for all sites of the account.
resource "sentinelone_firewall_rule" "no_telnet" {
  scope       = data.sentinelone_account.europe.scope
  name        = "No telnet"
  action      = "Block"
  protocol    = "TCP"
  remote_port = { ports = [23] }
}
