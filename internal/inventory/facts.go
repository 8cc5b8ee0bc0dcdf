package inventory

import (
	"context"
	"sync"
)

// Facts are what the console says about things that are no objects of their own, such as a scope's settings: each is
// read once for all that ask for it. So is one that can't be read, since trying may take minutes. Facts are safe for
// concurrent use.
type Facts[K comparable, V any] struct {
	read func(context.Context, K) (V, error)
	mu   sync.Mutex
	of   map[K]*fact[V]
}

type fact[V any] struct {
	mu    sync.Mutex // held while it is read, so that it is read once
	asked bool
	value V
	err   error
}

// NewFacts returns facts that have not been read yet.
func NewFacts[K comparable, V any](read func(context.Context, K) (V, error)) *Facts[K, V] {
	return &Facts[K, V]{read: read, of: map[K]*fact[V]{}}
}

// Get returns a fact.
func (f *Facts[K, V]) Get(ctx context.Context, about K) (V, error) {
	one := f.fact(about)
	one.mu.Lock()
	defer one.mu.Unlock()
	if !one.asked {
		value, err := f.read(ctx, about)
		if err != nil && ctx.Err() != nil { // who is cancelled has not found out
			return value, err
		}
		one.value, one.err, one.asked = value, err, true
	}
	return one.value, one.err
}

func (f *Facts[K, V]) fact(about K) *fact[V] {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of[about] == nil {
		f.of[about] = &fact[V]{}
	}
	return f.of[about]
}

// Forget makes the next look at each fact a fresh one: a write may change more than what it is about.
func (f *Facts[K, V]) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.of)
}
