package provider_test

import (
	"fmt"
	"maps"
	"net/netip"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// Whatever a rule holds, code that says the same in another order and another spelling plans no change, and code that
// says one thing more plans an update.
func TestRespellingPlansNothing(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	server := configured(t, console)
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	const name = "sentinelone_firewall_rule"
	schema := schemas.ResourceSchemas[name]
	kind := objectType(t, schema)
	rapid.Check(t, func(rt *rapid.T) {
		rule := simulator.Rule{
			ID: documentedID, Name: "x", Action: "Block", Status: "Enabled", Scope: "site", ScopeID: acctest.Site(console),
			RemoteHosts: drawHosts(rt), LocalHost: drawHosts(rt)[0], OSTypes: []string{"windows", "linux"}, Protocol: "TCP",
			LocalPort:   simulator.Ports{Type: "ports", Values: []int{443, 80}},
			Application: simulator.Application{Type: "sha1", Values: []string{strings.Repeat("ab", 20), strings.Repeat("cd", 20)}},
		}
		console.Change(func(s *simulator.State) { s.Rules = []simulator.Rule{rule} })
		imported, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: documentedID})
		mustSucceed(t, err, imported.Diagnostics)
		read, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
			TypeName: name, CurrentState: imported.ImportedResources[0].State,
		})
		mustSucceed(t, err, read.Diagnostics)
		state := values(t, read.NewState, kind)
		plan := func(config map[string]tftypes.Value) map[string]tftypes.Value {
			proposed := map[string]tftypes.Value{}
			for _, attribute := range schema.Block.Attributes {
				proposed[attribute.Name] = config[attribute.Name]
				if attribute.Computed && config[attribute.Name].IsNull() {
					proposed[attribute.Name] = state[attribute.Name]
				}
			}
			planned, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: name, Config: dynamic(t, kind, config), PriorState: read.NewState, ProposedNewState: dynamic(t, kind, proposed),
			})
			mustSucceed(t, err, planned.Diagnostics)
			return values(t, planned.PlannedState, kind)
		}
		config := generated(schema, state)
		for _, attribute := range []string{"remote_hosts", "local_host", "local_port", "application", "os_types"} {
			config[attribute] = respelled(rt, config[attribute])
		}
		if planned := plan(config); !equal(kind, planned, state) {
			rt.Fatalf("planned\n%s\nfor\n%s", planned, state)
		}
		config["remote_hosts"] = withOneMore(rt, config["remote_hosts"])
		if equal(kind, plan(config), state) {
			rt.Fatal("one domain more plans no change")
		}
	})
}

// drawHosts returns hosts of one kind or several.
func drawHosts(t *rapid.T) (hosts []simulator.Host) {
	for _, kind := range []struct{ api, pattern string }{
		{"addresses", `10\.0\.0\.[1-9]|2001:db8::[a-f]`},
		{"cidr", `10\.[1-9]\.0\.0/16|2001:db8:[a-f]::/48`},
		{"range", `10\.0\.0\.1-10\.0\.0\.[2-9]`},
		{"fqdn", `(\*\.)?[a-z]{1,5}\.example|xn--bcher-kva\.example`},
	} {
		values := rapid.SliceOfNDistinct(rapid.StringMatching(kind.pattern), 0, 4, rapid.ID[string]).Draw(t, kind.api)
		if len(values) > 0 {
			hosts = append(hosts, simulator.Host{Type: kind.api, Values: values})
		}
	}
	if hosts == nil {
		return []simulator.Host{{Type: "fqdn", Values: []string{"evil.example"}}}
	}
	return hosts
}

// respelled returns a value with its lists in another order, one element twice, and its texts in another spelling.
func respelled(t *rapid.T, value tftypes.Value) tftypes.Value {
	switch {
	case value.IsNull():
		return value
	case value.Type().Is(tftypes.Object{}):
		var attributes map[string]tftypes.Value
		mustAs(t, value, &attributes)
		attributes = maps.Clone(attributes) // As shares it with the value
		for name, attribute := range attributes {
			attributes[name] = respelled(t, attribute)
		}
		return tftypes.NewValue(value.Type(), attributes)
	case value.Type().Is(tftypes.List{}):
		var elements []tftypes.Value
		mustAs(t, value, &elements)
		elements = rapid.Permutation(elements).Draw(t, "order")
		for i := range elements {
			elements[i] = respelled(t, elements[i])
		}
		return tftypes.NewValue(value.Type(), append(elements, elements[0]))
	case value.Type().Is(tftypes.String):
		var text string
		mustAs(t, value, &text)
		return tftypes.NewValue(tftypes.String, otherSpelling(text))
	default:
		return value
	}
}

func otherSpelling(text string) string {
	text = strings.Replace(text, "xn--bcher-kva", "bücher", 1)
	if address, err := netip.ParseAddr(text); err == nil {
		return strings.ToUpper(fmt.Sprintf("%s/%d", address.StringExpanded(), address.BitLen()))
	}
	return strings.ToUpper(text)
}

func withOneMore(t *rapid.T, hosts tftypes.Value) tftypes.Value {
	var attributes map[string]tftypes.Value
	mustAs(t, hosts, &attributes)
	attributes = maps.Clone(attributes)
	var names []tftypes.Value
	mustAs(t, attributes["fqdns"], &names)
	attributes["fqdns"] = tftypes.NewValue(tftypes.List{ElementType: tftypes.String},
		append(names, tftypes.NewValue(tftypes.String, "one-more.test")))
	return tftypes.NewValue(hosts.Type(), attributes)
}

func mustAs(t *rapid.T, value tftypes.Value, target any) {
	if err := value.As(target); err != nil {
		t.Fatal(err)
	}
}
