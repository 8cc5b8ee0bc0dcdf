package firewall_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const policyConfig = `
resource "sentinelone_firewall_tag" "test" {
  name = "Containment"
}
resource "sentinelone_firewall_configuration" "test" {
  enabled        = true
  location_aware = true
}
resource "sentinelone_firewall_rule" "test" {
  name    = "No lateral movement"
  action  = "Block"
  tag_ids = [sentinelone_firewall_tag.test.id]
}
resource "sentinelone_firewall_rule_order" "test" {
  rule_ids = [sentinelone_firewall_rule.test.id]
}
`

// Each kind of fault hits a quarter of all calls, and makes no difference: each object is made once, and the plan is
// empty then.
func TestPolicyThroughFaults(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{
		"429-html", "500", "502-html", "503", "drop-before", "drop-after-commit", "truncate", "garbage", "wrong-total", "empty-page",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			seed := simulator.Demo()
			seed.Tags = nil
			seed.Rules = []simulator.Rule{{
				Name: "by hand", Action: "Allow", Status: "Enabled", Scope: "site", ScopeID: seed.Sites[0].ID,
			}}
			fault := simulator.Fault{Kind: kind, Share: 0.25, Times: 10}
			console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithFault(fault))
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: acctest.Config(console, policyConfig),
					Check: func(*terraform.State) error {
						got := []any{siteOrder(console), len(console.State().Tags), siteConfiguration(console).Enabled}
						return differs(got, []any{[]string{"No lateral movement", "by hand"}, 1, true})
					},
				}},
			})
		})
	}
}

// A token that may only look is told which permission it lacks.
func TestPolicyWithoutPermission(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ config, message string }{
		"tag":           {tagConfig(`name = "Containment"`), `Manage\s+Rules\s+and\s+Tags`},
		"configuration": {configurationConfig(`enabled = false`, `location_aware = true`), `Modify\s+Settings`},
		"order": {
			"resource \"sentinelone_firewall_rule_order\" \"test\" {\n  rule_ids = [\"200000000000000002\"]\n}\n", `Manage\s+Rules\s+and\s+Tags`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := simulator.Demo()
			seed.Users[0].Permissions = []string{"Firewall Control.view"}
			for _, id := range []string{"200000000000000001", "200000000000000002"} {
				seed.Rules = append(seed.Rules, simulator.Rule{
					ID: id, Name: "x", Action: "Block", Status: "Enabled", Scope: "site", ScopeID: seed.Sites[0].ID,
				})
			}
			console := simulator.Start(t, simulator.WithSeed(seed))
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{Config: acctest.Config(console, tt.config), ExpectError: regexp.MustCompile(`(?s)Insufficient\s+permissions.*` + tt.message)},
				},
			})
		})
	}
}
