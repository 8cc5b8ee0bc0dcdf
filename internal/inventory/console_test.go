package inventory_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// object is a row of the console below.
type object struct {
	id, name, body string
	version        int
	in             sentinelone.Scope
}

func (o object) Key() (string, sentinelone.Scope) { return o.id, o.in }

var (
	site   = sentinelone.Scope{Level: sentinelone.LevelSite, ID: "1"}
	tenant = sentinelone.Scope{Level: sentinelone.LevelTenant}
)

// console holds objects in memory, and answers as it is told to. A site sees what the tenant owns, too.
type console struct {
	mu       sync.Mutex
	rows     []object
	last     int
	pageSize int // all on one page when zero

	fate     func() fate  // of the next create
	page     func() error // of the next page
	onTheWay func()       // happens while a page is on its way
	refused  string       // an id that makes a delete fail

	listings, pages, finds, deletes int
}

// fate is what becomes of a create.
type fate int

const (
	answered   fate = iota
	lostAfter       // carried out, and the answer lost
	lostBefore      // not carried out, which the caller can't know
	failed          // refused
)

var (
	errLost   = fmt.Errorf("connection reset: %w", sentinelone.ErrMayHaveRun)
	errFailed = errors.New("failed")
)

func (o object) seenFrom(in sentinelone.Scope) bool {
	return in.IsZero() || o.in == in || o.in == tenant
}

// walk is a listing of a scope: each page is what the console holds when it is asked for.
type walk struct {
	c    *console
	in   sentinelone.Scope
	seen map[string]bool
	done bool
}

func (w *walk) Done() bool { return w.done }

func (w *walk) Next(ctx context.Context) ([]object, error) {
	runtime.Gosched()
	page, err := w.next(ctx)
	runtime.Gosched()
	if w.c.onTheWay != nil {
		w.c.onTheWay()
	}
	return page, err
}

func (w *walk) next(ctx context.Context) (page []object, err error) {
	w.c.mu.Lock()
	defer w.c.mu.Unlock()
	w.c.pages++
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if w.c.page != nil {
		if err := w.c.page(); err != nil {
			return nil, err
		}
	}
	w.done = true
	for _, row := range w.c.rows {
		if !row.seenFrom(w.in) || w.seen[row.id] {
			continue
		}
		if w.c.pageSize > 0 && len(page) == w.c.pageSize {
			w.done = false
			break
		}
		w.seen[row.id] = true
		page = append(page, row)
	}
	return page, nil
}

func (c *console) listing(in sentinelone.Scope) inventory.Pages[object] {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.listings++
	return &walk{c: c, in: in, seen: map[string]bool{}}
}

func (c *console) find(ctx context.Context, in sentinelone.Scope, ids ...string) (found []object, err error) {
	runtime.Gosched()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.finds++
	for _, row := range c.rows {
		if row.seenFrom(in) && slices.Contains(ids, row.id) {
			found = append(found, row)
		}
	}
	return found, ctx.Err()
}

func (c *console) remove(_ context.Context, in sentinelone.Scope, ids ...string) (count int, err error) {
	runtime.Gosched()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deletes++
	if slices.Contains(ids, c.refused) {
		return 0, fmt.Errorf("HTTP 400: %w", sentinelone.ErrRefused)
	}
	before := len(c.rows)
	c.rows = slices.DeleteFunc(c.rows, func(o object) bool { return o.in == in && slices.Contains(ids, o.id) })
	return before - len(c.rows), nil
}

func (c *console) add(o object) object {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last++
	o.id = fmt.Sprint(c.last)
	c.rows = append(c.rows, o)
	return o
}

// change makes a new version of an object; ok is false when there is none.
func (c *console) change(id string) (o object, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.rows, func(o object) bool { return o.id == id })
	if i < 0 {
		return o, false
	}
	c.rows[i].version++
	return c.rows[i], true
}

func (c *console) holds(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.ContainsFunc(c.rows, func(o object) bool { return o.id == id })
}

func (c *console) create(o object) (object, error) {
	c.mu.Lock()
	f := answered
	if c.fate != nil {
		f = c.fate()
	}
	c.mu.Unlock()
	switch f {
	case answered:
		return c.add(o), nil
	case lostAfter:
		c.add(o)
		return object{}, errLost
	case lostBefore:
		return object{}, errLost
	default:
		return object{}, errFailed
	}
}

func (c *console) inventory() *inventory.Inventory[object] {
	return inventory.New(inventory.Kind[object]{
		Pages:  c.listing,
		Find:   c.find,
		Delete: c.remove,
		Names:  func(o object) []string { return []string{o.name} },
		Persist: func(_ context.Context, try func() error) error {
			for {
				if err := try(); !errors.Is(err, sentinelone.ErrMayHaveRun) {
					return err
				}
			}
		},
	})
}
