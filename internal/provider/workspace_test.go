package provider_test

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// newWorkspace returns a workspace whose provider works on the first site of a console.
func newWorkspace(t *testing.T, mirror acctest.Mirror, console *simulator.Console) *acctest.Workspace {
	t.Helper()
	return newWorkspaceIn(t, t.TempDir(), mirror, console)
}

// newWorkspaceIn is newWorkspace in a folder, with more settings of the provider.
func newWorkspaceIn(
	t *testing.T, dir string, mirror acctest.Mirror, console *simulator.Console, settings ...string,
) *acctest.Workspace {
	t.Helper()
	w, err := mirror.NewWorkspace(dir, console.URL(), console.Token())
	if err != nil {
		t.Fatal(err)
	}
	code := `
terraform {
  required_providers {
    sentinelone = { source = "tem/sentinelone" }
  }
}
provider "sentinelone" {
  scope = { site_id = "` + acctest.Site(console) + `" }
  ` + strings.Join(settings, "\n  ") + `
}
`
	if err := w.Add(fstest.MapFS{"provider.tf": {Data: []byte(code)}}); err != nil {
		t.Fatal(err)
	}
	return w
}

// supported prepares an example. It is false for a CLI that is older than the example's required_version, by which it must
// have been refused.
func supported(t *testing.T, w *acctest.Workspace, required string, args ...string) bool {
	t.Helper()
	code, output := execute(t.Context(), t, w, append([]string{"init"}, args...)...)
	if code != 0 && (!strings.Contains(output, "Core version") || !strings.Contains(output, required)) {
		t.Fatalf("init ended with %d, and not because of the CLI's version:\n%s", code, output)
	}
	return code == 0
}

// since are the versions 1.N of the CLIs, Terraform's and OpenTofu's, that know what others don't.
var since = map[string]struct{ terraform, opentofu int }{
	"functions":           {8, 7},
	"ephemeral-resources": {10, 11},
	"identities":          {12, 12},
	"list-resources":      {14, never},
	"actions":             {14, never},
}

const never = math.MaxInt

// knows tells whether the CLI at hand is new enough for a kind of objects.
func knows(t *testing.T, w *acctest.Workspace, what string) bool {
	t.Helper()
	version := regexp.MustCompile(`^(Terraform|OpenTofu) v1\.(\d+)`).FindStringSubmatch(succeed(t, w, "version"))
	if version == nil {
		t.Fatal("what CLI is this?")
	}
	minor, err := strconv.Atoi(version[2])
	if err != nil {
		t.Fatal(err)
	}
	if version[1] == "OpenTofu" {
		return minor >= since[what].opentofu
	}
	return minor >= since[what].terraform
}

func succeed(t *testing.T, w *acctest.Workspace, args ...string) string {
	t.Helper()
	code, output := execute(t.Context(), t, w, args...)
	if code != 0 {
		t.Fatalf("terraform %s ended with %d:\n%s", strings.Join(args, " "), code, output)
	}
	return output
}

func execute(ctx context.Context, t *testing.T, w *acctest.Workspace, args ...string) (int, string) {
	t.Helper()
	var output strings.Builder
	code, err := w.Run(ctx, &output, append(args, "-no-color")...)
	if err != nil {
		t.Fatal(err)
	}
	return code, output.String()
}
