terraform {
  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}

# The token is better kept out of code: SENTINELONE_API_TOKEN holds it in the environment.
provider "sentinelone" {
  host  = "example.sentinelone.net"
  scope = { site_id = "225494730938493804" }
}
