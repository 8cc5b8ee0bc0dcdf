package firewall_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// named is a list of rows with these names, in order.
func named(names ...string) knownvalue.Check {
	rows := []knownvalue.Check{}
	for _, name := range names {
		rows = append(rows, knownvalue.ObjectPartial(map[string]knownvalue.Check{"name": knownvalue.StringExact(name)}))
	}
	return knownvalue.ListExact(rows)
}

// Tags and locations are found by name, own ones and inherited ones apart.
func TestTagsAndLocations(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	site := seed.Sites[0]
	seed.Tags = []simulator.Tag{
		{ID: tagIDs[0], Name: "own", Scope: "site", ScopeID: site.ID, Description: new("x [managed by terraform]")},
		{ID: tagIDs[1], Name: "shared", Scope: "account", ScopeID: site.AccountID},
		{ID: "225494730938493903", Name: "elsewhere", Scope: "site", ScopeID: seed.Sites[1].ID},
	}
	seed.Locations = []simulator.Location{
		{ID: locationID, Name: "office 1", Scope: "site", ScopeID: site.ID, Description: new("ground floor")},
		{ID: "225494730938493905", Name: "office 2", Scope: "global"},
		{ID: "225494730938493906", Name: "office 3", Scope: "site", ScopeID: seed.Sites[1].ID},
	}
	seed.Rules = []simulator.Rule{{
		Name: "x", Action: "Block", Status: "Enabled", TagIDs: tagIDs[:1], Scope: "site", ScopeID: site.ID,
	}}
	console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(1))
	tags := func(name string, rows knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.sentinelone_firewall_tags."+name, tfjsonpath.New("tags"), rows)
	}
	locations := func(name string, rows knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.sentinelone_locations."+name, tfjsonpath.New("locations"), rows)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, `
data "sentinelone_firewall_tags" "own" {}
data "sentinelone_firewall_tags" "all" { inherited = true }
data "sentinelone_firewall_tags" "by_hand" {
  inherited = true
  managed   = false
}
data "sentinelone_firewall_tags" "named" {
  inherited     = true
  name_contains = ["shar"]
}
data "sentinelone_locations" "seen" {}
data "sentinelone_locations" "tenant" { scope = { tenant = true } }
data "sentinelone_locations" "ground" { description_contains = ["ground"] }
data "sentinelone_locations" "second" { name_contains = ["ce 2"] }
`),
			ConfigStateChecks: []statecheck.StateCheck{
				tags("own", knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectPartial(map[string]knownvalue.Check{
					"id": knownvalue.StringExact(tagIDs[0]), "description": knownvalue.StringExact("x"),
					"linked_rules": knownvalue.Int64Exact(1), "scope_name": knownvalue.StringExact("Headquarters"),
				})})),
				tags("all", named("own", "shared")),
				tags("by_hand", named("shared")),
				tags("named", named("shared")),
				locations("seen", named("office 1", "office 2")),
				locations("tenant", named("office 1", "office 2", "office 3")),
				locations("ground", named("office 1")),
				locations("second", named("office 2")),
			},
		}},
	})
}

// Protocols come with the values that rules take, and a plan knows them.
func TestProtocols(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	protocols := func(name string, rows knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.sentinelone_firewall_protocols."+name, tfjsonpath.New("protocols"), rows)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, `
data "sentinelone_firewall_protocols" "all" {}
data "sentinelone_firewall_protocols" "tcp" { query = "Transmission Control" }
`),
			ConfigStateChecks: []statecheck.StateCheck{
				protocols("all", knownvalue.ListSizeExact(139)),
				protocols("tcp", knownvalue.ListPartial(map[int]knownvalue.Check{
					0: knownvalue.ObjectPartial(map[string]knownvalue.Check{"value": knownvalue.StringExact("TCP")}),
				})),
			},
		}},
	})
}
