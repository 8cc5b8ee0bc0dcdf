#!/bin/sh
# The path of a stranger: takes a release, installs it from a filesystem mirror under the published address, and runs the
# configuration of the README against the stand-in console, with terraform and with tofu, whichever is there.
#
#	scripts/strangers-path.sh         with the binaries of a release, built here
#	scripts/strangers-path.sh dist    with the archives of a snapshot that goreleaser made
set -eu
cd "$(dirname "$0")/.."

dist=${1:+$(cd "$1" && pwd)}
address=$(sed -n 's|^const Address = "registry.terraform.io/\(.*\)"$|\1|p' internal/provider/provider.go)
work=$(mktemp -d)
console=
trap 'kill $console 2>/dev/null || true; chmod -R u+w "$work"; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# The provider in the layout of a mirror: packed, as the registry serves it, or unpacked.
platform=$(go env GOOS)_$(go env GOARCH)
mirror=$work/mirror/registry.terraform.io/$address
mkdir -p "$mirror"
if [ -n "$dist" ]; then
	cp "$dist/terraform-provider-sentinelone_"*"_$platform.zip" "$mirror"
	tar -xzf "$dist/s1console_"*"_$platform.tar.gz" -C "$work" s1console
else
	version=0.0.1
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$version" \
		-o "$mirror/$version/$platform/terraform-provider-sentinelone_v$version" .
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$work/s1console" ./internal/simulator/cmd/s1console
fi
mkdir -p "$work/mirror/registry.opentofu.org/${address%/*}"
cp -R "$mirror" "$work/mirror/registry.opentofu.org/$address"
cat >"$work/cli.tfrc" <<END
provider_installation {
  filesystem_mirror {
    path = "$work/mirror"
  }
}
END

# The README's code, as it stands.
code() { awk '/^```$/ { on = 0 } on; /^```terraform$/ { on = 1 }' README.md; }

# The console, with a site of the id that the README names.
touch "$work/ready"
"$work/s1console" -listen 127.0.0.1:0 -seed demo >"$work/ready" &
console=$!
until grep -q '^console ready' "$work/ready"; do
	kill -0 "$console"
	sleep 0.1
done
SENTINELONE_HOST=$(cut -d ' ' -f 3 "$work/ready")
SENTINELONE_API_TOKEN=$(cut -d ' ' -f 5 "$work/ready")
state=$SENTINELONE_HOST/_simulator/state
site=$(code | sed -n 's/.*site_id = "\([0-9]*\)".*/\1/p')
curl --silent --show-error --fail "$state" | sed "s/1900000000000000201/$site/g" |
	curl --silent --show-error --fail --request PUT --data-binary @- "$state"

unset TF_CLI_ARGS TF_CLI_ARGS_init TF_WORKSPACE TF_DATA_DIR TF_PLUGIN_CACHE_DIR TF_REATTACH_PROVIDERS
export SENTINELONE_HOST SENTINELONE_API_TOKEN CHECKPOINT_DISABLE=1 TF_INPUT=0 TF_CLI_CONFIG_FILE="$work/cli.tfrc"

holds() { # holds N: how many objects the console is to hold, and no more
	found=$(curl --silent --show-error --fail "$state" | grep -o '"description": *"[^"]*\[managed by terraform[^"]*"' | wc -l)
	[ "$found" -eq "$1" ] || { echo "the console holds $found managed objects, not $1" >&2; exit 1; }
}

ran=0
tofu=.tools/tofu
command -v tofu >/dev/null && tofu=$(command -v tofu)
for cli in "$(command -v terraform || true)" "$tofu"; do
	[ -x "$cli" ] || continue
	echo "== $("$cli" version)"
	mkdir "$work/code-$ran"
	code >"$work/code-$ran/main.tf"
	"$cli" -chdir="$work/code-$ran" init -no-color
	"$cli" -chdir="$work/code-$ran" apply -auto-approve -no-color
	holds 5
	"$cli" -chdir="$work/code-$ran" plan -detailed-exitcode -no-color
	"$cli" -chdir="$work/code-$ran" destroy -auto-approve -no-color
	holds 0
	ran=$((ran + 1))
done
[ "$ran" -gt 0 ] || { echo "there is neither terraform nor tofu on PATH" >&2; exit 1; }
echo "The stranger's path: $ran CLIs, each installed, applied, planned without a change and destroyed."
