package sentinelone

import (
	"context"
	"iter"
)

// Group is a group of endpoints of a site. The API also sends the group's registration token, a secret: it is never
// decoded.
type Group struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	SiteID string `json:"siteId"`
}

// Groups are the groups of endpoints of the console.
type Groups struct{ c *Client }

// List yields the groups of these ids, or all that the token may see.
func (g Groups) List(ctx context.Context, ids ...string) iter.Seq2[Group, error] {
	groups := listing[[]Group, Group]{
		op:   ListGroups,
		rows: func(page []Group) []Group { return page },
		id:   func(group Group) string { return group.ID },
	}
	return groups.of(ctx, g.c, struct {
		GroupIDs []string `url:"groupIds,comma,omitempty"`
	}{ids})
}

// Parent returns the scope right above another: the zero Scope for the tenant. The error matches [ErrNotFound] when the
// console does not show the scope to the token.
func (c *Client) Parent(ctx context.Context, in Scope) (Scope, error) {
	switch in.Level {
	case LevelGroup:
		for group, err := range c.Groups.List(ctx, in.ID) {
			return Scope{LevelSite, group.SiteID}, err
		}
	case LevelSite:
		for site, err := range c.Sites.List(ctx, SiteQuery{SiteIDs: []string{in.ID}}) {
			return Scope{LevelAccount, site.AccountID}, err
		}
	case LevelAccount:
		return Scope{Level: LevelTenant}, nil
	case LevelTenant:
		return Scope{}, nil
	}
	return Scope{}, ErrNotFound
}
