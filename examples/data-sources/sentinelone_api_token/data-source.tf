data "sentinelone_api_token" "this" {}

check "api_token_is_good_for_a_while" {
  assert {
    condition = data.sentinelone_api_token.this.days_left > 14
    error_message = join(" ", [
      "The API token expires on ${data.sentinelone_api_token.this.expires_at}:",
      "make a new one under Settings > Users > Service Users.",
    ])
  }
}
