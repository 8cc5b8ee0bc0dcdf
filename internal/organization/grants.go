package organization

import (
	"context"
	"errors"
	"slices"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// grants finds out what the token may do in a scope, without trying to write.
type grants struct {
	client *sentinelone.Client
	in     sentinelone.Scope // the zero Scope is wherever the token may
}

// of tells of each permission whether it is granted, missing, or unknown.
func (g grants) of(ctx context.Context, needed []sentinelone.Permission) (map[sentinelone.Permission]string, error) {
	found := map[sentinelone.Permission]string{}
	var others []sentinelone.Permission
	for _, p := range needed {
		may, known, err := g.client.MayView(ctx, p, g.in)
		switch {
		case err != nil:
			return nil, err
		case !known:
			others = append(others, p)
		case may:
			found[p] = granted
		default:
			found[p] = missing
		}
	}
	if len(others) == 0 {
		return found, nil
	}
	roles, err := g.roles(ctx)
	for _, p := range others {
		found[p] = agreed(roles, p)
	}
	return found, err
}

// roles returns the definitions of the roles that the token's user has; none when it may not read one of them.
func (g grants) roles(ctx context.Context) ([]sentinelone.Role, error) {
	user, err := g.client.Users.Current(ctx)
	if err != nil {
		return nil, unlessUnseen(err)
	}
	var ids []string
	for _, role := range user.ScopeRoles {
		ids = append(ids, role.RoleID)
	}
	slices.Sort(ids)
	var roles []sentinelone.Role
	for _, id := range slices.Compact(ids) {
		role, err := g.client.Roles.Get(ctx, id)
		if err != nil {
			return nil, unlessUnseen(err)
		}
		roles = append(roles, role)
	}
	return roles, nil
}

// agreed is what all roles of a user say of a permission: those of several scopes may differ.
func agreed(roles []sentinelone.Role, p sentinelone.Permission) string {
	var said []string
	for _, role := range roles {
		switch yes, known := role.Grants(p); {
		case !known:
			said = append(said, unknown)
		case yes:
			said = append(said, granted)
		default:
			said = append(said, missing)
		}
	}
	if said := sole(said); said != "" {
		return said
	}
	return unknown
}

// unlessUnseen drops the error of a token that the console shows something not.
func unlessUnseen(err error) error {
	if errors.Is(err, sentinelone.ErrForbidden) || errors.Is(err, sentinelone.ErrNotFound) {
		return nil
	}
	return err
}
