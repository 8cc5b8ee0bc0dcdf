resource "sentinelone_indicator_set" "campaign" {
  name = "campaign 4711"
  indicators = jsonencode({
    "evil.example" = "phishing kit"
    "203.0.113.7"  = "sends the mails"
  })
}

# Asks the console with each plan, and once more when an apply has changed the set, whether all of it is in force. It stands
# outside of the check block, since Terraform would show one inside as something to read with each plan.
data "sentinelone_indicator_status" "campaign" {
  indicators = sentinelone_indicator_set.campaign.indicators
  depends_on = [sentinelone_indicator_set.campaign]
}

check "campaign_is_blocked" {
  assert {
    condition     = data.sentinelone_indicator_status.campaign.enforced
    error_message = "Not enforced: ${data.sentinelone_indicator_status.campaign.not_enforced}"
  }
}

# Is something blocked here, and by whom?
data "sentinelone_indicator_status" "asked" {
  values   = ["198[.]51.100.7", "other.example"]
  os_types = ["windows"]
}

output "blocked_by" {
  value = {
    for indicator, status in jsondecode(data.sentinelone_indicator_status.asked.statuses) :
    indicator => try(status.covered_by.creator, status.reason)
  }
}
