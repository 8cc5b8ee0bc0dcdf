package tfkit

import (
	"iter"
	"maps"
	"strings"
	"unicode/utf8"
)

// Ownership are the filters, of data sources and list resources alike, that tell by an object's description whose it
// is. The API has no such filter for all objects, so that they are applied to what it yields.
type Ownership struct {
	Managed             *bool   `tfsdk:"managed"`
	DescriptionContains *string `tfsdk:"description_contains"`
}

// WithOwnership returns filters with those of ownership beside them; kind is the plural of what is filtered.
func WithOwnership(kind string, filters Filters) Filters {
	filters = maps.Clone(filters)
	filters["managed"] = FlagFilter("`true` for only the " + kind + " that carry the provider's `marker`, `false` for only " +
		"the others: those that people or other products made.")
	filters["description_contains"] = TextFilter("Only " + kind + " whose descriptions contain exactly this text, such as " +
		"another product's marker.")
	return filters
}

// Owned narrows a listing to what the filters of ownership select.
func Owned[T any](rows iter.Seq2[T, error], o Ownership, marker Marker, description func(T) string) iter.Seq2[T, error] {
	return Keep(rows, func(row T) bool {
		text := description(row)
		return (o.Managed == nil || *o.Managed == marker.Marks(text)) &&
			(o.DescriptionContains == nil || strings.Contains(text, *o.DescriptionContains))
	})
}

// DescriptionTerms are what the API may be asked for instead, where it can filter by description: a description that
// the filters select contains one of them. None is no filter.
func (o Ownership) DescriptionTerms(marker Marker) []string {
	switch {
	case o.DescriptionContains != nil && askable(*o.DescriptionContains):
		return []string{*o.DescriptionContains}
	case o.Managed != nil && *o.Managed && askable(string(marker)):
		return []string{string(marker)}
	default:
		return nil
	}
}

// askable tells whether the API takes a text as a term: it separates terms by commas, and refuses short ones.
func askable(text string) bool {
	return utf8.RuneCountInString(text) >= shortestTerm && !strings.Contains(text, ",")
}
