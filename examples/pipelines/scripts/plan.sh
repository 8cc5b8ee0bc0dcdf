#!/bin/sh
# Plans one scope: plan.sh SCOPE. Ends with 0 when there is nothing to do, with 2 when there is, with 1 when the plan
# failed. Leaves the plan in SCOPE.tfplan and, unless it failed, what it means to a reader in summaries/SCOPE.md.
set -eu
cd "$(dirname "$0")/.."

scope=$1
terraform=${TERRAFORM:-terraform}
rm -f "summaries/$scope.md"

"$terraform" init -input=false -no-color -reconfigure >&2 # the scope before may have had its state elsewhere
"$terraform" plan -input=false -no-color -lock-timeout=5m -detailed-exitcode \
	-var-file="scopes/$scope.tfvars" -out="$scope.tfplan" >&2 && changes=0 || changes=$?
[ "$changes" -ne 1 ] || exit 1

# The plan as JSON holds sensitive values in the clear: it goes through the pipe and nowhere else.
mkdir -p summaries
"$terraform" show -json "$scope.tfplan" |
	jq --raw-output --exit-status --arg scope "$scope" --arg changes "$changes" --from-file scripts/summary.jq \
		>"summaries/$scope.md.part"
mv "summaries/$scope.md.part" "summaries/$scope.md"
exit "$changes"
