package simulator

import (
	"slices"
	"strings"
)

func (r *Restriction) place() place { return place{r.Scope, r.ScopeID} }

// fillIn gives a restriction what it lacks.
func (r *Restriction) fillIn(s *store, author User) {
	r.ID = s.orNew(r.ID)
	r.HashID = s.orNew(r.HashID)
	r.UserID, r.UserName = author.orElse(r.UserID, r.UserName)
	r.CreatedAt = s.orNow(r.CreatedAt)
	r.UpdatedAt = orTime(r.UpdatedAt, r.CreatedAt)
	orDefault(&r.Scope, tenant.level)
	orDefault(&r.Type, "black_hash")
	orDefault(&r.OSType, "windows")
	orDefault(&r.Source, "user")
	orDefault(&r.NotRecommended, "NONE")
}

// hashKey is what may be on a scope's blocklist once. The same hash for another system or scope is another item.
type hashKey struct {
	place
	osType, hash string
}

func (r *Restriction) hashKeys() []hashKey {
	var keys []hashKey
	for _, hash := range lowered(r.Value, r.SHA256Value) {
		keys = append(keys, hashKey{r.place(), r.OSType, hash})
	}
	return keys
}

// lowered returns the hashes that are there, in lower case.
func lowered(hashes ...*string) []string {
	var found []string
	for _, hash := range hashes {
		if hash != nil {
			found = append(found, strings.ToLower(*hash))
		}
	}
	return found
}

func (s *store) claim(r *Restriction) {
	for _, key := range r.hashKeys() {
		s.hashes[key] = r.ID
	}
}

func (s *store) release(r *Restriction) {
	for _, key := range r.hashKeys() {
		delete(s.hashes, key)
	}
}

// restrictionView is an item in the answer to POST and PUT, as recorded from a live console.
type restrictionView struct {
	ID             string         `json:"id"`
	HashID         string         `json:"hashId"`
	Type           string         `json:"type"`
	Value          *string        `json:"value"`
	SHA256Value    *string        `json:"sha256Value"`
	OSType         string         `json:"osType"`
	Description    *string        `json:"description"`
	Source         string         `json:"source"`
	Scope          map[string]any `json:"scope"`     // the one key in use
	ScopeName      string         `json:"scopeName"` // the level's word, as in recorded bodies
	NotRecommended string         `json:"notRecommended"`
	UserID         string         `json:"userId"`
	UserName       string         `json:"userName"`
	CreatedAt      timestamp      `json:"createdAt"`
	UpdatedAt      timestamp      `json:"updatedAt"`
}

// listedRestriction is an item in the answer to GET: without hashId, with a few keys more. Its field HashID hides that
// of the view within.
type listedRestriction struct {
	restrictionView
	HashID          *string `json:"hashId,omitempty"`
	ScopePath       string  `json:"scopePath"`
	Imported        bool    `json:"imported"`
	IncludeChildren bool    `json:"includeChildren"`
	IncludeParents  bool    `json:"includeParents"`
}

func (s *store) viewRestriction(r *Restriction) restrictionView {
	v := restrictionView{
		ID: r.ID, HashID: r.HashID, Type: r.Type, Value: r.Value, SHA256Value: r.SHA256Value, OSType: r.OSType,
		Description: s.behaviour.text(r.Description), Source: r.Source, ScopeName: r.Scope, NotRecommended: r.NotRecommended,
		UserID: r.UserID, UserName: r.UserName, CreatedAt: timestamp(r.CreatedAt), UpdatedAt: timestamp(r.UpdatedAt),
		Scope: map[string]any{"tenant": true},
	}
	if p := r.place(); p != tenant {
		v.Scope = map[string]any{p.level + "Ids": []string{p.id}}
	}
	return v
}

func (s *store) viewListedRestriction(r *Restriction) listedRestriction {
	return listedRestriction{
		restrictionView: s.viewRestriction(r), ScopePath: s.scopes.path(r.place()), Imported: r.Imported,
	}
}

// restrictionInput is the data of a body that creates or changes an item.
type restrictionInput struct {
	ID          string        `json:"id"`
	OSType      string        `json:"osType"`
	Value       sent[*string] `json:"value"`
	SHA256Value sent[*string] `json:"sha256Value"`
	Description sent[*string] `json:"description"`
	Source      sent[string]  `json:"source"`
}

// sources are where answers say that an item comes from.
var sources = []string{"user", "cloud", "action_from_threat", "catalog"}

// applyTo changes what was sent. Clients in the field send the name of their product as source, which the swagger allows
// in bodies and not in answers: it is taken for the user's.
func (in restrictionInput) applyTo(r *Restriction, b Behaviour) {
	r.OSType = in.OSType
	in.Value.into(&r.Value)
	in.SHA256Value.into(&r.SHA256Value)
	in.Description.into(&r.Description)
	if slices.Contains(sources, in.Source.value) {
		r.Source = in.Source.value
	}
	r.Value = b.storedHash(r.Value)
	r.SHA256Value = b.storedHash(r.SHA256Value)
}

func (b Behaviour) storedHash(hash *string) *string {
	switch {
	case hash == nil:
		return nil
	case b.HashCase == "lower":
		return new(strings.ToLower(*hash))
	case b.HashCase == "upper":
		return new(strings.ToUpper(*hash))
	default:
		return hash
	}
}

// checkRestriction refuses an item without a hash, with one that the console does not allow, or with one that its
// scope has already for the same system. The texts are not known but for "already exists".
func (c *call) checkRestriction(r *Restriction) error {
	if r.Value == nil && r.SHA256Value == nil {
		return invalid("data: value: Missing data for required field.")
	}
	for _, key := range r.hashKeys() {
		if c.verdict(key.hash) == notAllowed {
			return invalid("hash %s is not allowed", key.hash)
		}
		if holder := c.hashes[key]; holder != "" && holder != r.ID {
			return c.behaviour.alreadyExists("hash %s", key.hash)
		}
	}
	return nil
}
