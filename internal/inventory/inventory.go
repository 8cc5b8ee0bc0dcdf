// Package inventory knows what the console holds, read once for all objects of a run, and makes sure that each create
// happens exactly once. It knows nothing of Terraform, starts no goroutine and asks no clock.
package inventory

import (
	"context"
	"iter"
	"maps"
	"slices"
	"sync"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// Row is an object as the console holds it.
type Row interface {
	Key() (id string, in sentinelone.Scope)
}

// Kind is what an inventory needs to know of one kind of object.
type Kind[T Row] struct {
	// List yields the objects that a scope sees.
	List func(context.Context, sentinelone.Scope) iter.Seq2[T, error]
	// Names are the natural keys of an object within its scope: what a person takes two objects for one by.
	Names func(T) []string
	// Persist calls a function again as long as its error matches sentinelone.ErrMayHaveRun, as the client's does.
	Persist func(context.Context, func() error) error
}

// Inventory is what the console holds of one kind. It lives as long as one configured provider: a plan, or an apply.
// It is safe for concurrent use.
type Inventory[T Row] struct {
	kind     Kind[T]
	mu       sync.Mutex
	holdings map[sentinelone.Scope]*holding[T]
	claimed  map[string]bool
	creating map[string]*sync.Mutex
}

// New returns an inventory that has read nothing yet.
func New[T Row](kind Kind[T]) *Inventory[T] {
	return &Inventory[T]{
		kind:     kind,
		holdings: map[sentinelone.Scope]*holding[T]{},
		claimed:  map[string]bool{},
		creating: map[string]*sync.Mutex{},
	}
}

// holding is what one scope itself owns.
type holding[T Row] struct {
	mu     sync.Mutex // held while the scope is listed, so that it is listed once
	listed bool
	rows   map[string]T
	byName map[string]map[string]bool // name to ids
}

// Claim tells that an object belongs to this run: it is in its state.
func (i *Inventory[T]) Claim(id string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.claimed[id] = true
}

func (i *Inventory[T]) isClaimed(id string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.claimed[id]
}

// Wrote tells what the console answered to a write of this run: the object is the run's own, and is now like that.
func (i *Inventory[T]) Wrote(row T) {
	id, in := row.Key()
	i.Claim(id)
	h := i.holding(in)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.listed {
		h.drop(i.kind, id)
		h.put(i.kind, row)
	}
}

// Deleted tells that this run has deleted an object.
func (i *Inventory[T]) Deleted(in sentinelone.Scope, id string) {
	h := i.holding(in)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(i.kind, id)
}

// Strangers returns the objects of a scope that have one of the names and that this run has not claimed, by id.
func (i *Inventory[T]) Strangers(ctx context.Context, in sentinelone.Scope, names ...string) ([]T, error) {
	rows, err := i.Named(ctx, in, names...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(rows, func(row T) bool {
		id, _ := row.Key()
		return i.isClaimed(id)
	}), nil
}

// Named returns the objects of a scope that have one of the names, by id.
func (i *Inventory[T]) Named(ctx context.Context, in sentinelone.Scope, names ...string) ([]T, error) {
	h := i.holding(in)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.list(ctx, i.kind, in); err != nil {
		return nil, err
	}
	found := map[string]T{}
	for _, name := range names {
		for id := range h.byName[name] {
			found[id] = h.rows[id]
		}
	}
	var rows []T
	for _, id := range slices.SortedFunc(maps.Keys(found), sentinelone.CompareIDs) {
		rows = append(rows, found[id])
	}
	return rows, nil
}

func (i *Inventory[T]) holding(in sentinelone.Scope) *holding[T] {
	i.mu.Lock()
	defer i.mu.Unlock()
	h := i.holdings[in]
	if h == nil {
		h = &holding[T]{}
		i.holdings[in] = h
	}
	return h
}

// forget makes the next look at a scope a fresh one.
func (i *Inventory[T]) forget(in sentinelone.Scope) {
	h := i.holding(in)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listed = false
}

// list reads the scope unless that is done. A listing that breaks off is not kept.
func (h *holding[T]) list(ctx context.Context, kind Kind[T], in sentinelone.Scope) error {
	if h.listed {
		return nil
	}
	h.rows, h.byName = map[string]T{}, map[string]map[string]bool{}
	for row, err := range kind.List(ctx, in) {
		if err != nil {
			return err
		}
		if _, owner := row.Key(); owner == in { // inherited rows are listed too
			h.put(kind, row)
		}
	}
	h.listed = true
	return nil
}

func (h *holding[T]) put(kind Kind[T], row T) {
	id, _ := row.Key()
	h.rows[id] = row
	for _, name := range kind.Names(row) {
		if h.byName[name] == nil {
			h.byName[name] = map[string]bool{}
		}
		h.byName[name][id] = true
	}
}

func (h *holding[T]) drop(kind Kind[T], id string) {
	row, ok := h.rows[id]
	if !ok {
		return
	}
	delete(h.rows, id)
	for _, name := range kind.Names(row) {
		delete(h.byName[name], id)
	}
}
