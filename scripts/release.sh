#!/bin/sh
# Makes the release of the tag that is checked out, and publishes it on GitHub. Expects goreleaser and syft on PATH, and in
# the environment GITHUB_TOKEN, GPG_PRIVATE_KEY (armoured) and, where the key has one, GPG_PASSPHRASE. The public half of the
# key is registered with the Terraform registry.
set -eu
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'gpgconf --homedir "$work/gpg" --kill all; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

tag=$(git describe --exact-match --tags)
scripts/release-notes.sh "${tag#v}" >"$work/notes.md"

mkdir -m 700 "$work/gpg"
export GNUPGHOME="$work/gpg" GPG_PASSPHRASE="${GPG_PASSPHRASE:-}"
printf '%s\n' "$GPG_PRIVATE_KEY" | gpg --batch --quiet --import
GPG_FINGERPRINT=$(gpg --list-secret-keys --with-colons | awk -F : '/^fpr/ { print $10; exit }')
export GPG_FINGERPRINT

goreleaser release --clean --release-notes "$work/notes.md"
