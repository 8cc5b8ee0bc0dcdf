# Writes down what a scope holds, without managing any of it.
terraform {
  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}

variable "site_id" {
  type = string
}

provider "sentinelone" {
  scope = { site_id = var.site_id }
}

data "sentinelone_firewall_tags" "here" {}
data "sentinelone_firewall_rules" "here" {}
data "sentinelone_blocklist_entries" "here" {}

# The variables of the configuration next door, by the ids of the objects.
output "inventory" {
  value = {
    tags = {
      for tag in data.sentinelone_firewall_tags.here.tags :
      tag.id => { name = tag.name, description = tag.description }
    }
    rules = {
      for rule in data.sentinelone_firewall_rules.here.rules :
      rule.id => {
        for name, value in rule : name => value
        if !contains(["id", "scope", "rule_category", "creator", "created_at", "updated_at", "order", "editable"], name)
      }
    }
    rule_order = data.sentinelone_firewall_rules.here.rules[*].id
    entries = {
      for entry in data.sentinelone_blocklist_entries.here.entries :
      entry.id => {
        os_type     = entry.os_type
        sha1        = entry.sha1
        sha256      = entry.sha256
        description = entry.description
      }
    }
  }
}
