package inventory_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

var errExisting = errors.New("it exists")

func (c *console) creation(o object) inventory.Creation[object] {
	return inventory.Creation[object]{
		In: o.in, Names: []string{o.name},
		Same:     func(row object) bool { return row.body == o.body },
		Existing: func([]object) (object, error) { return object{}, errExisting },
		Send:     func(context.Context) (object, error) { return c.create(o) },
	}
}

// Whatever is lost on the way, each create makes one object, and no two creates get the same one: also for equal names
// and bodies at the same time.
func TestCreatesHappenExactlyOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := &console{}
		foreign := object{name: "a", body: "foreign", in: site}
		c.add(foreign)
		fates := rapid.SliceOfN(rapid.SampledFrom([]fate{lostAfter, lostBefore, answered}), 0, 30).Draw(t, "fates")
		c.fate = func() fate { // called under the lock
			if len(fates) == 0 {
				return answered
			}
			f := fates[0]
			fates = fates[1:]
			return f
		}
		names := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b"}), 1, 8).Draw(t, "names")
		inv := c.inventory()
		got := make([]object, len(names))
		var creates sync.WaitGroup
		for n, name := range names {
			creates.Go(func() {
				var err error
				if got[n], err = inv.Create(context.Background(), c.creation(object{name: name, body: "x", in: site})); err != nil {
					t.Errorf("create %d: %v", n, err)
				}
			})
		}
		creates.Wait()
		if len(c.rows) != len(names)+1 {
			t.Fatalf("%d creates made %d objects", len(names), len(c.rows)-1)
		}
		ids := map[string]bool{}
		for n, o := range got {
			if ids[o.id] || o.id == "1" || o.name != names[n] {
				t.Fatalf("create %d got %+v of %+v", n, o, got)
			}
			ids[o.id] = true
		}
	})
}

// What exists is the caller's to decide about. What this run has read or made is no stranger.
func TestStrangers(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := &console{}
	stranger := c.add(object{name: "a", body: "x", in: site})
	c.add(object{name: "a", body: "x", in: tenant})
	c.add(object{name: "a", body: "another", in: site})
	inv := c.inventory()
	wanted := c.creation(object{name: "a", body: "x", in: site})
	if _, err := inv.Create(ctx, wanted); !errors.Is(err, errExisting) {
		t.Errorf("what exists was not noticed: %v", err)
	}
	wanted.Existing = func(found []object) (object, error) {
		if diff := cmp.Diff([]object{stranger}, found, cmp.AllowUnexported(object{})); diff != "" {
			t.Errorf("strangers (-want +got):\n%s", diff)
		}
		return found[0], nil
	}
	adopted, err := inv.Create(ctx, wanted)
	if err != nil || adopted.id != stranger.id {
		t.Errorf("adopted %+v, %v", adopted, err)
	}
	made, err := inv.Create(ctx, wanted) // the stranger is taken: another of the same is made
	if err != nil || made.id == stranger.id {
		t.Errorf("made %+v, %v", made, err)
	}
	if c.listings != 1 {
		t.Errorf("%d listings for three creates", c.listings)
	}
}

// What is taken over while who had it lets go of it is there in the end, in whatever order they come.
func TestTakenOverWhileDeleted(t *testing.T) {
	t.Parallel()
	for round := range 200 {
		c := &console{}
		held := c.add(object{name: "a", body: "x", in: site})
		inv := c.inventory()
		wanted := c.creation(held)
		wanted.Existing = func(found []object) (object, error) {
			if taken, ok := c.change(found[0].id); ok {
				return taken, nil
			}
			return object{}, sentinelone.ErrNotFound
		}
		var both sync.WaitGroup
		both.Go(func() {
			for range round % 20 {
				runtime.Gosched()
			}
			if err := inv.Delete(t.Context(), site, held.id); err != nil {
				t.Error(err)
			}
		})
		both.Go(func() {
			if got, err := inv.Create(t.Context(), wanted); err != nil || !c.holds(got.id) {
				t.Errorf("%+v is not there: %v", got, err)
			}
		})
		both.Wait()
		if len(c.rows) != 1 {
			t.Fatalf("there are %+v", c.rows)
		}
	}
}

