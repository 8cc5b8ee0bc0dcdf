#!/bin/sh
# Tries out a release without publishing anything: goreleaser's own check, then a snapshot for Linux on this machine's
# architecture and for Windows, signed with a key that is made for it and thrown away, then the stranger's path with what
# came out. Expects goreleaser and syft on PATH; make release-check builds them.
set -eu
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'gpgconf --homedir "$work/gpg" --kill all; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# The released configuration, with two of its platforms.
arch=$(go env GOARCH)
awk -v keep="linux_$arch windows_amd64" '
	/^      - [a-z]+_[a-z0-9]+$/ && index(keep, $2) == 0 { next }
	{ print }
	END { print "dist: " dist }' dist="$work/dist" .goreleaser.yml >"$work/goreleaser.yml"

mkdir -m 700 "$work/gpg"
export GNUPGHOME="$work/gpg" GPG_PASSPHRASE="thrown away"
gpg --batch --quiet --pinentry-mode=loopback --passphrase "$GPG_PASSPHRASE" \
	--quick-generate-key "release check <release-check@example.invalid>" ed25519 sign never
GPG_FINGERPRINT=$(gpg --list-secret-keys --with-colons | awk -F : '/^fpr/ { print $10; exit }')
export GPG_FINGERPRINT

goreleaser check --config .goreleaser.yml
goreleaser release --config "$work/goreleaser.yml" --snapshot --clean

# What the registry wants: one zip for each platform, the manifest, and signed checksums of them all.
cd "$work/dist"
sums=$(echo terraform-provider-sentinelone_*_SHA256SUMS)
gpg --verify "$sums.sig" "$sums"
sha256sum --check --ignore-missing "$sums"
version=${sums#terraform-provider-sentinelone_}
version=${version%_SHA256SUMS}
for file in "terraform-provider-sentinelone_${version}_linux_$arch.zip" \
	"terraform-provider-sentinelone_${version}_windows_amd64.zip" \
	"terraform-provider-sentinelone_${version}_manifest.json" \
	"terraform-provider-sentinelone_${version}_linux_$arch.zip.sbom.json" \
	"s1console_${version}_linux_$arch.tar.gz" "s1console_${version}_linux_$arch.tar.gz.sbom.json"; do
	grep -q "  $file\$" "$sums" || { echo "$sums does not list $file:" >&2; cat "$sums" >&2; exit 1; }
done
unzip -Z1 "terraform-provider-sentinelone_${version}_linux_$arch.zip" |
	grep -qx "terraform-provider-sentinelone_v$version"
cd - >/dev/null
jq --exit-status '.packages | any(.name == "github.com/hashicorp/terraform-plugin-framework")' \
	"$work/dist/terraform-provider-sentinelone_${version}_linux_$arch.zip.sbom.json" >/dev/null

scripts/strangers-path.sh "$work/dist"
