package provider_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const manyRules = `
locals {
  rules = { for i in range(200) : format("rule-%03d", i) => "host-${i}.example" }
}
resource "sentinelone_firewall_rule" "many" {
  for_each     = local.rules
  name         = each.key
  action       = "Block"
  remote_hosts = { fqdns = [each.value] }
}
`

// One Ctrl-C in the middle of an apply: what is on its way is finished and recorded, nothing new starts, and state holds
// exactly what the console holds.
func TestInterruptedApply(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t, simulator.WithLatency(200*time.Millisecond))
	dir := t.TempDir()
	w := newWorkspaceIn(t, dir, mirror, console)
	if err := w.Add(fstest.MapFS{"main.tf": {Data: []byte(manyRules)}}); err != nil {
		t.Fatal(err)
	}
	succeed(t, w, "init")

	ctx, interrupt := context.WithCancel(t.Context())
	var interrupted time.Time
	go func() {
		defer interrupt()
		for len(console.State().Rules) < 20 && t.Context().Err() == nil {
			<-time.After(10 * time.Millisecond)
		}
		interrupted = time.Now()
	}()
	code, output := execute(ctx, t, w, "apply", "-auto-approve")
	took := time.Since(interrupted)
	t.Logf("ended %v after the interrupt, with %d of 200 rules", took.Round(time.Millisecond), len(console.State().Rules))
	if code == 0 || len(console.State().Rules) == 200 {
		t.Fatalf("the apply was not interrupted:\n%s", output)
	}
	if took > 10*time.Second { // about two seconds on a quiet machine
		t.Errorf("it ended only %v after the interrupt", took)
	}
	var held []string
	for _, rule := range console.State().Rules {
		held = append(held, rule.ID)
	}
	slices.Sort(held)
	if diff := cmp.Diff(held, idsInState(t, dir)); diff != "" {
		t.Errorf("state does not hold what the console holds (-console +state):\n%s\n%s", diff, output)
	}
}

// idsInState are the ids of all managed objects in a workspace's state, sorted.
func idsInState(t *testing.T, dir string) (ids []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	var state struct {
		Resources []struct {
			Mode      string `json:"mode"`
			Instances []struct {
				Attributes struct {
					ID string `json:"id"`
				} `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &state); err != nil {
		t.Fatal(err)
	}
	for _, r := range state.Resources {
		for _, instance := range r.Instances {
			if r.Mode == "managed" {
				ids = append(ids, instance.Attributes.ID)
			}
		}
	}
	slices.Sort(ids)
	return ids
}
