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

// Each filter selects on the console, not in the provider: pages of one row show that the rows come selected.
func TestSites(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithPageSize(1))
	sites := console.State().Sites
	config, checks := "", []statecheck.StateCheck{}
	for i, tt := range []struct {
		filter string
		want   func(simulator.Site) bool
	}{
		{``, func(simulator.Site) bool { return true }},
		{`name = "` + sites[1].Name + `"`, func(s simulator.Site) bool { return s.Name == sites[1].Name }},
		{`site_ids = ["` + sites[2].ID + `"]`, func(s simulator.Site) bool { return s.ID == sites[2].ID }},
		{
			`account_ids = ["` + sites[0].AccountID + `"]`,
			func(s simulator.Site) bool { return s.AccountID == sites[0].AccountID },
		},
		{`states = ["active"]`, func(s simulator.Site) bool { return s.State == "active" }},
		{`is_default = true`, func(s simulator.Site) bool { return s.IsDefault }},
		{`name_contains = ["no such site"]`, func(simulator.Site) bool { return false }},
	} {
		config += fmt.Sprintf("data \"sentinelone_sites\" \"case_%d\" {\n  %s\n}\n", i, tt.filter)
		want := []knownvalue.Check{}
		for _, site := range sites {
			if tt.want(site) {
				want = append(want, knownvalue.ObjectPartial(map[string]knownvalue.Check{
					"id":    knownvalue.StringExact(site.ID),
					"name":  knownvalue.StringExact(site.Name),
					"state": knownvalue.StringExact(site.State),
					"sku":   knownvalue.StringExact(site.SKU),
					"scope": knownvalue.ObjectPartial(map[string]knownvalue.Check{"site_id": knownvalue.StringExact(site.ID)}),
				}))
			}
		}
		checks = append(checks, statecheck.ExpectKnownValue(
			fmt.Sprintf("data.sentinelone_sites.case_%d", i), tfjsonpath.New("sites"), knownvalue.ListExact(want)))
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: acctest.Config(console, config), ConfigStateChecks: checks},
			{ // a site's scope is ready for use
				Config: acctest.Config(console, `
data "sentinelone_sites" "named" {
  name = "`+sites[1].Name+`"
}
resource "sentinelone_firewall_rule" "there" {
  name         = "Block it there"
  action       = "Block"
  remote_hosts = { fqdns = ["evil.example"] }
  scope        = data.sentinelone_sites.named.sites[0].scope
}`),
				Check: func(*terraform.State) error {
					if rule := console.State().Rules[0]; rule.ScopeID != sites[1].ID {
						return fmt.Errorf("the rule belongs to %s %s", rule.Scope, rule.ScopeID)
					}
					return nil
				},
			},
			{
				RefreshState:       true,
				RefreshPlanChecks:  resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
				ExpectNonEmptyPlan: false,
			},
		},
	})
}
