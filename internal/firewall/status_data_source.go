package firewall

import (
	"context"

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
	Scope                   tfkit.Scope  `tfsdk:"scope"`
	Enabled                 types.Bool   `tfsdk:"enabled"`
	InheritSettings         types.Bool   `tfsdk:"inherit_settings"`
	InheritedFrom           types.String `tfsdk:"inherited_from"`
	InheritAllFirewallRules types.Bool   `tfsdk:"inherit_all_firewall_rules"`
	LocationAware           types.Bool   `tfsdk:"location_aware"`
	ReportBlocked           types.Bool   `tfsdk:"report_blocked"`
	SelectedTagIDs          types.Set    `tfsdk:"selected_tag_ids"`
}

// Metadata implements datasource.DataSource.
func (d *statusDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_firewall_status"
}

// Schema implements datasource.DataSource.
func (d *statusDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	flag := func(description string) schema.Attribute {
		return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Whether Firewall Control is on for a scope, and where that setting comes from. Without " +
			"it, no firewall rule is enforced: check it in a `check` block or a precondition." +
			tfkit.Permissions(sentinelone.GetFirewallConfiguration),
		Attributes: map[string]schema.Attribute{
			"scope":   tfkit.DataSourceScope(),
			"enabled": flag("Whether Firewall Control is on."),
			"inherit_settings": flag("Whether these settings come from a scope above. If `false`, they are the " +
				"scope's own."),
			"inherited_from": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "The level that the settings come from, in the console's words. Consoles leave it " +
					"null even when the scope inherits: rely on `inherit_settings`.",
			},
			"inherit_all_firewall_rules": flag("Whether the rules and tags of the scopes above apply here too."),
			"location_aware":             flag("Whether rules may be limited to network locations."),
			"report_blocked":             flag("Whether endpoints report what they block; null on consoles that do not tell."),
			"selected_tag_ids": schema.SetAttribute{
				ElementType:         types.StringType,
				Computed:            true,
				MarkdownDescription: "The ids of the firewall tags whose rules apply here.",
			},
		},
	}
}

// Read implements datasource.DataSource.
func (d *statusDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state statusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	scope := d.Scope(ctx, state.Scope, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	settings, err := client.FirewallConfigurations.Get(ctx, scope)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.GetFirewallConfiguration,
			tfkit.Describe("Firewall Control", "", "", scope), err)
		return
	}
	state.Scope = tfkit.NewScope(scope)
	state.Enabled = types.BoolValue(settings.Enabled)
	state.InheritSettings = types.BoolValue(settings.InheritSettings)
	state.InheritedFrom = types.StringPointerValue(settings.InheritedFrom)
	state.InheritAllFirewallRules = types.BoolValue(settings.InheritAllFirewallRules)
	state.LocationAware = types.BoolValue(settings.LocationAware)
	state.ReportBlocked = types.BoolPointerValue(settings.ReportBlocked)
	state.SelectedTagIDs = setOf(settings.SelectedTags)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
