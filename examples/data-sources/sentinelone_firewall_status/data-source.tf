data "sentinelone_firewall_status" "here" {}

# Without Firewall Control, rules are stored but not enforced.
check "firewall_control_is_on" {
  assert {
    condition     = data.sentinelone_firewall_status.here.enabled
    error_message = "Firewall Control is off: turn it on under Sentinels > Network Control."
  }
}
