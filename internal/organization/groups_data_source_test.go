package organization_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

func TestGroupFilters(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	made := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	laptops := simulator.Group{
		ID: "1900000000000000306", Name: "Laptops", SiteID: seed.Sites[2].ID, Type: "dynamic", Rank: new(7), CreatedAt: made,
		FilterID: new("1900000000000000801"), FilterName: new("All laptops"),
	}
	seed.Groups = append(seed.Groups, laptops)
	var all, defaults, older []string
	for i, group := range seed.Groups {
		all = append(all, group.ID)
		if i < len(seed.Sites) {
			defaults = append(defaults, group.ID)
		}
		if group.ID != laptops.ID {
			older = append(older, group.ID)
		}
	}
	servers, own := seed.Groups[4].ID, []string{laptops.ID}
	checkFilters(t, seed, "groups", []selection{
		{``, all},
		{`group_ids = ["` + laptops.ID + `", "` + servers + `"]`, []string{servers, laptops.ID}},
		{`site_ids = ["` + seed.Sites[0].ID + `"]`, []string{all[0], servers}},
		{`account_ids = ["` + seed.Accounts[1].ID + `"]`, []string{all[2], all[3], laptops.ID}},
		{`name = "Default Group"`, defaults},
		{`description = "Data centre"`, []string{servers}},
		{`query = "centre"`, []string{servers}},
		{`types = ["dynamic", "pinned"]`, own},
		{`rank = 7`, own},
		{`is_default = true`, defaults},
		{`is_default = false`, []string{servers, laptops.ID}},
		{`updated_before = "2026-03-01T12:00:00Z"`, older},
		{`updated_until = "2026-03-01T12:00:00Z"`, all},
		{`updated_after = "2026-03-01T11:59:59Z"`, own},
		{`updated_since = "2026-03-01T12:00:00Z"`, own},
	})
}

// A group is found by id, or by its site and exact name: each site has a default group of the same name.
func TestGroup(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithPageSize(2))
	state := console.State()
	site, servers, other := state.Sites[0], state.Groups[4], state.Groups[2]
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			refused(console, `data "sentinelone_group" "x" {}`, "Exactly one", "[id,name]"),
			refused(console, `data "sentinelone_group" "x" { name = "Servers" }`, "must be configured together", "[name,site_id]"),
			refused(console, `data "sentinelone_group" "x" {
  name    = "Server"
  site_id = "`+site.ID+`"
}`, "No such group", "Similar are:", fmt.Sprintf("group %q (id %s) in site %s", servers.Name, servers.ID, site.ID)),
			refused(console, `data "sentinelone_group" "x" {
  name    = "Servers"
  site_id = "225494730938493804"
}`, "No such group", "There is none at all"),
			{
				Config: acctest.Config(console, fmt.Sprintf(`
data "sentinelone_group" "by_id" { id = %q }
data "sentinelone_group" "by_name" {
  name    = %q
  site_id = %q
}
data "sentinelone_group" "default" {
  name    = "Default Group"
  site_id = %q
}
`, servers.ID, servers.Name, site.ID, other.SiteID)),
				ConfigStateChecks: []statecheck.StateCheck{
					id("group.by_name", servers.ID), id("group.default", other.ID),
					statecheck.ExpectKnownValue("data.sentinelone_group.by_id", tfjsonpath.New("site_id"),
						knownvalue.StringExact(site.ID)),
					statecheck.ExpectKnownValue("data.sentinelone_group.by_id", tfjsonpath.New("total_agents"),
						knownvalue.Int64Exact(2)),
					statecheck.ExpectKnownValue("data.sentinelone_group.by_id", tfjsonpath.New("rank"), knownvalue.Null()),
					statecheck.ExpectKnownValue("data.sentinelone_group.by_id", tfjsonpath.New("scope"),
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"group_id": knownvalue.StringExact(servers.ID)})),
				},
			},
		},
	})
}
