package sentinelone

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"

	"github.com/google/go-querystring/query"
)

// pageSize is the largest page that the API gives; its default is 10.
const pageSize = 1000

// mostRestarts bounds how often a listing that does not come whole is begun again.
const mostRestarts = 4

// listing walks an operation's pages of P, each of which holds rows of T.
type listing[P, T any] struct {
	op   Operation
	rows func(P) []T
	id   func(T) string
}

// of yields each row that the filters, a struct with url tags, select: once, in the console's order, whatever the pages repeat. It ends with an error when a page
// fails, or with an [IncompleteError] when the listing does not come whole however often it is begun; rows yielded before an error are valid.
func (l listing[P, T]) of(ctx context.Context, c *Client, filters any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		query, err := query.Values(filters)
		if err != nil {
			yield(none, fmt.Errorf("encoding the filters: %w", err))
			return
		}
		seen, limit, restarts := map[string]bool{}, pageSize, 0
		for {
			query.Set("limit", strconv.Itoa(limit))
			page, err := exchange[P](ctx, c, l.op, request{query: query})
			if errors.Is(err, errTooLong) && limit > 1 {
				limit /= 2 // rows can be of very different size: thousands of hosts, or none
				continue
			}
			if err != nil {
				yield(none, err)
				return
			}
			for _, row := range l.rows(*page.Data) {
				id := l.id(row)
				if !seen[id] && !yield(row, nil) {
					return
				}
				seen[id] = true
			}
			next, total := page.Pagination.NextCursor, page.Pagination.TotalItems
			switch {
			case next != "" && next != query.Get("cursor"):
				query.Set("cursor", next)
			case next == "" && total <= len(seen):
				return
			case restarts < mostRestarts: // the console may have changed meanwhile
				restarts++
				query.Del("cursor")
			default:
				yield(none, &IncompleteError{Operation: l.op, Got: len(seen), Want: total})
				return
			}
		}
	}
}

// counted returns how many rows an operation's filters select, by one call that brings none of them.
func counted[P any](ctx context.Context, c *Client, op Operation, filters any) (int64, error) {
	query, err := query.Values(filters)
	if err != nil {
		return 0, fmt.Errorf("encoding the filters: %w", err)
	}
	query.Set("countOnly", "true")
	page, err := exchange[P](ctx, c, op, request{query: query})
	return int64(page.Pagination.TotalItems), err
}

// CompareIDs compares ids as the decimal numbers that they are.
func CompareIDs(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }

// owned is a row that belongs to one scope.
type owned interface {
	Key() (id string, in Scope)
}

// find returns the row of that id which a scope itself owns, out of rows that were asked for by both. The zero Scope
// stands for any. Only a whole answer without a row proves that there is none: a row that was not asked for, or that
// belongs elsewhere now, is an error.
func find[T owned](rows iter.Seq2[T, error], in Scope, id string) (T, error) {
	var none T
	for row, err := range rows {
		if err != nil {
			return none, err
		}
		gotID, gotScope := row.Key()
		switch {
		case gotID != id:
			return none, fmt.Errorf("the console was asked for id %s and answered with id %s", id, gotID)
		case !in.IsZero() && gotScope != in:
			return none, fmt.Errorf("it belongs to %s, not to %s: it was moved", gotScope, in)
		default:
			return row, nil
		}
	}
	return none, fmt.Errorf("id %s in %s: %w", id, in, ErrNotFound)
}
