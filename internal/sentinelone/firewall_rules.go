package sentinelone

import (
	"context"
	"iter"
)

// Values of a rule's enumerations, as the API spells them.
const (
	ActionAllow = "Allow"
	ActionBlock = "Block"

	StatusEnabled  = "Enabled"
	StatusDisabled = "Disabled"

	DirectionAny      = "any"
	DirectionInbound  = "inbound"
	DirectionOutbound = "outbound"

	// TypeAny is the type of a target that matches everything.
	TypeAny = "any"

	HostAddresses = "addresses"
	HostCIDR      = "cidr"
	HostRange     = "range"
	HostFQDN      = "fqdn"

	PortPorts = "ports"
	PortRange = "range"

	ApplicationPath   = "path"
	ApplicationSHA1   = "sha1"
	ApplicationSystem = "system"

	LocationAll      = "all"
	LocationSpecific = "specific"
	LocationFallback = "fallback"
)

// Actions are what a rule may do.
func Actions() []string { return []string{ActionAllow, ActionBlock} }

// Statuses are the states of a rule.
func Statuses() []string { return []string{StatusEnabled, StatusDisabled} }

// Directions are who opens a connection, as the endpoint sees it.
func Directions() []string { return []string{DirectionAny, DirectionInbound, DirectionOutbound} }

// OSTypes are the operating systems that rules and blocklist entries are for.
func OSTypes() []string { return []string{"linux", "macos", "windows", "windows_legacy"} }

// Target is what a rule matches of hosts or applications: values of one type. TypeAny has no values.
type Target struct {
	Type   string   `json:"type"`
	Values []string `json:"values"`
}

// PortTarget is what a rule matches of ports: a list of ports, or the first and the last of a range.
type PortTarget struct {
	Type   string  `json:"type"`
	Values []int64 `json:"values"`
}

// LocationTarget is where an endpoint must be for a rule to apply. Values are for LocationSpecific only.
type LocationTarget struct {
	Type   string        `json:"type"`
	Values []LocationRef `json:"values"`
}

// LocationRef names a [Location] in a rule.
type LocationRef struct {
	ID string `json:"id"`
}

// FirewallRuleFields is what a caller decides about a rule. It is always sent whole: whether the API's PUT merges or
// replaces is not known, and a field left out could keep a value that the caller has dropped.
type FirewallRuleFields struct {
	Name        string         `json:"name"` // at most 200 characters
	Description string         `json:"description"`
	Action      string         `json:"action"`
	Status      string         `json:"status"`
	Direction   string         `json:"direction"`
	OSTypes     []string       `json:"osTypes"`
	Protocol    string         `json:"protocol"` // "" is any
	Application Target         `json:"application"`
	LocalHost   Target         `json:"localHost"`
	RemoteHosts []Target       `json:"remoteHosts"` // authoritative; the deprecated remoteHost only echoes the first
	LocalPort   PortTarget     `json:"localPort"`
	RemotePort  PortTarget     `json:"remotePort"`
	Location    LocationTarget `json:"location"`
	TagIDs      []string       `json:"tagIds"`
}

// Names are what a rule is looked for by: those of one name need not be the same.
func (f FirewallRuleFields) Names() []string { return []string{f.Name} }

// FirewallRule is a rule of Network Control as the console holds it.
type FirewallRule struct {
	ID string `json:"id"`
	FirewallRuleFields
	Level        Level  `json:"scope"`
	ScopeID      string `json:"scopeId"` // null, "" here, for the tenant
	RuleCategory string `json:"ruleCategory"`
	Creator      string `json:"creator"`
	CreatedAt    string `json:"createdAt"`
	UpdatedAt    string `json:"updatedAt"`
	// Order is the rule's place among those of its scope. It changes when a neighbour comes, goes or moves.
	Order int `json:"order"`
	// Editable tells whether the rule can be changed in the scope that was asked for.
	Editable bool `json:"editable"`
}

// Scope is the place that owns the rule, which may be above the one that was asked for.
func (r FirewallRule) Scope() Scope { return Scope{r.Level, r.ScopeID} }

// Key returns what tells the rule from all others, and the place that owns it.
func (r FirewallRule) Key() (id string, in Scope) { return r.ID, r.Scope() }

