package firewall_test

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
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

const orderAddress = "sentinelone_firewall_rule_order.test"

// orderConfig is three rules and an order of some of them.
func orderConfig(console *simulator.Console, listed ...string) string {
	var b strings.Builder
	for _, name := range []string{"a", "b", "c"} {
		fmt.Fprintf(&b, "resource \"sentinelone_firewall_rule\" %q {\n  name   = %q\n  action = \"Block\"\n}\n", name, name)
	}
	b.WriteString("resource \"sentinelone_firewall_rule_order\" \"test\" {\n  rule_ids = [\n")
	for _, name := range listed {
		fmt.Fprintf(&b, "    sentinelone_firewall_rule.%s.id,\n", name)
	}
	b.WriteString("  ]\n}\n")
	return acctest.Config(console, b.String())
}

func TestRuleOrderLifecycle(t *testing.T) {
	t.Parallel()
	for _, behaviour := range []simulator.Behaviour{{}, {NewRuleAt: "top", Reorder: "strict"}} {
		t.Run(fmt.Sprintf("new rules at %q", behaviour.NewRuleAt), func(t *testing.T) {
			t.Parallel()
			seed := simulator.Demo()
			seed.Behaviour = behaviour
			for _, owner := range []simulator.Rule{
				{Scope: "site", ScopeID: seed.Sites[0].ID}, {Scope: "global"}, {Scope: "account", ScopeID: seed.Sites[0].AccountID},
			} {
				for _, name := range []string{"by hand 1", "by hand 2"} {
					owner.Name, owner.Action, owner.Status = name, "Allow", "Enabled"
					seed.Rules = append(seed.Rules, owner)
				}
			}
			console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(2), simulator.WithShuffle(3))
			holds := func(names ...string) resource.TestCheckFunc {
				return func(*terraform.State) error { return differs(siteOrder(console), names) }
			}
			changes := acctest.Planned(plancheck.ExpectResourceAction(orderAddress, plancheck.ResourceActionUpdate))
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				CheckDestroy:             func(*terraform.State) error { return differs(len(console.State().Rules), 6) },
				Steps: []resource.TestStep{
					{
						Config: orderConfig(console, "c", "a", "b"),
						Check:  holds("c", "a", "b", "by hand 1", "by hand 2"),
					},
					{
						ResourceName: orderAddress, ImportState: true, ImportStateId: "site/" + seed.Sites[0].ID,
						ImportStateVerifyIdentifierAttribute: "scope.site_id",
						ImportStateCheck:                     importsAllRules(5),
					},
					{
						Config: orderConfig(console, "b", "a", "c"), ConfigPlanChecks: changes,
						Check: holds("b", "a", "c", "by hand 1", "by hand 2"),
					},
					{ // fewer are listed: nothing to do
						PreConfig: console.ResetStats,
						Config:    orderConfig(console, "b", "a"), ConfigPlanChecks: changes,
						Check: func(s *terraform.State) error {
							if calls := console.Stats().Requests["PUT /web/api/v2.1/firewall-control/reorder"]; calls > 0 {
								return fmt.Errorf("%d calls to reorder what is in order", calls)
							}
							return holds("b", "a", "c", "by hand 1", "by hand 2")(s)
						},
					},
					{ // drift: another rule has come first, and the two have changed places
						PreConfig: func() { reorder(console, "a", "by hand 2", "b", "c", "by hand 1") },
						Config:    orderConfig(console, "b", "a"), ConfigPlanChecks: changes,
						Check: holds("b", "a", "by hand 2", "c", "by hand 1"),
					},
					{ // no drift: what is not listed has moved
						PreConfig:        func() { reorder(console, "b", "a", "by hand 1", "by hand 2", "c") },
						Config:           orderConfig(console, "b", "a"),
						ConfigPlanChecks: acctest.Planned(plancheck.ExpectEmptyPlan()),
					},
					{ // a rule vanished: it is made again, and put in its place
						PreConfig: func() {
							console.Change(func(s *simulator.State) {
								s.Rules = slices.DeleteFunc(s.Rules, func(r simulator.Rule) bool { return r.Name == "b" })
							})
						},
						Config: orderConfig(console, "b", "a"), ConfigPlanChecks: changes,
						Check: holds("b", "a", "by hand 1", "by hand 2", "c"),
					},
				},
			})
		})
	}
}

func importsAllRules(count int) resource.ImportStateCheckFunc {
	return func(states []*terraform.InstanceState) error {
		if got := states[0].Attributes["rule_ids.#"]; got != fmt.Sprint(count) {
			return fmt.Errorf("%s rules are imported, not %d", got, count)
		}
		return nil
	}
}

// siteOrder returns the names of the first site's rules in their order.
func siteOrder(console *simulator.Console) (names []string) {
	rules := console.State().Rules
	slices.SortStableFunc(rules, func(a, b simulator.Rule) int { return cmp.Compare(a.Order, b.Order) })
	for _, rule := range rules {
		if rule.ScopeID == acctest.Site(console) {
			names = append(names, rule.Name)
		}
	}
	return names
}

func reorder(console *simulator.Console, names ...string) {
	site := acctest.Site(console)
	console.Change(func(s *simulator.State) {
		for i, rule := range s.Rules {
			if rule.ScopeID == site {
				s.Rules[i].Order = 1 + slices.Index(names, rule.Name)
			}
		}
	})
}

// What can't be ordered is refused before anything is written.
func TestRuleOrderRefuses(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Rules = []simulator.Rule{
		{ID: "200000000000000001", Name: "own", Action: "Block", Status: "Enabled", Scope: "site", ScopeID: seed.Sites[0].ID},
		{ID: "200000000000000002", Name: "inherited", Action: "Block", Status: "Enabled", Scope: "global"},
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	order := func(name, ids string) string {
		return "resource \"sentinelone_firewall_rule_order\" \"" + name + "\" {\n  rule_ids = [" + ids + "]\n}\n"
	}
	refused := func(message, config string) resource.TestStep {
		return resource.TestStep{Config: acctest.Config(console, config), ExpectError: regexp.MustCompile(message)}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		CheckDestroy: func(*terraform.State) error {
			return differs(console.Stats().Requests["PUT /web/api/v2.1/firewall-control/reorder"], 0)
		},
		Steps: []resource.TestStep{
			refused(`(?s)Not rules of the scope.*200000000000000002`, order("test", `"200000000000000002", "200000000000000001"`)),
			refused(`(?s)Two resources for one scope`,
				order("test", `"200000000000000001"`)+order("other", `"200000000000000001", "200000000000000002"`)),
			refused(`(?s)rule_ids`, order("test", ``)),
			refused(`(?s)rule_ids.*(?i)duplicate`, order("test", `"200000000000000001", "200000000000000001"`)),
			{
				Config: acctest.Config(console, order("test", `"200000000000000001"`)),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(orderAddress, tfjsonpath.New("rule_ids"), knownvalue.ListSizeExact(1)),
				},
			},
		},
	})
}
