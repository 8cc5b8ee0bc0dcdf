package indicators_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// BenchmarkSetUnchanged is a plan of a set that nothing has happened to: what runs every hour. It would notice a relapse
// into quadratic time: ten times the indicators take about ten times as long.
func BenchmarkSetUnchanged(b *testing.B) {
	for _, n := range []int{5000, 50000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			document := map[string]string{}
			address := netip.MustParseAddr("44.0.0.0")
			for range n {
				address = address.Next()
				document[address.String()] = ""
			}
			text, err := json.Marshal(document)
			if err != nil {
				b.Fatal(err)
			}
			console := simulator.Start(b)
			core := acctest.Core{Type: "sentinelone_indicator_set", Settings: acctest.Attributes{
				"host":                tftypes.NewValue(tftypes.String, console.URL()),
				"api_token":           tftypes.NewValue(tftypes.String, console.Token()),
				"requests_per_second": tftypes.NewValue(tftypes.Number, 10000),
			}}
			configs := map[string]acctest.Attributes{"feed": {
				"name": tftypes.NewValue(tftypes.String, "feed"), "scope": siteScope(acctest.Site(console)),
				"indicators": tftypes.NewValue(tftypes.String, string(text)),
			}}
			if _, err := core.Apply(b.Context(), configs); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if changes, err := core.Apply(b.Context(), configs); err != nil || !changes.Empty() {
					b.Fatal(changes, err)
				}
			}
		})
	}
}
