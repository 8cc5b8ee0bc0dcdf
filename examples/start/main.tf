# Blocks what a phishing kit uses on one site, and warns where that would not be enforced. The console and the token come
# from the environment (SENTINELONE_HOST, SENTINELONE_API_TOKEN).

terraform {
  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}

provider "sentinelone" {
  scope = { site_id = "225494730938493804" } # for objects that name no scope of their own
}

resource "sentinelone_firewall_rule" "phishing" {
  name   = "Block phishing kit 4711"
  action = "Block"
  remote_hosts = {
    addresses = ["203.0.113.7"]
    fqdns     = ["login.evil.example"]
  }
}

resource "sentinelone_blocklist_entry" "dropper" {
  os_type     = "windows"
  sha1        = "3395856ce81f2b7382dee72602f798b642f14140"
  description = "dropper of kit 4711"
}

data "sentinelone_firewall_status" "here" {}

check "firewall_control" {
  assert {
    condition     = data.sentinelone_firewall_status.here.enabled
    error_message = "Firewall Control is off for the site: turn it on under Sentinels > Network Control."
  }
}
