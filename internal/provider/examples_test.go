package provider_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// documentedID is the id that the import examples take in.
const documentedID = "225494730938493804"

// Each example of an object is applied as it stands, with its import block, planned again without a change, and
// destroyed. The quickstart is applied by the demonstration's test.
func TestExamples(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects(t) {
		t.Run(o.kind+"/"+o.name, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t)
			addExisting(console)
			w := newWorkspace(t, mirror, console)
			if err := w.Add(os.DirFS(filepath.Join(root, "examples", o.kind, o.name))); err != nil {
				t.Fatal(err)
			}
			succeed(t, w, "init")
			output := succeed(t, w, "apply", "-auto-approve")
			if imports := strings.Contains(output, "1 imported"); imports != (o.kind == "resources") {
				t.Errorf("the example does not import what it shows to import:\n%s", output)
			}
			succeed(t, w, "plan", "-detailed-exitcode")
			succeed(t, w, "destroy", "-auto-approve")
			remaining := map[string]int{"rules": len(console.State().Rules), "entries": len(console.State().Restrictions)}
			want := map[string]int{"rules": 1, "entries": 1}
			switch o.name { // what was imported is destroyed too
			case "sentinelone_firewall_rule":
				want["rules"] = 0
			case "sentinelone_blocklist_entry":
				want["entries"] = 0
			}
			if diff := cmp.Diff(want, remaining); diff != "" {
				t.Errorf("left on the console (-want +got):\n%s", diff)
			}
		})
	}
}

// addExisting puts one object of each type on the console, as the import examples expect it.
func addExisting(console *simulator.Console) {
	site, sha1 := acctest.Site(console), "3395856ce81f2b7382dee72602f798b642f14140"
	console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, simulator.Rule{
			ID: documentedID, Scope: "site", ScopeID: site, Name: "By hand", Action: "Block", Status: "Enabled",
		})
		s.Restrictions = append(s.Restrictions, simulator.Restriction{
			ID: documentedID, Scope: "site", ScopeID: site, OSType: "linux", Value: &sha1,
		})
	})
}

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
