package sentinelone

import (
	"context"
	"errors"
	"iter"
	"strings"
)

// blackHash is the only type that makes a blocklist entry. Any other would make an exclusion: the opposite.
const blackHash = "black_hash"

// RestrictionFields is what a caller decides about a blocklist entry. At least one hash is set.
type RestrictionFields struct {
	OSType      string
	SHA1        string
	SHA256      string
	Description string
}

// restrictionBody is how the API takes an entry. A hash that is not set is left out, since it may not be null.
type restrictionBody struct {
	ID          string  `json:"id,omitempty"`
	Type        string  `json:"type"`
	OSType      string  `json:"osType"`
	SHA1        string  `json:"value,omitempty"`
	SHA256      string  `json:"sha256Value,omitempty"`
	Description *string `json:"description"` // null clears it
	Source      string  `json:"source,omitempty"`
}

func (f RestrictionFields) body(id string) restrictionBody {
	b := restrictionBody{ID: id, Type: blackHash, OSType: f.OSType, SHA1: f.SHA1, SHA256: f.SHA256}
	if f.Description != "" {
		b.Description = &f.Description
	}
	return b
}

// Names are what an entry is taken for the same by: each of its hashes, on its operating system. Case is folded here, since
// consoles differ in what they keep.
func (f RestrictionFields) Names() []string {
	var names []string
	for _, hash := range []string{f.SHA1, f.SHA256} {
		if hash != "" {
			names = append(names, f.OSType+"/"+strings.ToLower(hash))
		}
	}
	return names
}

// Restriction is a blocklist entry as the console holds it.
type Restriction struct {
	ID             string      `json:"id"`
	OSType         string      `json:"osType"`
	SHA1           string      `json:"value"`
	SHA256         string      `json:"sha256Value"`
	Description    string      `json:"description"`
	Filter         scopeFilter `json:"scope"`
	Source         string      `json:"source"`
	NotRecommended string      `json:"notRecommended"` // the console's verdict, such as "NONE"; no boolean
	Imported       *bool       `json:"imported"`       // by a bulk import; nil in the answer to a write
	UserName       string      `json:"userName"`
	UserID         string      `json:"userId"`
	ScopePath      string      `json:"scopePath"`
	CreatedAt      string      `json:"createdAt"`
	UpdatedAt      string      `json:"updatedAt"`
}

// Scope is the place that owns the entry.
func (r Restriction) Scope() Scope { return r.Filter.scope() }

// Key returns what tells the entry from all others, and the place that owns it.
func (r Restriction) Key() (id string, in Scope) { return r.ID, r.Scope() }

// Fields are what a caller decides about the entry.
func (r Restriction) Fields() RestrictionFields {
	return RestrictionFields{OSType: r.OSType, SHA1: r.SHA1, SHA256: r.SHA256, Description: r.Description}
}

// Restrictions are the entries of the Blocklist.
type Restrictions struct{ c *Client }

// RestrictionQuery narrows a listing of entries; the zero value lists all that the token may see.
type RestrictionQuery struct {
	Scope               Scope    `url:"-"`
	IncludeParents      bool     `url:"includeParents,omitempty"`
	IncludeChildren     bool     `url:"includeChildren,omitempty"`
	IDs                 []string `url:"ids,comma,omitempty"`
	Query               *string  `url:"query,omitempty"`
	OSTypes             []string `url:"osTypes,comma,omitempty"`
	Sources             []string `url:"source,comma,omitempty"`
	Recommendations     []string `url:"recommendations,comma,omitempty"`
	Imported            *bool    `url:"imported,omitempty"`
	UserIDs             []string `url:"userIds,comma,omitempty"`
	UserContains        []string `url:"user__contains,comma,omitempty"` // terms are of at least two characters
	ValueContains       []string `url:"value__contains,comma,omitempty"`
	DescriptionContains []string `url:"description__contains,comma,omitempty"`
	CreatedBefore       *string  `url:"createdAt__lt,omitempty"` // in RFC 3339, as are the next
	CreatedUntil        *string  `url:"createdAt__lte,omitempty"`
	CreatedAfter        *string  `url:"createdAt__gt,omitempty"`
	CreatedSince        *string  `url:"createdAt__gte,omitempty"`
	UpdatedBefore       *string  `url:"updatedAt__lt,omitempty"`
	UpdatedUntil        *string  `url:"updatedAt__lte,omitempty"`
	UpdatedAfter        *string  `url:"updatedAt__gt,omitempty"`
	UpdatedSince        *string  `url:"updatedAt__gte,omitempty"`
}

