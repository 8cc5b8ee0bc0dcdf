package blocklist

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ list.ListResourceWithConfigure = (*entryResource)(nil)

// NewEntryListResource returns the list resource sentinelone_blocklist_entry.
func NewEntryListResource() list.ListResource { return &entryResource{} }

type entryListModel struct {
	Scope tfkit.Scope `tfsdk:"scope"`
	entryFilters
}

// ListResourceConfigSchema implements list.ListResource.
func (r *entryResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The blocklist entries that a scope itself owns, to be imported." + tfkit.ListLimits +
			tfkit.Permissions(sentinelone.ListRestrictions),
		Attributes: entryFilterAttributes().List(map[string]schema.Attribute{"scope": tfkit.ListScope()}),
	}
}

// List implements list.ListResource.
func (r *entryResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config entryListModel
	diags := req.Config.Get(ctx, &config)
	in := r.ScopeOrDefault(ctx, config.Scope, &diags)
	if r.Client(&diags); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = tfkit.Results(ctx, req, config.entries(ctx, r.Provider, in, reach{}),
		sentinelone.ListRestrictions, tfkit.Describe("Blocklist entries", "", "", in),
		func(entry sentinelone.Restriction) (tfkit.Listed, diag.Diagnostics) {
			model := newEntryModel(entry, r.Provider.Marker, entryModel{})
			return tfkit.Listed{Name: displayName(entry), ID: entry.ID, Scope: entry.Scope(), Model: model}, nil
		})
}

// displayName tells an entry from others in a list.
func displayName(entry sentinelone.Restriction) string {
	if entry.SHA1 != "" {
		return entry.OSType + " " + entry.SHA1
	}
	return entry.OSType + " " + entry.SHA256
}
