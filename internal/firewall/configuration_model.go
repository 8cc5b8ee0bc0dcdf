package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// configurationModel is the configuration of Firewall Control in code, plan and state.
type configurationModel struct {
	Scope                   tfkit.Scope `tfsdk:"scope"`
	InheritSettings         types.Bool  `tfsdk:"inherit_settings"`
	Enabled                 types.Bool  `tfsdk:"enabled"`
	LocationAware           types.Bool  `tfsdk:"location_aware"`
	ReportBlocked           types.Bool  `tfsdk:"report_blocked"`
	InheritAllFirewallRules types.Bool  `tfsdk:"inherit_all_firewall_rules"`
	SelectedTagIDs          types.Set   `tfsdk:"selected_tag_ids"`
}

// setting is a setting that a scope either decides or inherits.
type setting struct {
	attribute string
	value     *types.Bool
}

func (m *configurationModel) settings() []setting {
	return []setting{
		{"enabled", &m.Enabled}, {"location_aware", &m.LocationAware}, {"report_blocked", &m.ReportBlocked},
	}
}

// newConfigurationModel returns the configuration that the console holds for a scope. Settings that are inherited are
// another scope's: null. What the console does not tell is as it was planned or known before.
func newConfigurationModel(
	in sentinelone.Scope, c sentinelone.FirewallConfiguration, known configurationModel,
) configurationModel {
	m := configurationModel{
		Scope:                   tfkit.NewScope(in),
		InheritSettings:         types.BoolValue(c.InheritSettings),
		InheritAllFirewallRules: types.BoolValue(c.InheritAllFirewallRules),
		SelectedTagIDs:          tfkit.StringSet(c.SelectedTags),
	}
	if c.InheritSettings {
		return m
	}
	m.Enabled = types.BoolValue(c.Enabled)
	m.LocationAware = types.BoolValue(c.LocationAware)
	m.ReportBlocked = types.BoolPointerValue(c.ReportBlocked)
	if c.ReportBlocked == nil && !known.ReportBlocked.IsUnknown() {
		m.ReportBlocked = known.ReportBlocked
	}
	return m
}

// over returns a configuration with what is planned in place of what the console holds. What is not planned stays.
func (m configurationModel) over(
	ctx context.Context, c sentinelone.FirewallConfiguration,
) (sentinelone.FirewallConfiguration, diag.Diagnostics) {
	var diags diag.Diagnostics
	c.InheritSettings = plannedOr(m.InheritSettings, c.InheritSettings)
	c.Enabled = plannedOr(m.Enabled, c.Enabled)
	c.LocationAware = plannedOr(m.LocationAware, c.LocationAware)
	c.InheritAllFirewallRules = plannedOr(m.InheritAllFirewallRules, c.InheritAllFirewallRules)
	if isKnown(m.ReportBlocked) {
		c.ReportBlocked = m.ReportBlocked.ValueBoolPointer()
	}
	if isKnown(m.SelectedTagIDs) {
		c.SelectedTags = tfkit.Strings(ctx, m.SelectedTagIDs, &diags)
	}
	return c, diags
}

func isKnown(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }

func plannedOr(planned types.Bool, otherwise bool) bool {
	if isKnown(planned) {
		return planned.ValueBool()
	}
	return otherwise
}

// differences are what a wanted configuration has otherwise than the console's. When the scope is to inherit no longer,
// that is all its settings, so that what has been in force stays in force whatever the console starts with. When it is
// to inherit, its settings are not its own.
func differences(want, have sentinelone.FirewallConfiguration) (f sentinelone.FirewallConfigurationFields) {
	f.InheritSettings = unless(want.InheritSettings == have.InheritSettings, want.InheritSettings)
	f.InheritAllFirewallRules = unless(
		want.InheritAllFirewallRules == have.InheritAllFirewallRules, want.InheritAllFirewallRules)
	f.SelectedTags = unless(asSet(want.SelectedTags) == asSet(have.SelectedTags), want.SelectedTags)
	if want.InheritSettings {
		return f
	}
	f.Enabled = unless(!have.InheritSettings && want.Enabled == have.Enabled, want.Enabled)
	f.LocationAware = unless(!have.InheritSettings && want.LocationAware == have.LocationAware, want.LocationAware)
	if want.ReportBlocked != nil {
		told := !have.InheritSettings && have.ReportBlocked != nil
		f.ReportBlocked = unless(told && *have.ReportBlocked == *want.ReportBlocked, *want.ReportBlocked)
	}
	return f
}

// unless returns a value to send, or nothing.
func unless[T any](same bool, value T) *T {
	if same {
		return nil
	}
	return &value
}
