package blocklist_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// A refused hash is explained in the console's own words, asked for only then; one that is not recommended is blocked,
// and the verdict shown.
func TestRefusedHash(t *testing.T) {
	t.Parallel()
	const refused, discouraged = "3395856ce81f2b7382dee72602f798b642f14140", "da39a3ee5e6b4b0d3255bfef95601890afd80709"
	seed := simulator.Demo()
	seed.Verdicts = map[string]string{refused: "Not allowed", discouraged: "Not recommended"}
	console := simulator.Start(t, simulator.WithSeed(seed))
	config := func(hash string) string {
		return acctest.Config(console, `
resource "sentinelone_blocklist_entry" "test" {
  os_type = "windows"
  sha1    = "`+hash+`"
}`)
	}
	askedOnce := func() error {
		if n := console.Stats().Requests["POST /web/api/v2.1/restrictions/validate"]; n != 1 {
			return fmt.Errorf("asked %d times", n)
		}
		return nil
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config:      config(refused),
				ExpectError: regexp.MustCompile(`(?s)is not allowed.*verdict\s+on\s+the\s+hash,\s+the\s+console\s+says\s+"Not\s+allowed"`),
			},
			{
				PreConfig: func() {
					if err := askedOnce(); err != nil {
						t.Error(err)
					}
				},
				Config: config(discouraged),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(entryAddress, tfjsonpath.New("not_recommended"), knownvalue.StringExact("Not recommended")),
				},
				Check: func(*terraform.State) error { return askedOnce() },
			},
		},
	})
}
