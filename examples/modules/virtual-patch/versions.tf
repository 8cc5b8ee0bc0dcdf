terraform {
  required_version = ">= 1.5" # for check blocks and plantimestamp
  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}
