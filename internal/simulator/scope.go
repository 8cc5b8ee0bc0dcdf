package simulator

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// place is one scope: the tenant, an account, a site or a group. Its level is the word that rules carry, its id is
// empty for the tenant.
type place struct{ level, id string }

var (
	tenant = place{level: "global"}
	levels = []string{"global", "account", "site", "group"} // from the top down
)

// scopeTree knows which scope lies in which.
type scopeTree struct {
	parents map[place]place
	names   map[place]string
}

func newScopeTree(s State) (scopeTree, error) {
	t := scopeTree{parents: map[place]place{}, names: map[place]string{tenant: "Global"}}
	var err error // the first
	for _, a := range s.Accounts {
		err = cmp.Or(err, t.add(place{"account", a.ID}, tenant, a.Name))
	}
	for _, site := range s.Sites {
		err = cmp.Or(err, t.add(place{"site", site.ID}, place{"account", site.AccountID}, site.Name))
	}
	for _, g := range s.Groups {
		err = cmp.Or(err, t.add(place{"group", g.ID}, place{"site", g.SiteID}, g.Name))
	}
	return t, err
}

// add puts a scope into one that is there already.
func (t scopeTree) add(p, parent place, name string) error {
	if err := checkIdentifier(p.id); err != nil {
		return fmt.Errorf("%s %q: %w", p.level, p.id, err)
	}
	if t.has(p) {
		return fmt.Errorf("%s %s is there twice", p.level, p.id)
	}
	t.parents[p] = parent
	t.names[p] = name
	return t.holds(parent, p.level, p.id)
}

func (t scopeTree) has(p place) bool {
	_, ok := t.names[p]
	return ok
}

// lineage returns p and the scopes above it, up to the tenant.
func (t scopeTree) lineage(p place) []place {
	line := []place{p}
	for p != tenant {
		p = t.parents[p]
		line = append(line, p)
	}
	return line
}

// within reports whether p is root or lies below it.
func (t scopeTree) within(p, root place) bool {
	return t.has(p) && slices.Contains(t.lineage(p), root)
}

// below returns root and every scope below it.
func (t scopeTree) below(root place) map[place]bool {
	found := map[place]bool{}
	for p := range t.names {
		if t.within(p, root) {
			found[p] = true
		}
	}
	return found
}

// path spells a scope the way a live console does: `Global\Account\Site`.
func (t scopeTree) path(p place) string {
	var names []string
	for _, q := range slices.Backward(t.lineage(p)) {
		names = append(names, t.names[q])
	}
	return strings.Join(names, `\`)
}

// askedPlaces returns the scopes that a query or a body's filter names.
func askedPlaces(args arguments) []place {
	var asked []place
	if args.is("tenant") {
		asked = append(asked, tenant)
	}
	for _, level := range levels[1:] {
		for _, id := range args[level+"Ids"] {
			if p := (place{level, id}); !slices.Contains(asked, p) {
				asked = append(asked, p)
			}
		}
	}
	return asked
}

// readable returns the scopes that args name, if the caller may see all of them.
func (c *call) readable(args arguments) ([]place, error) {
	asked := askedPlaces(args)
	for _, p := range asked {
		if err := c.mayEnter(p); err != nil {
			return nil, err
		}
	}
	return asked, nil
}

// readableOrOwn is readable, with the caller's own scope where args name none.
func (c *call) readableOrOwn(args arguments) ([]place, error) {
	asked, err := c.readable(args)
	if err == nil && len(asked) == 0 {
		asked = []place{c.user.place()}
	}
	return asked, err
}

// reached returns the scopes that a call is about: those that args name or, without any, all that lie within the
// caller's own. A query gives its sources, which tell where a scope inherits from: in has those too, and by switch a
// query without a scope is about the caller's own alone.
func (c *call) reached(args arguments, sources func(place) []place) (own, in map[place]bool, err error) {
	readable := c.readable
	if sources != nil && c.behaviour.UnscopedRules == "own" {
		readable = c.readableOrOwn
	}
	asked, err := readable(args)
	if err != nil {
		return nil, nil, err
	}
	own = map[place]bool{}
	for _, p := range asked {
		own[p] = true
	}
	if len(asked) == 0 {
		own = c.scopes.below(c.user.place())
	}
	in = maps.Clone(own)
	if sources != nil {
		for _, p := range asked {
			for _, q := range sources(p) {
				in[q] = true
			}
		}
	}
	return own, in, nil
}

// writable returns the scopes that args name, at least one, if the caller may write a noun in all of them. The text
// for a scope above the caller's is the one that a live console gave for creating a rule.
func (c *call) writable(args arguments, noun string) ([]place, error) {
	asked := askedPlaces(args)
	if len(asked) == 0 {
		return nil, invalid("filter: Missing data for required field.")
	}
	own := c.user.place()
	for _, p := range asked {
		if p != own && c.scopes.within(own, p) {
			return nil, invalid("User %s:%s can not create %s with higher scope %s",
				c.user.ID, levelOfUser(own), noun, spelled(p))
		}
		if err := c.mayEnter(p); err != nil {
			return nil, err
		}
	}
	return asked, nil
}

// writablePlace is writable for a call that is about one scope.
func (c *call) writablePlace(args arguments, noun string) (place, error) {
	asked, err := c.writable(args, noun)
	if err != nil {
		return place{}, err
	}
	return onlyPlace(asked)
}

// onlyPlace returns the scope that was asked for, if it is exactly one.
func onlyPlace(asked []place) (place, error) {
	if len(asked) != 1 {
		return place{}, invalid("Exactly one scope is required.")
	}
	return asked[0], nil
}

// mayEnter refuses a scope that does not exist, or that is not the caller's or below it.
func (c *call) mayEnter(p place) error {
	if !c.scopes.has(p) && c.behaviour.UnknownScopeStatus == http.StatusNotFound {
		return notFound()
	}
	if !c.scopes.within(p, c.user.place()) {
		return forbidden()
	}
	return nil
}

func (u User) place() place {
	if u.Scope == "" || u.Scope == "tenant" {
		return tenant
	}
	return place{u.Scope, u.ScopeID}
}

// levelOfUser is the level's word in users and in error texts, where the top is the tenant.
func levelOfUser(p place) string {
	if p == tenant {
		return "tenant"
	}
	return p.level
}

// spelled writes a scope as it was seen in an error text: "None:tenant".
func spelled(p place) string {
	if p == tenant {
		return "None:tenant"
	}
	return p.id + ":" + p.level
}
