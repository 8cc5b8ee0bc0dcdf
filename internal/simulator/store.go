package simulator

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"time"
)

// collection holds rows by id and in the order of their ids. A row in it is never changed, only replaced, so answers
// can be written from rows after the console's lock is released.
type collection[T any] struct {
	id   func(*T) string
	byID map[string]*T
	rows []*T
}

func newCollection[T any](id func(*T) string) collection[T] {
	return collection[T]{id: id, byID: map[string]*T{}}
}

// load takes the rows of a seed, in any order.
func (c *collection[T]) load(rows []*T) error {
	slices.SortFunc(rows, func(a, b *T) int { return compareIDs(c.id(a), c.id(b)) })
	for _, row := range rows {
		if c.byID[c.id(row)] != nil {
			return fmt.Errorf("id %s is used twice", c.id(row))
		}
		c.put(row)
	}
	return nil
}

// put adds a row, or replaces the one with its id. Adding a row with the highest id, as creating does, costs no search.
func (c *collection[T]) put(row *T) {
	id := c.id(row)
	at := len(c.rows)
	if at > 0 && compareIDs(c.id(c.rows[at-1]), id) >= 0 {
		at, _ = slices.BinarySearchFunc(c.rows, id, func(r *T, id string) int { return compareIDs(c.id(r), id) })
	}
	if c.byID[id] != nil {
		c.rows[at] = row
	} else {
		c.rows = slices.Insert(c.rows, at, row)
	}
	c.byID[id] = row
}

// remove drops rows, given in the order of their ids, in one walk.
func (c *collection[T]) remove(gone []*T) {
	for _, row := range gone {
		delete(c.byID, c.id(row))
	}
	c.rows = without(c.rows, gone)
}

// without removes from a list what is gone; both are in the same order.
func without[E comparable](list, gone []E) []E {
	return slices.DeleteFunc(list, func(item E) bool {
		if len(gone) == 0 || item != gone[0] {
			return false
		}
		gone = gone[1:]
		return true
	})
}

// candidates returns the rows that args can be about, in the order of their ids: with `ids` only those, without a walk
// over all.
func (c *collection[T]) candidates(args arguments) iter.Seq[*T] {
	ids, limited := args["ids"]
	if !limited {
		return slices.Values(c.rows)
	}
	return func(yield func(*T) bool) {
		for _, id := range slices.Compact(slices.SortedFunc(slices.Values(ids), compareIDs)) {
			if row := c.byID[id]; row != nil && !yield(row) {
				return
			}
		}
	}
}

// identifiers hands out ids. They only go up, so an id is never used twice, even after Change.
type identifiers struct{ last uint64 }

// The first id handed out has 19 digits, as those seen on live consoles in 2026.
const lastSeededID = 2100000000000000000

func (n *identifiers) next() string {
	n.last++
	return strconv.FormatUint(n.last, 10)
}

// taken makes sure that an id will not be handed out.
func (n *identifiers) taken(id string) {
	if v, err := strconv.ParseUint(id, 10, 64); err == nil {
		n.last = max(n.last, v)
	}
}

// store is a state with the indexes that make it quick. The console's lock guards it.
type store struct {
	state          State // accounts, groups, users, and what never changes
	behaviour      Behaviour
	scopes         scopeTree
	sites          collection[Site]
	tags           collection[Tag]
	locations      collection[Location]
	roles          []*role         // of the users
	configurations []Configuration // at most one for a scope counts, the first
	rules          collection[Rule]
	orders         map[place]*ordering
	restrictions   collection[Restriction]
	hashes         map[hashKey]string // who has a hash
	verdicts       map[string]string  // by hash in lower case
	agents         collection[Agent]
	applications   catalog
	ids            *identifiers
	now            func() time.Time
}

// newStore indexes a copy of the state, after filling in what it leaves out.
func newStore(seed State, ids *identifiers, now func() time.Time) (*store, error) {
	seed = seed.clone()
	s := &store{
		behaviour:    seed.Behaviour,
		sites:        newCollection(func(s *Site) string { return s.ID }),
		tags:         newCollection(func(t *Tag) string { return t.ID }),
		locations:    newCollection(func(l *Location) string { return l.ID }),
		rules:        newCollection(func(r *Rule) string { return r.ID }),
		orders:       map[place]*ordering{},
		restrictions: newCollection(func(r *Restriction) string { return r.ID }),
		hashes:       map[hashKey]string{},
		agents:       newCollection(func(a *Agent) string { return a.ID }),
		ids:          ids,
		now:          now,
	}
	err := s.behaviour.check()
	if err != nil {
		return nil, err
	}
	s.fillIn(&seed)
	if s.scopes, err = newScopeTree(seed); err != nil {
		return nil, err
	}
	if err := s.scopes.checkReferences(seed); err != nil {
		return nil, err
	}
	if s.roles, err = rolesOf(seed.Users); err != nil {
		return nil, err
	}
	if err := s.sites.load(pointers(seed.Sites)); err != nil {
		return nil, err
	}
	if err := s.tags.load(pointers(seed.Tags)); err != nil {
		return nil, err
	}
	if err := s.locations.load(pointers(seed.Locations)); err != nil {
		return nil, err
	}
	if err := s.loadRules(seed.Rules); err != nil {
		return nil, err
	}
	if s.verdicts, err = readVerdicts(seed.Verdicts); err != nil {
		return nil, err
	}
	if err := s.loadRestrictions(seed.Restrictions); err != nil {
		return nil, err
	}
	if err := s.agents.load(pointers(seed.Agents)); err != nil {
		return nil, err
	}
	if s.applications, err = newCatalog(seed.ApplicationManagement); err != nil {
		return nil, err
	}
	s.configurations = seed.Configurations
	s.state = State{
		Accounts: seed.Accounts, Groups: seed.Groups, Users: seed.Users, Verdicts: seed.Verdicts, Behaviour: seed.Behaviour,
	}
	return s, nil
}

// values returns the rows in the order of their ids.
func (c *collection[T]) values() []T {
	list := make([]T, len(c.rows))
	for i, row := range c.rows {
		list[i] = *row
	}
	return list
}

// snapshot returns the state, sharing nothing with the store.
func (s *store) snapshot() State {
	state := s.state
	state.Sites = s.sites.values()
	state.Configurations = s.configurations
	state.Tags = s.tags.values()
	state.Locations = s.locations.values()
	state.Rules = s.rules.values()
	state.Restrictions = s.restrictions.values()
	state.Agents = s.agents.values()
	state.ApplicationManagement = s.applications.snapshot()
	return state.clone()
}

// loadRules takes the rules of a seed. In each scope they get numbers that ascend; one without goes to the end.
func (s *store) loadRules(rules []Rule) error {
	rows := pointers(rules)
	slices.SortStableFunc(rows, compareOrders)
	for _, r := range rows {
		o := s.ordering(r.place())
		if n := len(*o); r.Order == 0 || n > 0 && r.Order <= (*o)[n-1] {
			r.Order = o.append()
		} else {
			*o = append(*o, r.Order)
		}
	}
	return s.rules.load(rows)
}

func (s *store) loadRestrictions(items []Restriction) error {
	for i := range items {
		s.claim(&items[i])
	}
	return s.restrictions.load(pointers(items))
}

func pointers[T any](list []T) []*T {
	rows := make([]*T, len(list))
	for i := range list {
		rows[i] = &list[i]
	}
	return rows
}
