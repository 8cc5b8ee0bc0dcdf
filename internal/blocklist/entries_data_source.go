package blocklist

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ datasource.DataSourceWithConfigure = (*entriesDataSource)(nil)

type entriesDataSource struct{ tfkit.DataSource }

// NewEntriesDataSource returns the data source sentinelone_blocklist_entries.
func NewEntriesDataSource() datasource.DataSource { return &entriesDataSource{} }

type entriesModel struct {
	Scope           tfkit.Scope `tfsdk:"scope"`
	Inherited       types.Bool  `tfsdk:"inherited"`
	IncludeChildren types.Bool  `tfsdk:"include_children"`
	entryFilters
	Entries []entryRow `tfsdk:"entries"`
}

// entryRow is an entry with what others make of it.
type entryRow struct {
	entryFacts
	CreatorID types.String `tfsdk:"creator_id"`
	ScopePath types.String `tfsdk:"scope_path"`
	UpdatedAt types.String `tfsdk:"updated_at"`
}

// Metadata implements datasource.DataSource.
func (d *entriesDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_blocklist_entries"
}

// Schema implements datasource.DataSource.
func (d *entriesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The blocklist entries of a scope, narrowed by any of the filters." +
			tfkit.Permissions(sentinelone.ListRestrictions),
		Attributes: entryFilterAttributes().DataSource(map[string]schema.Attribute{
			"scope": tfkit.DataSourceScope(),
			"inherited": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "`true` for the entries of the scopes above, too, which are in effect here. Default " +
					"`false`.",
			},
			"include_children": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "`true` for the entries of the scopes below, too. Default `false`.",
			},
			"entries": tfkit.ComputedRows("The entries, by id.", map[string]schema.Attribute{
				"id":              tfkit.ComputedText("The console's id of the entry."),
				"scope":           tfkit.ReadyScope(),
				"scope_path":      tfkit.ComputedText("The names of the scopes from the tenant down to the entry's own."),
				"os_type":         tfkit.ComputedText("The operating system."),
				"sha1":            tfkit.ComputedHash("The SHA-1 of the file; null when the entry has none."),
				"sha256":          tfkit.ComputedHash("The SHA-256 of the file; null when the entry has none."),
				"description":     tfkit.ComputedText("Why the file is blocked, without the provider's marker."),
				"source":          tfkit.ComputedText("Where the entry came from."),
				"not_recommended": tfkit.ComputedText("The console's verdict on blocking this hash, `NONE` for no objection."),
				"imported":        tfkit.ComputedFlag("Whether a bulk import of the console made the entry."),
				"creator":         tfkit.ComputedText("The name of the user who made the entry."),
				"creator_id":      tfkit.ComputedText("The id of the user who made the entry."),
				"created_at":      tfkit.ComputedText("When the entry was made, in UTC."),
				"updated_at":      tfkit.ComputedText("When the entry was last changed, in UTC."),
			}),
		}),
	}
}

// Read implements datasource.DataSource.
func (d *entriesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state entriesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	in := d.ScopeOrDefault(ctx, state.Scope, &resp.Diagnostics)
	if d.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	around := reach{above: state.Inherited.ValueBool(), below: state.IncludeChildren.ValueBool()}
	entries, err := tfkit.Sorted(state.entries(ctx, d.Provider, in, around))
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListRestrictions, tfkit.Describe("Blocklist entries", "", "", in), err)
		return
	}
	state.Scope = tfkit.NewScope(in)
	state.Entries = make([]entryRow, len(entries))
	for i, entry := range entries {
		state.Entries[i] = entryRow{
			entryFacts: newEntryFacts(entry, d.Provider.Marker),
			CreatorID:  tfkit.Text(entry.UserID),
			ScopePath:  tfkit.Text(entry.ScopePath),
			UpdatedAt:  tfkit.Text(entry.UpdatedAt),
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
