# What is in effect here, in the order in which endpoints look at it: own rules first, then those of scopes above.
data "sentinelone_firewall_rules" "in_effect" {
  inherited = true
  statuses  = ["Enabled"]
}

# Rules that nobody manages as code yet.
data "sentinelone_firewall_rules" "by_hand" {
  managed = false
}

output "evaluation" {
  value = [for rule in data.sentinelone_firewall_rules.in_effect.rules : "${rule.action} ${rule.name}"]
}

output "unmanaged" {
  value = { for rule in data.sentinelone_firewall_rules.by_hand.rules : rule.id => "${rule.name}, by ${rule.creator}" }
}
