# What a person should know. A check that fails is a warning, and holds up nothing.

locals {
  # The endpoints by CVE, whatever versions of whatever applications have it.
  detected = {
    for cve in sort(distinct(flatten(values(local.cves)))) : cve => length(distinct(flatten([
      for id, cves in local.cves : local.endpoints[id] if contains(cves, cve)
    ])))
  }
  obsolete = {
    for name, description in local.existing : name => description
    if !contains(values(local.applications)[*].rule, name)
  }
  today   = coalesce(var.today, formatdate("YYYY-MM-DD", plantimestamp()))
  overdue = { for application, rule in local.rules : application => rule if timecmp("${rule.review_by}T00:00:00Z", "${local.today}T00:00:00Z") < 0 }
}

check "patched" {
  assert {
    condition = length(local.detected) == 0
    error_message = join("\n", concat(["Still detected:"], [
      for cve, endpoints in local.detected : "- ${cve} on ${endpoints} ${endpoints == 1 ? "endpoint" : "endpoints"}: ${join(", ", [
        for application, a in local.applications : application if contains(a.cves, cve)
      ])}"
    ]))
  }
}

check "answered" {
  assert {
    condition = length(local.unanswered) == 0
    error_message = join("\n", concat(["Not blocked, because the inventory knows no path. Give it in paths, or name the application in except:"], [
      for application, a in local.unanswered : "- ${application}: ${join(", ", a.cves)}"
    ]))
  }
}

check "needed" {
  assert {
    condition = length(local.obsolete) == 0
    error_message = join("\n", concat(["No longer needed, and removed where this workspace made it:"], [
      for name, description in local.obsolete : join(": ", compact(["- ${name}", description]))
    ]))
  }
}

check "reviewed" {
  assert {
    condition = length(local.overdue) == 0
    error_message = join("\n", concat(["Overdue for review:"], [
      for application, rule in local.overdue : "- ${rule.rule}: since ${rule.review_by}"
    ]))
  }
}
