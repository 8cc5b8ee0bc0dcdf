# GitLab keeps the states, one for each scope. The jobs give the address: see TF_HTTP_ADDRESS.
terraform {
  backend "http" {}
}
