# Blocks the indicators of indicators.csv on one site: addresses, networks and domains by firewall rules, one for each
# campaign; file hashes by entries of the Blocklist. The console and the token come from the environment
# (SENTINELONE_HOST, SENTINELONE_API_TOKEN).

terraform {
  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}

variable "site_name" {
  description = "The site to protect. Left out, the first active one whose licence holds Firewall Control."
  type        = string
  default     = null
}

data "sentinelone_sites" "candidates" {
  name     = var.site_name
  states   = ["active"]
  features = ["firewall-control"]
}

locals {
  scope      = data.sentinelone_sites.candidates.sites[0].scope
  indicators = csvdecode(file("${path.module}/indicators.csv"))

  # Maps in locals: Terraform evaluates for_each once for every instance.
  campaigns = { for i in local.indicators : i.campaign => i... if i.type != "sha1" }
  hashes    = { for i in local.indicators : i.value => i if i.type == "sha1" }
}

data "sentinelone_firewall_status" "site" {
  scope = local.scope
}

# Without Firewall Control, rules are stored but not enforced.
check "firewall_control_is_on" {
  assert {
    condition     = data.sentinelone_firewall_status.site.enabled
    error_message = "Firewall Control is off for the site: turn it on under Sentinels > Network Control."
  }
}

resource "sentinelone_firewall_rule" "campaign" {
  for_each = local.campaigns

  scope       = local.scope
  name        = "Block ${each.key}"
  description = "indicators of campaign ${each.key}"
  action      = "Block"
  direction   = "outbound"

  remote_hosts = {
    addresses = [for i in each.value : i.value if i.type == "ipv4"]
    cidrs     = [for i in each.value : i.value if i.type == "cidr"]
    fqdns     = [for i in each.value : i.value if i.type == "domain"]
  }
}

resource "sentinelone_blocklist_entry" "file" {
  for_each = local.hashes

  scope       = local.scope
  os_type     = "windows"
  sha1        = each.key
  description = each.value.campaign
}

output "blocked" {
  description = "What is blocked, by kind of control."
  value = {
    firewall_rules    = length(sentinelone_firewall_rule.campaign)
    blocklist_entries = length(sentinelone_blocklist_entry.file)
    indicators        = length(local.indicators)
  }
}
