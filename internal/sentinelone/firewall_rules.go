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
	Type   string     `json:"type"`
	Values []Location `json:"values"`
}

// Location is a network location of the console, by its id.
type Location struct {
	ID string `json:"id"`
}

// FirewallRuleFields is what a caller decides about a rule. It is always sent whole: whether the API's PUT merges or
// replaces is not known, and a field left out could keep a value that the caller has dropped.
type FirewallRuleFields struct {
	Name        string         `json:"name"` // at most 200 characters
	Description *string        `json:"description"`
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

// FirewallRule is a rule of Network Control as the console holds it.
type FirewallRule struct {
	ID string `json:"id"`
	FirewallRuleFields
	Level        Level  `json:"scope"`
	ScopeID      string `json:"scopeId"` // null, "" here, for the tenant
	RuleCategory string `json:"ruleCategory"`
	Creator      string `json:"creator"`
	CreatedAt    string `json:"createdAt"`
}

// Scope is the place that owns the rule, which may be above the one that was asked for.
func (r FirewallRule) Scope() Scope { return Scope{r.Level, r.ScopeID} }

// Key returns what tells the rule from all others, and the place that owns it.
func (r FirewallRule) Key() (id string, in Scope) { return r.ID, r.Scope() }

// FirewallRules are the rules of Network Control.
type FirewallRules struct{ c *Client }

func (f FirewallRules) list(ctx context.Context, in Scope, id string) iter.Seq2[FirewallRule, error] {
	q := struct {
		scopeFilter
		ID      string   `url:"ids,omitempty"`
		Actions []string `url:"actions,comma,omitempty"`
	}{scopeFilter: in.filter(), ID: id}
	if in.IsZero() {
		// The API refuses a query without a scope, an action, a status, an OS or a name. Every rule has an action.
		q.Actions = Actions()
	}
	rules := listing[[]FirewallRule, FirewallRule]{
		op:   ListFirewallRules,
		rows: func(page []FirewallRule) []FirewallRule { return page },
		id:   func(r FirewallRule) string { return r.ID },
	}
	return rules.of(ctx, f.c, q)
}

// List yields the rules that a scope sees: its own, and those it inherits, as [FirewallRule.Scope] tells. The zero
// Scope yields all that the token may see.
func (f FirewallRules) List(ctx context.Context, in Scope) iter.Seq2[FirewallRule, error] {
	return f.list(ctx, in, "")
}

// Get returns the rule of that id which that scope itself owns; one that it merely inherits does not count. The zero
// Scope looks wherever the token may. The error matches [ErrNotFound] when the console proves that there is none.
func (f FirewallRules) Get(ctx context.Context, in Scope, id string) (FirewallRule, error) {
	return find(f.list(ctx, in, id), in, id)
}

// Create makes a rule in one scope and returns it as the console holds it.
func (f FirewallRules) Create(ctx context.Context, in Scope, fields FirewallRuleFields) (FirewallRule, error) {
	return call[FirewallRule](ctx, f.c, CreateFirewallRule, request{body: write{Data: fields, Filter: in.filter()}})
}

// Update replaces what a caller decides about a rule and returns the rule as the console holds it.
func (f FirewallRules) Update(ctx context.Context, id string, fields FirewallRuleFields) (FirewallRule, error) {
	return call[FirewallRule](ctx, f.c, UpdateFirewallRule, request{id: id, body: write{Data: fields}})
}

// Delete removes a rule from its scope. One that is already gone is no error.
func (f FirewallRules) Delete(ctx context.Context, in Scope, id string) error {
	body := write{Filter: firewallRuleSelection{scopeFilter: in.filter(), IDs: []string{id}}}
	return deleted(ctx, f.c, DeleteFirewallRules, body, func() error {
		_, err := f.Get(ctx, in, id)
		return err
	})
}

// firewallRuleSelection chooses the rules to delete. Without ids it would choose all of the scope's.
type firewallRuleSelection struct {
	scopeFilter
	IDs []string `json:"ids"`
}