// parameters are the query as it is sent. Without a scope the API means the caller's own alone: those below it are asked
// for, too.
func (q RestrictionQuery) parameters() any {
	q.IncludeChildren = q.IncludeChildren || q.Scope.IsZero()
	return struct {
		scopeFilter
		RestrictionQuery
	}{q.Scope.filter(), q}
}

// List yields the entries that a query selects.
func (r Restrictions) List(ctx context.Context, q RestrictionQuery) iter.Seq2[Restriction, error] {
	return r.listing().of(ctx, r.c, q.parameters())
}

// Pages is List page by page.
func (r Restrictions) Pages(q RestrictionQuery) *Pages[Restriction] {
	return r.listing().pages(r.c, q.parameters())
}

func (r Restrictions) listing() listing[[]Restriction, Restriction] {
	return listed(ListRestrictions, func(entry Restriction) string { return entry.ID })
}

// Find returns those of the entries of these ids that a scope itself owns. The zero Scope looks wherever the token may.
func (r Restrictions) Find(ctx context.Context, in Scope, ids ...string) ([]Restriction, error) {
	return byIDs(ids, func(ids []string) iter.Seq2[Restriction, error] {
		return r.List(ctx, RestrictionQuery{Scope: in, IDs: ids})
	})
}

// VerdictNone is the verdict of a console that has no objection.
const VerdictNone = "NONE"

// Sources are where entries come from.
func Sources() []string { return []string{"user", "cloud", "action_from_threat", "catalog"} }

// Verdict is what the console thinks of blocking a hash.
type Verdict struct {
	Status  string `json:"status"`
	Details []struct {
		Field string `json:"field"`
		Error string `json:"error"`
	} `json:"details"`
}

// Validate returns the console's verdict on an entry that is not made yet.
func (r Restrictions) Validate(ctx context.Context, in Scope, fields RestrictionFields) (Verdict, error) {
	data := struct {
		OSType string `json:"osType"`
		SHA1   string `json:"value,omitempty"`
		SHA256 string `json:"sha256Value,omitempty"`
	}{fields.OSType, fields.SHA1, fields.SHA256}
	return call[Verdict](ctx, r.c, ValidateRestriction, request{body: write{Data: data, Filter: in.filter()}})
}

// ErrNothingStored tells that the console reported success and returned no object.
var ErrNothingStored = errors.New("the console reported success and returned no object")

// Create makes an entry in one scope and returns it as the console holds it.
func (r Restrictions) Create(ctx context.Context, in Scope, fields RestrictionFields) (Restriction, error) {
	body := fields.body("")
	body.Source = "user" // as the console's own page sends it
	return r.write(ctx, CreateRestriction, write{Data: body, Filter: in.filter()})
}

// Update replaces what a caller decides about an entry and returns it as the console holds it.
func (r Restrictions) Update(ctx context.Context, in Scope, id string, fields RestrictionFields) (Restriction, error) {
	return r.write(ctx, UpdateRestriction, write{Data: fields.body(id), Filter: in.filter()})
}

// write makes a call that answers with a list of one entry for each scope, and asks for one.
func (r Restrictions) write(ctx context.Context, op Operation, body write) (Restriction, error) {
	rows, err := call[[]Restriction](ctx, r.c, op, request{body: body})
	if err != nil {
		return Restriction{}, err
	}
	if len(rows) == 0 {
		return Restriction{}, ErrNothingStored
	}
	return rows[0], nil
}

// Delete removes entries and returns how many. It is given at most 5000 ids, and one at least.
func (r Restrictions) Delete(ctx context.Context, _ Scope, ids ...string) (int, error) {
	return affected(ctx, r.c, DeleteRestrictions, ids, write{Data: restrictionSelection{IDs: ids, Type: blackHash}})
}

type restrictionSelection struct {
	IDs  []string `json:"ids"`
	Type string   `json:"type"`
}
