ephemeral "sentinelone_site_registration_token" "headquarters" {
  site_id = "225494730938493804"
}

# Enrols this machine. Terraform does not show what a command says that was given the token.
resource "terraform_data" "agent" {
  provisioner "local-exec" {
    command     = "test -n \"$SITE_TOKEN\"" # the agent's installer goes here
    environment = { SITE_TOKEN = ephemeral.sentinelone_site_registration_token.headquarters.token }
  }
}
