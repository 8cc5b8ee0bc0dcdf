package sentinelone

import (
	"context"

	"github.com/google/go-querystring/query"
)

// FirewallConfiguration is how Firewall Control is set for a scope.
type FirewallConfiguration struct {
	Enabled       bool `json:"enabled"`
	LocationAware bool `json:"locationAware"`
	// ReportBlocked is nil on consoles that don't tell.
	ReportBlocked *bool `json:"reportBlocked"`
	// InheritSettings tells that the settings above are those of a scope above: the one flag about inheritance that
	// live consoles answer reliably.
	InheritSettings bool `json:"inheritSettings"`
	// InheritedFrom names the level that the settings come from. Live consoles leave it null even when inheriting.
	InheritedFrom           *string  `json:"inheritedFrom"`
	InheritAllFirewallRules bool     `json:"inheritAllFirewallRules"`
	SelectedTags            []string `json:"selectedTags"`
}

// FirewallConfigurations are the settings of Firewall Control, one object for each scope.
type FirewallConfigurations struct{ c *Client }

// Get returns the settings in force for a scope, its own or inherited.
func (f FirewallConfigurations) Get(ctx context.Context, in Scope) (FirewallConfiguration, error) {
	q, err := query.Values(in.filter())
	if err != nil {
		return FirewallConfiguration{}, err
	}
	return call[FirewallConfiguration](ctx, f.c, GetFirewallConfiguration, request{query: q})
}
