data "sentinelone_group" "servers" {
  site_id = "225494730938493804"
  name    = "Servers"
}

# A rule for the servers alone.
resource "sentinelone_firewall_rule" "no_telnet" {
  scope       = data.sentinelone_group.servers.scope
  name        = "No telnet"
  action      = "Block"
  protocol    = "TCP"
  remote_port = { ports = [23] }
}
