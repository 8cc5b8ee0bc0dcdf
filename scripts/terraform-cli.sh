#!/bin/sh
# Prints the path of the Terraform CLI that the tests, the demo and the generators run: the one that
# TF_ACC_TERRAFORM_PATH names, else terraform on PATH, else OpenTofu, which is built where there is none: the Go
# toolchain is then all that a machine needs.
set -eu

if [ -n "${TF_ACC_TERRAFORM_PATH:-}" ]; then
	printf '%s\n' "$TF_ACC_TERRAFORM_PATH"
	exit
fi
command -v terraform || exec "$(dirname "$0")/opentofu.sh"
