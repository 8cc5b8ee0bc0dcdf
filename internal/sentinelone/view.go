package sentinelone

import (
	"context"
	"encoding/json"
	"errors"
)

// views are how permissions to view are proven: by a query that brings no rows.
var views = map[Permission]func(context.Context, *Client, Scope) error{
	viewAccounts:     count(ListAccounts, anywhere),
	viewApplications: count(ListApplications, belowTenant),
	viewRisks:        count(ListVulnerabilities, belowTenant),
	viewBlocklist:    count(ListRestrictions, Scope.filter),
	viewEndpoints:    count(ListAgents, belowTenant),
	viewFirewall: func(ctx context.Context, c *Client, in Scope) error {
		_, err := c.FirewallRules.Count(ctx, FirewallRuleQuery{Scope: in})
		return err
	},
	viewGroups:    count(ListGroups, anywhere),
	viewLocations: count(ListLocations, belowTenant),
	viewSites:     count(ListSites, anywhere),
}

// count counts what an operation lists in a scope, as the operation takes it.
func count(op Operation, filter func(Scope) scopeFilter) func(context.Context, *Client, Scope) error {
	return func(ctx context.Context, c *Client, in Scope) error {
		_, err := counted[json.RawMessage](ctx, c, op, filter(in))
		return err
	}
}

// belowTenant is for operations that know no tenant, which is like no scope there.
func belowTenant(in Scope) scopeFilter {
	filter := in.filter()
	filter.Tenant = false
	return filter
}

// anywhere is for what the tree itself consists of, which belongs to no scope.
func anywhere(Scope) scopeFilter { return scopeFilter{} }

// MayView tries whether the token may view what a permission is about in a scope; the zero Scope is wherever it may. The
// console refuses for want of the permission as for want of a licence, and for a scope that is not the token's: all of
// that is no. Nothing is known, and nothing is sent, of a permission for anything but viewing.
func (c *Client) MayView(ctx context.Context, p Permission, in Scope) (may, known bool, err error) {
	try, ok := views[p]
	if !ok {
		return false, false, nil
	}
	if err = try(ctx, c, in); errors.Is(err, ErrForbidden) {
		return false, true, nil
	}
	return err == nil, err == nil, err
}
