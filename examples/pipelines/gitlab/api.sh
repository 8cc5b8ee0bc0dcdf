# How publish.sh speaks to GitLab, with what every job has in its environment and GITLAB_TOKEN, a project access token of
# the scope api: the job's own token may write neither notes nor issues. Issues that it keeps carry the label "sentinelone-drift".

# call METHOD PATH [FILE]: the answer to a call whose body is FILE. The token stays out of the process list.
call() {
	printf 'header = "PRIVATE-TOKEN: %s"\n' "$GITLAB_TOKEN" |
		curl --config - --silent --show-error --fail --retry 3 --request "$1" \
			--header "Content-Type: application/json" ${3:+--data-binary "@$3"} \
			"$CI_API_V4_URL/projects/$CI_PROJECT_ID/$2"
}

comments() {
	call GET "merge_requests/$CI_MERGE_REQUEST_IID/notes?per_page=100&page=$1"
}

write_comment() {
	jq '{body: .}' "$2" >call.json
	if [ -n "$1" ]; then
		call PUT "merge_requests/$CI_MERGE_REQUEST_IID/notes/$1" call.json >answer.json
	else
		call POST "merge_requests/$CI_MERGE_REQUEST_IID/notes" call.json >answer.json
	fi
}

find_issue() {
	call GET "issues?state=opened&labels=sentinelone-drift&per_page=100" >issues.json
	jq 'first.iid // empty' issues.json
}

write_issue() {
	jq --arg title "$2" '{title: $title, labels: "sentinelone-drift", description: .}' "$3" >call.json
	if [ -n "$1" ]; then
		call PUT "issues/$1" call.json >answer.json
	else
		call POST issues call.json >answer.json
	fi
}

close_issue() {
	printf '{"state_event": "close"}' >call.json
	call PUT "issues/$1" call.json >answer.json
}
