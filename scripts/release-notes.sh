#!/bin/sh
# Prints what CHANGELOG.md tells of a version: release-notes.sh 1.2.3. A version that it does not tell of is not released.
set -eu
cd "$(dirname "$0")/.."

notes=$(awk -v heading="## [$1]" '
	index($0, "## ") == 1 { on = index($0, heading) == 1; next }
	on' CHANGELOG.md)
[ -n "$notes" ] || { echo "CHANGELOG.md has no section $1: give Unreleased its number and date" >&2; exit 1; }
printf '%s\n' "$notes"
