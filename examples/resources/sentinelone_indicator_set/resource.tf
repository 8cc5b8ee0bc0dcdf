# Two indicators with a note each, one of them for a month only, and a hash.
resource "sentinelone_indicator_set" "phishing" {
  name        = "phishing"
  description = "case 4711"

  indicators = jsonencode({
    "evil.example"                             = "phishing kit"
    "203.0.113.7"                              = { note = "sends the mails", expires = "2035-01-31T00:00:00Z" }
    "3395856ce81f2b7382dee72602f798b642f14140" = "what the mails carry"
  })

  protected = ["198.51.100.0/24", "mail.example"] # our own
}

# Says at once when something of it is not enforced.
check "phishing" {
  assert {
    condition     = jsondecode(sentinelone_indicator_set.phishing.failed) == {}
    error_message = "Not enforced: ${sentinelone_indicator_set.phishing.failed}"
  }
}
