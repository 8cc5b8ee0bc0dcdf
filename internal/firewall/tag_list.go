package firewall

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ list.ListResourceWithConfigure = (*tagResource)(nil)

// NewTagListResource returns the list resource sentinelone_firewall_tag.
func NewTagListResource() list.ListResource { return &tagResource{tfkit.NewInventoried(tagKind)} }

var tagListing = tfkit.Listing[sentinelone.FirewallTag]{
	Plural:  "Firewall tags",
	Filters: tagFilterAttributes,
	Rows:    ownTags,
	Name:    func(tag sentinelone.FirewallTag) string { return tag.Name },
}

type tagListModel struct {
	Scope tfkit.Scope `tfsdk:"scope"`
	tagFilters
}

func ownTags(
	ctx context.Context, config tfsdk.Config, provider *tfkit.Provider, in sentinelone.Scope,
) (iter.Seq2[sentinelone.FirewallTag, error], diag.Diagnostics) {
	var asked tagListModel
	diags := config.Get(ctx, &asked)
	return asked.tags(ctx, provider, in, false), diags
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
