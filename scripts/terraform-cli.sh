#!/bin/sh
# Prints the path of the Terraform CLI that the tests, the demo and the generators run: the one that
# TF_ACC_TERRAFORM_PATH names, else terraform on PATH, else tofu on PATH. Where there is none of them, OpenTofu is
# built from the version pinned in tools/opentofu: the Go toolchain is then all that a machine needs.
set -eu

if [ -n "${TF_ACC_TERRAFORM_PATH:-}" ]; then
	printf '%s\n' "$TF_ACC_TERRAFORM_PATH"
	exit
fi
if command -v terraform || command -v tofu; then
	exit
fi

root=$(cd "$(dirname "$0")/.." && pwd)
pin=$root/tools/opentofu
tofu=$root/.tools/tofu

if [ ! -x "$tofu" ] || [ -n "$(find "$pin/go.mod" -newer "$tofu")" ]; then
	echo "No terraform and no tofu on PATH: building OpenTofu into .tools/, once. This takes several minutes." >&2
	mkdir -p "$root/.tools"
	# Built beside its place and moved there, so that a build that stops, or two at a time, leave no half a file.
	# Without the -X it would call itself a development version, and version checks would treat it as one.
	go -C "$pin" build -o "$tofu.$$" -ldflags "-X github.com/opentofu/opentofu/version.dev=no" \
		github.com/opentofu/opentofu/cmd/tofu
	mv "$tofu.$$" "$tofu"
fi
printf '%s\n' "$tofu"
