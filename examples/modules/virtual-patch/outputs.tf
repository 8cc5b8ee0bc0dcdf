output "rules" {
  description = "The rules by application: id, CVEs, number of endpoints, paths and the day of review."
  value = {
    for application, rule in sentinelone_firewall_rule.this : application => {
      id        = rule.id
      cves      = local.rules[application].cves
      endpoints = local.rules[application].endpoints
      paths     = local.rules[application].paths
      review_by = local.rules[application].review_by
    }
  }
}

output "detected" {
  description = "The number of endpoints on which a CVE is still detected, by CVE."
  value       = local.detected
}

output "unanswered" {
  description = "The CVEs of the vulnerable applications that no rule blocks, because no path of them is known, by application."
  value       = { for application, a in local.unanswered : application => a.cves }
}

output "tag_id" {
  description = "The id of the tag of the rules, by which scopes below take them on."
  value       = sentinelone_firewall_tag.this.id
}
