package indicators

import (
	"context"
	"errors"
	"fmt"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// entryPlan is what has to become of the blocklist entries of a set.
type entryPlan struct {
	changes []entryChange
	dropped []sentinelone.Restriction
}

// entryChange is an entry to be made, or the one to be changed.
type entryChange struct {
	hashOn
	entry *sentinelone.Restriction // nil to make one
}

// planEntries returns the entries that are missing, that say something else, and that are no longer wanted.
func (e *enforcement) planEntries() (plan entryPlan) {
	own := map[hashOn]sentinelone.Restriction{}
	for _, entry := range e.held.entries {
		for _, hash := range hashesOf(entry) {
			own[hashOn{hash, entry.OSType}] = entry
		}
	}
	used := map[string]bool{}
	for _, indicator := range sorted(e.set.wanted()) {
		if _, skipped := e.skipped[indicator]; skipped || indicator.Type.IsHost() {
			continue
		}
		for _, osType := range e.set.osTypes {
			key := hashOn{indicator, osType}
			entry, ok := own[key]
			switch {
			case ok && entry.Description == e.set.entryDescription():
			case ok:
				plan.changes = append(plan.changes, entryChange{key, &entry})
			case e.foreign == nil || e.foreign.blocking(key) == nil:
				plan.changes = append(plan.changes, entryChange{key, nil})
			}
			used[entry.ID] = true
		}
	}
	for _, entry := range e.held.entries {
		if !used[entry.ID] {
			plan.dropped = append(plan.dropped, entry)
		}
	}
	return plan
}

// writeEntry makes an entry, or brings its description up to date.
func (e *enforcement) writeEntry(ctx context.Context, c entryChange) {
	if c.entry != nil {
		if err := e.take(ctx, *c.entry); err != nil {
			e.broke(failure{sentinelone.UpdateRestriction, e.describe() + ", blocklist entry for " + c.hash.Value, err})
		}
		return
	}
	err := e.create(ctx, c.hashOn)
	if other, ok := errors.AsType[*heldByOther](err); ok {
		if err = e.takeOver(ctx, c.hashOn, other.entry); errors.Is(err, sentinelone.ErrNotFound) {
			e.provider.Entries.Forget(e.set.in) // it has gone meanwhile
			err = e.create(ctx, c.hashOn)
		}
	}
	if err != nil {
		e.fail([]string{c.hash.Value}, err)
	}
}

// take makes an entry say what those of the set say.
func (e *enforcement) take(ctx context.Context, entry sentinelone.Restriction) error {
	fields := entry.Fields()
	fields.Description = e.set.entryDescription()
	written, err := e.provider.Console.Restrictions.Update(ctx, e.set.in, entry.ID, fields)
	if err != nil {
		return err
	}
	e.provider.Entries.Wrote(written)
	e.wrote()
	return nil
}

// heldByOther tells that a scope has an entry for a hash already. It can't have two.
type heldByOther struct{ entry sentinelone.Restriction }

func (e *heldByOther) Error() string {
	return "the scope has an entry for it already, id " + e.entry.ID
}

func (e *enforcement) create(ctx context.Context, key hashOn) error {
	fields := e.set.entry(key)
	names := fields.Names()
	there, err := e.provider.Entries.Named(ctx, e.set.in, names...)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return &heldByOther{there[0]}
	}
	_, err = e.provider.Entries.Create(ctx, inventory.Creation[sentinelone.Restriction]{
		In:    e.set.in,
		Names: names,
		Same:  func(sentinelone.Restriction) bool { return true }, // an entry is its hash
		Existing: func(found []sentinelone.Restriction) (sentinelone.Restriction, error) {
			return found[0], &heldByOther{found[0]}
		},
		Send: func(ctx context.Context) (sentinelone.Restriction, error) {
			return e.provider.Console.Restrictions.Create(ctx, e.set.in, fields)
		},
	})
	if err == nil {
		e.wrote()
	}
	return err
}

// takeOver decides about an entry that is not the set's. What another set of the provider drops in the same run is taken
// over in place, so that the hash is blocked all the time.
func (e *enforcement) takeOver(ctx context.Context, key hashOn, entry sentinelone.Restriction) error {
	owner, ofSet := setOf(e.set.marker, entry.Description)
	if !ofSet {
		if e.set.marker.Marks(entry.Description) {
			return fmt.Errorf("the blocklist entry with id %s is for it, which is managed on its own", entry.ID)
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		e.skipped[key.hash] = *coverOfEntry(entry) // somebody was faster
		return nil
	}
	yields, err := e.turn.Yields(ctx, ownerOf(e.set.in, owner), key.hash)
	if err != nil {
		return err
	}
	if !yields {
		name, _ := readEntryText(setMarker(e.set.marker, owner).Strip(entry.Description))
		return fmt.Errorf("the sets %q and %q (id %s) both have it for %s in %s, which can have one blocklist entry for it: "+
			"take it out of one of the two", e.set.name, name, owner, key.osType, e.set.in)
	}
	return e.take(ctx, entry)
}

// ownerOf is what a set is called in the handover between the sets of a run.
func ownerOf(in sentinelone.Scope, id string) string { return in.Path() + "/" + id }

// deleteEntries removes entries that are no longer wanted, unless another set has taken them over.
func (e *enforcement) deleteEntries(ctx context.Context, dropped []sentinelone.Restriction) {
	if len(dropped) == 0 {
		return
	}
	var ids []string
	now, err := e.provider.Entries.All(ctx, e.set.in)
	if err != nil {
		e.broke(failure{sentinelone.ListRestrictions, e.describe(), err})
		return
	}
	gone := map[string]bool{}
	for _, entry := range dropped {
		gone[entry.ID] = true
	}
	for _, entry := range now {
		if owner, _ := setOf(e.set.marker, entry.Description); owner == e.set.id && gone[entry.ID] {
			ids = append(ids, entry.ID)
		}
	}
	failures := e.provider.Entries.DeleteAll(ctx, e.set.in, ids)
	for _, id := range ids {
		if err := failures[id]; err != nil {
			e.broke(failure{sentinelone.DeleteRestrictions, e.describe() + ", blocklist entry with id " + id, err})
		} else {
			e.wrote()
		}
	}
}
