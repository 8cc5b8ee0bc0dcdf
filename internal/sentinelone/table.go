package sentinelone

import (
	"context"
	"iter"
)

// Table is a list of the API that is only read: rows of T, some of which a Q selects.
type Table[Q TableQuery, T any] struct {
	c    *Client
	rows listing[[]T, T]
}

// TableQuery narrows what is asked of a table, with url tags; its zero value is about all that the token may see.
type TableQuery interface {
	// scope is the one place that the query is about, with all that lies within. The tenant is like none: the API has no
	// word for it here.
	scope() Scope
}

// newTable returns the table that an operation lists. A row's key tells it from all others.
func newTable[Q TableQuery, T any](c *Client, op Operation, key func(T) string) Table[Q, T] {
	return Table[Q, T]{c, listed(op, key)}
}

// Order is how the console sorts a table; the zero Order leaves it to the console.
type Order struct {
	Column    string `url:"sortBy,omitempty"`    // by the API's name
	Direction string `url:"sortOrder,omitempty"` // Ascending or Descending
}

// The directions of an order.
const (
	Ascending  = "asc"
	Descending = "desc"
)

// First returns the rows that come first of those that a query selects, at most so many, and how many it selects in all.
// It makes no more calls than these rows take: one for each 1000.
func (t Table[Q, T]) First(ctx context.Context, q Q, order Order, most int64) (rows []T, total int64, err error) {
	return t.rows.first(ctx, t.c, most, belowTenant(q.scope()), q, order)
}

// List yields all rows that a query selects.
func (t Table[Q, T]) List(ctx context.Context, q Q) iter.Seq2[T, error] {
	return t.rows.of(ctx, t.c, belowTenant(q.scope()), q)
}

// Count returns how many rows a query selects, by one call that brings none of them.
func (t Table[Q, T]) Count(ctx context.Context, q Q) (int64, error) {
	return counted[[]T](ctx, t.c, t.rows.op, belowTenant(q.scope()), q)
}
