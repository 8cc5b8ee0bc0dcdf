package sentinelone

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
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

// listed is the listing of an operation whose pages are nothing but rows. An id tells a row from all others.
func listed[T any](op Operation, id func(T) string) listing[[]T, T] {
	return listing[[]T, T]{op: op, rows: func(page []T) []T { return page }, id: id}
}

// of yields each row that the filters, structs with url tags, select: once, in the console's order, whatever the pages
// repeat. It ends with an error as [Pages.Next] does; rows yielded before an error are valid.
func (l listing[P, T]) of(ctx context.Context, c *Client, filters ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		pages := l.pages(c, filters...)
		for {
			rows, err := pages.Next(ctx)
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			if pages.Done() {
				return
			}
		}
	}
}

// first returns the rows that the filters select from the start, at most so many, and how many they select in all. It
// asks for no more, and no larger, pages than that takes.
func (l listing[P, T]) first(
	ctx context.Context, c *Client, most int64, filters ...any,
) (rows []T, total int64, err error) {
	pages := l.pages(c, filters...)
	for missing := most; missing > 0 && !pages.Done(); missing = most - int64(len(rows)) {
		fresh, err := pages.next(ctx, int(min(pageSize, missing)))
		if err != nil {
			return nil, 0, err
		}
		rows = append(rows, fresh...)
	}
	got := int64(len(rows))
	return rows[:min(most, got)], max(int64(pages.total), got), nil
}

// Pages is a listing that is walked page by page. It is not safe for concurrent use.
type Pages[T any] struct {
	next  func(ctx context.Context, size int) ([]T, error)
	total int // by the last page
	done  bool
}

// Next returns the rows of the next page that were on none before. Its error leaves the listing where it was, to be asked
// again, but for an [IncompleteError]: the listing does not come whole however often it is begun.
func (p *Pages[T]) Next(ctx context.Context) ([]T, error) { return p.next(ctx, pageSize) }

// Done tells whether the listing has come whole.
func (p *Pages[T]) Done() bool { return p.done }

// pages returns the listing of what the filters, structs with url tags, select.
func (l listing[P, T]) pages(c *Client, filters ...any) *Pages[T] {
	query, queryErr := encode(filters...)
	seen, largest, restarts := map[string]bool{}, pageSize, 0
	p := &Pages[T]{}
	p.next = func(ctx context.Context, size int) (fresh []T, err error) {
		if queryErr != nil {
			return nil, queryErr
		}
		var page envelope[P]
		for {
			limit := min(size, largest)
			query.Set("limit", strconv.Itoa(limit))
			page, err = exchange[P](ctx, c, l.op, request{query: query})
			if !errors.Is(err, errTooLong) || limit == 1 {
				break
			}
			largest = limit / 2 // rows can be of very different size: thousands of hosts, or none
		}
		if err != nil {
			return nil, err
		}
		for _, row := range l.rows(*page.Data) {
			if id := l.id(row); !seen[id] {
				seen[id] = true
				fresh = append(fresh, row)
			}
		}
		next, total := page.Pagination.NextCursor, page.Pagination.TotalItems
		p.total = total
		switch {
		case next != "" && next != query.Get("cursor"):
			query.Set("cursor", next)
		case next == "" && total <= len(seen):
			p.done = true
		case restarts < mostRestarts: // the console may have changed meanwhile
			restarts++
			query.Del("cursor")
		default:
			return fresh, &IncompleteError{Operation: l.op, Got: len(seen), Want: total}
		}
		return fresh, nil
	}
	return p
}

// mostIDs bounds the ids of one call: they go into the URL, and some servers take no more than 8 kB of it.
const mostIDs = 300

// byIDs returns the objects of these ids, in as few calls as the console lets it.
func byIDs[T any](ids []string, ask func(ids []string) iter.Seq2[T, error]) (found []T, err error) {
	for most := mostIDs; len(ids) > 0; {
		chunk := ids[:min(most, len(ids))]
		rows, err := Collect(ask(chunk))
		if api, ok := errors.AsType[*APIError](err); ok && api.Status == http.StatusRequestURITooLong && len(chunk) > 1 {
			most = len(chunk) / 2
			continue
		}
		if err != nil {
			return nil, err
		}
		found, ids = append(found, rows...), ids[len(chunk):]
	}
	return found, nil
}

// Collect returns all that a listing yields, or what it fails with.
func Collect[T any](rows iter.Seq2[T, error]) (all []T, err error) {
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, nil
}

// encode returns structs with url tags as the parameters of one query.
func encode(filters ...any) (url.Values, error) {
	all := url.Values{}
	for _, filter := range filters {
		some, err := query.Values(filter)
		if err != nil {
			return nil, fmt.Errorf("encoding the filters: %w", err)
		}
		maps.Copy(all, some)
	}
	return all, nil
}

// counted returns how many rows an operation's filters, structs with url tags, select, by one call that brings none of
// them.
func counted[P any](ctx context.Context, c *Client, op Operation, filters ...any) (int64, error) {
	query, err := encode(filters...)
	if err != nil {
		return 0, err
	}
	query.Set("countOnly", "true")
	page, err := exchange[P](ctx, c, op, request{query: query})
	return int64(page.Pagination.TotalItems), err
}

// CompareIDs compares ids as the decimal numbers that they are.
func CompareIDs(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }
