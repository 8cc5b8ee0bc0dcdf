package sentinelone

import (
	"context"

	"github.com/google/go-querystring/query"
)

// AgentQuery narrows what is asked about endpoints; the zero value is about all that the token may see.
type AgentQuery struct {
	Scope            Scope `url:"-"`                         // the API has no tenant here, which is like none
	FirewallEnabled  *bool `url:"firewallEnabled,omitempty"` // supports Firewall Control, and has it on
	IsDecommissioned *bool `url:"isDecommissioned,omitempty"`
}

// Agents are the endpoints that the console manages, by the agent on each.
type Agents struct{ c *Client }

// Count returns how many endpoints a query selects.
func (a Agents) Count(ctx context.Context, q AgentQuery) (int64, error) {
	in := q.Scope.filter()
	in.Tenant = false
	parameters, err := query.Values(struct {
		scopeFilter
		AgentQuery
	}{in, q})
	if err != nil {
		return 0, err
	}
	count, err := call[struct {
		Total int64 `json:"total"`
	}](ctx, a.c, CountAgents, request{query: parameters})
	return count.Total, err
}
