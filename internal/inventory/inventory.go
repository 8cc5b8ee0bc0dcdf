// Package inventory knows what the console holds: it is read in as few calls as can be for all objects of a run, and
// changed so that each create happens exactly once and deletes leave together. It knows nothing of Terraform, asks no
// clock, and leaves no goroutine behind.
package inventory

import (
	"cmp"
	"context"
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
	// Pages walks the objects of a scope; rows of other scopes among them do not count.
	Pages func(sentinelone.Scope) Pages[T]
	// Find returns those of the objects of these ids that a scope sees. The zero Scope looks everywhere.
	Find func(ctx context.Context, in sentinelone.Scope, ids ...string) ([]T, error)
	// Delete removes objects of a scope, and returns how many.
	Delete func(ctx context.Context, in sentinelone.Scope, ids ...string) (int, error)
	// Names are the natural keys of an object within its scope: what a person takes two objects for one by.
	Names func(T) []string
	// Persist calls a function again as long as its error matches sentinelone.ErrMayHaveRun, as the client's does.
	Persist func(context.Context, func() error) error
}

// Pages is a listing that is walked page by page, as the client's is.
type Pages[T any] interface {
	Next(context.Context) ([]T, error)
	Done() bool
}

// Inventory is what the console holds of one kind. It lives as long as one configured provider: a plan, or an apply.
// It is safe for concurrent use.
type Inventory[T Row] struct {
	kind     Kind[T]
	mu       sync.Mutex
	holdings map[sentinelone.Scope]*holding[T]
	claimed  map[string]bool
	kept     map[string]bool        // by who took them over
	busy     map[string]*sync.Mutex // by what is being created, or by id
}

// New returns an inventory that has read nothing yet.
func New[T Row](kind Kind[T]) *Inventory[T] {
	return &Inventory[T]{
		kind:     kind,
		holdings: map[sentinelone.Scope]*holding[T]{},
		claimed:  map[string]bool{},
		kept:     map[string]bool{},
		busy:     map[string]*sync.Mutex{},
	}
}

func (i *Inventory[T]) holding(in sentinelone.Scope) *holding[T] {
	i.mu.Lock()
	defer i.mu.Unlock()
	h := i.holdings[in]
	if h == nil {
		h = newHolding(i.kind, in)
		i.holdings[in] = h
	}
	return h
}

// Read returns the object of that id which that scope itself owns, and claims it for this run. The zero Scope looks
// wherever the token may. unchanged tells whether a row is what the caller knows already: what a listing says otherwise,
// or does not have, is asked for by id before it is believed. The error matches sentinelone.ErrNotFound when the console
// proves that there is no such object.
func (i *Inventory[T]) Read(ctx context.Context, in sentinelone.Scope, id string, unchanged func(T) bool) (T, error) {
	row, err := i.holding(in).read(ctx, id, unchanged)
	if err == nil {
		i.Claim(id)
	}
	return row, err
}

// Delete removes an object from its scope, together with others whose turn it is. One that is gone already is no error. One
// that a Create of this run has taken over stays: it was let go of by who had it before.
func (i *Inventory[T]) Delete(ctx context.Context, in sentinelone.Scope, id string) error {
	defer i.lock(id)()
	if i.isKept(id) {
		return nil
	}
	failure, err := i.holding(in).deletes.ask(ctx, id)
	if err != nil {
		return err
	}
	return failure
}

// DeleteAll removes objects from their scope, as many with a call as the API takes. It returns the error of each that it
// could not remove.
func (i *Inventory[T]) DeleteAll(ctx context.Context, in sentinelone.Scope, ids []string) map[string]error {
	failures := map[string]error{}
	for chunk := range slices.Chunk(ids, mostDeleted) {
		failed, err := i.holding(in).remove(ctx, chunk)
		for _, id := range chunk {
			if each := cmp.Or(err, failed[id]); each != nil {
				failures[id] = each
			}
		}
	}
	return failures
}

// mostDeleted is how many ids the API takes with one delete.
const mostDeleted = 5000

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

func (i *Inventory[T]) keep(row T) {
	id, _ := row.Key()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.kept[id] = true
}

func (i *Inventory[T]) isKept(id string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.kept[id]
}

// Wrote tells what the console answered to a write of this run: the object is the run's own, and is now like that.
func (i *Inventory[T]) Wrote(row T) {
	id, in := row.Key()
	i.Claim(id)
	i.holding(in).wrote(id, row)
}

// All returns the objects that a scope itself owns, by id.
func (i *Inventory[T]) All(ctx context.Context, in sentinelone.Scope) ([]T, error) {
	return i.holding(in).all(ctx)
}

// Names are the natural keys of an object, as its kind has them.
func (i *Inventory[T]) Names(row T) []string { return i.kind.Names(row) }

// Named returns the objects of a scope that have one of the names, by id.
func (i *Inventory[T]) Named(ctx context.Context, in sentinelone.Scope, names ...string) ([]T, error) {
	return i.holding(in).named(ctx, names)
}

// Strangers returns the objects of a scope that have one of the names and that this run has not claimed, by id.
func (i *Inventory[T]) Strangers(ctx context.Context, in sentinelone.Scope, names ...string) ([]T, error) {
	rows, err := i.Named(ctx, in, names...)
	return slices.DeleteFunc(rows, func(row T) bool {
		id, _ := row.Key()
		return i.isClaimed(id)
	}), err
}

// Forget makes the next listing of a scope a fresh one.
func (i *Inventory[T]) Forget(in sentinelone.Scope) { i.holding(in).forget() }
