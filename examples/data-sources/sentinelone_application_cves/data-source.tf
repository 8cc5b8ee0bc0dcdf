# The CVEs of each vulnerable application of a vendor.
data "sentinelone_application_risks" "of_vendor" {
  vendors = ["Igor Pavlov"]
}

data "sentinelone_application_cves" "of_each" {
  for_each        = { for a in data.sentinelone_application_risks.of_vendor.applications : a.application_id => a }
  application_ids = [each.key]
}

output "cves" {
  value = {
    for id, application in data.sentinelone_application_cves.of_each : id => [
      for cve in application.cves : "${cve.cve_id} ${cve.severity} ${cve.nvd_url}"
    ]
  }
}
