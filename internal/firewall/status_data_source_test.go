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
				statecheck.ExpectKnownValue("data.sentinelone_firewall_status.own", tfjsonpath.New("scope"), site(own)),
				statecheck.ExpectKnownValue("data.sentinelone_firewall_status.inheriting", tfjsonpath.New("scope"), site(inheriting)),
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

func status(name, attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.sentinelone_firewall_status."+name, tfjsonpath.New(attribute), value)
}

func site(id string) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{
		"tenant": knownvalue.Null(), "account_id": knownvalue.Null(), "group_id": knownvalue.Null(),
		"site_id": knownvalue.StringExact(id),
	})
}
