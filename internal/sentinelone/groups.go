package sentinelone

import (
	"context"
	"iter"
)

// Group is a group of endpoints of a site. The API also sends the group's registration token, a secret: it is never
// decoded.
type Group struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	SiteID      string `json:"siteId"`
	Type        string `json:"type"`
	IsDefault   bool   `json:"isDefault"`
	FilterID    string `json:"filterId"`   // null, "" here, for groups that are not dynamic
	FilterName  string `json:"filterName"` // likewise
	Rank        *int64 `json:"rank"`       // likewise
	Inherits    bool   `json:"inherits"`   // the policy; the firewall's settings have an inheritance of their own
	TotalAgents int64  `json:"totalAgents"`
	Creator     string `json:"creator"`
	CreatedAt   string `json:"createdAt"`
	UpdatedAt   string `json:"updatedAt"`
}

// Scope is the group as an owner of rules and entries.
func (g Group) Scope() Scope { return Scope{LevelGroup, g.ID} }

// Parent is the scope right above the group.
func (g Group) Parent() Scope { return Scope{LevelSite, g.SiteID} }

// Key returns what tells the group from all others, and the group as an owner.
func (g Group) Key() (id string, in Scope) { return g.ID, g.Scope() }

// GroupQuery narrows a listing of groups; the zero value lists all that the token may see.
type GroupQuery struct {
	GroupIDs      []string `url:"groupIds,comma,omitempty"`
	SiteIDs       []string `url:"siteIds,comma,omitempty"`
	AccountIDs    []string `url:"accountIds,comma,omitempty"`
	Name          *string  `url:"name,omitempty"`
	Description   *string  `url:"description,omitempty"`
	Query         *string  `url:"query,omitempty"` // in name and description
	Types         []string `url:"types,comma,omitempty"`
	Rank          *int64   `url:"rank,omitempty"`
	IsDefault     *bool    `url:"isDefault,omitempty"`
	UpdatedBefore *string  `url:"updatedAt__lt,omitempty"`
	UpdatedUntil  *string  `url:"updatedAt__lte,omitempty"`
	UpdatedAfter  *string  `url:"updatedAt__gt,omitempty"`
	UpdatedSince  *string  `url:"updatedAt__gte,omitempty"`
}

// Groups are the groups of endpoints of the console.
type Groups struct{ c *Client }

// List yields the groups that a query selects.
func (g Groups) List(ctx context.Context, q GroupQuery) iter.Seq2[Group, error] {
	groups := listed(ListGroups, func(group Group) string { return group.ID })
	return groups.of(ctx, g.c, q)
}

// RegistrationToken returns the secret by which agents join a group.
func (g Groups) RegistrationToken(ctx context.Context, id string) (string, error) {
	return registrationToken(ctx, g.c, GetGroupToken, id)
}
