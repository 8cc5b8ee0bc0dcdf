# What blocks here and is not managed as code: terraform query -generate-config-out=rules.tf
list "sentinelone_firewall_rule" "by_hand" {
  provider = sentinelone
  limit    = 1000

  config {
    actions = ["Block"]
    managed = false
  }
}
