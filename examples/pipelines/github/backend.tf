# Where the states are kept, one for each scope. The workflows give the key: see TF_CLI_ARGS_init.
terraform {
  required_version = ">= 1.10" # for use_lockfile

  backend "s3" {
    bucket       = "example-terraform-states"
    region       = "eu-central-1"
    use_lockfile = true
  }
}
