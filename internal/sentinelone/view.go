package sentinelone

import (
	"context"
	"encoding/json"
	"errors"
)

// views are how permissions to view are proven: by a query that brings no rows.
var views = map[Permission]func(context.Context, *Client, Scope) error{
	viewAccounts:     countAnywhere(ListAccounts),
	viewApplications: countWithin(ListApplications),
	viewRisks:        countWithin(ListRisks),
	viewBlocklist:    countWithin(ListRestrictions),
	viewEndpoints: func(ctx context.Context, c *Client, in Scope) error {
		_, err := c.Agents.Count(ctx, AgentQuery{Scope: in})
		return err
	},
	viewFirewall: func(ctx context.Context, c *Client, in Scope) error {
		_, err := c.FirewallRules.Count(ctx, FirewallRuleQuery{Scope: in})
		return err
	},
	viewGroups:    countAnywhere(ListGroups),
	viewLocations: countWithin(ListLocations),
	viewSites:     countAnywhere(ListSites),
}

// countWithin counts the rows of a scope. The APIs asked so have no tenant, which is like no scope at all; for the
// Blocklist, that is the token's own.
func countWithin(op Operation) func(context.Context, *Client, Scope) error {
	return func(ctx context.Context, c *Client, in Scope) error {
		filter := in.filter()
		filter.Tenant = false
		_, err := counted[json.RawMessage](ctx, c, op, filter)
		return err
	}
}

// countAnywhere counts all rows that the token may see: what the tree itself consists of belongs to no scope.
func countAnywhere(op Operation) func(context.Context, *Client, Scope) error {
	return func(ctx context.Context, c *Client, _ Scope) error {
		_, err := counted[json.RawMessage](ctx, c, op, struct{}{})
		return err
	}
}

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
