package provider_test

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// What holds for each resource whose objects are in an inventory: it has a list resource of its name.

// imported returns what an import by scope and id records.
func imported(t *testing.T, server tfprotov6.ProviderServer, resource, id string) *tfprotov6.DynamicValue {
	t.Helper()
	begun, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: resource, ID: id})
	mustSucceed(t, err, begun.Diagnostics)
	read, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: resource, CurrentState: begun.ImportedResources[0].State,
	})
	mustSucceed(t, err, read.Diagnostics)
	return read.NewState
}

// resourceTypes are the types of the resources' objects.
func resourceTypes(t *testing.T, server tfprotov6.ProviderServer) map[string]tftypes.Object {
	t.Helper()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	kinds := map[string]tftypes.Object{}
	for _, name := range listResourceNames {
		kinds[name] = objectType(t, schemas.ResourceSchemas[name])
	}
	return kinds
}

// What is replaced on request is no stranger to its own run, even where nothing was read before.
func TestReplacedUnread(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := newWorkspace(t, mirror, simulator.Start(t))
	err = w.Add(fstest.MapFS{"main.tf": {Data: []byte(`
resource "sentinelone_firewall_rule" "one" {
  name         = "One"
  action       = "Block"
  remote_hosts = { addresses = ["203.0.113.7"] }
}
resource "sentinelone_firewall_tag" "one" { name = "One" }
resource "sentinelone_blocklist_entry" "one" {
  os_type = "linux"
  sha1    = "3395856ce81f2b7382dee72602f798b642f14140"
}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	succeed(t, w, "init")
	succeed(t, w, "apply", "-auto-approve")
	replaced := []string{"apply", "-auto-approve", "-refresh=false"}
	for _, name := range listResourceNames {
		replaced = append(replaced, "-replace="+name+".one")
	}
	if output := succeed(t, w, replaced...); !strings.Contains(output, "3 added, 0 changed, 3 destroyed") {
		t.Error(output)
	}
	succeed(t, w, "plan", "-detailed-exitcode")
}

// Nothing is imported from another scope than the one that the import names.
func TestImportKeepsToItsScope(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	addExisting(console)
	server := configured(t, console)
	for name, kind := range resourceTypes(t, server) {
		for scope, want := range map[string]bool{
			"site/" + acctest.Site(console): true, "site/" + console.State().Sites[1].ID: false, "tenant": false,
		} {
			state, err := imported(t, server, name, scope+"/"+documentedID).Unmarshal(kind)
			if err != nil || state.IsNull() == want {
				t.Errorf("%s: imported from %s: %v %v", name, scope, state, err)
			}
		}
	}
}

// A plan says what a create will do about an object that exists: refuse, or take over.
func TestPlanTellsWhatExists(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	addExisting(console)
	reader := configured(t, console)
	schemas, err := reader.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	for name, kind := range resourceTypes(t, reader) {
		state := values(t, imported(t, reader, name, "site/"+acctest.Site(console)+"/"+documentedID), kind)
		for onExisting, want := range map[string]string{
			"error": "Object exists already", "adopt": "Existing object will be adopted",
		} {
			config := generated(schemas.ResourceSchemas[name], state)
			config["on_existing"] = tftypes.NewValue(tftypes.String, onExisting)
			planned, err := configured(t, console).PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: name, Config: dynamic(t, kind, config), ProposedNewState: dynamic(t, kind, config),
				PriorState: dynamicOf(t, kind, tftypes.NewValue(kind, nil)),
			})
			if err != nil || len(planned.Diagnostics) != 1 || planned.Diagnostics[0].Summary != want {
				t.Errorf("%s: on_existing = %q: %v %v", name, onExisting, planned.Diagnostics, err)
			}
		}
	}
}

// What only steers the provider plans nothing, and what a run has changed is no stranger to it.
func TestChangesAreTheRunsOwn(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	addExisting(console)
	reader := configured(t, console)
	schemas, err := reader.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	for name, kind := range resourceTypes(t, reader) {
		prior := values(t, imported(t, reader, name, "site/"+acctest.Site(console)+"/"+documentedID), kind)
		writer := configured(t, console)
		plan := func(attribute, value string) *tfprotov6.DynamicValue {
			proposed := maps.Clone(prior)
			proposed[attribute] = tftypes.NewValue(tftypes.String, value)
			resp, err := writer.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: name, PriorState: dynamic(t, kind, prior), ProposedNewState: dynamic(t, kind, proposed),
				Config: dynamic(t, kind, generated(schemas.ResourceSchemas[name], proposed)),
			})
			mustSucceed(t, err, resp.Diagnostics)
			return resp.PlannedState
		}
		if steered := values(t, plan("on_existing", "adopt"), kind); !equal(kind, steered, prior) {
			t.Errorf("%s: on_existing alone plans\n%s\nfor\n%s", name, steered, prior)
		}
		config := generated(schemas.ResourceSchemas[name], prior)
		config["description"] = tftypes.NewValue(tftypes.String, "changed")
		changed, err := writer.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
			TypeName: name, PriorState: dynamic(t, kind, prior), PlannedState: plan("description", "changed"),
			Config: dynamic(t, kind, config),
		})
		mustSucceed(t, err, changed.Diagnostics)
		another, err := writer.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: name, Config: dynamic(t, kind, config), ProposedNewState: dynamic(t, kind, config),
			PriorState: dynamicOf(t, kind, tftypes.NewValue(kind, nil)),
		})
		mustSucceed(t, err, another.Diagnostics)
	}
}

// Deletes that meet leave together.
func TestDeletesLeaveTogether(t *testing.T) {
	t.Parallel()
	const each = 10
	console := simulator.Start(t, simulator.WithLatency(200*time.Millisecond))
	site := acctest.Site(console)
	id := func(i int) string { return fmt.Sprint(225494730938493900 + i) }
	console.Change(func(s *simulator.State) {
		for i := range each {
			s.Rules = append(s.Rules, simulator.Rule{
				ID: id(i), Name: fmt.Sprint("rule ", i), Action: "Block", Status: "Enabled", Scope: "site", ScopeID: site,
			})
			s.Tags = append(s.Tags, simulator.Tag{ID: id(i), Name: fmt.Sprint("tag ", i), Scope: "site", ScopeID: site})
			s.Restrictions = append(s.Restrictions, simulator.Restriction{
				ID: id(i), OSType: "linux", Value: new(hash(i)), Scope: "site", ScopeID: site,
			})
		}
	})
	server := configured(t, console)
	for name, kind := range resourceTypes(t, server) {
		console.ResetStats()
		nothing := dynamicOf(t, kind, tftypes.NewValue(kind, nil))
		var states []*tfprotov6.DynamicValue
		for i := range each {
			states = append(states, imported(t, server, name, "site/"+site+"/"+id(i)))
		}
		var deletes sync.WaitGroup
		for _, state := range states {
			deletes.Go(func() {
				resp, err := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
					TypeName: name, PriorState: state, PlannedState: nothing, Config: nothing,
				})
				if err != nil || len(resp.Diagnostics) > 0 {
					t.Errorf("%s: %v %v", name, resp, err)
				}
			})
		}
		deletes.Wait()
		calls := 0
		for route, n := range console.Stats().Requests {
			if strings.HasPrefix(route, "DELETE ") {
				calls += n
			}
		}
		if calls == 0 || calls >= each {
			t.Errorf("%s: %d calls to delete %d objects", name, calls, each)
		}
	}
}