// FirewallRuleQuery narrows a listing of rules; the zero value lists all that the token may see.
type FirewallRuleQuery struct {
	Scope               Scope    `url:"-"` // and what it inherits
	IDs                 []string `url:"ids,comma,omitempty"`
	Levels              []Level  `url:"scopes,comma,omitempty"`
	Query               *string  `url:"query,omitempty"` // in name, tag, application and protocol
	Name                *string  `url:"name,omitempty"`
	NameContains        []string `url:"name__contains,comma,omitempty"` // terms are of at least two characters
	Actions             []string `url:"actions,comma,omitempty"`
	Statuses            []string `url:"statuses,comma,omitempty"`
	Directions          []string `url:"directions,comma,omitempty"`
	OSTypes             []string `url:"osTypes,comma,omitempty"`
	Protocols           []string `url:"protocols,comma,omitempty"`
	ProtocolContains    []string `url:"protocol__contains,comma,omitempty"`
	Applications        []string `url:"applications,comma,omitempty"`
	ApplicationContains []string `url:"application__contains,comma,omitempty"`
	ServiceContains     []string `url:"service__contains,comma,omitempty"`
	LocationIDs         []string `url:"locationIds,comma,omitempty"`
	TagIDs              []string `url:"tagIds,comma,omitempty"`
	TagNameContains     []string `url:"tagName__contains,comma,omitempty"`
	CreatedBefore       *string  `url:"createdAt__lt,omitempty"` // in RFC 3339, as are the next
	CreatedUntil        *string  `url:"createdAt__lte,omitempty"`
	CreatedAfter        *string  `url:"createdAt__gt,omitempty"`
	CreatedSince        *string  `url:"createdAt__gte,omitempty"`
}

// OwnRules selects the rules that a scope itself owns.
func OwnRules(in Scope) FirewallRuleQuery {
	return FirewallRuleQuery{Scope: in, Levels: []Level{in.Level}}
}

// parameters are the query as it is sent. The API refuses one without a scope, an action, a status, an OS or a name;
// every rule has an action.
func (q FirewallRuleQuery) parameters() any {
	if q.Scope.IsZero() && len(q.Actions) == 0 {
		q.Actions = Actions()
	}
	return struct {
		scopeFilter
		FirewallRuleQuery
	}{q.Scope.filter(), q}
}

// FirewallRules are the rules of Network Control.
type FirewallRules struct{ c *Client }

// List yields the rules that a query selects: those that its scope owns, and those that it inherits, as
// [FirewallRule.Scope] tells.
func (f FirewallRules) List(ctx context.Context, q FirewallRuleQuery) iter.Seq2[FirewallRule, error] {
	return f.listing().of(ctx, f.c, q.parameters())
}

// Pages is List page by page.
func (f FirewallRules) Pages(q FirewallRuleQuery) *Pages[FirewallRule] {
	return f.listing().pages(f.c, q.parameters())
}

func (f FirewallRules) listing() listing[[]FirewallRule, FirewallRule] {
	return listed(ListFirewallRules, func(r FirewallRule) string { return r.ID })
}

// Count returns how many rules a query selects.
func (f FirewallRules) Count(ctx context.Context, q FirewallRuleQuery) (int64, error) {
	return counted[[]FirewallRule](ctx, f.c, ListFirewallRules, q.parameters())
}

// Find returns those of the rules of these ids that a scope sees. The zero Scope looks wherever the token may.
func (f FirewallRules) Find(ctx context.Context, in Scope, ids ...string) ([]FirewallRule, error) {
	return byIDs(ids, func(ids []string) iter.Seq2[FirewallRule, error] {
		return f.List(ctx, FirewallRuleQuery{Scope: in, IDs: ids})
	})
}

// Create makes a rule in one scope and returns it as the console holds it.
func (f FirewallRules) Create(ctx context.Context, in Scope, fields FirewallRuleFields) (FirewallRule, error) {
	return call[FirewallRule](ctx, f.c, CreateFirewallRule, request{body: write{Data: fields, Filter: in.filter()}})
}

// Update replaces what a caller decides about a rule and returns the rule as the console holds it.
func (f FirewallRules) Update(ctx context.Context, id string, fields FirewallRuleFields) (FirewallRule, error) {
	return call[FirewallRule](ctx, f.c, UpdateFirewallRule, request{id: id, body: write{Data: fields}})
}

// Reorder puts the rules that a scope itself owns in an order. The ids are all of them: what the API does with those
// that a call leaves out is not known.
func (f FirewallRules) Reorder(ctx context.Context, in Scope, ids []string) error {
	type position struct {
		ID    string `json:"id"`
		Order int    `json:"order"`
	}
	order := make([]position, len(ids))
	for i, id := range ids {
		order[i] = position{id, i + 1}
	}
	return succeeded(ctx, f.c, ReorderFirewallRules, write{Data: order, Filter: in.filter()})
}

// Delete removes rules from their scope and returns how many. It is given at most 5000 ids, and one at least: without
// any, the API would delete all that the scope has.
func (f FirewallRules) Delete(ctx context.Context, in Scope, ids ...string) (int, error) {
	return affected(ctx, f.c, DeleteFirewallRules, ids, write{Filter: firewallRuleSelection{in.filter(), ids}})
}

// firewallRuleSelection chooses the rules to delete.
type firewallRuleSelection struct {
	scopeFilter
	IDs []string `json:"ids"`
}
