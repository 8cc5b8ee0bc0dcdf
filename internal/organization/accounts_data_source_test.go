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

func TestAccountFilters(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Accounts = append(seed.Accounts, simulator.Account{
		ID: "1900000000000000103", Name: "Example trial", State: "expired", AccountType: "Trial", UsageType: "mssp",
		BillingMode: "consumption", Expiration: new(time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)),
	})
	europe, americas, trial := seed.Accounts[0].ID, seed.Accounts[1].ID, seed.Accounts[2].ID
	seed.Sites[1].Modules = []string{"star"}
	checkFilters(t, seed, "accounts", []selection{
		{``, []string{europe, americas, trial}},
		{`account_ids = ["` + trial + `", "` + europe + `"]`, []string{europe, trial}},
		{`name = "Example Europe"`, []string{europe}},
		{`name_contains = ["trial", "americas"]`, []string{americas, trial}},
		{`query = "euro"`, []string{europe}},
		{`states = ["expired", "deleted"]`, []string{trial}},
		{`account_type = "Paid"`, []string{europe, americas}},
		{`usage_type = "mssp"`, []string{trial}},
		{`billing_mode = "subscription"`, []string{europe, americas}},
		{`sku = "Complete"`, []string{europe}},
		{`modules = ["star", "unheard-of"]`, []string{europe}},
		{`features = ["firewall-control"]`, []string{europe, americas}},
		{`is_default = true`, []string{europe}},
		{`total_licenses = 300`, []string{europe}},
		{`active_licenses = 49`, []string{americas}},
		{`expiration = "2026-03-01T12:00:00Z"`, []string{trial}},
		{`created_at = "2024-03-04T08:15:30.123456Z"`, []string{europe, americas}},
		{`updated_at = "2024-03-04T08:15:30.123456Z"`, []string{europe, americas}},
	})
}

// An account is found by id or by its exact name, and comes with what its sites have.
func TestAccount(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	ended := seed.Accounts[1]
	ended.ID, ended.State = "1900000000000000103", "deleted"
	seed.Accounts = append(seed.Accounts, ended)
	console := simulator.Start(t, simulator.WithSeed(seed))
	europe, americas := seed.Accounts[0], seed.Accounts[1]
	found := map[string]knownvalue.Check{
		"name":            knownvalue.StringExact(europe.Name),
		"state":           knownvalue.StringExact("active"),
		"external_id":     knownvalue.StringExact("crm-4700"),
		"number_of_sites": knownvalue.Int64Exact(2),
		"active_agents":   knownvalue.Int64Exact(4),
		"total_licenses":  knownvalue.Int64Exact(300),
		"expiration":      knownvalue.Null(),
		"bundles": knownvalue.SetExact([]knownvalue.Check{
			knownvalue.StringExact("complete"), knownvalue.StringExact("control"),
		}),
		"modules": knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("ranger")}),
		"skus": knownvalue.ListExact([]knownvalue.Check{
			knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"name": knownvalue.StringExact("Complete"), "total_licenses": knownvalue.Int64Exact(100),
				"agents": knownvalue.Int64Exact(4), "unlimited": knownvalue.Bool(false),
			}),
			knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"name": knownvalue.StringExact("Control"), "total_licenses": knownvalue.Int64Exact(200),
			}),
		}),
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			refused(console, `data "sentinelone_account" "x" {}`, "Exactly one", "[id,name]"),
			refused(console, `data "sentinelone_account" "x" {
  id   = "1"
  name = "x"
}`, "Exactly one", "[id,name]"),
			refused(console, `data "sentinelone_account" "x" { name = "Europe" }`,
				"No such account", `has the name "Europe"`, "Similar are:", `"Example Europe" (id `+europe.ID+`) in the tenant`),
			{
				Config: acctest.Config(console, fmt.Sprintf(`
data "sentinelone_account" "by_id" { id = %q }
data "sentinelone_account" "by_name" { name = %q }
data "sentinelone_account" "of_two" { name = %q }
data "sentinelone_account" "deleted" { id = %q }
resource "sentinelone_firewall_tag" "there" {
  name  = "there"
  scope = data.sentinelone_account.by_name.scope
}
`, europe.ID, europe.Name, americas.Name, ended.ID)),
				ConfigStateChecks: []statecheck.StateCheck{
					id("account.by_name", europe.ID), id("account.of_two", americas.ID), id("account.deleted", ended.ID),
					statecheck.ExpectKnownValue("data.sentinelone_account.by_id", tfjsonpath.New("scope"),
						knownvalue.ObjectPartial(map[string]knownvalue.Check{"account_id": knownvalue.StringExact(europe.ID)})),
				},
			},
			{
				Config: acctest.Config(console, `data "sentinelone_accounts" "one" { name = "`+europe.Name+`" }`),
				ConfigStateChecks: []statecheck.StateCheck{
					attributes("accounts.one", tfjsonpath.New("accounts").AtSliceIndex(0), found),
				},
			},
		},
	})
}

// The console refuses users of a site, and the error says that no permission helps.
func TestAccountsAreNotForSiteUsers(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	site := acctest.Site(console)
	console.Change(func(s *simulator.State) { s.Users[0].Scope, s.Users[0].ScopeID = "site", site })
	says := []string{"Cannot list accounts", "Action is not allowed to site users", "The token's user belongs to a site"}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			refused(console, `data "sentinelone_accounts" "x" {}`, says...),
			refused(console, `data "sentinelone_account" "x" { name = "Example Europe" }`, says...),
		},
	})
}
