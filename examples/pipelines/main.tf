# What one scope, a site or an account, enforces. The pipelines run this code once for each file in scopes/, each with a
# state of its own. The console and the token come from the environment (SENTINELONE_HOST, SENTINELONE_API_TOKEN).

terraform {
  required_version = ">= 1.5"
  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}

variable "scope" {
  description = "The site or account to protect."
  type = object({
    account_id = optional(string)
    site_id    = optional(string)
  })
}

variable "requests_per_second" {
  description = "This run's share of what the console allows the token. Left out, the run takes all of it."
  type        = number
  default     = null
}

provider "sentinelone" {
  scope               = var.scope
  requests_per_second = var.requests_per_second
}

locals {
  indicators = csvdecode(file("${path.module}/indicators.csv"))

  # Maps in locals: Terraform evaluates for_each once for every instance.
  campaigns = { for i in local.indicators : i.campaign => i... if i.type != "sha1" }
  hashes    = { for i in local.indicators : i.value => i if i.type == "sha1" }
}

resource "sentinelone_firewall_rule" "campaign" {
  for_each = local.campaigns

  name      = "Block ${each.key}"
  action    = "Block"
  direction = "outbound"

  remote_hosts = {
    addresses = [for i in each.value : i.value if i.type == "ipv4"]
    cidrs     = [for i in each.value : i.value if i.type == "cidr"]
    fqdns     = [for i in each.value : i.value if i.type == "domain"]
  }
}

resource "sentinelone_blocklist_entry" "file" {
  for_each = local.hashes

  os_type     = "windows"
  sha1        = each.key
  description = each.value.campaign
}
