locals {
  feed = provider::sentinelone::parse_indicators(file("${path.module}/feed.csv"))
}

# What can't be enforced shows as a warning and stops nothing. A precondition would stop.
check "the_whole_feed_can_be_enforced" {
  assert {
    condition     = length(local.feed.rejected) == 0
    error_message = join("\n", [for r in local.feed.rejected : "feed.csv, line ${r.line}: ${r.reason}"])
  }
}

# A document of indicators: {"198.51.100.0/28":"bulletproof hosting", …}
output "indicators" {
  value = local.feed.indicators
}

output "domains" {
  value = local.feed.count.domain
}
