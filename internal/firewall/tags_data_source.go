package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ datasource.DataSourceWithConfigure = (*tagsDataSource)(nil)

type tagsDataSource struct{ tfkit.DataSource }

// NewTagsDataSource returns the data source sentinelone_firewall_tags.
func NewTagsDataSource() datasource.DataSource { return &tagsDataSource{} }

type tagsModel struct {
	Scope     tfkit.Scope `tfsdk:"scope"`
	Inherited types.Bool  `tfsdk:"inherited"`
	tagFilters
	Tags []tagRow `tfsdk:"tags"`
}

// tagRow is a tag with what others make of it.
type tagRow struct {
	tagFacts
	Kind        types.String `tfsdk:"kind"`
	ScopeName   types.String `tfsdk:"scope_name"`
	LinkedRules types.Int64  `tfsdk:"linked_rules"`
}

// Metadata implements datasource.DataSource.
func (d *tagsDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_firewall_tags"
}

// Schema implements datasource.DataSource.
func (d *tagsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The firewall tags of a scope, narrowed by any of the filters." +
			tfkit.Permissions(sentinelone.ListFirewallTags),
		Attributes: tagFilterAttributes().DataSource(map[string]schema.Attribute{
			"scope": tfkit.DataSourceScope(),
			"inherited": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "`true` for the tags that the scope inherits, too. Default `false`: the scope's own " +
					"tags.",
			},
			"tags": tfkit.ComputedRows("The tags, by id.", map[string]schema.Attribute{
				"id":           tfkit.ComputedText("The console's id of the tag."),
				"scope":        tfkit.ReadyScope(),
				"scope_name":   tfkit.ComputedText("The name of the scope that the tag belongs to."),
				"name":         tfkit.ComputedText("The name of the tag."),
				"description":  tfkit.ComputedText("What the tag is for, without the provider's marker."),
				"kind":         tfkit.ComputedText("The kind that the console gives to tags of its own; null for others."),
				"linked_rules": tfkit.ComputedNumber("The number of rules that are linked to the tag."),
				"creator":      tfkit.ComputedText("The name of the user who made the tag."),
				"created_at":   tfkit.ComputedText("When the tag was made, in UTC."),
			}),
		}),
	}
}

// Read implements datasource.DataSource.
func (d *tagsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state tagsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	in := d.ScopeOrDefault(ctx, state.Scope, &resp.Diagnostics)
	if d.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	state.Scope = tfkit.NewScope(in)
	state.Tags = []tagRow{}
	tags, err := tfkit.Sorted(state.tags(ctx, d.Provider, in, state.Inherited.ValueBool()))
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListFirewallTags, tfkit.Describe("Firewall tags", "", "", in), err)
		return
	}
	for _, tag := range tags {
		state.Tags = append(state.Tags, tagRow{
			tagFacts:    newTagFacts(tag, d.Provider.Marker),
			Kind:        tfkit.Text(tag.Kind),
			ScopeName:   tfkit.Text(tag.ScopeName),
			LinkedRules: types.Int64Value(tag.LinkedRules),
		})
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
