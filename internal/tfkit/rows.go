package tfkit

import (
	"iter"
	"slices"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// Keep narrows what a listing yields.
func Keep[T any](rows iter.Seq2[T, error], keep func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for row, err := range rows {
			if (err != nil || keep(row)) && !yield(row, err) {
				return
			}
		}
	}
}

// Sorted returns all that a listing yields by id, so that an answer does not depend on the console's order.
func Sorted[T inventory.Row](rows iter.Seq2[T, error]) ([]T, error) {
	all, err := sentinelone.Collect(rows)
	slices.SortFunc(all, func(a, b T) int {
		x, _ := a.Key()
		y, _ := b.Key()
		return sentinelone.CompareIDs(x, y)
	})
	return all, err
}
