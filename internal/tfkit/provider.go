// Package tfkit is what the provider's Terraform objects share: their base, the scope attribute, comparing by
// meaning, the description marker and diagnostics.
package tfkit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// Provider is what a configured provider hands to its objects.
type Provider struct {
	// Console is the client to the console; nil as long as Unknown names settings.
	Console *sentinelone.Client
	// Rules, Tags and Entries are what the console holds, read once for all objects; nil like Console.
	Rules   *inventory.Inventory[sentinelone.FirewallRule]
	Tags    *inventory.Inventory[sentinelone.FirewallTag]
	Entries *inventory.Inventory[sentinelone.Restriction]
	// Configurations are the settings of Firewall Control in force for scopes, Protocols the values of the protocols that
	// rules may be about; nil like Console.
	Configurations *inventory.Facts[sentinelone.Scope, sentinelone.FirewallConfiguration]
	Protocols      *inventory.Facts[struct{}, []string]
	// InheritedRules and InheritedEntries are what the scopes above others hold; nil like Console.
	InheritedRules   *inventory.Facts[sentinelone.Scope, []sentinelone.FirewallRule]
	InheritedEntries *inventory.Facts[sentinelone.Scope, []sentinelone.Restriction]
	// Documents are documents of indicators by their texts.
	Documents *inventory.Facts[string, ioc.Document]
	// Handover lets indicators move between sets; nil like Console.
	Handover *inventory.Handover[ioc.Indicator]
	// Now is the clock.
	Now func() time.Time
	// Unknown names the provider's settings whose values are not known yet. That is no error until the console is
	// needed.
	Unknown []string
	// DefaultScope is the provider's scope for objects that name none: null when it has none.
	DefaultScope Scope
	// Marker tells the descriptions of what this provider made from others'.
	Marker Marker
	// Planned is what was planned so far for objects that a scope has one of, and Sets what was for indicator sets.
	Planned Planned[tftypes.Value]
	Sets    Planned[SetPlan]
}

// Base is what every object of the provider embeds: the configured provider, nil before Configure.
type Base struct{ Provider *Provider }

// Client returns the client to the console, or adds why there is none and returns nil.
func (b *Base) Client(diags *diag.Diagnostics) *sentinelone.Client {
	switch {
	case b.Provider == nil:
		diags.AddError("Provider not configured",
			"The provider was asked to work before it was configured. This is an error in the provider; please report it.")
		return nil
	case b.Provider.Console == nil:
		diags.Append(unknownProvider(b.Provider.Unknown...))
		return nil
	default:
		return b.Provider.Console
	}
}

func unknownProvider(settings ...string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Provider configuration not known yet", fmt.Sprintf(
		"The provider's %s depends on something that is not known before apply, and is needed now. Apply what it "+
			"depends on first, with -target, or give a value that is known.", strings.Join(settings, " and ")))
}

func (b *Base) configure(data any, diags *diag.Diagnostics) {
	if data == nil { // validation comes before configuration
		return
	}
	provider, ok := data.(*Provider)
	if !ok {
		diags.AddError("Provider not configured",
			fmt.Sprintf("Got %T as the provider's data. This is an error in the provider; please report it.", data))
		return
	}
	b.Provider = provider
}

// Resource is the base of every managed resource.
type Resource struct{ Base }

// Configure implements resource.ResourceWithConfigure.
func (r *Resource) Configure(
	_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse,
) {
	r.configure(req.ProviderData, &resp.Diagnostics)
}

// DataSource is the base of every data source.
type DataSource struct{ Base }

// Configure implements datasource.DataSourceWithConfigure.
func (d *DataSource) Configure(
	_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse,
) {
	d.configure(req.ProviderData, &resp.Diagnostics)
}

// Ephemeral is the base of every ephemeral resource.
type Ephemeral struct{ Base }

// Configure implements ephemeral.EphemeralResourceWithConfigure.
func (e *Ephemeral) Configure(
	_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse,
) {
	e.configure(req.ProviderData, &resp.Diagnostics)
}

// Action is the base of every action.
type Action struct{ Base }

// Configure implements action.ActionWithConfigure.
func (a *Action) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.configure(req.ProviderData, &resp.Diagnostics)
}
