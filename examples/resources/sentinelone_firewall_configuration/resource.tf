# The scope decides for itself, and has Firewall Control on. What is left out stays as it is.
resource "sentinelone_firewall_configuration" "here" {
  enabled                    = true
  location_aware             = true
  inherit_all_firewall_rules = true
}
