# How publish.sh speaks to GitHub, with what every job has in its environment and GITHUB_TOKEN. Issues that it keeps carry
# the label "sentinelone-drift".

# call METHOD PATH [FILE]: the answer to a call whose body is FILE. The token stays out of the process list.
call() {
	printf 'header = "Authorization: Bearer %s"\n' "$GITHUB_TOKEN" |
		curl --config - --silent --show-error --fail --retry 3 --request "$1" \
			--header "Accept: application/vnd.github+json" ${3:+--data-binary "@$3"} \
			"$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/$2"
}

pull_request=${GITHUB_REF#refs/pull/}
pull_request=${pull_request%/merge}

comments() {
	call GET "issues/$pull_request/comments?per_page=100&page=$1"
}

write_comment() {
	jq '{body: .}' "$2" >call.json
	if [ -n "$1" ]; then
		call PATCH "issues/comments/$1" call.json >answer.json
	else
		call POST "issues/$pull_request/comments" call.json >answer.json
	fi
}

find_issue() {
	call GET "issues?state=open&labels=sentinelone-drift&per_page=100" >issues.json
	jq 'map(select(.pull_request | not)) | first.number // empty' issues.json # pull requests are listed, too
}

write_issue() {
	jq --arg title "$2" '{title: $title, labels: ["sentinelone-drift"], body: .}' "$3" >call.json
	if [ -n "$1" ]; then
		call PATCH "issues/$1" call.json >answer.json
	else
		call POST issues call.json >answer.json
	fi
}

close_issue() {
	printf '{"state": "closed"}' >call.json
	call PATCH "issues/$1" call.json >answer.json
}
