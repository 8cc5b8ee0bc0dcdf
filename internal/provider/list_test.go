package provider_test

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// asked is a question to a list resource.
type asked struct {
	resource string
	config   map[string]tftypes.Value
	include  bool
	limit    int64
}

func query(t *testing.T, server tfprotov6.ProviderServer, q asked) []tfprotov6.ListResourceResult {
	t.Helper()
	return slices.Collect(stream(t, server, q))
}

// stream asks a list resource over the protocol, as terraform query does; the CLI at hand may be older.
func stream(t *testing.T, server tfprotov6.ProviderServer, q asked) iter.Seq[tfprotov6.ListResourceResult] {
	t.Helper()
	lists, ok := server.(tfprotov6.ListResourceServer)
	if !ok {
		t.Fatal("the provider has no list resources")
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	kind := objectType(t, schemas.ListResourceSchemas[q.resource])
	values := map[string]tftypes.Value{}
	for name, of := range kind.AttributeTypes {
		values[name] = tftypes.NewValue(of, nil)
	}
	maps.Copy(values, q.config)
	results, err := lists.ListResource(t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: q.resource, Config: dynamic(t, kind, values), IncludeResource: q.include, Limit: q.limit,
	})
	if err != nil {
		t.Fatal(err)
	}
	return results.Results
}

func objectType(t *testing.T, schema *tfprotov6.Schema) tftypes.Object {
	t.Helper()
	kind, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		t.Fatal("the schema is no object")
	}
	return kind
}

func names(results []tfprotov6.ListResourceResult) (list []string) {
	for _, result := range results {
		// An entry has no name: that of a hash is its last digit.
		list = append(list, strings.Replace(result.DisplayName, "linux "+strings.Repeat("0", 39), "own ", 1))
	}
	return list
}

// populated returns a console with three own objects of each kind, one of them managed, and one that is inherited.
func populated(t *testing.T, opts ...simulator.Option) *simulator.Console {
	t.Helper()
	seed := simulator.Demo()
	seed.Tags = nil
	site := seed.Sites[0].ID
	for i, description := range []string{"x [managed by terraform]", "by hand", ""} {
		name := fmt.Sprint("own ", i+1)
		rule := simulator.Rule{
			Name: name, Description: &description, Action: "Block", Status: "Enabled", Scope: "site", ScopeID: site,
			OSTypes: []string{"windows"}, Protocol: "TCP",
			RemoteHosts: []simulator.Host{{Type: "fqdn", Values: []string{"Evil.Example"}}, {Type: "cidr", Values: []string{"192.0.2.0/24"}}},
			RemotePort:  simulator.Ports{Type: "range", Values: []int{1, 1023}},
		}
		seed.Rules = append(seed.Rules, rule)
		seed.Tags = append(seed.Tags, simulator.Tag{Name: name, Description: &description, Scope: "site", ScopeID: site})
		seed.Restrictions = append(seed.Restrictions, simulator.Restriction{
			OSType: "linux", Value: new(hash(i + 1)), Description: &description, Scope: "site", ScopeID: site,
		})
	}
	seed.Rules = append(seed.Rules, simulator.Rule{Name: "inherited", Action: "Block", Status: "Enabled", Scope: "global"})
	seed.Tags = append(seed.Tags, simulator.Tag{Name: "inherited", Scope: "global"})
	seed.Restrictions = append(seed.Restrictions, simulator.Restriction{OSType: "linux", Value: new(hash(9)), Scope: "global"})
	return simulator.Start(t, append([]simulator.Option{simulator.WithSeed(seed)}, opts...)...)
}

func siteScope(console *simulator.Console) tftypes.Value {
	text := func(value any) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }
	values := map[string]tftypes.Value{
		"tenant": tftypes.NewValue(tftypes.Bool, nil), "account_id": text(nil), "group_id": text(nil),
		"site_id": text(acctest.Site(console)),
	}
	types := map[string]tftypes.Type{}
	for name, value := range values {
		types[name] = value.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)
}

var listResourceNames = []string{
	"sentinelone_blocklist_entry", "sentinelone_firewall_rule", "sentinelone_firewall_tag",
}

// hash returns a SHA-1 that ends in a digit.
func hash(n int) string { return fmt.Sprintf("%040d", n) }

// A list shows what the scope itself owns, narrowed by filters, up to the limit.
func TestListResources(t *testing.T) {
	t.Parallel()
	for _, name := range listResourceNames {
		console := populated(t, simulator.WithPageSize(1), simulator.WithShuffle(2))
		server := configured(t, console)
		ask := func(limit int64, filter string, value any) []string {
			q := asked{resource: name, limit: limit, config: map[string]tftypes.Value{"scope": siteScope(console)}}
			switch value := value.(type) {
			case bool:
				q.config[filter] = tftypes.NewValue(tftypes.Bool, value)
			case string:
				q.config[filter] = tftypes.NewValue(tftypes.String, value)
			}
			found := names(query(t, server, q))
			slices.Sort(found)
			return found
		}
		for _, tt := range []struct {
			filter string
			value  any
			want   []string
		}{
			{"", nil, []string{"own 1", "own 2", "own 3"}},
			{"managed", true, []string{"own 1"}},
			{"managed", false, []string{"own 2", "own 3"}},
			{"description_contains", "hand", []string{"own 2"}},
		} {
			if diff := cmp.Diff(tt.want, ask(0, tt.filter, tt.value)); diff != "" {
				t.Errorf("%s: %s %v (-want +got):\n%s", name, tt.filter, tt.value, diff)
			}
		}
		console.ResetStats()
		if found := ask(2, "", nil); len(found) != 2 {
			t.Errorf("%s: limited to two, found %q", name, found)
		}
		if calls := console.Stats().Total; calls > 3 {
			t.Errorf("%s: %d calls for the first two pages", name, calls)
		}
	}
}

