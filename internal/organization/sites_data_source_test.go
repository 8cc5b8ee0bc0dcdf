package organization_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

func TestSiteFilters(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Sites[1].Modules = []string{"star"}
	seed.Sites[2].SiteType = "Trial"
	hq, lab, branch, closed := seed.Sites[0].ID, seed.Sites[1].ID, seed.Sites[2].ID, seed.Sites[3].ID
	checkFilters(t, seed, "sites", []selection{
		{``, []string{hq, lab, branch, closed}},
		{`site_ids = ["` + closed + `", "` + lab + `"]`, []string{lab, closed}},
		{`account_ids = ["` + seed.Accounts[1].ID + `"]`, []string{branch, closed}},
		{`account_name_contains = ["europe"]`, []string{hq, lab}},
		{`name = "Laboratory"`, []string{lab}},
		{`name_contains = ["quart", "plant"]`, []string{hq, closed}},
		{`name_contains = ["no such site"]`, nil},
		{`description = "Offices and data centre"`, []string{hq}},
		{`description_contains = ["offices"]`, []string{hq}},
		{`query = "americas"`, []string{branch, closed}},
		{`states = ["expired"]`, []string{closed}},
		{`site_type = "Trial"`, []string{branch}},
		{`sku = "Control"`, []string{lab, branch}},
		{`modules = ["star"]`, []string{lab}},
		{`features = ["firewall-control"]`, []string{hq, lab, branch}},
		{`is_default = true`, []string{hq}},
		{`external_id = "crm-4711"`, []string{hq}},
		{`total_licenses = 200`, []string{lab}},
		{`active_licenses = 21`, []string{branch}},
		{`expiration = "2025-03-04T08:15:30.123456Z"`, []string{closed}},
		{`created_at = "2024-03-06T08:15:30.123456Z"`, []string{lab}},
		{`updated_at = "2024-04-06T08:15:30.123456Z"`, []string{lab}},
	})
	seed.Users[0].Permissions = []string{"Sites.view"}
	checkFilters(t, seed, "sites", []selection{
		{`available_move_sites = true`, nil},
		{`available_move_sites = false`, []string{hq, lab, branch, closed}},
	})
}

// A site comes with its licences and a scope that is ready for use.
func TestSites(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	site := console.State().Sites[1]
	first := tfjsonpath.New("sites").AtSliceIndex(0)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: acctest.Config(console, `
data "sentinelone_sites" "named" {
  name = "`+site.Name+`"
}
data "sentinelone_sites" "core" {
  sku = "Core"
}
resource "sentinelone_firewall_rule" "there" {
  name         = "Block it there"
  action       = "Block"
  remote_hosts = { fqdns = ["evil.example"] }
  scope        = data.sentinelone_sites.named.sites[0].scope
}`),
				ConfigStateChecks: []statecheck.StateCheck{
					attributes("sites.core", first, map[string]knownvalue.Check{"firewall_control": knownvalue.Bool(false)}),
					attributes("sites.named", first, map[string]knownvalue.Check{
						"id":                 knownvalue.StringExact(site.ID),
						"account_name":       knownvalue.StringExact("Example Europe"),
						"state":              knownvalue.StringExact("active"),
						"sku":                knownvalue.StringExact("Control"),
						"firewall_control":   knownvalue.Bool(true),
						"active_licenses":    knownvalue.Int64Exact(14),
						"total_licenses":     knownvalue.Int64Exact(200),
						"unlimited_licenses": knownvalue.Bool(false),
						"expiration":         knownvalue.Null(),
						"bundles":            knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("control")}),
						"modules":            knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("ranger")}),
					}),
				},
				Check: func(*terraform.State) error {
					if rule := console.State().Rules[0]; rule.ScopeID != site.ID {
						return fmt.Errorf("the rule belongs to %s %s", rule.Scope, rule.ScopeID)
					}
					return nil
				},
			},
			{
				RefreshState:      true,
				RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
		},
	})
}

// A site is found by id, or by its exact name where it is the only one of it: in all accounts, or in one.
func TestSite(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	twin := seed.Sites[0]
	twin.ID, twin.AccountID = "1900000000000000205", seed.Accounts[1].ID
	ended := seed.Sites[1]
	ended.ID, ended.State = "1900000000000000206", "deleted"
	seed.Sites = append(seed.Sites, twin, ended)
	console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(1))
	hq, lab := seed.Sites[0], seed.Sites[1]
	describe := func(site simulator.Site) string {
		return fmt.Sprintf("site %q (id %s) in account %s", site.Name, site.ID, site.AccountID)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			refused(console, `data "sentinelone_site" "x" {}`, "Exactly one", "[id,name]"),
			refused(console, `data "sentinelone_site" "x" {
  id         = "1"
  account_id = "1"
}`, "cannot be configured together", "[id,account_id]"),
			refused(console, `data "sentinelone_site" "x" { name = "Headquarters" }`,
				"Several sites", `2 sites have the name "Headquarters"`, describe(hq), describe(twin)),
			refused(console, `data "sentinelone_site" "x" { name = "laboratory" }`, "No such site", "Similar are:", describe(lab)),
			refused(console, `data "sentinelone_site" "x" { name = "Labor" }`, "No such site", "Similar are:", describe(lab)),
			refused(console, `data "sentinelone_site" "x" { id = "225494730938493804" }`,
				"No such site", "has the id 225494730938493804", "There are:", describe(hq)),
			refused(console, `data "sentinelone_site" "x" {
  name       = "Laboratory"
  account_id = "`+twin.AccountID+`"
}`, "No such site", "There are:", describe(twin)),
			{
				Config: acctest.Config(console, fmt.Sprintf(`
data "sentinelone_site" "by_id" { id = %q }
data "sentinelone_site" "by_name" { name = %q }
data "sentinelone_site" "in_account" {
  name       = %q
  account_id = %q
}
`, ended.ID, lab.Name, twin.Name, twin.AccountID)),
				ConfigStateChecks: []statecheck.StateCheck{
					id("site.by_id", ended.ID), id("site.by_name", lab.ID), id("site.in_account", twin.ID),
					statecheck.ExpectKnownValue("data.sentinelone_site.by_name", tfjsonpath.New("account_id"),
						knownvalue.StringExact(lab.AccountID)),
					statecheck.ExpectKnownValue("data.sentinelone_site.by_name", tfjsonpath.New("scope"),
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"site_id": knownvalue.StringExact(lab.ID)})),
				},
			},
		},
	})
}
