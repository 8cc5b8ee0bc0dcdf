package inventory

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// gatherer joins what many ask for at once into few calls, without a timer: whoever asks while a call is out waits in
// a batch, which leaves when that call has returned. One of those who wait makes the call for all of them, so that no
// goroutine is needed, and none stays behind.
type gatherer[R any] struct {
	// call asks for all ids of a batch, and returns what came of each. An error is that of all.
	call func(ctx context.Context, ids []string) (map[string]R, error)
	turn chan struct{} // holds a token while a call is out

	mu      sync.Mutex
	waiting *batch[R]
}

// batch are ids that are asked for together.
type batch[R any] struct {
	askers map[string]int // by id

	done    chan struct{} // closed when the rest is there
	results map[string]R
	err     error
	gaveUp  bool // whoever called was cancelled
}

func newGatherer[R any](call func(context.Context, []string) (map[string]R, error)) *gatherer[R] {
	return &gatherer[R]{call: call, turn: make(chan struct{}, 1)}
}

// ask returns what comes of an id.
func (g *gatherer[R]) ask(ctx context.Context, id string) (R, error) {
	for {
		b := g.join(id)
		select {
		case <-b.done:
		case g.turn <- struct{}{}:
			if ids, ok := g.take(b); ok {
				b.results, b.err = g.call(ctx, ids)
				b.gaveUp = b.err != nil && ctx.Err() != nil
				close(b.done)
			}
			<-g.turn
		case <-ctx.Done():
			if g.leave(b, id) {
				var none R
				return none, ctx.Err()
			}
		}
		<-b.done // at once, but for who was cancelled while the call is out
		if !b.gaveUp || ctx.Err() != nil {
			return b.results[id], b.err
		}
	}
}

func (g *gatherer[R]) join(id string) *batch[R] {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.waiting == nil {
		g.waiting = &batch[R]{askers: map[string]int{}, done: make(chan struct{})}
	}
	g.waiting.askers[id]++
	return g.waiting
}

// take ends the gathering of a batch and returns its ids; ok is false when somebody else has done so, and called.
func (g *gatherer[R]) take(b *batch[R]) (ids []string, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.waiting != b {
		return nil, false
	}
	g.waiting = nil
	return slices.Sorted(maps.Keys(b.askers)), true
}

// leave takes an asker out of a batch; false tells that the call is out already.
func (g *gatherer[R]) leave(b *batch[R], id string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.waiting != b {
		return false
	}
	if b.askers[id]--; b.askers[id] == 0 {
		delete(b.askers, id)
	}
	return true
}
