package firewall_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const feedRule = `
resource "sentinelone_firewall_rule" "test" {
  name         = "Block the feed"
  action       = "Block"
  remote_hosts = { fqdns = ["evil.example", "worse.example"] }
}
`

var adoptedFeedRule = strings.Replace(feedRule, "\n}\n", "\n  on_existing = \"adopt\"\n}\n", 1)

// byHand adds a rule to the first site as a colleague would: the same as feedRule's, but for its spelling, status and
// description.
func byHand(console *simulator.Console, id string, change func(*simulator.Rule)) {
	rule := simulator.Rule{
		ID: id, Scope: "site", ScopeID: acctest.Site(console), Name: "Block the feed", Action: "Block", Status: "Disabled",
		Description: new("by hand"), RemoteHosts: []simulator.Host{{Type: "fqdn", Values: []string{"WORSE.example", "evil.example"}}},
	}
	change(&rule)
	console.Change(func(s *simulator.State) { s.Rules = append(s.Rules, rule) })
}

const firstID, secondID, otherID = "225494730938493801", "225494730938493802", "225494730938493803"

func TestRuleThatExists(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	byHand(console, firstID, func(*simulator.Rule) {})
	byHand(console, otherID, func(r *simulator.Rule) { r.Action = "Allow" }) // the same name, and another rule
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		CheckDestroy: func(*terraform.State) error {
			return differs(ids(console), []string{otherID}) // what was adopted is deleted
		},
		Steps: []resource.TestStep{
			{
				Config:      acctest.Config(console, feedRule),
				ExpectError: regexp.MustCompile(`(?s)import \{\s+to = sentinelone_firewall_rule\.NAME\s+id = "` + firstID + `"\s+\}`),
			},
			{
				PreConfig:   func() { byHand(console, secondID, func(*simulator.Rule) {}) },
				Config:      acctest.Config(console, adoptedFeedRule),
				ExpectError: regexp.MustCompile(`(?s)id ` + firstID + `.*id ` + secondID + `.*one has to be\s+chosen`),
			},
			{
				PreConfig: func() {
					if err := differs(ids(console), []string{firstID, secondID, otherID}); err != nil {
						t.Error(err)
					}
					console.Change(func(s *simulator.State) { s.Rules = append(s.Rules[:1], s.Rules[2:]...) })
				},
				Config: acctest.Config(console, adoptedFeedRule),
				Check: func(*terraform.State) error {
					rule := console.State().Rules[0]
					return differs([]any{ids(console), rule.Status, *rule.Description},
						[]any{[]string{firstID, otherID}, "Enabled", "[managed by terraform]"})
				},
			},
			{ // what Terraform manages is no stranger to it
				Config:           acctest.Config(console, feedRule),
				Taint:            []string{ruleAddress},
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(ruleAddress, plancheck.ResourceActionDestroyBeforeCreate)),
			},
		},
	})
}

// What one resource takes over is not deleted because another lets go of it in the same run: the rule stays, under its new
// address.
func TestRuleThatIsHandedOver(t *testing.T) {
	t.Parallel()
	createFirst := strings.Replace(adoptedFeedRule, "\n}\n", "\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n", 1)
	for name, tt := range map[string]struct {
		before, after string
		taint         []string
	}{
		"replaced, the new one first": {createFirst, createFirst, []string{ruleAddress}},
		"renamed in the code":         {createFirst, strings.Replace(createFirst, `"test"`, `"renamed"`, 1), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t)
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				CheckDestroy:             ruleless(console),
				Steps: []resource.TestStep{
					{Config: acctest.Config(console, tt.before)},
					{
						Config: acctest.Config(console, tt.after), Taint: tt.taint,
						Check: func(s *terraform.State) error {
							for _, r := range s.RootModule().Resources {
								if err := differs(ids(console), []string{r.Primary.ID}); err != nil {
									return err
								}
							}
							return nil
						},
					},
				},
			})
		})
	}
}

// Whatever becomes of the answer, a create makes one rule. No clock has a part in that: the console's is an hour off.
func TestRuleIsCreatedOnce(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"drop-after-commit", "drop-before", "500", "502-html", "503", "truncate", "garbage", "429-html"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: kind, Method: "POST", Times: 2}),
				simulator.WithClock(func() time.Time { return time.Now().Add(-time.Hour) }))
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				CheckDestroy:             ruleless(console),
				Steps: []resource.TestStep{{
					Config: acctest.Config(console, feedRule),
					Check: func(*terraform.State) error {
						if n := len(console.State().Rules); n != 1 {
							return fmt.Errorf("%d rules", n)
						}
						return nil
					},
				}},
			})
		})
	}
}

// Nothing but the console's word about the rule itself takes it out of the state: whatever else an answer says is an
// error, and when it is over there is nothing to do.
func TestRuleIsNotGone(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	config := strings.Replace(acctest.Config(console, feedRule), "scope ", "retry_timeout = \"1s\"\n  scope ", 1)
	steps := []resource.TestStep{{Config: config}}
	for _, fault := range []simulator.Fault{
		{Kind: "status", Status: 401},
		{Kind: "403"},
		{Kind: "status", Status: 404},
		{Kind: "404-html"},
		{Kind: "500"},
		{Kind: "429-html"},
		{Kind: "garbage"},
		{Kind: "drop-before"},
		{Kind: "truncate"},
		{Kind: "empty-page"},
	} {
		steps = append(steps, resource.TestStep{
			PreConfig: func() {
				console.ClearFaults()
				console.Fail(fault)
			},
			Config:      config,
			ExpectError: regexp.MustCompile(`Cannot list firewall rules`),
		})
	}
	steps = append(steps, resource.TestStep{
		PreConfig:        console.ClearFaults,
		Config:           config,
		ConfigPlanChecks: acctest.Planned(plancheck.ExpectEmptyPlan()),
	})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(), CheckDestroy: ruleless(console), Steps: steps,
	})
}

func ids(console *simulator.Console) (list []string) {
	for _, rule := range console.State().Rules {
		list = append(list, rule.ID)
	}
	return list
}
