package provider_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// Somebody makes the same rule and entry between plan and apply: the apply stops at both, and changes nothing.
func TestSomebodyWasFaster(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t)
	w := newWorkspace(t, mirror, console)
	if err := w.Add(fstest.MapFS{"main.tf": {Data: []byte(`
resource "sentinelone_firewall_rule" "test" {
  name         = "Block it"
  action       = "Block"
  remote_hosts = { fqdns = ["evil.example"] }
}
resource "sentinelone_blocklist_entry" "test" {
  os_type = "linux"
  sha1    = "3395856ce81f2b7382dee72602f798b642f14140"
}
`)}}); err != nil {
		t.Fatal(err)
	}
	succeed(t, w, "init")
	succeed(t, w, "plan", "-out=plan")
	site := acctest.Site(console)
	console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, simulator.Rule{
			ID: "225494730938493805", Scope: "site", ScopeID: site, Name: "Block it",
			RemoteHosts: []simulator.Host{{Type: "fqdn", Values: []string{"evil.example"}}},
		})
	})
	addExisting(console)
	made := enforcing(console)
	code, output := execute(t.Context(), t, w, "apply", "plan")
	if stops := regexp.MustCompile(`Object exists already`).FindAllString(output, -1); code == 0 || len(stops) != 2 {
		t.Errorf("the apply ended with %d:\n%s", code, output)
	}
	if now := enforcing(console); now != made {
		t.Errorf("the console holds %d objects instead of %d", now, made)
	}

	// To adopt is announced, before anything is written.
	if err := w.Add(fstest.MapFS{"main_override.tf": {Data: []byte(`
resource "sentinelone_firewall_rule" "test" { on_existing = "adopt" }
resource "sentinelone_blocklist_entry" "test" { on_existing = "adopt" }
`)}}); err != nil {
		t.Fatal(err)
	}
	planned := regexp.MustCompile(`\s+`).ReplaceAllString(succeed(t, w, "plan"), " ")
	for _, told := range []string{"Existing object will be adopted", "holds it as id ", "one more similar warning"} {
		if !strings.Contains(planned, told) {
			t.Errorf("the plan does not tell %q:\n%s", told, planned)
		}
	}
}
