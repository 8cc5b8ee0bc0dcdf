package inventory

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// holding is what one scope itself owns, as far as it is known.
type holding[T Row] struct {
	kind    Kind[T]
	in      sentinelone.Scope
	reads   *gatherer[found[T]]
	deletes *gatherer[error]

	listing sync.Mutex // held by who asks for a page
	pages   Pages[T]   // guarded by listing; nil before the first page and after the last

	mu      sync.Mutex // guards what follows
	listed  bool       // the listing has come whole
	failed  bool       // it has not, and is no longer tried beside reads
	rows    map[string]T
	byName  map[string]map[string]bool // name to ids
	written map[string]write[T]        // by this run
	writes  int                        // of this run
	begun   int                        // how many of them were before the listing
}

// found is what a read by id comes to.
type found[T any] struct {
	row T
	ok  bool
}

// write is the last that this run did to an object. What may be older is not believed about it.
type write[T any] struct {
	row    T
	gone   bool
	number int // among the writes of this run
}

func newHolding[T Row](kind Kind[T], in sentinelone.Scope) *holding[T] {
	h := &holding[T]{kind: kind, in: in, written: map[string]write[T]{}}
	h.reads = newGatherer(h.find)
	h.deletes = newGatherer(h.remove)
	h.clear()
	return h
}

// read returns an object: from the listing, when that is whole and the caller knows the object like that already;
// else from the console, by id.
func (h *holding[T]) read(ctx context.Context, id string, unchanged func(T) bool) (T, error) {
	for {
		row, known, write := h.lookUp(id)
		if known && unchanged(row) {
			return row, nil
		}
		answer, err := h.reads.ask(ctx, id)
		if _, _, now := h.lookUp(id); now != write && err == nil {
			continue // this run has written it meanwhile: the answer may be older
		}
		return h.judge(id, answer, err)
	}
}

// judge takes a row for the object only where it is: what a scope merely inherits is another's.
func (h *holding[T]) judge(id string, answer found[T], err error) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	if !answer.ok {
		return none, fmt.Errorf("id %s in %s: %w", id, h.in, sentinelone.ErrNotFound)
	}
	if _, owner := answer.row.Key(); !h.in.IsZero() && owner != h.in {
		return none, fmt.Errorf("it belongs to %s, not to %s: it was moved", owner, h.in)
	}
	return answer.row, nil
}

// lookUp returns what is known of an object without asking, and the number of this run's last write to it.
func (h *holding[T]) lookUp(id string) (row T, known bool, write int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	w, ours := h.written[id]
	row, there := h.rows[id]
	return row, there && (h.listed || ours), w.number
}

// find asks for objects by their ids and, at the same time, for the next page of the scope's listing. Whether few
// objects of the scope are wanted or all is not known in advance; that way, what is asked for is at most about twice
// the cheaper of the two.
func (h *holding[T]) find(ctx context.Context, ids []string) (map[string]found[T], error) {
	var page sync.WaitGroup
	if h.worthListing() {
		page.Go(func() { _ = h.advance(ctx) }) // what it fails with makes no difference to a read by id
	}
	rows, err := h.kind.Find(ctx, h.in, ids...)
	page.Wait()
	if err != nil {
		return nil, err
	}
	answers := map[string]found[T]{}
	for _, row := range rows {
		id, _ := row.Key()
		if !slices.Contains(ids, id) {
			return nil, fmt.Errorf("the console was asked for other ids, and answered with id %s", id)
		}
		answers[id] = found[T]{row, true}
	}
	return answers, nil
}

func (h *holding[T]) worthListing() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.in.IsZero() && !h.listed && !h.failed
}

