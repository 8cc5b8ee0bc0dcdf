# Blocks what a campaign uses. Hosts of several kinds go into one rule.
resource "sentinelone_firewall_rule" "campaign" {
  name        = "Block campaign 4711"
  description = "phishing kit, case 4711"
  action      = "Block"
  direction   = "outbound"

  remote_hosts = {
    addresses = ["203.0.113.7", "2001:db8::7"]
    cidrs     = ["198.51.100.0/28"]
    fqdns     = ["login.evil.example"]
  }
}

# Keeps one application from a service, on Windows only.
resource "sentinelone_firewall_rule" "legacy_app" {
  name     = "No SMB for the legacy app"
  action   = "Block"
  os_types = ["windows"]
  protocol = "TCP"

  application = { paths = ["C:\\legacy\\app.exe"] }
  remote_port = { ports = [139, 445] }
}
