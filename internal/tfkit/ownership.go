package tfkit

import (
	"iter"
	"maps"
	"strings"
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
	filters["description_contains"] = TextFilter("Only " + kind + " whose descriptions contain this text, in any case, such " +
		"as another product's marker.")
	return filters
}

// Owned narrows a listing to what the filters of ownership select.
func Owned[T any](rows iter.Seq2[T, error], o Ownership, marker Marker, description func(T) string) iter.Seq2[T, error] {
	return Keep(rows, func(row T) bool {
		text := description(row)
		return (o.Managed == nil || *o.Managed == marker.Marks(text)) &&
			(o.DescriptionContains == nil || strings.Contains(strings.ToLower(text), strings.ToLower(*o.DescriptionContains)))
	})
}
