package inventory_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// deleteAll deletes objects ten at a time, as Terraform does, and returns what each failed with.
func deleteAll(t *testing.T, inv *inventory.Inventory[object], ids []string) map[string]error {
	t.Helper()
	var mu sync.Mutex
	failures := map[string]error{}
	work := make(chan string)
	var workers sync.WaitGroup
	for range 10 {
		workers.Go(func() {
			for id := range work {
				if err := inv.Delete(t.Context(), site, id); err != nil {
					mu.Lock()
					failures[id] = err
					mu.Unlock()
				}
			}
		})
	}
	for _, id := range ids {
		work <- id
	}
	close(work)
	workers.Wait()
	return failures
}

// Deletes that meet leave together: never more calls than objects, and what is gone already is no failure.
func TestDeletesLeaveTogether(t *testing.T) {
	t.Parallel()
	c, ids := filled(500)
	if _, err := c.remove(t.Context(), site, ids[3]); err != nil {
		t.Fatal(err)
	}
	c.deletes = 0
	if failures := deleteAll(t, c.inventory(), ids); len(failures) > 0 || len(c.rows) > 0 {
		t.Errorf("%v, and %d objects are left", failures, len(c.rows))
	}
	if c.deletes > len(ids) || c.finds != 1 {
		t.Errorf("%d calls to delete %d objects, %d reads", c.deletes, len(ids), c.finds)
	}
}

// One object's failure is its own: the others that were to leave with it are deleted.
func TestDeleteThatIsRefused(t *testing.T) {
	t.Parallel()
	c, ids := filled(50)
	c.refused = ids[7]
	failures := deleteAll(t, c.inventory(), ids)
	if len(failures) != 1 || !errors.Is(failures[ids[7]], sentinelone.ErrRefused) || len(c.rows) != 1 {
		t.Errorf("%v, and %d objects are left", failures, len(c.rows))
	}
}

// A console that reports success, deletes nothing and still holds the object is found out.
func TestDeleteThatDoesNothing(t *testing.T) {
	t.Parallel()
	c, ids := filled(2)
	inv := c.inventory()
	elsewhere := c.add(object{in: tenant}) // deleted from the site it does not belong to
	if err := inv.Delete(t.Context(), site, elsewhere.id); err != nil {
		t.Errorf("another scope's: %v", err)
	}
	stubborn := inventory.New(inventory.Kind[object]{
		Find: c.find, Names: func(object) []string { return nil },
		Delete: func(context.Context, sentinelone.Scope, ...string) (int, error) { return 0, nil },
	})
	if err := stubborn.Delete(t.Context(), site, ids[0]); !errors.Is(err, inventory.ErrNotDeleted) {
		t.Errorf("got %v", err)
	}
	if !slices.ContainsFunc(c.rows, func(o object) bool { return o.id == elsewhere.id }) {
		t.Error("another scope's object is gone")
	}
}
