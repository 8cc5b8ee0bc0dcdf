# terraform apply -invoke=action.sentinelone_application_scan.site
action "sentinelone_application_scan" "site" {
  config {
    scope = { site_id = "225494730938493804" }
  }
}

# Or whenever the control changes.
resource "sentinelone_firewall_rule" "virtual_patch" {
  scope        = { site_id = "225494730938493804" }
  name         = "Until CVE-2023-38831 is patched"
  action       = "Block"
  direction    = "outbound"
  remote_hosts = { addresses = ["203.0.113.7"] }

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.sentinelone_application_scan.site]
    }
  }
}
