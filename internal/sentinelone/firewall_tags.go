package sentinelone

import (
	"context"
	"iter"
)

// firewallTag is the type of the tags that firewall rules are linked to. The API has others under the same path.
const firewallTag = "firewall"

// FirewallTagFields is what a caller decides about a tag.
type FirewallTagFields struct {
	Name        string `json:"name"`        // 2 to 256 characters
	Description string `json:"description"` // at most 256 characters
}

// Names are what a tag is taken for the same by.
func (f FirewallTagFields) Names() []string { return []string{f.Name} }

// FirewallTag is a tag of firewall rules as the console holds it.
type FirewallTag struct {
	ID string `json:"id"`
	FirewallTagFields
	Kind        string `json:"kind"` // of the console's own tags
	Level       Level  `json:"scope"`
	ScopeID     string `json:"scopeId"` // null, "" here, for the tenant
	ScopeName   string `json:"scopeName"`
	LinkedRules int64  `json:"linkedRules"`
	Creator     string `json:"creator"`
	CreatedAt   string `json:"createdAt"`
}

// Scope is the place that owns the tag, which may be above the one that was asked for.
func (t FirewallTag) Scope() Scope { return Scope{t.Level, t.ScopeID} }

// Key returns what tells the tag from all others, and the place that owns it.
func (t FirewallTag) Key() (id string, in Scope) { return t.ID, t.Scope() }

// FirewallTagQuery narrows a listing of tags; the zero value lists all that the token may see.
type FirewallTagQuery struct {
	Scope        Scope    `url:"-"` // and what it inherits
	IDs          []string `url:"ids,comma,omitempty"`
	Level        Level    `url:"scope,omitempty"`
	Query        *string  `url:"query,omitempty"`                // in the name
	NameContains []string `url:"name__contains,comma,omitempty"` // terms are of at least two characters
	Kind         *string  `url:"kind,omitempty"`
}

// parameters are the query as it is sent.
func (q FirewallTagQuery) parameters() any {
	return struct {
		scopeFilter
		FirewallTagQuery
		Type string `url:"type"`
	}{q.Scope.filter(), q, firewallTag}
}

// OwnTags selects the tags that a scope itself owns.
func OwnTags(in Scope) FirewallTagQuery { return FirewallTagQuery{Scope: in, Level: in.Level} }

// FirewallTags are the tags of firewall rules.
type FirewallTags struct{ c *Client }

// List yields the tags that a query selects: those that its scope owns, and those that it inherits, as
// [FirewallTag.Scope] tells.
func (f FirewallTags) List(ctx context.Context, q FirewallTagQuery) iter.Seq2[FirewallTag, error] {
	return f.listing().of(ctx, f.c, q.parameters())
}

// Pages is List page by page.
func (f FirewallTags) Pages(q FirewallTagQuery) *Pages[FirewallTag] {
	return f.listing().pages(f.c, q.parameters())
}

func (f FirewallTags) listing() listing[[]FirewallTag, FirewallTag] {
	return listed(ListFirewallTags, func(tag FirewallTag) string { return tag.ID })
}

// Find returns those of the tags of these ids that a scope sees. The zero Scope looks wherever the token may.
func (f FirewallTags) Find(ctx context.Context, in Scope, ids ...string) ([]FirewallTag, error) {
	return byIDs(ids, func(ids []string) iter.Seq2[FirewallTag, error] {
		return f.List(ctx, FirewallTagQuery{Scope: in, IDs: ids})
	})
}

// Create makes a tag in one scope and returns it as the console holds it.
func (f FirewallTags) Create(ctx context.Context, in Scope, fields FirewallTagFields) (FirewallTag, error) {
	data := struct {
		FirewallTagFields
		Type string `json:"type"`
	}{fields, firewallTag}
	return call[FirewallTag](ctx, f.c, CreateFirewallTag, request{body: write{Data: data, Filter: in.filter()}})
}

// Update replaces what a caller decides about a tag and returns it as the console holds it.
func (f FirewallTags) Update(ctx context.Context, id string, fields FirewallTagFields) (FirewallTag, error) {
	return call[FirewallTag](ctx, f.c, UpdateFirewallTag, request{id: id, body: write{Data: fields}})
}

// Delete removes tags from their scope and returns how many. It is given at most 5000 ids, and one at least.
func (f FirewallTags) Delete(ctx context.Context, in Scope, ids ...string) (int, error) {
	return affected(ctx, f.c, DeleteFirewallTags, ids, write{Filter: firewallTagSelection{
		in.filter(), ids, []string{firewallTag},
	}})
}

// firewallTagSelection chooses the tags to delete.
type firewallTagSelection struct {
	scopeFilter
	IDs  []string `json:"ids"`
	Type []string `json:"type"`
}
