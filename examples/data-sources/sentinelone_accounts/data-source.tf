data "sentinelone_accounts" "active" {
  states = ["active"]
}

# How many licences each account has, and how many endpoints.
output "licences" {
  value = {
    for account in data.sentinelone_accounts.active.accounts :
    account.name => "${account.active_agents} of ${account.total_licenses} in ${account.number_of_sites} sites"
  }
}
