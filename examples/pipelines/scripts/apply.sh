#!/bin/sh
# Applies one scope: apply.sh SCOPE. What is applied is exactly the plan that summaries/SCOPE.md describes.
set -eu
cd "$(dirname "$0")/.."

scripts/plan.sh "$1" && exit || changes=$?
[ "$changes" -eq 2 ] || exit "$changes"
"${TERRAFORM:-terraform}" apply -input=false -no-color -lock-timeout=5m "$1.tfplan" >&2
