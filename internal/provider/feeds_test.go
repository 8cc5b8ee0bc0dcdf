package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// examples/indicators brings two feeds into three sites. A change of a feed shows as the indicators that come and go, takes
// one write a site, and what can't be enforced is told without stopping the rest.
func TestFeeds(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t)
	dir := t.TempDir()
	w, err := mirror.NewWorkspace(dir, console.URL(), console.Token())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(os.DirFS(filepath.Join(root, "examples", "indicators"))); err != nil {
		t.Fatal(err)
	}
	if !supported(t, w, ">= 1.8") {
		return
	}
	before := enforcing(console)
	output := succeed(t, w, "apply", "-auto-approve")
	for _, want := range []string{"3 added, 0 changed", `team.csv, line 4: "https://evil.example/login" is a URL`} {
		if !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(output, "│", "")), " "), want) {
			t.Errorf("no %q in:\n%s", want, output)
		}
	}
	// Three rules (addresses, networks, domains), two hashes on three operating systems, three times.
	if made := enforcing(console) - before; made != 3*(3+2*3) {
		t.Errorf("%d objects were made", made)
	}
	succeed(t, w, "plan", "-detailed-exitcode")

	feed := filepath.Join(dir, "feeds", "team.csv")
	team, err := os.ReadFile(feed)
	if err == nil {
		err = os.WriteFile(feed, []byte(strings.Replace(string(team), "203.0.113.7,sends", "203.0.113.9,sends", 1)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	console.ResetStats()
	output = succeed(t, w, "apply", "-auto-approve")
	for _, want := range []string{`- "203.0.113.7" = {`, `+ "203.0.113.9" = {`, "(6 unchanged attributes hidden)", "0 added, 3 changed"} {
		if !strings.Contains(strings.Join(strings.Fields(output), " "), want) {
			t.Errorf("no %q in:\n%s", want, output)
		}
	}
	if n := console.Stats().Requests["PUT /web/api/v2.1/firewall-control/{rule_id}"]; n != 3 {
		t.Errorf("%d rules were written instead of 3: %v", n, console.Stats().Requests)
	}
	succeed(t, w, "destroy", "-auto-approve")
	if left := enforcing(console) - before; left != 0 {
		t.Errorf("%d objects are left", left)
	}
}

// enforcing counts the rules and blocklist entries of a console.
func enforcing(console *simulator.Console) int {
	state := console.State()
	return len(state.Rules) + len(state.Restrictions)
}
