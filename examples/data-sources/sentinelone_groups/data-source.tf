data "sentinelone_groups" "headquarters" {
  site_ids = ["225494730938493804"]
}

output "endpoints_by_group" {
  value = { for group in data.sentinelone_groups.headquarters.groups : group.name => group.total_agents }
}
