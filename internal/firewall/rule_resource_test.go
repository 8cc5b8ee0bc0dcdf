package firewall_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const ruleAddress = "sentinelone_firewall_rule.test"

const ruleConfig = `
resource "sentinelone_firewall_rule" "test" {
  name         = "Block the botnet"
  description  = "case 4711"
  action       = "Block"
  direction    = "outbound"
  os_types     = ["windows", "linux"]
  protocol     = "TCP"
  remote_hosts = {
    addresses = ["203.0.113.7", "2001:db8::1"]
    cidrs     = ["198.51.100.0/24"]
    fqdns     = ["evil.example"]
  }
  remote_port = { ports = [443, 8443] }
}
`

// The same in other words: order, case, IPv6 forms, /32, a kind with nothing in it.
const ruleConfigRespelled = `
resource "sentinelone_firewall_rule" "test" {
  name         = "Block the botnet"
  description  = "case 4711"
  action       = "Block"
  status       = "Enabled"
  direction    = "outbound"
  os_types     = ["linux", "windows"]
  protocol     = "TCP"
  remote_hosts = {
    fqdns     = ["EVIL.example."]
    addresses = ["2001:DB8:0::1", "203.0.113.7/32"]
    cidrs     = ["198.51.100.0/24", "198.51.100.0/24"]
    ranges    = []
  }
  remote_port = { ports = [8443, 443] }
}
`

func TestRuleLifecycle(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	id := statecheck.CompareValue(compare.ValuesSame())
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		CheckDestroy:             ruleless(console),
		Steps: []resource.TestStep{
			{
				Config: acctest.Config(console, ruleConfig),
				ConfigStateChecks: []statecheck.StateCheck{
					id.AddStateValue(ruleAddress, tfjsonpath.New("id")),
					statecheck.ExpectKnownValue(ruleAddress, tfjsonpath.New("status"), knownvalue.StringExact("Enabled")),
					statecheck.ExpectKnownValue(ruleAddress, tfjsonpath.New("description"), knownvalue.StringExact("case 4711")),
					statecheck.ExpectKnownValue(ruleAddress, tfjsonpath.New("rule_category"), knownvalue.StringExact("firewall")),
					statecheck.ExpectKnownValue(ruleAddress, tfjsonpath.New("creator"), knownvalue.StringExact("Terraform service user")),
					statecheck.ExpectKnownValue(ruleAddress, tfjsonpath.New("scope").AtMapKey("site_id"),
						knownvalue.StringExact(acctest.Site(console))),
				},
				Check: func(*terraform.State) error {
					return differs(console.State().Rules, []simulator.Rule{{
						Scope: "site", ScopeID: acctest.Site(console),
						Name: "Block the botnet", Description: new("case 4711 [managed by terraform]"),
						Action: "Block", Status: "Enabled", Direction: "outbound",
						OSTypes: []string{"linux", "windows"}, Protocol: "TCP",
						Application: simulator.Application{Type: "any"},
						LocalHost:   simulator.Host{Type: "any"},
						RemoteHosts: []simulator.Host{
							{Type: "addresses", Values: []string{"203.0.113.7", "2001:db8::1"}},
							{Type: "cidr", Values: []string{"198.51.100.0/24"}},
							{Type: "fqdn", Values: []string{"evil.example"}},
						},
						LocalPort:  simulator.Ports{Type: "any"},
						RemotePort: simulator.Ports{Type: "ports", Values: []int{443, 8443}},
						Location:   simulator.RuleLocation{Type: "all"},
					}})
				},
			},
			{
				Config:           acctest.Config(console, ruleConfigRespelled),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectEmptyPlan()),
			},
			{
				ResourceName:      ruleAddress,
				ImportState:       true,
				ImportStateVerify: true,
			},
			{ // what is required changes in place, too
				Config: acctest.Config(console, strings.NewReplacer("Block the botnet", "Allow the sinkhole",
					`"Block"`, `"Allow"`).Replace(ruleConfig)),
				ConfigPlanChecks:  acctest.Planned(plancheck.ExpectResourceAction(ruleAddress, plancheck.ResourceActionUpdate)),
				ConfigStateChecks: []statecheck.StateCheck{id.AddStateValue(ruleAddress, tfjsonpath.New("id"))},
				Check: func(*terraform.State) error {
					rule := console.State().Rules[0]
					return differs([]any{rule.Name, rule.Action}, []any{"Allow the sinkhole", "Allow"})
				},
			},
			{Config: acctest.Config(console, ruleConfig)},
			{ // drift: disabled and widened in the console
				PreConfig: func() {
					console.Change(func(s *simulator.State) {
						s.Rules[0].Status = "Disabled"
						s.Rules[0].RemoteHosts = s.Rules[0].RemoteHosts[:1]
					})
				},
				Config:            acctest.Config(console, ruleConfig),
				ConfigPlanChecks:  acctest.Planned(plancheck.ExpectResourceAction(ruleAddress, plancheck.ResourceActionUpdate)),
				ConfigStateChecks: []statecheck.StateCheck{id.AddStateValue(ruleAddress, tfjsonpath.New("id"))},
				Check: func(*terraform.State) error {
					rule := console.State().Rules[0]
					return differs([]any{rule.Status, len(rule.RemoteHosts)}, []any{"Enabled", 3})
				},
			},
			{ // no drift: a marker that somebody took away
				PreConfig: func() {
					console.Change(func(s *simulator.State) { s.Rules[0].Description = new("case 4711") })
				},
				Config:           acctest.Config(console, ruleConfig),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectEmptyPlan()),
			},
			{ // vanished
				PreConfig:        func() { console.Change(func(s *simulator.State) { s.Rules = nil }) },
				Config:           acctest.Config(console, ruleConfig),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(ruleAddress, plancheck.ResourceActionCreate)),
			},
			{ // moved to another scope
				Config: acctest.Config(console, strings.Replace(ruleConfig, "\n}\n",
					"\n  scope = { tenant = true }\n}\n", 1)),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(ruleAddress, plancheck.ResourceActionDestroyBeforeCreate)),
				Check: func(*terraform.State) error {
					rules := console.State().Rules
					return differs([]any{len(rules), rules[0].Scope}, []any{1, "global"})
				},
			},
		},
	})
}

