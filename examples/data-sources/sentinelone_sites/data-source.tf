data "sentinelone_sites" "protected" {
  states   = ["active"]
  features = ["firewall-control"]
}

# A rule for each site, by the scope that comes ready-made.
resource "sentinelone_firewall_rule" "no_telnet" {
  for_each = { for site in data.sentinelone_sites.protected.sites : site.name => site }

  scope       = each.value.scope
  name        = "No telnet"
  action      = "Block"
  protocol    = "TCP"
  remote_port = { ports = [23] }
}
