package simulator

func (t *Tag) place() place { return place{t.Scope, t.ScopeID} }

// fillIn gives a tag what it lacks. Who has never changed it is taken for its creator.
func (t *Tag) fillIn(s *store, author User) {
	t.ID = s.orNew(t.ID)
	t.CreatorID, t.Creator = author.orElse(t.CreatorID, t.Creator)
	t.UpdaterID, t.Updater = User{ID: t.CreatorID, Name: t.Creator}.orElse(t.UpdaterID, t.Updater)
	t.CreatedAt = s.orNow(t.CreatedAt)
	t.UpdatedAt = orTime(t.UpdatedAt, t.CreatedAt)
	orDefault(&t.Type, "firewall")
}

// listedTag is a tag as the console answers it, where a rule shows no more than id and name.
type listedTag struct {
	ID             string    `json:"id"`
	Name           string    `json:"name"`
	Description    *string   `json:"description"`
	Kind           *string   `json:"kind"`
	Type           string    `json:"type"`
	LinkedRules    int       `json:"linkedRules"`
	AffectedScopes int       `json:"affectedScopes"`
	Scope          string    `json:"scope"`
	ScopeID        *string   `json:"scopeId"` // null for the tenant's
	ScopeName      string    `json:"scopeName"`
	Creator        string    `json:"creator"`
	CreatorID      string    `json:"creatorId"`
	Updater        string    `json:"updater"`
	UpdaterID      string    `json:"updaterId"`
	CreatedAt      timestamp `json:"createdAt"`
	UpdatedAt      timestamp `json:"updatedAt"`
}

// tagUse counts where tags are in use: the rules linked to each, and the scopes whose settings select it. What a real
// console counts as an affected scope is not described.
type tagUse struct{ rules, scopes map[string]int }

// tagUse counts for all tags in one walk.
func (s *store) tagUse() tagUse {
	use := tagUse{map[string]int{}, map[string]int{}}
	for _, r := range s.rules.rows {
		for _, id := range r.TagIDs {
			use.rules[id]++
		}
	}
	for _, c := range s.configurations {
		for _, id := range c.SelectedTags {
			use.scopes[id]++
		}
	}
	return use
}

func (s *store) viewTag(t *Tag, use tagUse) listedTag {
	v := listedTag{
		ID: t.ID, Name: t.Name, Description: s.behaviour.text(t.Description), Kind: s.behaviour.text(t.Kind), Type: t.Type,
		LinkedRules: use.rules[t.ID], AffectedScopes: use.scopes[t.ID],
		Scope: t.Scope, ScopeName: s.scopes.names[t.place()],
		Creator: t.Creator, CreatorID: t.CreatorID, Updater: t.Updater, UpdaterID: t.UpdaterID,
		CreatedAt: timestamp(t.CreatedAt), UpdatedAt: timestamp(t.UpdatedAt),
	}
	if t.ScopeID != "" {
		v.ScopeID = &t.ScopeID
	}
	return v
}

// tagInput is the data of a body that creates or changes a tag.
type tagInput struct {
	Name        sent[string]  `json:"name"`
	Type        string        `json:"type"`
	Description sent[*string] `json:"description"`
	Kind        sent[*string] `json:"kind"`
}

// applyTo changes what was sent; null is refused by the contract. The type is for life.
func (in tagInput) applyTo(t *Tag) {
	in.Name.into(&t.Name)
	in.Description.into(&t.Description)
	in.Kind.into(&t.Kind)
}

// checkTag refuses what the contract can't see: a kind where the console has none, and a name that is taken.
func (c *call) checkTag(t *Tag, in tagInput) error {
	if in.Kind.there && c.behaviour.TagKind == "refuse" {
		return invalid("data: dict_values(['kind']): %s", unknownField)
	}
	if !c.behaviour.UniqueTagNames {
		return nil
	}
	for _, other := range c.tags.rows {
		if other.Name == t.Name && other.Type == t.Type && other.place() == t.place() && other.ID != t.ID {
			return c.behaviour.alreadyExists("tag with the same name")
		}
	}
	return nil
}

// tagListing is the order of tags. `query` searches names, so sorting by it is taken for sorting by name.
func tagListing() listing[Tag] {
	return listing[Tag]{
		noun: "tag",
		id:   func(t *Tag) string { return t.ID },
		columns: map[string]func(*Tag) sortKey{
			"type":  byText(func(t *Tag) string { return t.Type }),
			"scope": byText(func(t *Tag) string { return t.Scope }),
			"query": byText(func(t *Tag) string { return t.Name }),
		},
	}
}

// tagFilters are the filters of GET and DELETE /tags, but for the scopes that are asked for.
func tagFilters() filters[Tag] {
	name := func(t *Tag) []string { return []string{t.Name} }
	return filters[Tag]{
		"ids":            oneOf(func(t *Tag) string { return t.ID }),
		"type":           oneOf(func(t *Tag) string { return t.Type }),
		"scope":          oneOf(func(t *Tag) string { return t.Scope }),
		"kind":           oneOf(func(t *Tag) string { return orBlank(t.Kind) }),
		"name__contains": contains(name),
		"query":          contains(name),
	}
}
