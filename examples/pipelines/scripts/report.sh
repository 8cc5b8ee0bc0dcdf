#!/bin/sh
# Prints one report over the summaries of all scopes. Ends with 0 when there is nothing to do anywhere, with 2 when there
# is, with 1 when a scope could not be planned.
set -eu
cd "$(dirname "$0")/.."

status=0
scopes=$(scripts/scopes.sh) # on a line of its own, so that its failure ends the script
for scope in $(printf '%s' "$scopes" | jq --raw-output '.[]'); do
	summary=summaries/$scope.md
	if [ ! -e "$summary" ]; then
		printf '### %s: could not be planned; see its job\n\n' "$scope"
		status=1
	else
		cat "$summary"
		if [ "$status" -eq 0 ] && ! grep -q "^### $scope: no changes\$" "$summary"; then
			status=2
		fi
	fi
done
exit "$status"
