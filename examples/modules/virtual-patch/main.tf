# What is vulnerable: versions of applications, narrowed as far as the console can, then their CVEs, then the endpoints that
# have them. A read that fails stops the plan; so does one that is cut short, by its postcondition.

locals {
  severities = ["NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"]
  grave      = slice(local.severities, index(local.severities, var.min_severity), length(local.severities))
}

data "sentinelone_application_risks" "selected" {
  scope                 = var.scope
  highest_severities    = local.grave
  exploited_in_the_wild = var.exploited_only ? ["Yes"] : null
  vendors               = var.vendors
  application_contains  = var.application_contains
  limit                 = var.limit

  lifecycle {
    postcondition {
      condition     = length(self.applications) == self.total
      error_message = "There are ${self.total} vulnerable applications, and only ${length(self.applications)} were read: rules would be removed by mistake. Raise limit, or narrow the selection."
    }
    postcondition {
      condition     = !var.exploited_only || alltrue([for a in self.applications : a.exploited_in_the_wild != null])
      error_message = "The console does not tell what is exploited: rules would be removed by mistake. It takes the licence for Singularity Vulnerability Management, or exploited_only = false."
    }
  }
}

locals {
  # By the console's id. The name of an application is the same in all its versions.
  versions = {
    for a in data.sentinelone_application_risks.selected.applications : a.application_id => {
      application    = "${a.vendor}/${a.name}"
      vendor         = a.vendor
      name           = a.name
      detection_date = a.detection_date
    }
    if !contains(var.except, "${a.vendor}/${a.name}")
  }
}

data "sentinelone_application_cves" "of" {
  for_each = local.versions

  scope            = var.scope
  application_ids  = [each.key]
  severities       = local.grave
  analyst_verdicts = ["Default", "Added CVE"] # not the false positives
  limit            = var.limit

  lifecycle {
    postcondition {
      condition     = length(self.cves) == self.total
      error_message = "${each.value.application} has ${self.total} CVEs, and only ${length(self.cves)} were read: its rule might be removed by mistake. Raise limit."
    }
    postcondition {
      condition     = !var.exploited_only || alltrue([for c in self.cves : c.exploited_in_the_wild != null])
      error_message = "The console does not tell which CVEs of ${each.value.application} are exploited: its rule might be removed by mistake. It takes the licence for Singularity Vulnerability Management, or exploited_only = false."
    }
  }
}

locals {
  # What is to be answered, by version.
  cves = {
    for id, read in data.sentinelone_application_cves.of : id => [
      for c in read.cves : c.cve_id
      if coalesce(c.risk_score, c.nvd_base_score, 0) >= var.min_score && (!var.exploited_only || c.exploited_in_the_wild == "Yes")
    ]
  }
  vulnerable = { for id, version in local.versions : id => version if length(local.cves[id]) > 0 }
}

data "sentinelone_application_endpoints" "of" {
  for_each = local.vulnerable

  scope                      = var.scope
  application_ids            = [each.key]
  application_name           = each.value.name
  application_vendor         = each.value.vendor
  include_installation_paths = true
  limit                      = var.limit

  lifecycle {
    postcondition {
      condition     = length(self.endpoints) == self.total
      error_message = "${each.value.application} is on ${self.total} endpoints, and only ${length(self.endpoints)} were read: paths might be missing. Raise limit."
    }
  }
}

locals {
  endpoints = {
    for id, read in data.sentinelone_application_endpoints.of : id => read.endpoints[*].endpoint_id
  }

  # What becomes a rule: an application with all its versions.
  applications = {
    for application, ids in { for id, version in local.vulnerable : version.application => id... } : application => {
      rule      = trimspace(substr("${var.name}: ${application}", 0, 200)) # as long as a name may be
      cves      = sort(distinct(flatten([for id in ids : local.cves[id]])))
      endpoints = length(distinct(flatten([for id in ids : local.endpoints[id]])))
      os_types  = distinct(flatten([for id in ids : data.sentinelone_application_endpoints.of[id].endpoints[*].os_type]))
      paths = sort(distinct(lookup(var.paths, application, flatten([
        for id in ids : values(data.sentinelone_application_endpoints.of[id].installation_paths)
      ]))))
      review_by = coalesce(var.review_after, formatdate("YYYY-MM-DD", timeadd(
        sort([for id in ids : local.vulnerable[id].detection_date])[0], "${24 * var.review_after_days}h"
      )))
    }
  }
  rules      = { for application, a in local.applications : application => a if length(a.paths) > 0 }
  unanswered = { for application, a in local.applications : application => a if length(a.paths) == 0 }
}

# The rules as they are before this plan.
data "sentinelone_firewall_rules" "existing" {
  scope         = var.scope
  name_contains = ["${var.name}: "]
  managed       = true
}

locals {
  existing = {
    for rule in data.sentinelone_firewall_rules.existing.rules : rule.name => rule.description
    if startswith(rule.name, "${var.name}: ")
  }
}

resource "sentinelone_firewall_tag" "this" {
  scope       = var.scope
  name        = var.name
  description = "Rules that stand in for patches."

  lifecycle {
    precondition {
      condition     = length(setintersection(values(local.unanswered)[*].rule, keys(local.existing))) == 0
      error_message = "The inventory knows no path any more of what is still vulnerable: ${join(", ", keys(local.unanswered))}. The rule would be removed. Give the path in paths, or name the application in except."
    }
  }
}

resource "sentinelone_firewall_rule" "this" {
  for_each = local.rules

  scope = var.scope
  name  = each.value.rule
  description = format("%s%s; review by %s",
    join(", ", slice(each.value.cves, 0, min(local.cves_named, length(each.value.cves)))),
    length(each.value.cves) > local.cves_named ? " and ${length(each.value.cves) - local.cves_named} more" : "",
    each.value.review_by,
  )
  action       = "Block"
  os_types     = each.value.os_types
  application  = { paths = each.value.paths }
  remote_hosts = var.remote_hosts
  allow_any    = var.remote_hosts == null
  tag_ids      = [sentinelone_firewall_tag.this.id]
}

locals {
  cves_named = 8 # so that the description stays below 256 characters, marker included
}
