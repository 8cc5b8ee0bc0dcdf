package firewall_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const protocolConfig = `
resource "sentinelone_firewall_rule" "test" {
  count        = 3
  name         = "rule ${count.index}"
  action       = "Block"
  protocol     = "UDP"
  remote_hosts = { fqdns = ["*.Bücher.example"] }
}
`

// A plan asks for the console's protocols once for all rules, and never for rules whose protocol stays. A name in
// another script is held in ASCII, which is the same name.
func TestProtocolsAreAskedOnce(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	asked := func(want int) resource.TestCheckFunc {
		return func(*terraform.State) error {
			return differs(console.Stats().Requests["GET /web/api/v2.1/firewall-control/protocols"], want)
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{ // by the plan, and by the apply, which is another process
				Config: acctest.Config(console, protocolConfig),
				Check: resource.ComposeTestCheckFunc(asked(2), func(*terraform.State) error {
					return differs(console.State().Rules[0].RemoteHosts[0].Values, []string{"*.xn--bcher-kva.example"})
				}),
			},
			{
				PreConfig:        console.ResetStats,
				Config:           acctest.Config(console, protocolConfig),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectEmptyPlan()),
				Check:            asked(0),
			},
		},
	})
}

// Whether a protocol is known is advice: where the console does not tell, rules are made all the same.
func TestProtocolsUntold(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: "403", Path: "/firewall-control/protocols"}))
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, protocolConfig),
			Check:  func(*terraform.State) error { return differs(len(console.State().Rules), 3) },
		}},
	})
}