// Each optional attribute is set, changed and dropped, on a rule of its own: only what is changed may change, and what
// is dropped must be cleared on the console.
func TestRuleAttributes(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(withTagsAndLocations()))
	attributes := map[string][2]string{
		"description":  {`"one"`, `"two"`},
		"status":       {`"Disabled"`, `"Enabled"`},
		"direction":    {`"inbound"`, `"outbound"`},
		"os_types":     {`["linux"]`, `["macos", "windows_legacy"]`},
		"protocol":     {`"TCP"`, `"UDP"`},
		"application":  {`{ paths = ["/usr/bin/nc"] }`, `{ sha1s = ["3395856CE81F2B7382DEE72602F798B642F14140"] }`},
		"local_host":   {`{ addresses = ["192.0.2.1"] }`, `{ ranges = ["192.0.2.1-192.0.2.9"] }`},
		"remote_hosts": {`{ fqdns = ["a.example"] }`, `{ fqdns = ["b.example"], cidrs = ["2001:db8::/48"] }`},
		"local_port":   {`{ ports = [22] }`, `{ range = "1024-65535" }`},
		"remote_port":  {`{ range = "1-1023" }`, `{ ports = [53, 853] }`},
		"location":     {`{ ids = ["` + locationID + `"] }`, `{ fallback = true }`},
		"tag_ids":      {`["` + tagIDs[0] + `"]`, `["` + tagIDs[0] + `", "` + tagIDs[1] + `"]`},
	}
	names := slices.Sorted(maps.Keys(attributes))
	config := func(stage int) string {
		var b strings.Builder
		for _, name := range names {
			fmt.Fprintf(&b, "resource \"sentinelone_firewall_rule\" %q {\n  name      = %q\n  action    = \"Block\"\n", name, name)
			b.WriteString("  allow_any = true\n")
			if stage < 2 {
				fmt.Fprintf(&b, "  %s = %s\n", name, attributes[name][stage])
			}
			b.WriteString("}\n")
		}
		return acctest.Config(console, b.String())
	}
	updates := func() (checks []plancheck.PlanCheck) {
		for _, name := range names {
			checks = append(checks, plancheck.ExpectResourceAction("sentinelone_firewall_rule."+name, plancheck.ResourceActionUpdate))
		}
		return checks
	}
	var before []simulator.Rule
	remember := func() { before = console.State().Rules }
	onlyTheNamedChanged := func(*terraform.State) error {
		for i, rule := range console.State().Rules {
			if diff := cmp.Diff([]string{apiName[rule.Name]}, changedFields(t, before[i], rule)); diff != "" {
				return fmt.Errorf("changing %s changed on the console (-want +got):\n%s", rule.Name, diff)
			}
		}
		return nil
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		CheckDestroy:             ruleless(console),
		Steps: []resource.TestStep{
			{Config: config(0)},
			{PreConfig: remember, Config: config(1), ConfigPlanChecks: acctest.Planned(updates()...), Check: onlyTheNamedChanged},
			{PreConfig: remember, Config: config(2), Check: func(*terraform.State) error {
				plain := simulator.Rule{
					Scope: "site", ScopeID: acctest.Site(console), Description: new("[managed by terraform]"),
					Action: "Block", Status: "Enabled", Direction: "any", OSTypes: []string{"linux", "macos", "windows"},
					Application: simulator.Application{Type: "any"}, LocalHost: simulator.Host{Type: "any"},
					RemoteHosts: []simulator.Host{{Type: "any"}}, LocalPort: simulator.Ports{Type: "any"},
					RemotePort: simulator.Ports{Type: "any"}, Location: simulator.RuleLocation{Type: "all"},
				}
				for _, rule := range console.State().Rules {
					want := plain
					want.Name = rule.Name
					if err := differs([]simulator.Rule{rule}, []simulator.Rule{want}); err != nil {
						return err
					}
				}
				return nil
			}},
		},
	})
}

