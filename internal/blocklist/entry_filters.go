package blocklist

import (
	"context"
	"iter"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// entryFilters narrow a listing of entries: the API's filters, and whose the entry is.
type entryFilters struct {
	IDs             []string `tfsdk:"ids"`
	Query           *string  `tfsdk:"query"`
	OSTypes         []string `tfsdk:"os_types"`
	Sources         []string `tfsdk:"sources"`
	Recommendations []string `tfsdk:"recommendations"`
	Imported        *bool    `tfsdk:"imported"`
	CreatorIDs      []string `tfsdk:"creator_ids"`
	CreatorContains []string `tfsdk:"creator_contains"`
	HashContains    []string `tfsdk:"hash_contains"`
	CreatedBefore   *string  `tfsdk:"created_before"`
	CreatedUntil    *string  `tfsdk:"created_until"`
	CreatedAfter    *string  `tfsdk:"created_after"`
	CreatedSince    *string  `tfsdk:"created_since"`
	UpdatedBefore   *string  `tfsdk:"updated_before"`
	UpdatedUntil    *string  `tfsdk:"updated_until"`
	UpdatedAfter    *string  `tfsdk:"updated_after"`
	UpdatedSince    *string  `tfsdk:"updated_since"`
	tfkit.Ownership
}

const mostTerms = 20 // of a filter by texts

func entryFilterAttributes() tfkit.Filters {
	return tfkit.WithOwnership("entries", tfkit.Filters{
		"ids":      tfkit.IDsFilter("Only the entries of these ids."),
		"query":    tfkit.TextFilter("Only entries with this text in any of their attributes that the console searches."),
		"os_types": tfkit.OneOfFilter("Only entries for one of these operating systems", sentinelone.OSTypes()...),
		"sources":  tfkit.OneOfFilter("Only entries from one of these sources", sentinelone.Sources()...),
		"recommendations": tfkit.OneOfFilter("Only entries with one of these verdicts of the console",
			sentinelone.VerdictNone, "Not recommended", "Not allowed"),
		"imported":    tfkit.FlagFilter("Only entries that a bulk import of the console made, or only the others."),
		"creator_ids": tfkit.IDsFilter("Only entries that one of these users made, by the users' ids."),
		"creator_contains": tfkit.TermsFilter(
			"Only entries made by a user whose name contains one of these texts.", mostTerms),
		"hash_contains":  tfkit.TermsFilter("Only entries whose hash contains one of these texts.", mostTerms),
		"created_before": tfkit.TimeFilter("Only entries made before this time."),
		"created_until":  tfkit.TimeFilter("Only entries made at this time or before."),
		"created_after":  tfkit.TimeFilter("Only entries made after this time."),
		"created_since":  tfkit.TimeFilter("Only entries made at this time or after."),
		"updated_before": tfkit.TimeFilter("Only entries last changed before this time."),
		"updated_until":  tfkit.TimeFilter("Only entries last changed at this time or before."),
		"updated_after":  tfkit.TimeFilter("Only entries last changed after this time."),
		"updated_since":  tfkit.TimeFilter("Only entries last changed at this time or after."),
	})
}

// reach is how far around a scope a listing looks.
type reach struct{ above, below bool }

// entries lists what the filters select among the entries of a scope and, by reach, of those around it.
func (f entryFilters) entries(
	ctx context.Context, provider *tfkit.Provider, in sentinelone.Scope, around reach,
) iter.Seq2[sentinelone.Restriction, error] {
	rows := provider.Console.Restrictions.List(ctx, sentinelone.RestrictionQuery{
		Scope:               in,
		IncludeParents:      around.above,
		IncludeChildren:     around.below,
		IDs:                 f.IDs,
		Query:               f.Query,
		OSTypes:             f.OSTypes,
		Sources:             f.Sources,
		Recommendations:     f.Recommendations,
		Imported:            f.Imported,
		UserIDs:             f.CreatorIDs,
		UserContains:        f.CreatorContains,
		ValueContains:       f.HashContains,
		DescriptionContains: f.DescriptionTerms(provider.Marker),
		CreatedBefore:       f.CreatedBefore,
		CreatedUntil:        f.CreatedUntil,
		CreatedAfter:        f.CreatedAfter,
		CreatedSince:        f.CreatedSince,
		UpdatedBefore:       f.UpdatedBefore,
		UpdatedUntil:        f.UpdatedUntil,
		UpdatedAfter:        f.UpdatedAfter,
		UpdatedSince:        f.UpdatedSince,
	})
	seen := tfkit.Keep(rows, func(entry sentinelone.Restriction) bool {
		return around != reach{} || entry.Scope() == in
	})
	return tfkit.Owned(seen, f.Ownership, provider.Marker, func(entry sentinelone.Restriction) string {
		return entry.Description
	})
}
