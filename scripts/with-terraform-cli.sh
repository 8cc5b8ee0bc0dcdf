#!/bin/sh
# Runs a command with the Terraform CLI that terraform-cli.sh finds:
#
#	scripts/with-terraform-cli.sh go test -run TestRule ./internal/firewall
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)

TF_ACC_TERRAFORM_PATH=$("$scripts/terraform-cli.sh")
export TF_ACC_TERRAFORM_PATH

# The CLI settings of whoever runs this stay out: a dev_overrides in them would put another build under test, and
# a file that is gone adds a warning to every command.
export TF_CLI_CONFIG_FILE=/dev/null
export CHECKPOINT_DISABLE=1

# The test framework has to know under which registry host the CLI looks for a provider that names none.
version=$("$TF_ACC_TERRAFORM_PATH" version)
case $version in
*OpenTofu*) export TF_ACC_PROVIDER_HOST=registry.opentofu.org ;;
*) unset TF_ACC_PROVIDER_HOST ;;
esac

export PATH="$scripts/path:$PATH"
exec "$@"
