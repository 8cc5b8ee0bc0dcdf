package tfkit

import (
	"context"
	"errors"
	"iter"
	"slices"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// Read returns an object from an inventory. One that is imported by nothing but its id has no scope yet: it is looked for
// wherever the token may, and then in the provider's scope, since a console may show no more than the token's own scope
// to who names none.
func Read[T inventory.Row](
	ctx context.Context, p *Provider, held *inventory.Inventory[T], in sentinelone.Scope, id string, unchanged func(T) bool,
) (T, error) {
	row, err := held.Read(ctx, in, id, unchanged)
	if byDefault := ScopeOf(ctx, p.DefaultScope); in.IsZero() && !byDefault.IsZero() && errors.Is(err, sentinelone.ErrNotFound) {
		return held.Read(ctx, byDefault, id, unchanged)
	}
	return row, err
}

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
