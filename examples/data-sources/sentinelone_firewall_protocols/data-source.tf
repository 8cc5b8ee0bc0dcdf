data "sentinelone_firewall_protocols" "icmp" {
  query = "icmp"
}

output "icmp" {
  value = data.sentinelone_firewall_protocols.icmp.protocols[*].value
}
