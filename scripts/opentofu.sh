#!/bin/sh
# Prints the path of OpenTofu: the tofu on PATH, else one built from the version that tools/opentofu pins.
set -eu

if command -v tofu; then
	exit
fi

root=$(cd "$(dirname "$0")/.." && pwd)
pin=$root/tools/opentofu
tofu=$root/.tools/tofu

if [ ! -x "$tofu" ] || [ -n "$(find "$pin/go.mod" -newer "$tofu")" ]; then
	echo "No tofu on PATH: building OpenTofu into .tools/, once. This takes several minutes." >&2
	mkdir -p "$root/.tools"
	# Built beside its place and moved there, so that a build that stops, or two at a time, leave no half a file.
	# Without the -X it would call itself a development version, and version checks would treat it as one.
	go -C "$pin" build -o "$tofu.$$" -ldflags "-X github.com/opentofu/opentofu/version.dev=no" \
		github.com/opentofu/opentofu/cmd/tofu
	mv "$tofu.$$" "$tofu"
fi
printf '%s\n' "$tofu"
