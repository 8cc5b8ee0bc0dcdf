data "sentinelone_permissions" "needed" {
  features = ["blocklist", "firewall", "sites"]

  # Stop before the first write, rather than halfway.
  lifecycle {
    postcondition {
      condition     = length(self.missing) == 0
      error_message = "The token's role lacks ${join(", ", self.missing)}: add it under Settings > Users > Roles."
    }
  }
}

# What the console does not tell is no reason to stop.
check "permissions_are_known" {
  assert {
    condition     = length(data.sentinelone_permissions.needed.unknown) == 0
    error_message = "Not verified: ${join(", ", data.sentinelone_permissions.needed.unknown)}."
  }
}
