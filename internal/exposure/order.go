package exposure

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// columns are what rows of T can be sorted by. The console sorts, since it picks the first rows; they are sorted again,
// since it does not say in what order it puts rows that are equal there.
type columns[T any] struct {
	byName map[string]column[T]
	tie    func(a, b T) int // tells any two rows apart
	// By what, and in which direction, rows are sorted that nobody says how to sort; why ends the sentence that says so.
	name, direction, why string
}

// How rows are sorted that nobody says how to sort, in words.
const (
	worstFirst   = "the worst first"
	alphabetical = "in the order of the alphabet"
)

// column is one thing to sort by: its name in the API, and how two rows compare.
type column[T any] struct {
	api     string
	compare func(a, b T) int
}

// names are the values of sort_by.
func (c columns[T]) names() []string { return slices.Sorted(maps.Keys(c.byName)) }

func (c columns[T]) describe() string {
	return "What the rows are sorted by: `" + strings.Join(c.names(), "`, `") + "`. Rows that are equal there are sorted by " +
		"id. Default: `" + c.name + "`, " + c.why + "."
}

// ordering is one of the orders that rows can be in.
type ordering[T any] struct {
	column[T]
	direction string
	tie       func(a, b T) int
}

// order returns the order that a configuration asks for.
func (c columns[T]) order(by, direction *string) ordering[T] {
	switch {
	case by == nil:
		return ordering[T]{c.byName[c.name], c.direction, c.tie}
	case direction == nil:
		return ordering[T]{c.byName[*by], sentinelone.Ascending, c.tie}
	default:
		return ordering[T]{c.byName[*by], *direction, c.tie}
	}
}

// asked is the order as the console is asked for it.
func (o ordering[T]) asked() sentinelone.Order {
	return sentinelone.Order{Column: o.api, Direction: o.direction}
}

func (o ordering[T]) sort(rows []T) {
	slices.SortFunc(rows, func(a, b T) int {
		first := o.compare(a, b)
		if o.direction == sentinelone.Descending {
			first = -first
		}
		return cmp.Or(first, o.tie(a, b))
	})
}

// byValue is a column of values that have an order of their own.
func byValue[T any, V cmp.Ordered](api string, value func(T) V) column[T] {
	return column[T]{api, func(a, b T) int { return cmp.Compare(value(a), value(b)) }}
}

// byPresent is byValue where there may be none, which is the lowest.
func byPresent[T any, V cmp.Ordered](api string, value func(T) *V) column[T] {
	return column[T]{api, func(a, b T) int {
		x, y := value(a), value(b)
		if x == nil || y == nil {
			return cmp.Compare(present(x), present(y))
		}
		return cmp.Compare(*x, *y)
	}}
}

func present[V any](value *V) int {
	if value == nil {
		return 0
	}
	return 1
}

// byFlag is a column of truths; what is not so is lower.
func byFlag[T any](api string, value func(T) bool) column[T] {
	return byValue(api, func(row T) int {
		if value(row) {
			return 1
		}
		return 0
	})
}

// byRank is a column of words that go from the least to the most. A word that is not known is the lowest.
func byRank[T any](api string, words []string, value func(T) string) column[T] {
	return byValue(api, func(row T) int { return slices.Index(words, value(row)) })
}

// byID compares rows by an id of the console.
func byID[T any](id func(T) string) func(a, b T) int {
	return func(a, b T) int { return sentinelone.CompareIDs(id(a), id(b)) }
}
