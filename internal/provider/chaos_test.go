package provider_test

import (
	"crypto/sha1"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// mixedObjects is code for 200 rules and 100 blocklist entries. Nothing limits the calls but the console.
const mixedObjects = `
locals {
  rules   = { for i in range(200) : format("rule-%03d", i) => "host-${i}.example" }
  entries = { for i in range(100) : format("entry-%03d", i) => sha1("file ${i}") }
}
resource "sentinelone_firewall_rule" "many" {
  for_each     = local.rules
  name         = each.key
  action       = "Block"
  on_existing  = var.on_existing
  remote_hosts = { fqdns = [each.value] }
}
resource "sentinelone_blocklist_entry" "many" {
  for_each    = local.entries
  os_type     = "windows"
  sha1        = each.value
  on_existing = var.on_existing
}
variable "on_existing" { default = "error" }
`

// Every second call fails, in one of many ways: the apply succeeds all the same, and the console holds each object once,
// as the state has it.
func TestChaos(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t)
	dir := t.TempDir()
	w := hurriedWorkspace(t, dir, mirror, console)
	succeed(t, w, "init")

	kinds := []simulator.Fault{
		{Kind: "429-html"},
		{Kind: "500", Method: "GET"},
		{Kind: "500", Method: "POST"},
		{Kind: "502-html"},
		{Kind: "503"},
		{Kind: "drop-before"},
		{Kind: "drop-after-commit"},
		{Kind: "slow", DelayMS: 50},
		{Kind: "truncate"},
		{Kind: "garbage"},
		{Kind: "wrong-total"},
		{Kind: "empty-page"},
	}
	for i, fault := range kinds { // each tries the same share of all; two are for one method, and one half is hit
		share := 0.56 / float64(len(kinds))
		fault.Share = share / (1 - share*float64(i))
		console.Fail(fault)
	}
	console.ResetStats()
	succeed(t, w, "apply", "-auto-approve")
	mustHoldState(t, console, dir, 200, 100)
	succeed(t, w, "plan", "-detailed-exitcode")

	total, injected := console.Stats().Total, console.Injected()
	t.Logf("%-18s %8s %8s", "fault", "injected", "survived")
	for _, kind := range slices.Sorted(maps.Keys(injected)) {
		t.Logf("%-18s %8d %8d", kind, injected[kind], injected[kind])
		total -= injected[kind]
	}
	t.Logf("%-18s %8d", "none", total)

	console.ClearFaults()
	succeed(t, w, "destroy", "-auto-approve")
	mustHoldState(t, console, dir, 0, 0)
}

// hurriedWorkspace is a workspace for the mixed objects.
func hurriedWorkspace(t *testing.T, dir string, mirror acctest.Mirror, console *simulator.Console) *acctest.Workspace {
	t.Helper()
	w := newWorkspaceIn(t, dir, mirror, console, "requests_per_second = 5000")
	if err := w.Add(fstest.MapFS{"main.tf": {Data: []byte(mixedObjects)}}); err != nil {
		t.Fatal(err)
	}
	return w
}

// mustHoldState compares the console with the state: each of the mixed objects once, none beside them.
func mustHoldState(t *testing.T, console *simulator.Console, dir string, rules, entries int) {
	t.Helper()
	var names, wanted, ids []string
	for _, rule := range console.State().Rules {
		names, ids = append(names, rule.Name), append(ids, rule.ID)
	}
	for _, entry := range console.State().Restrictions {
		names, ids = append(names, *entry.Value), append(ids, entry.ID)
	}
	for i := range rules {
		wanted = append(wanted, fmt.Sprintf("rule-%03d", i))
	}
	for i := range entries {
		wanted = append(wanted, fmt.Sprintf("%x", sha1.Sum(fmt.Appendf(nil, "file %d", i))))
	}
	slices.Sort(names)
	slices.Sort(wanted)
	slices.Sort(ids)
	if diff := cmp.Diff(wanted, names); diff != "" {
		t.Errorf("objects on the console (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(ids, idsInState(t, dir)); diff != "" {
		t.Errorf("ids (-console +state):\n%s", strings.TrimSpace(diff))
	}
}
