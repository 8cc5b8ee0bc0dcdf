# What is grave, from the worst on.
data "sentinelone_application_risks" "grave" {
  highest_severities = ["CRITICAL", "HIGH"]
}

output "grave" {
  value = [
    for a in data.sentinelone_application_risks.grave.applications :
    "${a.vendor} ${a.name}: ${a.cve_count} CVEs on ${a.endpoint_count} endpoints for ${a.days_detected} days"
  ]
}

# How many applications are vulnerable at all, by one call.
data "sentinelone_application_risks" "all" {
  count_only = true
}

output "vulnerable_applications" {
  value = data.sentinelone_application_risks.all.total
}

# What to look at first. Attacks count most, then the score, then how long the application has been vulnerable. Without the
# licence for vulnerability management, exploited_in_the_wild and highest_risk_score are null: no comparison of null with
# "Yes" is true, and coalesce takes the next best score.
locals {
  urgency = {
    for a in data.sentinelone_application_risks.grave.applications : a.application_id => (
      a.exploited_in_the_wild == "Yes" ? "now"
      : coalesce(a.highest_risk_score, a.highest_nvd_base_score, 0) >= 8 ? "this week"
      : a.days_detected >= 30 ? "this month"
      : "with the next update"
    )
  }
}

output "by_urgency" {
  value = {
    for a in data.sentinelone_application_risks.grave.applications :
    local.urgency[a.application_id] => "${a.vendor} ${a.name}"...
  }
}
