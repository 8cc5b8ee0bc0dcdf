package firewall

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ list.ListResourceWithConfigure = (*tagResource)(nil)

// NewTagListResource returns the list resource sentinelone_firewall_tag.
func NewTagListResource() list.ListResource { return &tagResource{} }

type tagListModel struct {
	Scope tfkit.Scope `tfsdk:"scope"`
	tagFilters
}

// tagFilters narrow a listing of tags: the API's filters, and whose the tag is.
type tagFilters struct {
	IDs          []string `tfsdk:"ids"`
	Query        *string  `tfsdk:"query"`
	NameContains []string `tfsdk:"name_contains"`
	Kind         *string  `tfsdk:"kind"`
	tfkit.Ownership
}

func tagFilterAttributes() tfkit.Filters {
	return tfkit.WithOwnership("tags", tfkit.Filters{
		"ids":           tfkit.IDsFilter("Only the tags of these ids."),
		"query":         tfkit.TextFilter("Only tags with this text in their name."),
		"name_contains": tfkit.TermsFilter("Only tags whose names contain one of these texts.", mostTerms),
		"kind":          tfkit.TextFilter("Only tags of this kind, which the console gives to tags of its own."),
	})
}

// tags lists what the filters select among the tags that a scope sees: its own, or those that it inherits too.
func (f tagFilters) tags(
	ctx context.Context, provider *tfkit.Provider, in sentinelone.Scope, inherited bool,
) iter.Seq2[sentinelone.FirewallTag, error] {
	query := sentinelone.FirewallTagQuery{
		Scope: in, IDs: f.IDs, Query: f.Query, NameContains: f.NameContains, Kind: f.Kind,
	}
	if !inherited {
		query.Level = in.Level
	}
	seen := tfkit.Keep(provider.Console.FirewallTags.List(ctx, query), func(tag sentinelone.FirewallTag) bool {
		return inherited || tag.Scope() == in
	})
	return tfkit.Owned(seen, f.Ownership, provider.Marker, func(tag sentinelone.FirewallTag) string {
		return tag.Description
	})
}

// ListResourceConfigSchema implements list.ListResource.
func (r *tagResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The firewall tags that a scope itself owns, to be imported." + tfkit.ListLimits +
			tfkit.Permissions(sentinelone.ListFirewallTags),
		Attributes: tagFilterAttributes().List(map[string]schema.Attribute{"scope": tfkit.ListScope()}),
	}
}

// List implements list.ListResource.
func (r *tagResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config tagListModel
	diags := req.Config.Get(ctx, &config)
	in := r.ScopeOrDefault(ctx, config.Scope, &diags)
	if r.Client(&diags); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = tfkit.Results(ctx, req, config.tags(ctx, r.Provider, in, false),
		sentinelone.ListFirewallTags, tfkit.Describe("Firewall tags", "", "", in),
		func(tag sentinelone.FirewallTag) (tfkit.Listed, diag.Diagnostics) {
			model := newTagModel(tag, r.Provider.Marker, tagModel{})
			return tfkit.Listed{Name: tag.Name, ID: tag.ID, Scope: tag.Scope(), Model: model}, nil
		})
}
