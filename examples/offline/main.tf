# A module of one's own, small enough to read: it blocks domains on a site. tests/ tests it.

terraform {
  required_version = ">= 1.6" # whose command test is

  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}

variable "site_id" {
  description = "The site to protect."
  type        = string
}

variable "domains" {
  description = "The domains to block."
  type        = set(string)

  validation {
    condition     = length(var.domains) > 0
    error_message = "There is nothing to block: a feed may have come out empty."
  }
}

resource "sentinelone_firewall_rule" "blocked" {
  scope        = { site_id = var.site_id }
  name         = "Block domains"
  action       = "Block"
  remote_hosts = { fqdns = var.domains }
}