// What the public evidence leaves open about the real console makes no difference: the plan after each apply, and after
// an import, is empty.
func TestRuleOnEveryConsole(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]simulator.Behaviour{
		"PUT replaces":           {PutRule: "replace"},
		"new rules on top":       {NewRuleAt: "top"},
		"values in any order":    {HostValues: "shuffled"},
		"canonical values":       {HostValues: "canonical"},
		"null for empty fields":  {EmptyFields: "null"},
		"empty for empty fields": {EmptyFields: "empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := simulator.Demo()
			seed.Behaviour = behaviour
			console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(1), simulator.WithShuffle(1))
			resource.UnitTest(t, resource.TestCase{
				// The last step lets an object go with a removed block.
				TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_7_0)},
				ProtoV6ProviderFactories: acctest.Factories(),
				CheckDestroy:             ruleless(console),
				Steps: []resource.TestStep{
					{Config: acctest.Config(console, strings.Replace(ruleConfigRespelled, "Block the", "Block a", 1))},
					{Config: acctest.Config(console, ruleConfigRespelled)},
					{ // an import reads the console's spelling, which means the same
						Config: acctest.Config(console, strings.Replace(ruleConfigRespelled, `"test"`, `"imported"`, 1)+`
import {
  to = sentinelone_firewall_rule.imported
  id = "2100000000000000001"
}
removed {
  from = sentinelone_firewall_rule.test
  lifecycle { destroy = false }
}`),
						ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(
							"sentinelone_firewall_rule.imported", plancheck.ResourceActionNoop)),
					},
				},
			})
		})
	}
}

func TestRuleIdentity(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	resource.UnitTest(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: acctest.Config(console, ruleConfig),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectIdentityValueMatchesState(ruleAddress, tfjsonpath.New("id")),
				},
			},
			{
				ResourceName:    ruleAddress,
				ImportState:     true,
				ImportStateKind: resource.ImportBlockWithResourceIdentity,
			},
		},
	})
}

const locationID = "225494730938493804"

var tagIDs = []string{"225494730938493901", "225494730938493902"}

func withTagsAndLocations() simulator.State {
	seed := simulator.Demo()
	site := seed.Sites[0].ID
	for i, id := range tagIDs {
		seed.Tags = append(seed.Tags, simulator.Tag{ID: id, Name: fmt.Sprint("tag ", i), Scope: "site", ScopeID: site})
	}
	seed.Locations = append(seed.Locations, simulator.Location{ID: locationID, Name: "office", Scope: "site", ScopeID: site})
	return seed
}

// apiName is what the API calls an attribute.
var apiName = map[string]string{
	"description": "description", "status": "status", "direction": "direction", "os_types": "osTypes",
	"protocol": "protocol", "application": "application", "local_host": "localHost", "remote_hosts": "remoteHosts",
	"local_port": "localPort", "remote_port": "remotePort", "location": "location", "tag_ids": "tagIds",
}

// changedFields names the fields that differ, but for the time of the change.
func changedFields(t *testing.T, a, b simulator.Rule) (names []string) {
	t.Helper()
	fields := func(rule simulator.Rule) (m map[string]json.RawMessage) {
		text, err := json.Marshal(rule)
		if err == nil {
			err = json.Unmarshal(text, &m)
		}
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	before, after := fields(a), fields(b)
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if name != "updatedAt" && string(before[name]) != string(after[name]) {
			names = append(names, name)
		}
	}
	return names
}

func ruleless(console *simulator.Console) func(*terraform.State) error {
	return func(*terraform.State) error {
		if rules := console.State().Rules; len(rules) > 0 {
			return fmt.Errorf("the console still holds %d rules", len(rules))
		}
		return nil
	}
}

// differs compares what a caller decides about objects; what the console decides is left out.
func differs(got, want any) error {
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(simulator.Rule{},
		"ID", "Order", "Creator", "CreatorID", "CreatedAt", "UpdatedAt")); diff != "" {
		return fmt.Errorf("the console holds (-want +got):\n%s", diff)
	}
	return nil
}
