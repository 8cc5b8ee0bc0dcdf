resource "sentinelone_firewall_rule" "allow_sinkhole" {
  name         = "Allow the sinkhole"
  action       = "Allow"
  remote_hosts = { addresses = ["198.51.100.53"] }
}

resource "sentinelone_firewall_rule" "block_network" {
  name         = "Block the network"
  action       = "Block"
  remote_hosts = { cidrs = ["198.51.100.0/24"] }
}

# The first rule that matches decides: the exception comes before the rule. Rules that are not listed follow.
resource "sentinelone_firewall_rule_order" "here" {
  rule_ids = [
    sentinelone_firewall_rule.allow_sinkhole.id,
    sentinelone_firewall_rule.block_network.id,
  ]
}
