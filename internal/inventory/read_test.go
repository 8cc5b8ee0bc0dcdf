package inventory_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

func same(object) bool { return true }

func filled(n int) (*console, []string) {
	c := &console{pageSize: 100}
	var ids []string
	for range n {
		ids = append(ids, c.add(object{in: site}).id)
	}
	return c, ids
}

// readAll reads objects ten at a time, as Terraform does.
func readAll(t *testing.T, inv *inventory.Inventory[object], ids []string, unchanged func(object) bool) {
	t.Helper()
	work := make(chan string)
	var readers sync.WaitGroup
	for range 10 {
		readers.Go(func() {
			for id := range work {
				if row, err := inv.Read(t.Context(), site, id, unchanged); err != nil || row.id != id {
					t.Errorf("%s: %+v, %v", id, row, err)
				}
			}
		})
	}
	for _, id := range ids {
		work <- id
	}
	close(work)
	readers.Wait()
}

// The calls of a plan: at most twice the cheaper of reading what is wanted and listing all that there is.
func TestReadsInFewCalls(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ wanted, held, most int }{
		{1, 1, 2},
		{10, 10, 4},
		{10, 200_000, 6},
		{100, 1000, 30},
		{1000, 1000, 30},
		{5000, 5000, 120},
	} {
		c, ids := filled(tt.held)
		readAll(t, c.inventory(), ids[:tt.wanted], same)
		if calls := c.finds + c.pages; calls > tt.most {
			t.Errorf("%d of %d objects: %d reads and %d pages", tt.wanted, tt.held, c.finds, c.pages)
		}
	}
}

// What the listing has otherwise than the caller knows it, or not at all, is asked for by id before it is believed.
func TestChangesAreConfirmed(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c, ids := filled(5)
	inv := c.inventory()
	if rows, err := inv.All(ctx, site); err != nil || len(rows) != 5 {
		t.Fatal(rows, err)
	}
	changed, _ := c.change(ids[1]) // since the listing
	read := func(id string, version int) (object, error) {
		return inv.Read(ctx, site, id, func(o object) bool { return o.version == version })
	}
	if row, err := read(ids[0], 0); err != nil || row.id != ids[0] || c.finds != 0 {
		t.Errorf("as known: %+v, %v, %d reads", row, err, c.finds)
	}
	if row, err := read(ids[1], 7); err != nil || row.version != changed.version || c.finds != 1 {
		t.Errorf("changed: %+v, %v, %d reads", row, err, c.finds)
	}
	late := c.add(object{in: site})
	if row, err := read(late.id, 0); err != nil || row.id != late.id || c.finds != 2 {
		t.Errorf("not in the listing: %+v, %v, %d reads", row, err, c.finds)
	}
	if _, err := read("999", 0); !errors.Is(err, sentinelone.ErrNotFound) || c.finds != 3 {
		t.Errorf("gone: %v, %d reads", err, c.finds)
	}
	if c.pages != 1 {
		t.Errorf("%d pages", c.pages)
	}
}

// A page that was on its way while this run wrote is older than the write.
func TestWriteOvertakesPage(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c, ids := filled(3)
	inv := c.inventory()
	c.onTheWay = func() {
		row, _ := c.change(ids[0])
		inv.Wrote(row)
		if err := inv.Delete(ctx, site, ids[1]); err != nil {
			t.Error(err)
		}
	}
	rows, err := inv.All(ctx, site)
	if err != nil || len(rows) != 2 || rows[0].version != 1 || rows[1].id != ids[2] {
		t.Errorf("got %+v, %v", rows, err)
	}
	c.onTheWay = nil
	c.change(ids[0]) // by somebody else, before a listing that is newer than the write
	inv.Forget(site)
	if rows, err := inv.All(ctx, site); err != nil || rows[0].version != 2 {
		t.Errorf("got %+v, %v", rows, err)
	}
}

// Only what the scope itself owns is an object of the scope, and only the answer to a whole question proves anything.
func TestOnlyOwnRowsCount(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := &console{}
	inherited := c.add(object{in: tenant})
	if _, err := c.inventory().Read(ctx, site, inherited.id, same); err == nil || errors.Is(err, sentinelone.ErrNotFound) {
		t.Errorf("inherited: %v", err)
	}
	if row, err := c.inventory().Read(ctx, sentinelone.Scope{}, inherited.id, same); err != nil || row.id != inherited.id || c.pages > 1 {
		t.Errorf("anywhere: %+v, %v", row, err)
	}
	strange := inventory.New(inventory.Kind[object]{
		Pages: c.listing, Names: func(object) []string { return nil },
		Find: func(context.Context, sentinelone.Scope, ...string) ([]object, error) {
			return []object{{id: "8", in: site}}, nil
		},
	})
	if _, err := strange.Read(ctx, site, "7", same); err == nil || errors.Is(err, sentinelone.ErrNotFound) {
		t.Errorf("a row that was not asked for: %v", err)
	}
}

// A listing that fails beside a read does not fail the read, and is not tried again.
func TestListingThatFails(t *testing.T) {
	t.Parallel()
	c, ids := filled(50)
	c.page = func() error { return errFailed }
	readAll(t, c.inventory(), ids, same)
	if c.pages != 1 {
		t.Errorf("%d pages", c.pages)
	}
}

