package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ datasource.DataSourceWithConfigure = (*protocolsDataSource)(nil)

type protocolsDataSource struct{ tfkit.DataSource }

// NewProtocolsDataSource returns the data source sentinelone_firewall_protocols.
func NewProtocolsDataSource() datasource.DataSource { return &protocolsDataSource{} }

type protocolsModel struct {
	Query     types.String  `tfsdk:"query"`
	Protocols []protocolRow `tfsdk:"protocols"`
}

type protocolRow struct {
	Value types.String `tfsdk:"value"`
	Name  types.String `tfsdk:"name"`
}

// Metadata implements datasource.DataSource.
func (d *protocolsDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_firewall_protocols"
}

// Schema implements datasource.DataSource.
func (d *protocolsDataSource) Schema(
	_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse,
) {
	filters := tfkit.Filters{"query": tfkit.TextFilter("Only protocols with this text in their value or name.")}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The protocols that firewall rules may be about, by the console's own list." +
			tfkit.Permissions(sentinelone.ListFirewallProtocols),
		Attributes: filters.DataSource(map[string]schema.Attribute{
			"protocols": tfkit.ComputedRows("The protocols, in the console's order.", map[string]schema.Attribute{
				"value": tfkit.ComputedText("The short name that a rule's `protocol` takes, such as `TCP`."),
				"name":  tfkit.ComputedText("What the protocol is."),
			}),
		}),
	}
}

// Read implements datasource.DataSource.
func (d *protocolsDataSource) Read(
	ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse,
) {
	var state protocolsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	state.Protocols = []protocolRow{}
	for protocol, err := range client.FirewallProtocols.List(ctx, state.Query.ValueString()) {
		if err != nil {
			tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListFirewallProtocols, "Firewall protocols", err)
			return
		}
		state.Protocols = append(state.Protocols, protocolRow{tfkit.Text(protocol.Value), tfkit.Text(protocol.Name)})
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
