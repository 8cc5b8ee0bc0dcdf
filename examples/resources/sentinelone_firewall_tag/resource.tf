# A policy to be shared: the rules that are linked to the tag, which scopes below take on by selecting it.
resource "sentinelone_firewall_tag" "containment" {
  name        = "Containment"
  description = "rules for endpoints under investigation"
}

resource "sentinelone_firewall_rule" "no_lateral_movement" {
  name        = "No lateral movement"
  action      = "Block"
  direction   = "outbound"
  protocol    = "TCP"
  remote_port = { ports = [135, 139, 445, 3389] }
  tag_ids     = [sentinelone_firewall_tag.containment.id]
}
