package inventory

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// Creation is an object to be made.
type Creation[T Row] struct {
	In    sentinelone.Scope
	Names []string
	// Same tells whether an object of one of the names is what is to be made.
	Same func(T) bool
	// Existing is given the strangers that are what is to be made, one at least. It returns the one that it has taken
	// over, or an error that names them.
	Existing func([]T) (T, error)
	// Send makes the object.
	Send func(context.Context) (T, error)
}

// Create makes an object exactly once, unless it exists already. When the answer to Send is lost, it looks what is
// there that was not there before: that is the object; else it sends again. Creates of equal names take turns, so that
// none takes another's object for its own.
func (i *Inventory[T]) Create(ctx context.Context, c Creation[T]) (T, error) {
	var none T
	defer i.lock(c.keys()...)()
	row, err := i.takeOver(ctx, c)
	if err == nil || !errors.Is(err, errNoStranger) {
		return row, err
	}
	before, err := i.Named(ctx, c.In, c.Names...)
	if err != nil {
		return none, err
	}
	sends := 0
	err = i.kind.Persist(ctx, func() (err error) {
		if sends > 0 {
			found, ok, err := i.appeared(ctx, c, before)
			if err != nil || ok {
				row = found
				return err
			}
		}
		sends++
		row, err = c.Send(ctx)
		if id, _ := row.Key(); err == nil && id == "" {
			err = sentinelone.ErrNothingStored
		}
		return err
	})
	if errors.Is(err, sentinelone.ErrExists) { // somebody was faster, or an earlier send has come through late
		found, ok, lookErr := i.appeared(ctx, c, before)
		if lookErr == nil && ok && sends > 1 {
			row, err = found, nil
		} else if taken, takeErr := i.takeOver(ctx, c); !errors.Is(takeErr, errNoStranger) {
			return taken, takeErr
		}
	}
	if err != nil {
		return none, err
	}
	i.Wrote(row)
	return row, nil
}

var errNoStranger = errors.New("there is no such object yet")

// takeOver lets the caller decide about what exists already. Meanwhile no delete of this run removes it; what has been taken
// over, no later one does either.
func (i *Inventory[T]) takeOver(ctx context.Context, c Creation[T]) (T, error) {
	var none T
	strangers, err := i.same(ctx, c)
	if err != nil {
		return none, err
	}
	defer i.lock(idsOf(strangers)...)()
	if strangers, err = i.same(ctx, c); err != nil { // again: some may have gone
		return none, err
	}
	if len(strangers) == 0 {
		return none, errNoStranger
	}
	row, err := c.Existing(strangers)
	if err != nil {
		return none, err
	}
	i.Wrote(row)
	i.keep(row)
	return row, nil
}

// same returns the strangers that are what is to be made.
func (i *Inventory[T]) same(ctx context.Context, c Creation[T]) ([]T, error) {
	strangers, err := i.Strangers(ctx, c.In, c.Names...)
	return slices.DeleteFunc(strangers, func(row T) bool { return !c.Same(row) }), err
}

// appeared returns the object that is there now and was not there before; ok is false when there is none.
func (i *Inventory[T]) appeared(ctx context.Context, c Creation[T], before []T) (row T, ok bool, err error) {
	i.Forget(c.In)
	now, err := i.Strangers(ctx, c.In, c.Names...)
	if err != nil {
		return row, false, fmt.Errorf("looking whether it was made, since the answer was lost: %w", err)
	}
	for _, candidate := range now {
		id, _ := candidate.Key()
		known := slices.ContainsFunc(before, func(old T) bool {
			oldID, _ := old.Key()
			return oldID == id
		})
		if !known && c.Same(candidate) {
			return candidate, true, nil
		}
	}
	return row, false, nil
}

// keys are what creates of equal names have in common.
func (c Creation[T]) keys() []string {
	keys := slices.Clone(c.Names)
	for n, name := range keys {
		keys[n] = c.In.String() + "\x00" + name
	}
	return keys
}

func idsOf[T Row](rows []T) []string {
	ids := make([]string, len(rows))
	for n, row := range rows {
		ids[n], _ = row.Key()
	}
	return ids
}

// lock lets one caller through at a time for each key.
func (i *Inventory[T]) lock(keys ...string) (unlock func()) {
	var held []*sync.Mutex
	for _, key := range slices.Compact(slices.Sorted(slices.Values(keys))) { // in order, so that two never wait for each other
		i.mu.Lock()
		mu := i.busy[key]
		if mu == nil {
			mu = &sync.Mutex{}
			i.busy[key] = mu
		}
		i.mu.Unlock()
		mu.Lock()
		held = append(held, mu)
	}
	return func() {
		for _, mu := range held {
			mu.Unlock()
		}
	}
}
