# What the module can't know: which hosts have to do with an application, and which of its ports is the weak one.
resource "sentinelone_firewall_rule" "database" {
  scope       = { site_id = var.site_id }
  name        = "PostgreSQL not from the office"
  description = "CVE-2024-10979 until 16.5"
  action      = "Block"
  direction   = "inbound"
  os_types    = ["linux"]
  protocol    = "TCP"
  local_port  = { ports = [5432] }

  remote_hosts = { cidrs = ["192.0.2.0/24"] }
}