// Who is cancelled while others wait for the same call leaves, and the others get what they asked for.
func TestCancelledReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, ids := filled(3)
		c.page = func() error { return errFailed } // else a listing beside the first call may answer whoever comes later
		first, release := make(chan struct{}), make(chan struct{})
		inv := inventory.New(inventory.Kind[object]{
			Pages: c.listing, Names: func(object) []string { return nil },
			Find: func(ctx context.Context, in sentinelone.Scope, ids ...string) ([]object, error) {
				select {
				case first <- struct{}{}:
					select { // the first call is out until it is cancelled
					case <-ctx.Done():
						return nil, ctx.Err()
					case <-release:
					}
				default:
				}
				return c.find(ctx, in, ids...)
			},
		})
		ctx, cancel := context.WithCancel(t.Context())
		var readers sync.WaitGroup
		readers.Go(func() {
			if _, err := inv.Read(ctx, site, ids[0], same); !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled while calling: %v", err)
			}
		})
		<-first
		waiting, leave := context.WithCancel(t.Context())
		readers.Go(func() {
			if _, err := inv.Read(waiting, site, ids[1], same); !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled while waiting: %v", err)
			}
		})
		for _, id := range ids[1:] {
			readers.Go(func() {
				if row, err := inv.Read(t.Context(), site, id, same); err != nil || row.id != id {
					t.Errorf("%s: %+v, %v", id, row, err)
				}
			})
		}
		synctest.Wait()
		leave()
		synctest.Wait()
		cancel()
		readers.Wait()
	})
}

// run is what one process knows of an object while others work on it, too.
type run struct {
	mu      sync.Mutex
	written map[string]int // version of the last own write that is done
	deleted map[string]bool
}

// Random reads, updates and deletes of this run, and changes and deletions by others, all at once: a read never returns
// what is older than this run's last write before it, nor what this run has deleted, nor another scope's row; and it
// never misses what is there.
func TestReadsAreNeverStale(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := &console{pageSize: rapid.IntRange(1, 5).Draw(t, "page size")}
		for range 8 {
			c.add(object{in: site})
		}
		for range 3 {
			c.add(object{in: tenant})
		}
		inv := c.inventory()
		r := &run{written: map[string]int{}, deleted: map[string]bool{}}
		kinds := []string{"read", "read", "read", "update", "delete", "change", "vanish", "list", "forget"}
		var workers sync.WaitGroup
		for range 4 {
			ops := rapid.SliceOfN(rapid.SampledFrom(kinds), 1, 12).Draw(t, "operations")
			ids := rapid.SliceOfN(rapid.IntRange(1, 12), len(ops), len(ops)).Draw(t, "ids")
			workers.Go(func() {
				for i, op := range ops {
					r.do(t, c, inv, op, fmt.Sprint(ids[i]))
				}
			})
		}
		workers.Wait()
	})
}

func (r *run) do(t *rapid.T, c *console, inv *inventory.Inventory[object], op, id string) {
	ctx := context.Background()
	switch op {
	case "read":
		r.read(t, c, inv, id)
	case "update":
		r.mu.Lock() // Terraform does not update one object twice at once
		defer r.mu.Unlock()
		if row, ok := c.change(id); ok {
			inv.Wrote(row)
			r.written[id] = row.version
		}
	case "delete":
		if err := inv.Delete(ctx, site, id); err != nil {
			t.Errorf("deleting %s: %v", id, err)
		}
		r.mu.Lock()
		r.deleted[id] = true
		r.mu.Unlock()
	case "change":
		c.change(id)
	case "vanish":
		_, _ = c.remove(ctx, site, id)
	case "list":
		rows, err := inv.All(ctx, site)
		if err != nil || slices.ContainsFunc(rows, func(o object) bool { return o.in != site }) {
			t.Errorf("listed %+v, %v", rows, err)
		}
	case "forget":
		inv.Forget(site)
	}
}

func (r *run) read(t *rapid.T, c *console, inv *inventory.Inventory[object], id string) {
	r.mu.Lock()
	least, deleted := r.written[id], r.deleted[id]
	r.mu.Unlock()
	row, err := inv.Read(context.Background(), site, id, func(o object) bool { return o.version <= least })
	switch {
	case errors.Is(err, sentinelone.ErrNotFound):
		if c.holds(id) { // and so has held it all the time
			t.Errorf("%s is there, and was not found", id)
		}
	case err != nil: // it is another scope's
		if row, _ := c.change(id); row.in == site {
			t.Errorf("reading %s: %v", id, err)
		}
	case row.id != id || row.in != site || row.version < least || deleted:
		t.Errorf("read %+v for %s; written: %d, deleted: %t", row, id, least, deleted)
	}
}

// Somebody who wants the listing afresh takes nothing from who looks into it: a part of it is never taken for the whole.
func TestForgettingHidesNothing(t *testing.T) {
	t.Parallel()
	c, ids := filled(300)
	inv := c.inventory()
	var lookers sync.WaitGroup
	for range 4 {
		lookers.Go(func() {
			for range 200 {
				if rows, err := inv.All(t.Context(), site); err != nil || len(rows) != len(ids) {
					t.Errorf("%d of %d objects, %v", len(rows), len(ids), err)
					return
				}
				inv.Forget(site)
			}
		})
	}
	lookers.Wait()
}
