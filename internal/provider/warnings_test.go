package provider_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/simulator"
)

// A plan warns of switching Firewall Control on, when it does so, and of a destruction that leaves the console as it is.
func TestConfigurationWarnings(t *testing.T) {
	t.Parallel()
	const name = "sentinelone_firewall_configuration"
	console := simulator.Start(t)
	server := configured(t, console)
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	kind := objectType(t, schemas.ResourceSchemas[name])
	null := tftypes.NewValue(kind, nil)
	configuration := func(enabled bool) tftypes.Value {
		attributes := map[string]tftypes.Value{}
		for name, of := range kind.AttributeTypes {
			attributes[name] = tftypes.NewValue(of, nil)
		}
		attributes["scope"] = siteScope(console)
		attributes["enabled"] = tftypes.NewValue(tftypes.Bool, enabled)
		attributes["inherit_settings"] = tftypes.NewValue(tftypes.Bool, false)
		return tftypes.NewValue(kind, attributes)
	}
	const switchedOn = "Firewall Control takes over on Windows"
	for what, tt := range map[string]struct {
		prior, planned tftypes.Value
		want           []string
	}{
		"created on":   {null, configuration(true), []string{switchedOn}},
		"created off":  {null, configuration(false), nil},
		"switched on":  {configuration(false), configuration(true), []string{switchedOn}},
		"stays on":     {configuration(true), configuration(true), nil},
		"switched off": {configuration(true), configuration(false), nil},
		"destroyed":    {configuration(true), null, []string{"Firewall configuration stays as it is"}},
	} {
		planned, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: name, PriorState: dynamicOf(t, kind, tt.prior), Config: dynamicOf(t, kind, tt.planned),
			ProposedNewState: dynamicOf(t, kind, tt.planned),
		})
		mustSucceed(t, err, planned.Diagnostics)
		var got []string
		for _, d := range planned.Diagnostics {
			got = append(got, d.Summary)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
		server = configured(t, console) // each plan is a run of its own
	}
}
