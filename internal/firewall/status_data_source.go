package firewall

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ datasource.DataSourceWithConfigure = (*statusDataSource)(nil)

type statusDataSource struct{ tfkit.DataSource }

// NewStatusDataSource returns the data source sentinelone_firewall_status.
func NewStatusDataSource() datasource.DataSource { return &statusDataSource{} }

type statusModel struct {
	Scope                   tfkit.Scope   `tfsdk:"scope"`
	Enabled                 types.Bool    `tfsdk:"enabled"`
	InheritSettings         types.Bool    `tfsdk:"inherit_settings"`
	SettingsScope           tfkit.Scope   `tfsdk:"settings_scope"`
	InheritAllFirewallRules types.Bool    `tfsdk:"inherit_all_firewall_rules"`
	LocationAware           types.Bool    `tfsdk:"location_aware"`
	ReportBlocked           types.Bool    `tfsdk:"report_blocked"`
	SelectedTagIDs          types.Set     `tfsdk:"selected_tag_ids"`
	AllowRules              types.Int64   `tfsdk:"allow_rules"`
	BlockRules              types.Int64   `tfsdk:"block_rules"`
	Endpoints               types.Int64   `tfsdk:"endpoints"`
	EndpointsEnabled        types.Int64   `tfsdk:"endpoints_enabled"`
	ShareEnabled            types.Float64 `tfsdk:"share_enabled"`
}

// Metadata implements datasource.DataSource.
func (d *statusDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_firewall_status"
}

// Schema implements datasource.DataSource.
func (d *statusDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Whether Firewall Control is on for a scope, where that setting comes from, and how far it " +
			"reaches. Without it, no firewall rule is enforced: check it in a `check` block or a precondition. What the " +
			"token may not view is null." + tfkit.Permissions(sentinelone.GetFirewallConfiguration) +
			tfkit.OptionalPermissions(sentinelone.ListAgents, sentinelone.ListSites, sentinelone.ListGroups),
		Attributes: map[string]schema.Attribute{
			"scope":   tfkit.DataSourceScope(),
			"enabled": tfkit.ComputedFlag("Whether Firewall Control is on."),
			"inherit_settings": tfkit.ComputedFlag(
				"Whether these settings come from a scope above. If `false`, they are the scope's own."),
			"settings_scope": tfkit.ComputedScope("The scope that the settings come from: this one, or the nearest above " +
				"that does not inherit them. Null when the token may not view it."),
			"inherit_all_firewall_rules": tfkit.ComputedFlag("Whether the rules and tags of the scopes above apply here too."),
			"location_aware":             tfkit.ComputedFlag("Whether rules may be limited to network locations."),
			"report_blocked": tfkit.ComputedFlag(
				"Whether endpoints report what they block; null on consoles that do not tell."),
			"selected_tag_ids": tfkit.ComputedSet("The ids of the firewall tags whose rules apply here."),
			"allow_rules":      tfkit.ComputedNumber("The number of enabled rules that allow, inherited ones included."),
			"block_rules":      tfkit.ComputedNumber("The number of enabled rules that block, inherited ones included."),
			"endpoints":        tfkit.ComputedNumber("The number of endpoints, decommissioned ones aside."),
			"endpoints_enabled": tfkit.ComputedNumber(
				"The number of endpoints that support Firewall Control and have it on."),
			"share_enabled": schema.Float64Attribute{
				Computed: true, MarkdownDescription: "`endpoints_enabled` by `endpoints`, 0 to 1; null without endpoints.",
			},
		},
	}
}

// Read implements datasource.DataSource.
func (d *statusDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state statusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	in := d.ScopeOrDefault(ctx, state.Scope, &resp.Diagnostics)
	if d.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	state.Scope = tfkit.NewScope(in)
	for _, step := range []struct {
		op   sentinelone.Operation
		read func(context.Context, *tfkit.Provider, sentinelone.Scope) error
	}{
		{sentinelone.GetFirewallConfiguration, state.readSettings},
		{sentinelone.ListFirewallRules, state.countRules},
		{sentinelone.ListAgents, state.countEndpoints},
	} {
		if err := step.read(ctx, d.Provider, in); err != nil {
			tfkit.AddFailure(&resp.Diagnostics, step.op, tfkit.Describe("Firewall Control", "", "", in), err)
			return
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (m *statusModel) readSettings(
	ctx context.Context, provider *tfkit.Provider, in sentinelone.Scope,
) error {
	settings, err := provider.Configurations.Get(ctx, in)
	if err != nil {
		return err
	}
	m.Enabled = types.BoolValue(settings.Enabled)
	m.InheritSettings = types.BoolValue(settings.InheritSettings)
	m.InheritAllFirewallRules = types.BoolValue(settings.InheritAllFirewallRules)
	m.LocationAware = types.BoolValue(settings.LocationAware)
	m.ReportBlocked = types.BoolPointerValue(settings.ReportBlocked)
	m.SelectedTagIDs = tfkit.StringSet(settings.SelectedTags)
	source, err := settingsScope(ctx, provider, in, settings)
	m.SettingsScope = tfkit.NewScope(source)
	return err
}

// settingsScope returns the scope that the settings of another come from, the zero Scope when the token may not view
// it. The console's own inheritedFrom is null even where a scope inherits, so the scopes above are asked one by one.
func settingsScope(
	ctx context.Context, provider *tfkit.Provider, in sentinelone.Scope, settings sentinelone.FirewallConfiguration,
) (sentinelone.Scope, error) {
	var err error
	for settings.InheritSettings {
		if in, err = provider.Console.Parent(ctx, in); err != nil || in.IsZero() {
			break
		}
		if settings, err = provider.Configurations.Get(ctx, in); err != nil {
			break
		}
	}
	if errors.Is(err, sentinelone.ErrForbidden) || errors.Is(err, sentinelone.ErrNotFound) {
		return sentinelone.Scope{}, nil
	}
	return in, err
}

func (m *statusModel) countRules(ctx context.Context, provider *tfkit.Provider, in sentinelone.Scope) error {
	for action, target := range map[string]*types.Int64{
		sentinelone.ActionAllow: &m.AllowRules, sentinelone.ActionBlock: &m.BlockRules,
	} {
		count, err := provider.Console.FirewallRules.Count(ctx, sentinelone.FirewallRuleQuery{
			Scope: in, Actions: []string{action}, Statuses: []string{sentinelone.StatusEnabled},
		})
		if err != nil {
			return err
		}
		*target = types.Int64Value(count)
	}
	return nil
}

func (m *statusModel) countEndpoints(
	ctx context.Context, provider *tfkit.Provider, in sentinelone.Scope,
) error {
	query := sentinelone.AgentQuery{Scope: in, IsDecommissioned: new(false)}
	all, err := provider.Console.Agents.Count(ctx, query)
	if err != nil {
		return unlessForbidden(err)
	}
	query.FirewallEnabled = new(true)
	on, err := provider.Console.Agents.Count(ctx, query)
	if err != nil {
		return unlessForbidden(err)
	}
	m.Endpoints, m.EndpointsEnabled = types.Int64Value(all), types.Int64Value(on)
	if all > 0 {
		m.ShareEnabled = types.Float64Value(float64(on) / float64(all))
	}
	return nil
}

// unlessForbidden drops the error of a token that may not view something.
func unlessForbidden(err error) error {
	if errors.Is(err, sentinelone.ErrForbidden) {
		return nil
	}
	return err
}
