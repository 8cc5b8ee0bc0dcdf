# Where one CVE still is.
data "sentinelone_vulnerabilities" "seven_zip" {
  cve_id_contains = ["CVE-2025-0411"]
  os_types        = ["windows"]
}

output "endpoints_with_cve_2025_0411" {
  value = {
    for v in data.sentinelone_vulnerabilities.seven_zip.vulnerabilities :
    v.endpoint_name => "${v.application}, for ${v.days_detected} days"...
  }
}

# The ten with the highest CVSS base scores.
data "sentinelone_vulnerabilities" "top" {
  severities = ["CRITICAL", "HIGH"]
  sort_by    = "base_score"
  sort_order = "desc"
  limit      = 10
}
