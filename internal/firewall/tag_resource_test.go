package firewall_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const tagAddress = "sentinelone_firewall_tag.test"

func tagConfig(lines ...string) string {
	return "resource \"sentinelone_firewall_tag\" \"test\" {\n  " + strings.Join(lines, "\n  ") + "\n}\n"
}

func TestTagLifecycle(t *testing.T) {
	t.Parallel()
	for _, size := range []int{1, 2} {
		t.Run(fmt.Sprint("pages of ", size), func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t, simulator.WithPageSize(size), simulator.WithShuffle(1))
			tags := len(console.State().Tags)
			held := func(name, description string) resource.TestCheckFunc {
				return func(*terraform.State) error {
					tag := console.State().Tags[tags]
					return differs([]string{tag.Name, *tag.Description, tag.Scope}, []string{name, description, "site"})
				}
			}
			id := statecheck.CompareValue(compare.ValuesSame())
			same := func() []statecheck.StateCheck {
				return []statecheck.StateCheck{id.AddStateValue(tagAddress, tfjsonpath.New("id"))}
			}
			update := acctest.Planned(plancheck.ExpectResourceAction(tagAddress, plancheck.ResourceActionUpdate))
			config := acctest.Config(console, tagConfig(`name = "Containment"`, `description = "case 4711"`))
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				CheckDestroy: func(*terraform.State) error {
					return differs(len(console.State().Tags), tags)
				},
				Steps: []resource.TestStep{
					{Config: config, ConfigStateChecks: same(), Check: held("Containment", "case 4711 [managed by terraform]")},
					{ResourceName: tagAddress, ImportState: true, ImportStateVerify: true},
					{
						Config:           acctest.Config(console, tagConfig(`name = "Quarantine"`, `description = "case 4712"`)),
						ConfigPlanChecks: update, ConfigStateChecks: same(),
						Check: held("Quarantine", "case 4712 [managed by terraform]"),
					},
					{ // cleared
						Config:           acctest.Config(console, tagConfig(`name = "Quarantine"`)),
						ConfigPlanChecks: update, ConfigStateChecks: same(),
						Check: held("Quarantine", "[managed by terraform]"),
					},
					{ // drift
						PreConfig: func() {
							console.Change(func(s *simulator.State) { s.Tags[tags].Name = "renamed by hand" })
						},
						Config:           acctest.Config(console, tagConfig(`name = "Quarantine"`)),
						ConfigPlanChecks: update, ConfigStateChecks: same(),
						Check: held("Quarantine", "[managed by terraform]"),
					},
					{ // vanished
						PreConfig: func() {
							console.Change(func(s *simulator.State) { s.Tags = s.Tags[:tags] })
						},
						Config:           config,
						ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(tagAddress, plancheck.ResourceActionCreate)),
					},
					{ // moved to another scope
						Config: acctest.Config(console, tagConfig(`name = "Containment"`, `scope = { tenant = true }`)),
						ConfigPlanChecks: acctest.Planned(
							plancheck.ExpectResourceAction(tagAddress, plancheck.ResourceActionDestroyBeforeCreate)),
						Check: func(*terraform.State) error {
							return differs(console.State().Tags[tags].Scope, "global")
						},
					},
				},
			})
		})
	}
}

// The console's limits are kept at plan, the marker counted.
func TestTagLimits(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	room := 256 - len(" [managed by terraform]")
	refused := func(message string, lines ...string) resource.TestStep {
		return resource.TestStep{
			Config: acctest.Config(console, tagConfig(lines...)), PlanOnly: true, ExpectError: regexp.MustCompile(message),
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			refused(`between 2 and 256`, `name = "x"`),
			refused(`Description too long`, `name = "long"`, fmt.Sprintf("description = %q", strings.Repeat("ä", room+1))),
			{Config: acctest.Config(console, tagConfig(`name = "long"`, fmt.Sprintf("description = %q", strings.Repeat("ä", room))))},
		},
	})
}

// What exists already is named, or adopted on request.
func TestExistingTag(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Tags = []simulator.Tag{
		{ID: tagIDs[0], Name: "Containment", Scope: "site", ScopeID: seed.Sites[0].ID},
		{ID: tagIDs[1], Name: "Containment", Scope: "global"}, // inherited: another tag
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config:      acctest.Config(console, tagConfig(`name = "Containment"`)),
				ExpectError: regexp.MustCompile(`to = sentinelone_firewall_tag.NAME\s+id = "` + tagIDs[0] + `"`),
			},
			{
				Config: acctest.Config(console, tagConfig(`name = "Containment"`, `on_existing = "adopt"`)),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(tagAddress, tfjsonpath.New("id"), knownvalue.StringExact(tagIDs[0])),
				},
				Check: func(*terraform.State) error { return differs(len(console.State().Tags), 2) },
			},
		},
	})
}
