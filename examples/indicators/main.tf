terraform {
  required_version = ">= 1.8" # for functions

  required_providers {
    sentinelone = { source = "tem/sentinelone" }
  }
}

# Host and token come from SENTINELONE_HOST and SENTINELONE_API_TOKEN.
provider "sentinelone" {}

variable "sites" {
  description = "The names of the sites to enforce the feeds in, as the console shows them."
  type        = set(string)
  default     = ["Branch office", "Headquarters", "Laboratory"]
}

variable "protected" {
  description = "What must never be blocked, whatever a feed says: one's own networks and domains."
  type        = list(string)
  default     = ["198.51.100.0/24", "acme.example"]
}

locals {
  # What the team decides on itself comes last: its notes and expiries count.
  feeds = {
    for file in ["partner.stix.json", "team.csv"] :
    file => provider::sentinelone::parse_indicators(file("${path.module}/feeds/${file}"))
  }
  indicators = jsonencode(merge([for feed in local.feeds : jsondecode(feed.indicators)]...))
  rejected = flatten([
    for file, feed in local.feeds : [for r in feed.rejected : "${file}, line ${r.line}: ${r.reason}"]
  ])
}

data "sentinelone_site" "enforced" {
  for_each = var.sites
  name     = each.key
}

data "sentinelone_firewall_status" "enforced" {
  for_each = data.sentinelone_site.enforced
  scope    = each.value.scope
}

resource "sentinelone_indicator_set" "feed" {
  for_each = data.sentinelone_site.enforced

  scope       = each.value.scope
  name        = "threat feed"
  description = "feeds of the security team"
  indicators  = local.indicators
  protected   = var.protected
}

# What stops nothing, but has to be looked at.

check "feeds_are_read" {
  assert {
    condition     = length(local.rejected) == 0
    error_message = "Not enforced, since it can't be:\n${join("\n", local.rejected)}"
  }
}

check "firewall_control_is_on" {
  assert {
    condition = alltrue([for status in data.sentinelone_firewall_status.enforced : status.enabled])
    error_message = "No firewall rule is enforced in ${join(", ", [
      for name, status in data.sentinelone_firewall_status.enforced : name if !status.enabled
    ])}: Firewall Control is off there."
  }
}

check "indicators_are_enforced" {
  assert {
    condition = alltrue([for set in sentinelone_indicator_set.feed : length(jsondecode(set.failed)) == 0])
    error_message = join("\n", flatten([
      for name, set in sentinelone_indicator_set.feed : [
        for indicator, reason in jsondecode(set.failed) : "${name}: ${indicator}: ${reason}"
      ]
    ]))
  }
}

output "enforced" {
  description = "By site, how many indicators of each type are enforced."
  value       = { for name, set in sentinelone_indicator_set.feed : name => set.summary.enforced }
}