// What a list shows is what an import of its identity reads, and code that says the same plans no change: so
// terraform query -generate-config-out makes code that is in order as it stands.
func TestListedPlansClean(t *testing.T) {
	t.Parallel()
	console := populated(t)
	server := configured(t, console)
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	console.Fail(simulator.Fault{Kind: "500", Method: "POST"}) // nothing may be written
	console.Fail(simulator.Fault{Kind: "500", Method: "PUT"})
	for _, name := range listResourceNames {
		kind := objectType(t, schemas.ResourceSchemas[name])
		results := query(t, server, asked{
			resource: name, include: true, config: map[string]tftypes.Value{"scope": siteScope(console)},
		})
		for _, result := range results {
			mustSucceed(t, nil, result.Diagnostics)
			imported, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
				TypeName: name, Identity: result.Identity,
			})
			mustSucceed(t, err, imported.Diagnostics)
			read, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
				TypeName: name, CurrentState: imported.ImportedResources[0].State, CurrentIdentity: imported.ImportedResources[0].Identity,
			})
			mustSucceed(t, err, read.Diagnostics)
			state := values(t, read.NewState, kind)
			if listed := values(t, result.Resource, kind); !equal(kind, listed, state) {
				t.Errorf("%s %q: listed\n%s\nread\n%s", name, result.DisplayName, listed, state)
			}
			config := generated(schemas.ResourceSchemas[name], state)
			validated, err := server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
				TypeName: name, Config: dynamic(t, kind, config),
			})
			mustSucceed(t, err, validated.Diagnostics)
			planned, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: name, Config: dynamic(t, kind, config), PriorState: read.NewState, ProposedNewState: read.NewState,
			})
			mustSucceed(t, err, planned.Diagnostics)
			if plan := values(t, planned.PlannedState, kind); !equal(kind, plan, state) {
				t.Errorf("%s %q: planned\n%s\nfor\n%s", name, result.DisplayName, plan, state)
			}
		}
	}
}

// generated is the configuration that Terraform writes for a state: all but what only the provider sets.
func generated(schema *tfprotov6.Schema, state map[string]tftypes.Value) map[string]tftypes.Value {
	config := map[string]tftypes.Value{}
	for _, attribute := range schema.Block.Attributes {
		value := state[attribute.Name]
		if !attribute.Required && !attribute.Optional {
			value = tftypes.NewValue(value.Type(), nil)
		}
		config[attribute.Name] = value
	}
	return config
}

func values(t *testing.T, data *tfprotov6.DynamicValue, kind tftypes.Object) (all map[string]tftypes.Value) {
	t.Helper()
	object, err := data.Unmarshal(kind)
	if err == nil {
		err = object.As(&all)
	}
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func equal(kind tftypes.Object, a, b map[string]tftypes.Value) bool {
	return tftypes.NewValue(kind, a).Equal(tftypes.NewValue(kind, b))
}

// What goes wrong while listing is told in the stream, behind what has come.
func TestListFails(t *testing.T) {
	t.Parallel()
	for _, name := range listResourceNames {
		console := populated(t, simulator.WithPageSize(1), simulator.WithFault(simulator.Fault{Kind: "403", Skip: 2}))
		results := query(t, configured(t, console), asked{
			resource: name, config: map[string]tftypes.Value{"scope": siteScope(console)},
		})
		last := results[len(results)-1]
		if len(results) != 3 || len(last.Diagnostics) != 1 || !strings.Contains(last.Diagnostics[0].Detail, ": View") {
			t.Errorf("%s: %d results, the last with %v", name, len(results), last.Diagnostics)
		}
		results = query(t, configured(t, console), asked{resource: name}) // neither a scope nor a default
		if len(results) != 1 || results[0].Diagnostics[0].Summary != "No scope" {
			t.Errorf("%s: without a scope: %v", name, results)
		}
	}
}

// Ten thousand entries come page by page: the first are there after one call, and all after ten.
func TestListAtScale(t *testing.T) {
	t.Parallel()
	const entries = 10_000
	seed := simulator.Demo()
	for i := range entries {
		seed.Restrictions = append(seed.Restrictions, simulator.Restriction{
			OSType: "windows", Value: new(hash(i)), Scope: "site", ScopeID: seed.Sites[0].ID,
		})
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	came := 0
	for result := range stream(t, configured(t, console), asked{
		resource: "sentinelone_blocklist_entry", include: true, limit: entries,
		config: map[string]tftypes.Value{"scope": siteScope(console)},
	}) {
		mustSucceed(t, nil, result.Diagnostics)
		if came++; came == 1 && console.Stats().Total != 1 {
			t.Errorf("%d calls before the first entry", console.Stats().Total)
		}
	}
	if calls := console.Stats().Total; came != entries || calls > 12 {
		t.Errorf("%d entries came with %d calls", came, calls)
	}
}
