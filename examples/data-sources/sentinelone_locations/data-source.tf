data "sentinelone_locations" "offices" {
  name_contains = ["office"]
}

# Limits a rule to endpoints in an office.
resource "sentinelone_firewall_rule" "printers" {
  for_each = { for location in data.sentinelone_locations.offices.locations : location.name => location.id }

  name         = "Printers of ${each.key}"
  action       = "Allow"
  remote_hosts = { cidrs = ["192.0.2.0/24"] }
  location     = { ids = [each.value] }
}
