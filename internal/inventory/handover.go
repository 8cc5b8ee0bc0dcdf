package inventory

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Handover lets what one owner drops and another takes in the same run be held by one of them at every moment.
// Terraform runs side by side what does not depend on each other, in an order of its own. So whoever drops something
// first waits a little for the others to begin, and then for those of them who want it to have it. Handover is safe for
// concurrent use.
type Handover[K comparable] struct {
	settle time.Duration
	mu     sync.Mutex
	turns  map[string]*Turn[K]
}

// NewHandover returns a handover among owners that begin within settle of each other.
func NewHandover[K comparable](settle time.Duration) *Handover[K] {
	return &Handover[K]{settle: settle, turns: map[string]*Turn[K]{}}
}

// Turn is the time in which one owner writes: what it takes first, what it drops last.
type Turn[K comparable] struct {
	handover *Handover[K]
	owner    string
	wants    func(K) bool
	settled  time.Time
	missed   func(K) bool  // what it could not get; set when taken is closed
	taken    chan struct{} // closed when it holds what it wants, as far as it can
	take     sync.Once
}

// Begin tells that an owner begins to write, and what it wants to hold then. ok is false when that owner has begun
// already: somebody else has taken its name over.
func (h *Handover[K]) Begin(owner string, wants func(K) bool) (turn *Turn[K], ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.turns[owner] != nil {
		return nil, false
	}
	turn = &Turn[K]{
		handover: h, owner: owner, wants: wants, settled: time.Now().Add(h.settle), taken: make(chan struct{}),
	}
	h.turns[owner] = turn
	return turn, true
}

// Begun tells whether an owner has begun.
func (h *Handover[K]) Begun(owner string) bool { return h.turn(owner) != nil }

func (h *Handover[K]) turn(owner string) *Turn[K] {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.turns[owner]
}

// Taken tells that the owner holds what it wants, but for what it has missed. Telling so again makes no difference.
func (t *Turn[K]) Taken(missed func(K) bool) {
	t.take.Do(func() {
		t.missed = missed
		close(t.taken)
	})
}

// Yields tells whether another owner drops something in this run.
func (t *Turn[K]) Yields(ctx context.Context, owner string, what K) (bool, error) {
	other := t.handover.turn(owner)
	if other == nil {
		if err := t.wait(ctx); err != nil {
			return false, err
		}
		other = t.handover.turn(owner)
	}
	return other != nil && !other.wants(what), nil
}

// Contested returns the other owners that want some of what this one is about to drop, and may not have it yet.
func (t *Turn[K]) Contested(ctx context.Context, dropped []K) ([]*Turn[K], error) {
	if len(dropped) == 0 {
		return nil, nil
	}
	if err := t.wait(ctx); err != nil {
		return nil, err
	}
	t.handover.mu.Lock()
	defer t.handover.mu.Unlock()
	var others []*Turn[K]
	for _, other := range t.handover.turns {
		if other != t && slices.ContainsFunc(dropped, other.wants) {
			others = append(others, other)
		}
	}
	return others, nil
}

// Await returns when all of the others hold what they want, and which of what is about to be dropped one of them has missed:
// nobody else has that. Whoever waits has told of itself before, so that no two wait for each other.
func (t *Turn[K]) Await(ctx context.Context, others []*Turn[K], dropped []K) (missed []K, err error) {
	for _, other := range others {
		select {
		case <-other.taken:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		for _, what := range dropped {
			if other.wants(what) && other.missed(what) {
				missed = append(missed, what)
			}
		}
	}
	return missed, nil
}

// wait lets the others begin.
func (t *Turn[K]) wait(ctx context.Context) error {
	timer := time.NewTimer(time.Until(t.settled))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
