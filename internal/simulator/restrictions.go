package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
)

// listRestrictions serves GET /restrictions: the items of the scopes asked for, or else of the caller's own, and only
// with includeParents and includeChildren those above and below. Integrations in the field had to learn to send both to
// find, without a scope, what lies in a site, even by its id.
func listRestrictions(c *call) (any, error) {
	asked, err := c.readableOrOwn(c.query)
	if err != nil {
		return nil, err
	}
	seen := map[place]bool{}
	for _, p := range asked {
		seen[p] = true
		if c.query.is("includeParents") {
			for _, q := range c.scopes.lineage(p) {
				seen[q] = true
			}
		}
		if c.query.is("includeChildren") {
			for q := range c.scopes.below(p) {
				seen[q] = true
			}
		}
	}
	wanted := append(c.behaviour.restrictionFilters().predicates(c.query),
		func(r *Restriction) bool { return seen[r.place()] })
	items, page, err := restrictionListing(c.scopes).page(c, c.restrictions.candidates(c.query), wanted)
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(items, c.viewListedRestriction), Pagination: page}, nil
}

// createRestrictions serves POST /restrictions: one item for each scope of the filter, or none when one is refused.
// Clients in the field send `tenant` beside the ids of sites, and mean the sites.
func createRestrictions(c *call) (any, error) {
	var body struct {
		Data   restrictionInput `json:"data"`
		Filter arguments        `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("restriction: %w", err)
	}
	if len(body.Filter) > 1 {
		delete(body.Filter, "tenant")
	}
	for _, p := range askedPlaces(body.Filter) {
		if !c.scopes.has(p) && c.behaviour.UnknownScopeStatus == 0 {
			return nil, invalid("Cannot find blocklist or exclusion for the requested scope [%s]", p.id)
		}
	}
	places, err := c.writable(body.Filter, "restriction")
	if err != nil {
		return nil, err
	}
	created := make([]*Restriction, len(places))
	for i, p := range places {
		r := &Restriction{Scope: p.level, ScopeID: p.id}
		body.Data.applyTo(r, c.behaviour)
		if err := c.checkRestriction(r); err != nil {
			return nil, err
		}
		r.NotRecommended = c.verdict(lowered(r.Value, r.SHA256Value)...)
		created[i] = r
	}
	views := make([]restrictionView, len(created))
	for i, r := range created {
		r.fillIn(c.store, c.user)
		c.claim(r)
		c.restrictions.put(r)
		views[i] = c.viewRestriction(r)
	}
	return single{views}, nil
}

// updateRestriction serves PUT /restrictions. The filter adds nothing to the id, and is only checked.
func updateRestriction(c *call) (any, error) {
	var body struct {
		Data   restrictionInput `json:"data"`
		Filter arguments        `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("restriction: %w", err)
	}
	if _, err := c.readable(body.Filter); err != nil {
		return nil, err
	}
	old := c.restrictions.byID[body.Data.ID]
	if old == nil {
		return nil, notFound()
	}
	if err := c.mayChange(old.place()); err != nil {
		return nil, err
	}
	changed := old.clone()
	body.Data.applyTo(&changed, c.behaviour)
	if err := c.checkRestriction(&changed); err != nil {
		return nil, err
	}
	if hashes := lowered(changed.Value, changed.SHA256Value); !slices.Equal(hashes, lowered(old.Value, old.SHA256Value)) {
		changed.NotRecommended = c.verdict(hashes...)
	}
	changed.UpdatedAt = c.now()
	c.release(old)
	c.claim(&changed)
	c.restrictions.put(&changed)
	return single{[]restrictionView{c.viewRestriction(&changed)}}, nil
}

// deleteRestrictions serves DELETE /restrictions. Ids that are not there, or not the caller's to delete, are not
// counted.
func deleteRestrictions(c *call) (any, error) {
	var body struct {
		Data struct {
			IDs []string `json:"ids"`
		} `json:"data"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("restrictions: %w", err)
	}
	var gone []*Restriction
	for r := range c.restrictions.candidates(arguments{"ids": body.Data.IDs}) {
		if c.mayChange(r.place()) == nil {
			c.release(r)
			gone = append(gone, r)
		}
	}
	c.restrictions.remove(gone)
	return affected(len(gone)), nil
}
