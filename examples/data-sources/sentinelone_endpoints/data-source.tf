# Windows endpoints on which firewall rules have no effect.
data "sentinelone_endpoints" "unprotected" {
  os_types         = ["windows"]
  firewall_enabled = false
}

output "unprotected" {
  value = {
    for e in data.sentinelone_endpoints.unprotected.endpoints :
    e.name => "${e.os_name}, agent ${e.agent_version}, last seen ${e.last_active_date}"...
  }
}

# How many endpoints have not been heard of since the start of the year, by one call.
data "sentinelone_endpoints" "silent" {
  active_before = "2026-01-01T00:00:00Z"
  count_only    = true
}
