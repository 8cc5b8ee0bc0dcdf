package organization_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// selection is a filter, and the ids of what it selects.
type selection struct {
	filter string
	ids    []string
}

// checkFilters applies each filter to a data source of several. Pages of few rows, mixed, show that the rows come
// selected by the console, whole and in order.
func checkFilters(t *testing.T, seed simulator.State, kind string, selections []selection) {
	t.Helper()
	var config strings.Builder
	var checks []statecheck.StateCheck
	for i, s := range selections {
		fmt.Fprintf(&config, "data \"sentinelone_%s\" \"case_%d\" {\n  %s\n}\n", kind, i, s.filter)
		rows := []knownvalue.Check{}
		for _, id := range s.ids {
			rows = append(rows, knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": knownvalue.StringExact(id)}))
		}
		checks = append(checks, statecheck.ExpectKnownValue(
			fmt.Sprintf("data.sentinelone_%s.case_%d", kind, i), tfjsonpath.New(kind), knownvalue.ListExact(rows)))
	}
	for _, size := range []int{1, 2} {
		t.Run(fmt.Sprintf("pages of %d", size), func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(size), simulator.WithShuffle(3))
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{Config: acctest.Config(console, config.String()), ConfigStateChecks: checks},
				},
			})
		})
	}
}

// attributes checks an object of a data source, or of the one row that it has.
func attributes(address string, at tfjsonpath.Path, want map[string]knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.sentinelone_"+address, at, knownvalue.ObjectPartial(want))
}

// id checks which object a data source of one has found.
func id(address, want string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.sentinelone_"+address, tfjsonpath.New("id"), knownvalue.StringExact(want))
}

// refused is a step that fails with all of these texts, in this order, however the CLI breaks its lines.
func refused(console *simulator.Console, code string, texts ...string) resource.TestStep {
	pattern := "(?s)"
	for _, text := range texts {
		pattern += strings.Join(strings.Fields(regexp.QuoteMeta(text)), `[\s│]+`) + ".*"
	}
	return resource.TestStep{Config: acctest.Config(console, code), ExpectError: regexp.MustCompile(pattern)}
}

// Registration tokens let anybody add endpoints: no data source stores them.
func TestNoSecretInState(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	seed := console.State()
	config := fmt.Sprintf(`
data "sentinelone_accounts" "all" {}
data "sentinelone_account" "one" { id = %q }
data "sentinelone_sites" "all" {}
data "sentinelone_site" "one" { id = %q }
data "sentinelone_groups" "all" {}
data "sentinelone_group" "one" { id = %q }
`, seed.Accounts[0].ID, seed.Sites[0].ID, seed.Groups[0].ID)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, config),
			Check: func(state *terraform.State) error {
				text, err := json.Marshal(state)
				if err != nil {
					return err
				}
				if !strings.Contains(string(text), seed.Groups[4].Name) {
					return fmt.Errorf("the groups are not where secrets are looked for: %s", text)
				}
				for _, site := range seed.Sites {
					if strings.Contains(string(text), site.RegistrationToken) {
						return fmt.Errorf("the state holds the registration token of site %q", site.Name)
					}
				}
				for _, group := range seed.Groups {
					if strings.Contains(string(text), group.RegistrationToken) {
						return fmt.Errorf("the state holds the registration token of group %q", group.Name)
					}
				}
				return nil
			},
		}},
	})
}
