package firewall_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

func TestRuleNeverWidensByItself(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	rule := func(rest string) string {
		return acctest.Config(console, `
resource "sentinelone_firewall_rule" "test" {
  name   = "Block the feed"
  action = "Block"
  `+rest+`
}`)
	}
	// What a feed holds is known at apply only.
	fed := func(hosts string) string {
		return rule(`remote_hosts = { addresses = terraform_data.feed.output }`) + `
resource "terraform_data" "feed" {
  input            = ` + hosts + `
  triggers_replace = ` + hosts + `
}`
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		CheckDestroy:             ruleless(console),
		Steps: []resource.TestStep{
			{
				Config:      rule(`remote_hosts = {}`),
				ExpectError: regexp.MustCompile(`Nothing to match`),
			},
			{
				Config:      rule(`remote_hosts = { addresses = [], fqdns = [] }`),
				ExpectError: regexp.MustCompile(`Nothing to match`),
			},
			{
				Config:      fed(`tolist([])`),
				ExpectError: regexp.MustCompile(`Nothing to match`),
			},
			{
				PreConfig: func() {
					if n := len(console.State().Rules); n != 0 {
						t.Errorf("an empty feed has made %d rules", n)
					}
				},
				Config: fed(`["203.0.113.7"]`),
			},
			{
				Config:      fed(`tolist([])`),
				ExpectError: regexp.MustCompile(`Nothing to match`),
			},
			{
				Config:      rule(``),
				ExpectError: regexp.MustCompile(`(?s)would match any host.*allow_any = true`),
			},
			{
				PreConfig: func() {
					want := []simulator.Host{{Type: "addresses", Values: []string{"203.0.113.7"}}}
					if err := differs(console.State().Rules[0].RemoteHosts, want); err != nil {
						t.Error(err)
					}
				},
				Config: rule(`allow_any = true`),
			},
			{ // it only steers the provider: neither dropping it nor writing it is a change
				Config:           rule(``),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectEmptyPlan()),
			},
			{
				PreConfig: func() {
					console.Change(func(s *simulator.State) {
						s.Rules[0].RemoteHosts = []simulator.Host{{Type: "fqdn", Values: []string{"found.example"}}}
					})
				},
				Config:      rule(``),
				ExpectError: regexp.MustCompile(`would match any host`),
			},
			{Config: rule(`allow_any = true`)},
			{
				Config:           rule(`allow_any = false`),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectEmptyPlan()),
			},
		},
	})
}

func TestRuleRejectsBadInputAtPlan(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	for body, message := range map[string]string{
		`remote_hosts = { addresses = ["203.0.113.300"] }`:                  `is no IP address`,
		`remote_hosts = { cidrs = ["198.51.100.7/24"] }`:                    `the network is 198\.51\.100\.0/24`,
		`remote_hosts = { ranges = ["203.0.113.9-203.0.113.1"] }`:           `ends before it starts`,
		`remote_hosts = { fqdns = ["https://evil.example"] }`:               `is no domain name`,
		`remote_hosts = { addresses = [null] }`:                             `null`,
		`tag_ids = [null]`:                                                  `(?s)Null Set Value`,
		`os_types = ["windows", null]`:                                      `(?s)Null Set Value`,
		`local_host = { addresses = ["192.0.2.1"], fqdns = ["a.example"] }`: `(?s)one kind of\s+local host`,
		`remote_port = { ports = [65536] }`:                                 `65535`,
		`remote_port = { ports = [1], range = "1-2" }`:                      `Several kinds at once`,
		`remote_port = { range = "9-1" }`:                                   `ends before it starts`,
		`remote_port = {}`:                                                  `Nothing to match`,
		`application = { paths = ["/bin/nc"], system = [] }`:                `Several kinds at once`,
		`application = { sha1s = ["abc"] }`:                                 `is no SHA-1`,
		`location = { fallback = false }`:                                   `Nothing to match`,
		`location = { ids = ["office"] }`:                                   `must be an id of the console`,
		`os_types = ["beos"]`:                                               `value must be one of`,
		`scope = { site_id = "225494730938493804", tenant = true }`:         `Set exactly one of`,
		`protocol = "tcp"`:                                                  `It spells it "TCP"`,
		`protocol = "TCPX"`:                                                 `(?s)no protocol that the\s+console knows`,
		"protocol = \"ICMP\"\n  remote_port = { ports = [1] }":              `ICMP has no ports`,
		`remote_hosts = { fqdns = [for i in setproduct(range(100), range(51)) : "a${i[0]}.b${i[1]}.example"] }`: `at most 5000`,
		`scope = {}`:                 `Set exactly one of`,
		`scope = { tenant = false }`: `tenant can only be true`,
		`remote_hosts = { addresses = [for i in range(1024) : "203.0.113.7"], fqdns = [""] }`: `must not be empty`,
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: acctest.Config(console, `
resource "sentinelone_firewall_rule" "test" {
  name   = "bad"
  action = "Block"
  `+body+`
}`),
					PlanOnly:    true,
					ExpectError: regexp.MustCompile(message),
				}},
			})
		})
	}
}
