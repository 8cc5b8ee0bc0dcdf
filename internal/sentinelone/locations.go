package sentinelone

import (
	"context"
	"iter"
)

// Location is a place in the network that endpoints recognise, such as an office.
type Location struct {
	ID                  string `json:"id"`
	Name                string `json:"name"`
	Description         string `json:"description"`
	Level               Level  `json:"scope"`
	ScopeID             string `json:"scopeId"` // null, "" here, for the tenant
	ScopeName           string `json:"scopeName"`
	IsFallback          bool   `json:"isFallback"` // stands for being at none that is known
	ReportingAgents     int64  `json:"reportingAgents"`
	ActiveFirewallRules int64  `json:"activeFirewallRules"`
	Creator             string `json:"creator"`
	CreatedAt           string `json:"createdAt"`
	UpdatedAt           string `json:"updatedAt"`
}

// Scope is the place that owns the location, which may be above the one that was asked for.
func (l Location) Scope() Scope { return Scope{l.Level, l.ScopeID} }

// Key returns what tells the location from all others, and the place that owns it.
func (l Location) Key() (id string, in Scope) { return l.ID, l.Scope() }

// LocationQuery narrows a listing of locations; the zero value lists all that the token may see.
type LocationQuery struct {
	Scope               Scope    `url:"-"` // and what it inherits; the API has no tenant here, which is like none
	IDs                 []string `url:"ids,comma,omitempty"`
	Levels              []Level  `url:"scopes,comma,omitempty"`
	HasFirewallRules    *bool    `url:"hasFirewallRules,omitempty"`
	NameContains        []string `url:"name__contains,comma,omitempty"` // terms are of at least two characters
	DescriptionContains []string `url:"description__contains,comma,omitempty"`
	CreatorContains     []string `url:"creator__contains,comma,omitempty"`
	ScopeNameContains   []string `url:"scopeName__contains,comma,omitempty"`
	HostnameContains    []string `url:"hostname__contains,comma,omitempty"`
	IPAddressContains   []string `url:"ipAddress__contains,comma,omitempty"`
	RegistryKeyContains []string `url:"registryKey__contains,comma,omitempty"`
}

// Locations are the network locations that the console knows.
type Locations struct{ c *Client }

// List yields the locations that a query selects.
func (l Locations) List(ctx context.Context, q LocationQuery) iter.Seq2[Location, error] {
	locations := listed(ListLocations, func(location Location) string { return location.ID })
	return locations.of(ctx, l.c, struct {
		scopeFilter
		LocationQuery
	}{belowTenant(q.Scope), q})
}
