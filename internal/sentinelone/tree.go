package sentinelone

import "context"

// Parent returns the scope right above another: the zero Scope for the tenant. The error matches [ErrNotFound] when the
// console does not show the scope to the token.
func (c *Client) Parent(ctx context.Context, in Scope) (Scope, error) {
	switch in.Level {
	case LevelGroup:
		for group, err := range c.Groups.List(ctx, GroupQuery{GroupIDs: []string{in.ID}}) {
			return group.Parent(), err
		}
	case LevelSite:
		for site, err := range c.Sites.List(ctx, SiteQuery{SiteIDs: []string{in.ID}}) {
			return site.Parent(), err
		}
	case LevelAccount:
		return Scope{Level: LevelTenant}, nil
	case LevelTenant:
		return Scope{}, nil
	}
	return Scope{}, ErrNotFound
}
