# Where the vulnerable applications of a vendor are, and the paths of their programs.
data "sentinelone_application_risks" "of_vendor" {
  vendors = ["Igor Pavlov"]
}

data "sentinelone_application_endpoints" "of_each" {
  for_each = { for a in data.sentinelone_application_risks.of_vendor.applications : a.application_id => a }

  application_ids            = [each.key]
  application_name           = each.value.name
  application_vendor         = each.value.vendor
  include_installation_paths = true
}

# One firewall rule's worth for each application and operating system.
output "paths" {
  value = merge([
    for id, application in data.sentinelone_application_endpoints.of_each : {
      for os_type, paths in application.installation_paths :
      "${application.application_name} on ${os_type}" => paths
    }
  ]...)
}

output "endpoints" {
  value = {
    for id, application in data.sentinelone_application_endpoints.of_each :
    id => application.endpoints[*].endpoint_name
  }
}
