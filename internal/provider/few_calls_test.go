package provider_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// A plan of many objects asks for listings, not for objects; one of few objects, on a console that holds many, asks for
// objects and at most as many pages.
func TestPlanTakesFewCalls(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ ours, others, most int }{{100, 0, 12}, {5, 20_000, 14}} {
		t.Run(fmt.Sprintf("%d of %d", tt.ours, tt.ours+tt.others), func(t *testing.T) {
			t.Parallel()
			seed := simulator.Demo()
			for i := range tt.others {
				seed.Rules = append(seed.Rules, simulator.Rule{
					Name: fmt.Sprint("other ", i), Action: "Block", Status: "Enabled", Scope: "site", ScopeID: seed.Sites[0].ID,
				})
			}
			console := simulator.Start(t, simulator.WithSeed(seed))
			w := newWorkspaceIn(t, t.TempDir(), mirror, console, "requests_per_second = 5000")
			code := strings.ReplaceAll(`
locals {
  rules = { for i in range(COUNT) : "rule-${i}" => "host-${i}.example" }
  files = { for i in range(COUNT) : "file-${i}" => sha1("file ${i}") }
}
resource "sentinelone_firewall_rule" "ours" {
  for_each     = local.rules
  name         = each.key
  action       = "Block"
  remote_hosts = { fqdns = [each.value] }
}
resource "sentinelone_blocklist_entry" "ours" {
  for_each = local.files
  os_type  = "linux"
  sha1     = each.value
}
`, "COUNT", fmt.Sprint(tt.ours))
			if err := w.Add(fstest.MapFS{"main.tf": {Data: []byte(code)}}); err != nil {
				t.Fatal(err)
			}
			succeed(t, w, "init")
			succeed(t, w, "apply", "-auto-approve")
			console.ResetStats()
			succeed(t, w, "plan", "-detailed-exitcode")
			if calls := console.Stats().Total; calls > tt.most {
				t.Errorf("%d calls: %v", calls, console.Stats().Requests)
			}
			console.ResetStats()
			succeed(t, w, "destroy", "-auto-approve", "-refresh=false")
			if calls := console.Stats().Total; calls > 2*tt.ours {
				t.Errorf("%d calls to delete %d objects: %v", calls, 2*tt.ours, console.Stats().Requests)
			}
		})
	}
}

// What the resources' pages say about calls: of an apply that makes the object, and of a plan that finds it unchanged.
func TestStatedCalls(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	const first, second = "1900000000000000901", "1900000000000000902"
	for name, tt := range map[string]struct {
		code        string
		behaviour   simulator.Behaviour
		apply, plan int
	}{
		"rule: a listing at plan and at apply, and the create": {
			code: `resource "sentinelone_firewall_rule" "a" {
  name   = "a"
  action = "Block"
}`, apply: 3, plan: 2, // by id, and the listing beside
		},
		"order: before, the write, after": {
			code:  `resource "sentinelone_firewall_rule_order" "a" { rule_ids = ["` + second + `", "` + first + `"] }`,
			apply: 3, plan: 1,
		},
		"order that is so": {
			code:  `resource "sentinelone_firewall_rule_order" "a" { rule_ids = ["` + first + `", "` + second + `"] }`,
			apply: 1, plan: 1,
		},
		"configuration: read, written, read back": {
			code:  `resource "sentinelone_firewall_configuration" "a" { location_aware = true }`,
			apply: 3, plan: 1,
		},
		"configuration that inherits, of a console that wants that ended first": {
			code:      `resource "sentinelone_firewall_configuration" "a" { location_aware = true }`,
			behaviour: simulator.Behaviour{Decouple: "first"},
			apply:     5, plan: 1,
		},
		"set: the scope's rules and entries": {
			code: `resource "sentinelone_indicator_set" "a" {
  name       = "a"
  os_types   = ["linux"]
  indicators = jsonencode({ "evil.example" = "", "3395856ce81f2b7382dee72602f798b642f14140" = "" })
}`, apply: 8, plan: 2, // what is inherited is looked at by the apply alone
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := simulator.Demo()
			seed.Behaviour = tt.behaviour
			if tt.behaviour.Decouple != "" {
				seed.Configurations = nil
			}
			for i, id := range []string{first, second} {
				seed.Rules = append(seed.Rules, simulator.Rule{
					ID: id, Name: id, Order: i + 1, Action: "Block", Status: "Enabled", Scope: "site", ScopeID: seed.Sites[0].ID,
				})
			}
			console := simulator.Start(t, simulator.WithSeed(seed))
			w := newWorkspace(t, mirror, console)
			if err := w.Add(fstest.MapFS{"main.tf": {Data: []byte(tt.code)}}); err != nil {
				t.Fatal(err)
			}
			succeed(t, w, "init")
			console.ResetStats()
			succeed(t, w, "apply", "-auto-approve")
			if calls := console.Stats(); calls.Total != tt.apply {
				t.Errorf("the apply took %d calls, not %d: %v", calls.Total, tt.apply, calls.Requests)
			}
			console.ResetStats()
			succeed(t, w, "plan", "-detailed-exitcode")
			if calls := console.Stats(); calls.Total != tt.plan {
				t.Errorf("the plan took %d calls, not %d: %v", calls.Total, tt.plan, calls.Requests)
			}
		})
	}
}