// advance fetches the listing's next page. A listing that breaks off, or does not add up, is dropped.
func (h *holding[T]) advance(ctx context.Context) error {
	h.listing.Lock()
	defer h.listing.Unlock()
	if h.isListed() {
		return nil
	}
	if h.pages == nil {
		h.pages = h.kind.Pages(h.in)
		h.clear()
	}
	rows, err := h.pages.Next(ctx)
	done := h.pages.Done()
	if done || err != nil {
		h.pages = nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failed = err != nil && ctx.Err() == nil
	for _, row := range rows {
		id, owner := row.Key()
		if w := h.written[id]; owner == h.in && !w.gone && w.number <= h.begun {
			h.drop(id)
			h.put(id, row)
		}
	}
	h.listed = done && err == nil
	return err
}

// whole looks at the listing when it is whole, under the same lock: somebody may want it afresh at any time.
func (h *holding[T]) whole(ctx context.Context, look func()) error {
	for {
		h.mu.Lock()
		if h.listed {
			defer h.mu.Unlock()
			look()
			return nil
		}
		h.mu.Unlock()
		if err := h.advance(ctx); err != nil {
			return err
		}
	}
}

func (h *holding[T]) isListed() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.listed
}

func (h *holding[T]) forget() {
	h.listing.Lock()
	defer h.listing.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pages, h.listed, h.failed = nil, false, false
}

// clear drops all rows but those that this run has written.
func (h *holding[T]) clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rows, h.byName, h.begun = map[string]T{}, map[string]map[string]bool{}, h.writes
	for id, w := range h.written {
		if !w.gone {
			h.put(id, w.row)
		}
	}
}

func (h *holding[T]) all(ctx context.Context) (rows []T, err error) {
	err = h.whole(ctx, func() { rows = h.pick(maps.Keys(h.rows)) })
	return rows, err
}

func (h *holding[T]) named(ctx context.Context, names []string) (rows []T, err error) {
	err = h.whole(ctx, func() {
		ids := map[string]bool{}
		for _, name := range names {
			maps.Copy(ids, h.byName[name])
		}
		rows = h.pick(maps.Keys(ids))
	})
	return rows, err
}

func (h *holding[T]) pick(ids iter.Seq[string]) (rows []T) {
	for _, id := range slices.SortedFunc(ids, sentinelone.CompareIDs) {
		rows = append(rows, h.rows[id])
	}
	return rows
}

func (h *holding[T]) wrote(id string, row T) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.writes++
	h.written[id] = write[T]{row: row, number: h.writes}
	h.drop(id)
	h.put(id, row)
}

// remove deletes objects together. The answer only counts, so a short count is resolved by a look: what is gone was
// gone already, which is what was wanted.
func (h *holding[T]) remove(ctx context.Context, ids []string) (map[string]error, error) {
	count, err := h.kind.Delete(ctx, h.in, ids...)
	if errors.Is(err, sentinelone.ErrRefused) && len(ids) > 1 {
		return h.removeEach(ctx, ids), nil // one of them is to blame, and not the others
	}
	if err != nil {
		return nil, err
	}
	failures := map[string]error{}
	if count < len(ids) {
		rows, err := h.kind.Find(ctx, h.in, ids...)
		if err != nil {
			return nil, fmt.Errorf("looking whether it is gone: %w", err)
		}
		for _, row := range rows {
			if id, owner := row.Key(); owner == h.in {
				failures[id] = ErrNotDeleted
			}
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range ids {
		if failures[id] == nil {
			h.writes++
			h.written[id] = write[T]{gone: true, number: h.writes}
			h.drop(id)
		}
	}
	return failures, nil
}

func (h *holding[T]) removeEach(ctx context.Context, ids []string) map[string]error {
	failures := map[string]error{}
	for _, id := range ids {
		each, err := h.remove(ctx, []string{id})
		if err == nil {
			err = each[id]
		}
		failures[id] = err
	}
	return failures
}

// ErrNotDeleted tells that the console reported success, deleted nothing, and still holds the object.
var ErrNotDeleted = errors.New("the console deleted nothing, and still holds the object")

func (h *holding[T]) put(id string, row T) {
	h.rows[id] = row
	for _, name := range h.kind.Names(row) {
		if h.byName[name] == nil {
			h.byName[name] = map[string]bool{}
		}
		h.byName[name][id] = true
	}
}

func (h *holding[T]) drop(id string) {
	row, ok := h.rows[id]
	if !ok {
		return
	}
	delete(h.rows, id)
	for _, name := range h.kind.Names(row) {
		delete(h.byName[name], id)
	}
}
