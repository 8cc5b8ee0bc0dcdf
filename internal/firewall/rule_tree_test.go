package firewall_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// The same rule at each of the four levels, beside others of its name: each is its own. What happens to one of them is
// seen there and nowhere else.
func TestSameRuleAtEachLevel(t *testing.T) {
	t.Parallel()
	for _, size := range []int{1, 2} {
		t.Run(fmt.Sprint("pages of ", size), func(t *testing.T) {
			t.Parallel()
			seed := tree()
			site := seed.Sites[0]
			console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(size), simulator.WithShuffle(11))
			others := console.State().Rules
			scopes := map[string]string{
				"tenant":  `{ tenant = true }`,
				"account": fmt.Sprintf("{ account_id = %q }", site.AccountID),
				"site":    fmt.Sprintf("{ site_id = %q }", site.ID),
				"group":   fmt.Sprintf("{ group_id = %q }", groupOf(seed, site)),
			}
			levels := []string{"tenant", "account", "site", "group"}
			config := func(action string) string {
				var b strings.Builder
				for _, level := range levels {
					fmt.Fprintf(&b, `
resource "sentinelone_firewall_rule" %q {
  name         = "first"
  action       = %q
  scope        = %s
  remote_hosts = { fqdns = ["evil.example"] }
}
`, level, action, scopes[level])
				}
				return acctest.Config(console, b.String())
			}
			only := func(level string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
				var checks []plancheck.PlanCheck
				for _, l := range levels {
					want := plancheck.ResourceActionNoop
					if l == level {
						want = action
					}
					checks = append(checks, plancheck.ExpectResourceAction("sentinelone_firewall_rule."+l, want))
				}
				return acctest.Planned(checks...)
			}
			ours := func(level string) func(simulator.Rule) bool {
				return func(r simulator.Rule) bool { return r.Scope == level && len(r.RemoteHosts) > 0 }
			}
			counted := func(*terraform.State) error { return differs(len(console.State().Rules), len(others)+len(levels)) }
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				CheckDestroy:             func(*terraform.State) error { return differs(console.State().Rules, others) },
				Steps: []resource.TestStep{
					{Config: config("Block"), Check: counted},
					{
						PreConfig: func() {
							console.Change(func(s *simulator.State) { s.Rules = slices.DeleteFunc(s.Rules, ours("site")) })
						},
						Config: config("Block"), Check: counted,
						ConfigPlanChecks: only("site", plancheck.ResourceActionCreate),
					},
					{
						PreConfig: func() {
							console.Change(func(s *simulator.State) {
								s.Rules[slices.IndexFunc(s.Rules, ours("account"))].Status = "Disabled"
							})
						},
						Config: config("Block"), Check: counted,
						ConfigPlanChecks: only("account", plancheck.ResourceActionUpdate),
					},
				},
			})
		})
	}
}

// Where a console shows only the token's own scope to who names none, a rule that is imported by nothing but its id is
// found in the provider's scope.
func TestImportWhereUnscopedMeansOwn(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Behaviour.UnscopedRules = "own"
	seed.Tags = []simulator.Tag{{ID: tagIDs[0], Name: "by hand", Scope: "site", ScopeID: seed.Sites[0].ID}}
	seed.Rules = []simulator.Rule{{
		ID: tagIDs[0], Name: "by hand", Action: "Block", Status: "Enabled", Scope: "site", ScopeID: seed.Sites[0].ID,
	}}
	console := simulator.Start(t, simulator.WithSeed(seed))
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, `
resource "sentinelone_firewall_rule" "test" {
  name   = "by hand"
  action = "Block"
}
resource "sentinelone_firewall_tag" "test" {
  name = "by hand"
}
import {
  to = sentinelone_firewall_rule.test
  id = "`+tagIDs[0]+`"
}
import {
  to = sentinelone_firewall_tag.test
  id = "`+tagIDs[0]+`"
}
`),
			ConfigPlanChecks: acctest.Planned(
				plancheck.ExpectResourceAction("sentinelone_firewall_rule.test", plancheck.ResourceActionNoop),
				plancheck.ExpectResourceAction("sentinelone_firewall_tag.test", plancheck.ResourceActionNoop),
			),
		}},
	})
}
