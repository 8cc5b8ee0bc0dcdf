package firewall_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// tree returns a seed with two rules of the same names at each of the four levels of the first site's tree, and as many
// in places beside them.
func tree() simulator.State {
	seed := simulator.Demo()
	site := seed.Sites[0]
	for _, owner := range []simulator.Rule{
		{Scope: "global"},
		{Scope: "account", ScopeID: site.AccountID},
		{Scope: "site", ScopeID: site.ID},
		{Scope: "group", ScopeID: groupOf(seed, site)},
		{Scope: "site", ScopeID: seed.Sites[1].ID},
		{Scope: "account", ScopeID: seed.Accounts[1].ID},
	} {
		for _, name := range []string{"second", "first"} { // made in another order than they are in
			rule := owner
			rule.Name, rule.Action, rule.Status = name, "Block", "Enabled"
			rule.Order = map[string]int{"first": 1, "second": 2}[name]
			seed.Rules = append(seed.Rules, rule)
		}
	}
	return seed
}

func groupOf(s simulator.State, site simulator.Site) string {
	for _, group := range s.Groups {
		if group.SiteID == site.ID {
			return group.ID
		}
	}
	return ""
}

// The same rules as seen from each level: its own alone, and with what it inherits, nearest first.
func TestRulesInEvaluationOrder(t *testing.T) {
	t.Parallel()
	seed := tree()
	site := seed.Sites[0]
	scopes := []struct{ scope, level string }{
		{fmt.Sprintf("{ group_id = %q }", groupOf(seed, site)), "group_id"},
		{fmt.Sprintf("{ site_id = %q }", site.ID), "site_id"},
		{fmt.Sprintf("{ account_id = %q }", site.AccountID), "account_id"},
		{`{ tenant = true }`, "tenant"},
	}
	for _, size := range []int{1, 2} {
		console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(size), simulator.WithShuffle(5))
		var config strings.Builder
		var checks []statecheck.StateCheck
		for i, scope := range scopes {
			var own, effective []knownvalue.Check
			for j, above := range scopes[i:] {
				for place, name := range []string{"first", "second"} {
					row := knownvalue.ObjectPartial(map[string]knownvalue.Check{
						"name": knownvalue.StringExact(name), "order": knownvalue.Int64Exact(int64(place + 1)),
						"scope": knownvalue.ObjectPartial(map[string]knownvalue.Check{above.level: knownvalue.NotNull()}),
					})
					effective = append(effective, row)
					if j == 0 {
						own = append(own, row)
					}
				}
			}
			fmt.Fprintf(&config, `
data "sentinelone_firewall_rules" "own_%[1]s" {
  scope = %[2]s
}
data "sentinelone_firewall_rules" "effective_%[1]s" {
  scope     = %[2]s
  inherited = true
}
`, scope.level, scope.scope)
			checks = append(checks,
				rulesAre("own_"+scope.level, knownvalue.ListExact(own)),
				rulesAre("effective_"+scope.level, knownvalue.ListExact(effective)))
		}
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories(),
			Steps:                    []resource.TestStep{{Config: acctest.Config(console, config.String()), ConfigStateChecks: checks}},
		})
	}
}

func rulesAre(name string, rules knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.sentinelone_firewall_rules."+name, tfjsonpath.New("rules"), rules)
}

// Each filter selects one of two rules.
func TestRuleFilters(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	site := seed.Sites[0].ID
	seed.Tags = []simulator.Tag{
		{ID: tagIDs[0], Name: "containment", Scope: "site", ScopeID: site},
		{ID: tagIDs[1], Name: "other", Scope: "site", ScopeID: site},
	}
	seed.Locations = []simulator.Location{{ID: locationID, Name: "office", Scope: "site", ScopeID: site}}
	made := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	seed.Rules = []simulator.Rule{
		{
			ID: "200000000000000001", Name: "wanted", Description: new("Created by Another Product"), Action: "Block",
			Status: "Enabled", Direction: "inbound", OSTypes: []string{"linux"}, Protocol: "TCP",
			Application: simulator.Application{Type: "path", Values: []string{"/usr/bin/nc"}},
			Location:    simulator.RuleLocation{Type: "specific", IDs: []string{locationID}},
			TagIDs:      tagIDs[:1], Scope: "site", ScopeID: site, CreatedAt: made,
		},
		{
			ID: "200000000000000002", Name: "other", Description: new("x [managed by terraform]"), Action: "Allow",
			Status: "Disabled", Direction: "outbound", OSTypes: []string{"macos"}, Protocol: "UDP",
			Application: simulator.Application{Type: "path", Values: []string{"/usr/bin/ssh"}},
			TagIDs:      tagIDs[1:], Scope: "site", ScopeID: site, CreatedAt: made.Add(time.Hour),
		},
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	filters := []string{
		`ids = ["200000000000000001"]`, `query = "wanted"`, `name = "wanted"`, `name_contains = ["ante"]`,
		`actions = ["Block"]`, `statuses = ["Enabled"]`, `directions = ["inbound"]`, `os_types = ["linux"]`,
		`protocols = ["TCP"]`, `protocol_contains = ["TC"]`, `applications = ["/usr/bin/nc"]`,
		`application_contains = ["bin/nc"]`, `service_contains = ["bin/nc"]`, `location_ids = ["` + locationID + `"]`,
		`tag_ids = ["` + tagIDs[0] + `"]`, `tag_name_contains = ["contain"]`,
		`created_before = "2026-03-01T12:30:00Z"`, `created_until = "2026-03-01T12:00:00Z"`,
		`managed = false`, `description_contains = "Created by Another"`,
	}
	var config strings.Builder
	var checks []statecheck.StateCheck
	wanted := knownvalue.ListExact([]knownvalue.Check{
		knownvalue.ObjectPartial(map[string]knownvalue.Check{"name": knownvalue.StringExact("wanted")}),
	})
	for i, filter := range filters {
		fmt.Fprintf(&config, "data \"sentinelone_firewall_rules\" \"case_%d\" {\n  %s\n}\n", i, filter)
		checks = append(checks, rulesAre(fmt.Sprint("case_", i), wanted))
	}
	other := knownvalue.ListExact([]knownvalue.Check{
		knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"name": knownvalue.StringExact("other"), "description": knownvalue.StringExact("x"),
		}),
	})
	for i, filter := range []string{
		`managed = true`, `created_after = "2026-03-01T12:00:00Z"`, `created_since = "2026-03-01T13:00:00Z"`,
	} {
		fmt.Fprintf(&config, "data \"sentinelone_firewall_rules\" \"other_%d\" {\n  %s\n}\n", i, filter)
		checks = append(checks, rulesAre(fmt.Sprint("other_", i), other))
	}
	refused := func(message, filter string) resource.TestStep {
		return resource.TestStep{
			Config:      acctest.Config(console, "data \"sentinelone_firewall_rules\" \"bad\" {\n  "+filter+"\n}\n"),
			ExpectError: regexp.MustCompile(message),
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			refused(`at least 1`, `ids = []`), // it would select everything
			refused(`must not contain a comma`, `applications = ["C:\\a,b.exe"]`),
			refused(`is no time in RFC 3339`, `created_since = "yesterday"`),
			refused(`(?s)value must be one of`, `actions = ["block"]`),
			{Config: acctest.Config(console, config.String()), ConfigStateChecks: checks},
		},
	})
}
