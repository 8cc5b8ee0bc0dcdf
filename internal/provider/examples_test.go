package provider_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
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
		if o.kind == "list-resources" || o.kind == "actions" { // which the CLI at hand may not have
			continue
		}
		t.Run(o.kind+"/"+o.name, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t, simulator.WithSeed(documented(t)))
			addExisting(console)
			want := contents(console)
			if want[o.name] > 0 { // what is imported is destroyed, too
				want[o.name]--
			}
			dir := t.TempDir()
			w := newWorkspaceIn(t, dir, mirror, console)
			if err := w.Add(os.DirFS(filepath.Join(root, "examples", o.kind, o.name))); err != nil {
				t.Fatal(err)
			}
			// The same import once more, for CLIs that may be newer: see TestImportByIdentity.
			if err := os.RemoveAll(filepath.Join(dir, "import-by-identity.tf")); err != nil {
				t.Fatal(err)
			}
			succeed(t, w, "init")
			output := succeed(t, w, "apply", "-auto-approve")
			if imports := strings.Contains(output, "1 imported"); imports != (o.kind == "resources") {
				t.Errorf("the example does not import what it shows to import:\n%s", output)
			}
			succeed(t, w, "plan", "-detailed-exitcode")
			succeed(t, w, "destroy", "-auto-approve")
			remaining := contents(console)
			if diff := cmp.Diff(want, remaining); diff != "" {
				t.Errorf("left on the console (-want +got):\n%s", diff)
			}
		})
	}
}

// documented returns a seed whose first site has the id that the import examples give.
func documented(t *testing.T) (seed simulator.State) {
	t.Helper()
	demo := simulator.Demo()
	text, err := json.Marshal(demo)
	if err == nil {
		err = json.Unmarshal(bytes.ReplaceAll(text, []byte(demo.Sites[0].ID), []byte(documentedID)), &seed)
	}
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

// contents counts what a console holds, by the resources that stand for it.
func contents(console *simulator.Console) map[string]int {
	state := console.State()
	all := len(state.Rules)
	state.Rules = slices.DeleteFunc(state.Rules, func(r simulator.Rule) bool {
		return r.Description != nil && strings.Contains(*r.Description, ": set ")
	})
	return map[string]int{
		"sentinelone_firewall_rule":   len(state.Rules),
		"sentinelone_indicator_set":   all - len(state.Rules),
		"sentinelone_firewall_tag":    len(state.Tags),
		"sentinelone_blocklist_entry": len(state.Restrictions),
	}
}

// addExisting puts one object of each type on the console, as the import examples expect it.
func addExisting(console *simulator.Console) {
	site, sha1 := acctest.Site(console), "3395856ce81f2b7382dee72602f798b642f14140"
	ofSet := "[managed by terraform: set " + documentedID + "]"
	console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, simulator.Rule{
			ID: documentedID, Scope: "site", ScopeID: site, Name: "By hand", Action: "Block", Status: "Enabled",
		}, simulator.Rule{
			Scope: "site", ScopeID: site, Name: "phishing (domains 1)", Description: &ofSet, Action: "Block", Status: "Enabled",
			Direction: "outbound", RemoteHosts: []simulator.Host{{Type: "fqdn", Values: []string{"evil.example"}}},
		})
		s.Tags = append(s.Tags, simulator.Tag{ID: documentedID, Scope: "site", ScopeID: site, Name: "By hand"})
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

// supported prepares an example. It is false for a CLI that is older than the example's required_version, by which it must
// have been refused.
func supported(t *testing.T, w *acctest.Workspace, required string) bool {
	t.Helper()
	code, output := execute(t.Context(), t, w, "init")
	if code != 0 && (!strings.Contains(output, "Core version") || !strings.Contains(output, required)) {
		t.Fatalf("init ended with %d, and not because of the CLI's version:\n%s", code, output)
	}
	return code == 0
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
