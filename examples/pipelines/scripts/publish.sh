#!/bin/sh
# Publishes the report over all scopes, on GitHub or GitLab:
#
#	publish.sh comment   as a comment on the pull or merge request; a later run replaces it
#	publish.sh drift     as an issue while there is drift or a scope can't be planned; the same one from night to night,
#	                     closed when all is well again
#
# Ends with an error when a scope could not be planned.
# shellcheck source-path=SCRIPTDIR/..
set -eu
cd "$(dirname "$0")/.."

# Each defines comments, write_comment, find_issue, write_issue and close_issue.
if [ -n "${GITLAB_CI:-}" ]; then
	. gitlab/api.sh
else
	. github/api.sh
fi

scripts/report.sh >report.md && status=0 || status=$?

# body MARKER: the report as a JSON string, behind the comment by which it is found again. GitHub takes 65,536 characters.
body() {
	jq --raw-input --slurp --arg marker "$1" '
		if length > 60000 then .[:60000] | . + (if (split("```") | length) % 2 == 0 then "\n```\n" else "" end)
			+ "\nCut here: the jobs show the rest.\n" else . end
		| "\($marker)\n\(.)"' report.md
}

# find_comment MARKER: the id of the comment that begins so, or nothing.
find_comment() {
	page=1
	while comments "$page" >comments.json; do
		found=$(jq --arg marker "$1" 'map(select(.body | startswith($marker)) | .id) | first // empty' comments.json)
		if [ -n "$found" ] || [ "$(jq length comments.json)" -lt 100 ]; then
			printf '%s' "$found"
			return
		fi
		page=$((page + 1))
	done
	return 1
}

case $1 in
comment)
	marker="<!-- sentinelone plan -->"
	body "$marker" >body.json
	id=$(find_comment "$marker")
	write_comment "$id" body.json
	;;
drift)
	id=$(find_issue)
	if [ "$status" -ne 0 ]; then
		body "The console differs from the code, or could not be compared with it." >body.json
		write_issue "$id" "SentinelOne: drift" body.json
	elif [ -n "$id" ]; then
		close_issue "$id"
	fi
	;;
*)
	echo "publish.sh: comment or drift, not $1" >&2
	exit 1
	;;
esac
[ "$status" -ne 1 ]
