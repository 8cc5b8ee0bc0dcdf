// Package acctest is what lifecycle tests share: the provider in process, configured for a stand-in console.
package acctest

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"terraform-provider-sentinelone/internal/provider"
	"terraform-provider-sentinelone/internal/simulator"
)

// Option changes how the provider works.
type Option = provider.Option

// What tests change of it: see there.
var (
	WithClock  = provider.WithClock
	WithSettle = provider.WithSettle
)

// Factories serve the provider to the Terraform CLI from within the test's process.
func Factories(options ...Option) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"sentinelone": providerserver.NewProtocol6WithError(provider.New("test", options...)()),
	}
}

// Config is Terraform code with a provider block for a console before it. The objects of the code belong to the first
// site unless they say otherwise.
func Config(console *simulator.Console, code string) string {
	return fmt.Sprintf(`
provider "sentinelone" {
  host      = %q
  api_token = %q
  scope     = { site_id = %q }
}
`, console.URL(), console.Token(), Site(console)) + code
}

// Planned are checks of what a step plans to do.
func Planned(checks ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: checks}
}

// Site is the id of a console's first site.
func Site(console *simulator.Console) string { return console.State().Sites[0].ID }
