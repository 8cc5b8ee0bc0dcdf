package simulator

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// holds refuses an object that lies in a scope which is not there.
func (t scopeTree) holds(p place, what, id string) error {
	if t.has(p) {
		return nil
	}
	return fmt.Errorf("%s %s is in an unknown %s %q", what, id, p.level, p.id)
}

// checkReferences refuses a state that speaks of what it does not have.
func (t scopeTree) checkReferences(s State) error {
	tags, locations := map[string]bool{}, map[string]bool{}
	var err error // the first
	for _, u := range s.Users {
		err = cmp.Or(err, t.holds(u.place(), "user", u.ID))
	}
	for _, c := range s.Configurations {
		err = cmp.Or(err, t.holds(c.place(), "a", "configuration"))
	}
	for _, tag := range s.Tags {
		tags[tag.ID] = true
		err = cmp.Or(err, t.holds(place{tag.Scope, tag.ScopeID}, "tag", tag.ID))
	}
	for _, l := range s.Locations {
		locations[l.ID] = true
		err = cmp.Or(err, t.holds(place{l.Scope, l.ScopeID}, "location", l.ID))
	}
	for i := range s.Restrictions {
		r := &s.Restrictions[i]
		err = cmp.Or(err, t.holds(r.place(), "restriction", r.ID))
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		err = cmp.Or(err, t.holds(r.place(), "rule", r.ID), resolves(tags, "tag", r.TagIDs, "rule", r.ID),
			resolves(locations, "location", r.Location.IDs, "rule", r.ID))
	}
	for i := range s.Agents {
		a := &s.Agents[i]
		err = cmp.Or(err, t.holds(a.place(), "agent", a.ID), t.agrees(a),
			resolves(locations, "location", a.LocationIDs, "agent", a.ID))
	}
	return cmp.Or(err, t.checkScans(s))
}

// agrees refuses an agent whose group is not one of its site.
func (t scopeTree) agrees(a *Agent) error {
	if t.parents[a.place()] == (place{"site", a.SiteID}) {
		return nil
	}
	return fmt.Errorf("agent %s: group %q is not one of site %q", a.ID, a.GroupID, a.SiteID)
}

func resolves(known map[string]bool, what string, ids []string, holder, id string) error {
	i := slices.IndexFunc(ids, func(id string) bool { return !known[id] })
	if i < 0 {
		return nil
	}
	return fmt.Errorf("%s %s has an unknown %s %q", holder, id, what, ids[i])
}

// checkAnswers refuses a state with rows that can't be answered within the contract: what comes from outside may hold
// anything, and would else show only when it is asked for.
func (c *Console) checkAnswers(s *store) error {
	for _, u := range pointers(s.state.Users) {
		if err := c.checkAnswer("User", s.viewUser(u)); err != nil {
			return fmt.Errorf("user %s: %w", u.ID, err)
		}
	}
	for _, a := range s.accountRows() {
		if err := c.checkAnswer("Account", a.view()); err != nil {
			return fmt.Errorf("account %s: %w", a.ID, err)
		}
	}
	totals := s.agentTotals()
	for _, g := range pointers(s.state.Groups) {
		if err := c.checkAnswer("ListedGroup", viewListedGroup(g, totals)); err != nil {
			return fmt.Errorf("group %s: %w", g.ID, err)
		}
	}
	for _, r := range s.sites.rows {
		if err := c.checkAnswer("Site", s.viewSite(r)); err != nil {
			return fmt.Errorf("site %s: %w", r.ID, err)
		}
	}
	for _, t := range s.tags.rows {
		if err := c.checkAnswer("Tag", s.viewTag(t, tagUse{})); err != nil {
			return fmt.Errorf("tag %s: %w", t.ID, err)
		}
	}
	for _, l := range s.locations.rows {
		if err := c.checkAnswer("NetworkLocation", s.viewLocation(l, locationUse{}, true)); err != nil {
			return fmt.Errorf("location %s: %w", l.ID, err)
		}
	}
	for _, r := range s.rules.rows {
		if err := c.checkAnswer("Rule", s.viewRule(r, true)); err != nil {
			return fmt.Errorf("rule %s: %w", r.ID, err)
		}
	}
	for _, r := range s.restrictions.rows {
		if err := c.checkAnswer("ListedRestriction", s.viewListedRestriction(r)); err != nil {
			return fmt.Errorf("restriction %s: %w", r.ID, err)
		}
	}
	for _, a := range s.agents.rows {
		if err := c.checkAnswer("Agent", s.viewAgent(a)); err != nil {
			return fmt.Errorf("agent %s: %w", a.ID, err)
		}
	}
	return c.checkApplications(s)
}

func (c *Console) checkAnswer(schema string, row any) error {
	encoded, err := json.Marshal(row)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	err = c.rows.checkRow(c.contract.doc.Components.Schemas[schema].Value, encoded)
	if wrong := new(openapi3.SchemaError); errors.As(err, &wrong) {
		return errors.New(explain(wrong)) // Without the schema, and the whole row.
	}
	return err
}
