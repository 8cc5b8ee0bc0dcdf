package simulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// listTags serves GET /tags: the tags of the scopes that the query names and those that these inherit, which they do
// together with rules.
func listTags(c *call) (any, error) {
	in, err := c.tagScopes()
	if err != nil {
		return nil, err
	}
	wanted := append(tagFilters().predicates(c.query), func(t *Tag) bool { return in[t.place()] })
	tags, page, err := tagListing().page(c, c.tags.candidates(c.query), wanted)
	if err != nil {
		return nil, err
	}
	use := c.tagUse()
	views := rowsFrom(tags, func(t *Tag) listedTag { return c.viewTag(t, use) })
	return list{Data: views, Pagination: page}, nil
}

// tagScopes returns the scopes whose tags are listed. With onlyParents these are all above, whether or not a scope
// inherits from them: the tags that it could inherit.
func (c *call) tagScopes() (map[place]bool, error) {
	if !c.query.is("onlyParents") {
		_, in, err := c.reached(c.query, c.ruleSources)
		return in, err
	}
	asked, err := c.readableOrOwn(c.query)
	if err != nil {
		return nil, err
	}
	parents := map[place]bool{}
	for _, p := range asked {
		for _, q := range c.scopes.lineage(p)[1:] {
			parents[q] = true
		}
	}
	return parents, nil
}

// createTag serves POST /tags. What a real console does with several scopes is not known, so they are refused.
func createTag(c *call) (any, error) {
	var body struct {
		Data   tagInput  `json:"data"`
		Filter arguments `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("tag: %w", err)
	}
	p, err := c.writablePlace(body.Filter, "tag")
	if err != nil {
		return nil, err
	}
	t := &Tag{Type: body.Data.Type, Scope: p.level, ScopeID: p.id}
	body.Data.applyTo(t)
	if err := c.checkTag(t, body.Data); err != nil {
		return nil, err
	}
	t.fillIn(c.store, c.user)
	c.tags.put(t)
	return single{c.viewTag(t, c.tagUse())}, nil
}

// updateTag serves PUT /tags/{tag_id}. What is not sent is kept.
func updateTag(c *call) (any, error) {
	old, err := c.changeableTag()
	if err != nil {
		return nil, err
	}
	var body struct {
		Data tagInput `json:"data"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("tag: %w", err)
	}
	changed := old.clone()
	body.Data.applyTo(&changed)
	if err := c.checkTag(&changed, body.Data); err != nil {
		return nil, err
	}
	changed.UpdaterID, changed.Updater = c.user.ID, c.user.Name
	changed.UpdatedAt = c.now()
	c.tags.put(&changed)
	return single{c.viewTag(&changed, c.tagUse())}, nil
}

// changeableTag returns the tag that the path names, if the caller may change it.
func (c *call) changeableTag() (*Tag, error) {
	t := c.tags.byID[c.id]
	if t == nil {
		return nil, notFound()
	}
	if err := c.mayChange(t.place()); err != nil {
		return nil, err
	}
	return t, nil
}

// deleteTag serves DELETE /tags/{tag_id}.
func deleteTag(c *call) (any, error) {
	t, err := c.changeableTag()
	if err != nil {
		return nil, err
	}
	c.removeTags([]*Tag{t})
	return affected(1), nil
}

// deleteTags serves DELETE /tags. As with rules, a filter that is not about certain tags is refused: on a real console a
// type alone may well hit all in reach of the token. Inherited tags are not deleted with a scope's own.
func deleteTags(c *call) (any, error) {
	var body struct {
		Filter arguments `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("tags: %w", err)
	}
	maps.DeleteFunc(body.Filter, func(_ string, values []string) bool { return len(values) == 0 })
	wanted := tagFilters().predicates(body.Filter)
	if len(wanted) == 1 && len(askedPlaces(body.Filter)) == 0 { // The type is always there.
		return nil, invalid("filter: Missing data for required field.")
	}
	own, _, err := c.reached(body.Filter, nil)
	if err != nil {
		return nil, err
	}
	wanted = append(wanted, func(t *Tag) bool { return own[t.place()] })
	var gone []*Tag
	for t := range c.tags.candidates(body.Filter) {
		if all(wanted, t) {
			gone = append(gone, t)
		}
	}
	c.removeTags(gone)
	return affected(len(gone)), nil
}

// removeTags removes tags, given in the order of their ids, and all links to them. Whether a real console would rather
// refuse to delete a tag in use is not known.
func (s *store) removeTags(gone []*Tag) {
	dead := map[string]bool{}
	for _, t := range gone {
		dead[t.ID] = true
	}
	s.tags.remove(gone)
	linked := func(id string) bool { return dead[id] }
	for _, r := range s.rules.rows {
		if slices.ContainsFunc(r.TagIDs, linked) {
			changed := r.clone()
			changed.TagIDs = slices.DeleteFunc(changed.TagIDs, linked)
			s.rules.put(&changed)
		}
	}
	for i := range s.configurations {
		c := &s.configurations[i]
		c.SelectedTags = slices.DeleteFunc(slices.Clone(c.SelectedTags), linked) // An answer may still show the old list.
	}
}
