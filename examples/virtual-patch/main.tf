# Blocks what is vulnerable and exploited on one site until it is patched. The console and the token come from the
# environment (SENTINELONE_HOST, SENTINELONE_API_TOKEN).
terraform {
  required_version = ">= 1.5"
  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}

variable "site_id" {
  type = string
}

module "virtual_patch" {
  source = "../modules/virtual-patch"

  scope             = { site_id = var.site_id }
  min_severity      = "HIGH"
  exploited_only    = true
  except            = ["Mozilla/Firefox"] # people need it: patch it first
  review_after_days = 14

  # The inventory knows the folder.
  paths = {
    "Igor Pavlov/7-Zip" = [
      "C:\\Program Files\\7-Zip\\7z.exe",
      "C:\\Program Files\\7-Zip\\7zFM.exe",
      "C:\\Program Files\\7-Zip\\7zG.exe",
    ]
  }
}

# Without Firewall Control, rules are stored but not enforced.
data "sentinelone_firewall_status" "site" {
  scope = { site_id = var.site_id }
}

check "firewall_control_is_on" {
  assert {
    condition     = data.sentinelone_firewall_status.site.enabled
    error_message = "Firewall Control is off for the site: turn it on under Sentinels > Network Control."
  }
}

output "controls" {
  value = module.virtual_patch.rules
}

output "detected" {
  value = module.virtual_patch.detected
}