// An answer of success without an object is no success.
func TestNothingStored(t *testing.T) {
	t.Parallel()
	c := &console{}
	wanted := c.creation(object{name: "a", body: "x", in: site})
	wanted.Send = func(context.Context) (object, error) { return object{}, nil }
	if got, err := c.inventory().Create(t.Context(), wanted); !errors.Is(err, sentinelone.ErrNothingStored) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// Somebody may be faster, between the look and the create: the console's refusal is looked into.
func TestSomebodyWasFaster(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := &console{}
	inv := c.inventory()
	if _, err := inv.Strangers(ctx, site, "a"); err != nil {
		t.Fatal(err)
	}
	wanted := c.creation(object{name: "a", body: "x", in: site})
	wanted.Send = func(context.Context) (object, error) {
		c.add(object{name: "a", body: "x", in: site})
		return object{}, fmt.Errorf("HTTP 400: %w", sentinelone.ErrExists)
	}
	if _, err := inv.Create(ctx, wanted); !errors.Is(err, errExisting) {
		t.Errorf("got %v", err)
	}
}

// A create may come through late: after the look that did not find it, and before the console refuses a second one.
func TestCreateThatComesThroughLate(t *testing.T) {
	t.Parallel()
	c := &console{}
	wanted := c.creation(object{name: "a", body: "x", in: site})
	sends := 0
	wanted.Send = func(context.Context) (object, error) {
		if sends++; sends == 1 {
			return object{}, errLost
		}
		c.add(object{name: "a", body: "x", in: site})
		return object{}, fmt.Errorf("HTTP 400: %w", sentinelone.ErrExists)
	}
	if got, err := c.inventory().Create(t.Context(), wanted); err != nil || got.id != "1" {
		t.Errorf("got %+v, %v", got, err)
	}
}

// What this run deletes or renames is known without another look.
func TestWritesAreKnown(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := &console{}
	inv := c.inventory()
	gone, renamed := c.add(object{name: "a", in: site}), c.add(object{name: "a", in: site})
	if rows, err := inv.Strangers(ctx, site, "a"); err != nil || len(rows) != 2 {
		t.Fatalf("%v, %v", rows, err)
	}
	if err := inv.Delete(ctx, site, gone.id); err != nil {
		t.Error(err)
	}
	renamed.name = "b"
	inv.Wrote(renamed)
	for _, name := range []string{"a", "b"} {
		if rows, err := inv.Strangers(ctx, site, name); err != nil || len(rows) != 0 {
			t.Errorf("%s: %v, %v", name, rows, err)
		}
	}
	if c.listings != 1 {
		t.Errorf("%d listings", c.listings)
	}
}

// A refusal is a refusal, and a listing that broke off is never served from.
func TestFailures(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := &console{fate: func() fate { return failed }, pageSize: 1}
	if _, err := c.inventory().Create(ctx, c.creation(object{name: "a", in: site})); !errors.Is(err, errFailed) || len(c.rows) > 0 {
		t.Errorf("got %v, and %d objects", err, len(c.rows))
	}
	c.add(object{name: "a", in: site})
	c.add(object{name: "a", in: site})
	breaks := 2
	c.page = func() error {
		if breaks--; breaks == 0 {
			return errFailed
		}
		return nil
	}
	inv := c.inventory()
	if rows, err := inv.Strangers(ctx, site, "a"); !errors.Is(err, errFailed) || len(rows) > 0 {
		t.Errorf("got %v, %v", rows, err)
	}
	if rows, err := inv.Strangers(ctx, site, "a"); err != nil || len(rows) != 2 {
		t.Errorf("got %v, %v", rows, err)
	}
}
