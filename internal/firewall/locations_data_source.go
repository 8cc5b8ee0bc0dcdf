package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ datasource.DataSourceWithConfigure = (*locationsDataSource)(nil)

type locationsDataSource struct{ tfkit.DataSource }

// NewLocationsDataSource returns the data source sentinelone_locations.
func NewLocationsDataSource() datasource.DataSource { return &locationsDataSource{} }

type locationsModel struct {
	Scope               tfkit.Scope   `tfsdk:"scope"`
	IDs                 []string      `tfsdk:"ids"`
	HasFirewallRules    *bool         `tfsdk:"has_firewall_rules"`
	NameContains        []string      `tfsdk:"name_contains"`
	DescriptionContains []string      `tfsdk:"description_contains"`
	CreatorContains     []string      `tfsdk:"creator_contains"`
	ScopeNameContains   []string      `tfsdk:"scope_name_contains"`
	HostnameContains    []string      `tfsdk:"hostname_contains"`
	IPAddressContains   []string      `tfsdk:"ip_address_contains"`
	RegistryKeyContains []string      `tfsdk:"registry_key_contains"`
	Locations           []locationRow `tfsdk:"locations"`
}

type locationRow struct {
	ID                  types.String `tfsdk:"id"`
	Scope               tfkit.Scope  `tfsdk:"scope"`
	ScopeName           types.String `tfsdk:"scope_name"`
	Name                types.String `tfsdk:"name"`
	Description         types.String `tfsdk:"description"`
	IsFallback          types.Bool   `tfsdk:"is_fallback"`
	ReportingAgents     types.Int64  `tfsdk:"reporting_agents"`
	ActiveFirewallRules types.Int64  `tfsdk:"active_firewall_rules"`
	Creator             types.String `tfsdk:"creator"`
	CreatedAt           types.String `tfsdk:"created_at"`
	UpdatedAt           types.String `tfsdk:"updated_at"`
}

// Metadata implements datasource.DataSource.
func (d *locationsDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_locations"
}

// Schema implements datasource.DataSource.
func (d *locationsDataSource) Schema(
	_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse,
) {
	contains := func(what string) tfkit.Filter {
		return tfkit.TermsFilter("Only locations with one of these texts in their "+what+".", mostTerms)
	}
	filters := tfkit.Filters{
		"ids":                   tfkit.IDsFilter("Only the locations of these ids."),
		"has_firewall_rules":    tfkit.FlagFilter("Only locations that firewall rules are limited to, or only the others."),
		"name_contains":         contains("name"),
		"description_contains":  contains("description"),
		"creator_contains":      contains("creator's name"),
		"scope_name_contains":   contains("scope's name"),
		"hostname_contains":     contains("host names"),
		"ip_address_contains":   contains("IP addresses"),
		"registry_key_contains": contains("registry keys"),
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The network locations that a scope sees: its own and those that it inherits. For the tenant, " +
			"all that the token may see. Firewall rules are limited to locations by id." +
			tfkit.Permissions(sentinelone.ListLocations),
		Attributes: filters.DataSource(map[string]schema.Attribute{
			"scope":     tfkit.DataSourceScope(),
			"locations": tfkit.ComputedRows("The locations, by id.", locationRowAttributes()),
		}),
	}
}

func locationRowAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                    tfkit.ComputedText("The console's id of the location."),
		"scope":                 tfkit.ReadyScope(),
		"scope_name":            tfkit.ComputedText("The name of the scope that the location belongs to."),
		"name":                  tfkit.ComputedText("The name of the location."),
		"description":           tfkit.ComputedText("What the location is; null when nothing is said."),
		"is_fallback":           tfkit.ComputedFlag("Whether it stands for being at no known location."),
		"reporting_agents":      tfkit.ComputedNumber("The number of endpoints that are there."),
		"active_firewall_rules": tfkit.ComputedNumber("The number of firewall rules that are limited to it."),
		"creator":               tfkit.ComputedText("The name of the user who made the location."),
		"created_at":            tfkit.ComputedText("When the location was made, in UTC."),
		"updated_at":            tfkit.ComputedText("When the location was last changed, in UTC."),
	}
}

// Read implements datasource.DataSource.
func (d *locationsDataSource) Read(
	ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse,
) {
	var state locationsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	in := d.ScopeOrDefault(ctx, state.Scope, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	state.Scope = tfkit.NewScope(in)
	state.Locations = []locationRow{}
	locations, err := tfkit.Sorted(client.Locations.List(ctx, state.query(in)))
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListLocations, tfkit.Describe("Locations", "", "", in), err)
		return
	}
	for _, location := range locations {
		state.Locations = append(state.Locations, newLocationRow(location))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (m locationsModel) query(in sentinelone.Scope) sentinelone.LocationQuery {
	return sentinelone.LocationQuery{
		Scope:               in,
		IDs:                 m.IDs,
		HasFirewallRules:    m.HasFirewallRules,
		NameContains:        m.NameContains,
		DescriptionContains: m.DescriptionContains,
		CreatorContains:     m.CreatorContains,
		ScopeNameContains:   m.ScopeNameContains,
		HostnameContains:    m.HostnameContains,
		IPAddressContains:   m.IPAddressContains,
		RegistryKeyContains: m.RegistryKeyContains,
	}
}

func newLocationRow(location sentinelone.Location) locationRow {
	return locationRow{
		ID:                  types.StringValue(location.ID),
		Scope:               tfkit.NewScope(location.Scope()),
		ScopeName:           tfkit.Text(location.ScopeName),
		Name:                types.StringValue(location.Name),
		Description:         tfkit.Text(location.Description),
		IsFallback:          types.BoolValue(location.IsFallback),
		ReportingAgents:     types.Int64Value(location.ReportingAgents),
		ActiveFirewallRules: types.Int64Value(location.ActiveFirewallRules),
		Creator:             tfkit.Text(location.Creator),
		CreatedAt:           tfkit.Text(location.CreatedAt),
		UpdatedAt:           tfkit.Text(location.UpdatedAt),
	}
}
