package inventory

import (
	"context"
	"sync"
)

// Once is something of the console that is read once for all objects of a run. A read that fails is not kept. It is
// safe for concurrent use.
type Once[T any] struct {
	read  func(context.Context) (T, error)
	mu    sync.Mutex // held while it is read, so that it is read once
	known bool
	value T
}

// NewOnce returns what has not been read yet.
func NewOnce[T any](read func(context.Context) (T, error)) *Once[T] { return &Once[T]{read: read} }

// Get returns what was read.
func (o *Once[T]) Get(ctx context.Context) (T, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.known {
		value, err := o.read(ctx)
		if err != nil {
			return value, err
		}
		o.value, o.known = value, true
	}
	return o.value, nil
}
