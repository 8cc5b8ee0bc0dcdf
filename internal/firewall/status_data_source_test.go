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

func TestStatus(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	own, inheriting := seed.Sites[0].ID, seed.Sites[1].ID
	seed.Tags = []simulator.Tag{{ID: tagIDs[0], Name: "shared", Scope: "site", ScopeID: own}}
	seed.Configurations = []simulator.Configuration{{
		Scope: "site", ScopeID: own, Enabled: true, LocationAware: true, SelectedTags: tagIDs[:1],
	}}
	console := simulator.Start(t, simulator.WithSeed(seed))
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, `
data "sentinelone_firewall_status" "own" {}
data "sentinelone_firewall_status" "inheriting" {
  scope = { site_id = "`+inheriting+`" }
}`),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("data.sentinelone_firewall_status.own", tfjsonpath.New("scope"), siteIs(own)),
				statecheck.ExpectKnownValue("data.sentinelone_firewall_status.inheriting", tfjsonpath.New("scope"), siteIs(inheriting)),
				status("own", "enabled", knownvalue.Bool(true)),
				status("own", "inherit_settings", knownvalue.Bool(false)),
				status("own", "inherit_all_firewall_rules", knownvalue.Bool(false)),
				status("own", "location_aware", knownvalue.Bool(true)),
				status("own", "report_blocked", knownvalue.Null()),
				status("own", "selected_tag_ids", knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(tagIDs[0])})),
				status("inheriting", "enabled", knownvalue.Bool(false)),
				status("inheriting", "inherit_settings", knownvalue.Bool(true)),
				status("inheriting", "inherit_all_firewall_rules", knownvalue.Bool(true)),
				status("inheriting", "selected_tag_ids", knownvalue.SetSizeExact(0)),
			},
		}},
	})
}

// Where the settings come from, how many rules are in effect, and how many endpoints have them enforced.
func TestStatusReaches(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	site := seed.Sites[0]
	seed.Configurations = []simulator.Configuration{
		{Scope: "account", ScopeID: site.AccountID, Enabled: true, InheritAllFirewallRules: true},
		{Scope: "site", ScopeID: seed.Sites[2].ID, Enabled: true, InheritAllFirewallRules: true},
	}
	for _, rule := range []simulator.Rule{
		{Scope: "site", ScopeID: site.ID, Action: "Block", Status: "Enabled"},
		{Scope: "site", ScopeID: site.ID, Action: "Block", Status: "Disabled"},
		{Scope: "site", ScopeID: seed.Sites[1].ID, Action: "Block", Status: "Enabled"},
		{Scope: "global", Action: "Block", Status: "Enabled"},
		{Scope: "account", ScopeID: site.AccountID, Action: "Allow", Status: "Enabled"},
	} {
		rule.Name = "x"
		seed.Rules = append(seed.Rules, rule)
	}
	seed.Agents = nil
	for _, on := range []bool{true, true, false} {
		seed.Agents = append(seed.Agents, simulator.Agent{SiteID: site.ID, OSType: "linux", FirewallEnabled: on})
	}
	seed.Agents = append(seed.Agents, simulator.Agent{SiteID: site.ID, OSType: "linux", IsDecommissioned: true})
	console := simulator.Start(t, simulator.WithSeed(seed))
	code := `
data "sentinelone_firewall_status" "here" {}
data "sentinelone_firewall_status" "group" { scope = { group_id = "` + groupOf(seed, site) + `" } }
data "sentinelone_firewall_status" "own" { scope = { site_id = "` + seed.Sites[2].ID + `" } }
data "sentinelone_firewall_status" "tenant" { scope = { tenant = true } }
`
	account := knownvalue.ObjectPartial(map[string]knownvalue.Check{"account_id": knownvalue.StringExact(site.AccountID)})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: acctest.Config(console, code),
				ConfigStateChecks: []statecheck.StateCheck{
					status("here", "enabled", knownvalue.Bool(true)),
					status("here", "settings_scope", account),
					status("here", "allow_rules", knownvalue.Int64Exact(1)),
					status("here", "block_rules", knownvalue.Int64Exact(2)),
					status("here", "endpoints", knownvalue.Int64Exact(3)),
					status("here", "endpoints_enabled", knownvalue.Int64Exact(2)),
					status("here", "share_enabled", knownvalue.Float64Exact(2.0/3)),
					status("group", "settings_scope", account),
					status("own", "settings_scope", siteIs(seed.Sites[2].ID)),
					status("own", "endpoints", knownvalue.Int64Exact(0)),
					status("own", "share_enabled", knownvalue.Null()),
					status("tenant", "settings_scope", knownvalue.ObjectPartial(map[string]knownvalue.Check{"tenant": knownvalue.Bool(true)})),
				},
			},
			{ // what the token may not view is not known, and no error
				PreConfig: func() {
					console.Change(func(s *simulator.State) { s.Users[0].Permissions = []string{"Firewall Control.view"} })
				},
				Config: acctest.Config(console, code),
				ConfigStateChecks: []statecheck.StateCheck{
					status("here", "enabled", knownvalue.Bool(true)),
					status("here", "settings_scope", knownvalue.Null()),
					status("here", "endpoints", knownvalue.Null()),
				},
			},
		},
	})
}

func status(name, attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.sentinelone_firewall_status."+name, tfjsonpath.New(attribute), value)
}

func siteIs(id string) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{
		"tenant": knownvalue.Null(), "account_id": knownvalue.Null(), "group_id": knownvalue.Null(),
		"site_id": knownvalue.StringExact(id),
	})
}
