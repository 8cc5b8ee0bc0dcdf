data "sentinelone_group" "servers" {
  site_id = "225494730938493804"
  name    = "Servers"
}

ephemeral "sentinelone_group_registration_token" "servers" {
  group_id = data.sentinelone_group.servers.id
}

# Enrols this machine. Terraform does not show what a command says that was given the token.
resource "terraform_data" "agent" {
  provisioner "local-exec" {
    command     = "test -n \"$GROUP_TOKEN\"" # the agent's installer goes here
    environment = { GROUP_TOKEN = ephemeral.sentinelone_group_registration_token.servers.token }
  }
}
