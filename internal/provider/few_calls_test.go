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
