# Checks all that the integration of a site asks for, and changes nothing. What is not in order is a warning that names
# the console's page to visit. The console and the token come from the environment (SENTINELONE_HOST,
# SENTINELONE_API_TOKEN).

terraform {
  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}

variable "site_id" {
  description = "The id of the site to protect: Settings > Sites, on the site's page."
  type        = string
}

provider "sentinelone" {
  scope = { site_id = var.site_id }
}

# Checks with data of their own go on where the console refuses it: that is a warning, too.

check "api_token" {
  data "sentinelone_api_token" "this" {}

  assert {
    condition = data.sentinelone_api_token.this.days_left > 14
    error_message = join(" ", [
      "The API token expires on ${data.sentinelone_api_token.this.expires_at}.",
      "Visit Settings > Users > Service Users, and make a new one by Actions > Copy User.",
    ])
  }
}

check "site" {
  data "sentinelone_site" "this" {
    id = var.site_id
  }

  assert {
    condition     = data.sentinelone_site.this.state == "active"
    error_message = "The site is ${data.sentinelone_site.this.state}. Visit Settings > Sites, and renew its licence."
  }

  assert {
    condition = data.sentinelone_site.this.firewall_control != false # null is a licence that is not known
    error_message = join(" ", [
      "The site's licence is ${data.sentinelone_site.this.sku}, which does not include Firewall Control.",
      "Visit Settings > Sites, and choose Control or Complete.",
    ])
  }
}

check "firewall_control" {
  data "sentinelone_firewall_status" "this" {}

  assert {
    condition     = data.sentinelone_firewall_status.this.enabled
    error_message = "Firewall Control is off for the site. Visit Sentinels > Network Control, and turn it on."
  }
}

# The permissions of the service user, by what they are for.

data "sentinelone_permissions" "indicators" {
  features = ["firewall", "blocklist", "sites"]
}

data "sentinelone_permissions" "vulnerabilities" {
  features = ["applications", "endpoints"]
}

check "permissions_for_indicators" {
  assert {
    condition = length(data.sentinelone_permissions.indicators.missing) == 0
    error_message = join(" ", [
      "To manage indicators, the token lacks ${join(", ", data.sentinelone_permissions.indicators.missing)}.",
      "Visit Settings > Users > Roles, and add them to the service user's role.",
    ])
  }
}

check "permissions_for_vulnerabilities" {
  assert {
    condition = length(data.sentinelone_permissions.vulnerabilities.missing) == 0
    error_message = join(" ", [
      "To see vulnerabilities, the token lacks ${join(", ", data.sentinelone_permissions.vulnerabilities.missing)}.",
      "Visit Settings > Users > Roles, and add them to the service user's role.",
    ])
  }
}

output "not_verified" {
  description = "Permissions that only Settings > Users > Roles can tell, as the token may not read roles."
  value = sort(setunion(
    data.sentinelone_permissions.indicators.unknown, data.sentinelone_permissions.vulnerabilities.unknown,
  ))
}
