# The tags that this scope can select, its own and those of the scopes above.
data "sentinelone_firewall_tags" "all" {
  inherited = true
}

output "tag_ids" {
  value = { for tag in data.sentinelone_firewall_tags.all.tags : tag.id => tag.name }
}
