package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// grown is a console as years of work by hand leave it: 500 objects, some of them of other scopes, many of equal names.
func grown() simulator.State {
	seed := simulator.Demo()
	site := seed.Sites[0]
	places := []struct{ scope, id string }{
		{"site", site.ID},
		{"site", site.ID},
		{"site", site.ID},
		{"global", ""},
		{"account", site.AccountID},
		{"site", seed.Sites[1].ID},
	}
	seed.Tags = nil
	for i := range 20 {
		at := places[i%len(places)]
		seed.Tags = append(seed.Tags, simulator.Tag{
			ID: fmt.Sprint(300000000000000000 + i), Name: fmt.Sprint("tag ", i%7), Scope: at.scope, ScopeID: at.id,
		})
	}
	kinds := []simulator.Host{
		{Type: "addresses", Values: []string{"203.0.113.7", "2001:DB8::7"}},
		{Type: "cidr", Values: []string{"198.51.100.0/24"}},
		{Type: "range", Values: []string{"192.0.2.1-192.0.2.9"}},
		{Type: "fqdn", Values: []string{"Evil.Example", "*.bad.example"}},
	}
	for i := range 240 {
		at := places[i%len(places)]
		rule := simulator.Rule{
			Name: fmt.Sprint("rule ", i%31), Action: []string{"Block", "Allow"}[i%2], Status: []string{"Enabled", "Disabled"}[i%5/4],
			Direction: []string{"any", "inbound", "outbound"}[i%3], OSTypes: []string{"windows", "linux"}[:1+i%2],
			RemoteHosts: kinds[i%4 : i%4+1+i%2*(3-i%4)/3], Scope: at.scope, ScopeID: at.id,
		}
		if i%4 == 0 {
			rule.Protocol, rule.RemotePort = "TCP", simulator.Ports{Type: "range", Values: []int{1, 1023}}
		}
		if i%3 == 0 {
			rule.Description = new(fmt.Sprint("case ", i))
			rule.Application = simulator.Application{Type: "path", Values: []string{`C:\Program Files\x.exe`}}
		}
		if tag := seed.Tags[i%len(places)]; i%2 == 0 {
			rule.TagIDs = []string{tag.ID}
		}
		seed.Rules = append(seed.Rules, rule)
	}
	for i := range 240 {
		at := places[i%len(places)]
		seed.Restrictions = append(seed.Restrictions, simulator.Restriction{
			OSType: []string{"windows", "linux", "macos"}[i%3], Value: new(strings.ToUpper(fmt.Sprintf("%040x", i/4))),
			Description: new([]string{"", "by hand", "Created by Another Product"}[i%3]), Scope: at.scope, ScopeID: at.id,
		})
	}
	return seed
}

// The guide "Take over an existing console", step by step: every object of the site is imported as it is, the plan is
// empty then, and the console was written nothing.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t, simulator.WithSeed(grown()))
	site := "-var=site_id=" + acctest.Site(console)
	step := func(name string) (*acctest.Workspace, string) {
		dir := t.TempDir()
		w, err := mirror.NewWorkspace(dir, console.URL(), console.Token())
		if err == nil {
			err = w.Add(os.DirFS(filepath.Join(root, "examples", "take-over", name)))
		}
		if err != nil {
			t.Fatal(err)
		}
		if !supported(t, w, ">= 1.7") {
			return nil, ""
		}
		return w, dir
	}
	survey, _ := step("survey")
	succeed(t, survey, "apply", "-auto-approve", site)
	inventory := succeed(t, survey, "output", "-json", "inventory")
	enforce, dir := step("enforce")
	if enforce == nil {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, "console.auto.tfvars.json"), []byte(inventory), 0o600); err != nil {
		t.Fatal(err)
	}
	owned := 1 // the order of rules
	for _, scope := range owners(console.State()) {
		if scope == acctest.Site(console) {
			owned++
		}
	}
	want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", owned)
	if output := succeed(t, enforce, "plan", site); owned < 200 || !strings.Contains(output, want) {
		t.Fatalf("not %q:\n%s", want, tail(output))
	}
	succeed(t, enforce, "apply", "-auto-approve", site)
	succeed(t, enforce, "plan", "-detailed-exitcode", site)
	for route, calls := range console.Stats().Requests {
		if !strings.HasPrefix(route, "GET ") {
			t.Errorf("%d calls of %s", calls, route)
		}
	}
}

// owners are the ids of the scopes that own the objects of a console, one for each object.
func owners(state simulator.State) (ids []string) {
	for _, tag := range state.Tags {
		ids = append(ids, tag.ScopeID)
	}
	for _, rule := range state.Rules {
		ids = append(ids, rule.ScopeID)
	}
	for _, entry := range state.Restrictions {
		ids = append(ids, entry.ScopeID)
	}
	return ids
}

func tail(text string) string { return text[max(0, len(text)-4000):] }
