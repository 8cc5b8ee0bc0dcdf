#!/bin/sh
# Prints the names of all scopes as a JSON array, the matrix of the pipelines: one for each file in scopes/.
set -eu
cd "$(dirname "$0")/.."

for file in scopes/*.tfvars; do
	basename "$file" .tfvars
done | jq --raw-input --slurp --compact-output 'split("\n")[:-1]
	| map(if test("^[a-z0-9][a-z0-9-]*$") then . else error("scopes/\(.).tfvars: use lower-case letters, digits and dashes") end)'
