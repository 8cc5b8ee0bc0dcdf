package sentinelone

import (
	"context"
	"slices"

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

// FirewallConfigurationFields is what a caller changes of a scope's settings; what is nil stays as it is.
type FirewallConfigurationFields struct {
	Enabled                 *bool     `json:"enabled,omitempty"`
	LocationAware           *bool     `json:"locationAware,omitempty"`
	ReportBlocked           *bool     `json:"reportBlocked,omitempty"`
	InheritSettings         *bool     `json:"inheritSettings,omitempty"`
	InheritAllFirewallRules *bool     `json:"inheritAllFirewallRules,omitempty"`
	SelectedTags            *[]string `json:"selectedTags,omitempty"`
}

// Names are the API's names of what is changed, sorted.
func (f FirewallConfigurationFields) Names() []string {
	var names []string
	for name, changed := range map[string]bool{
		"enabled":                 f.Enabled != nil,
		"locationAware":           f.LocationAware != nil,
		"reportBlocked":           f.ReportBlocked != nil,
		"inheritSettings":         f.InheritSettings != nil,
		"inheritAllFirewallRules": f.InheritAllFirewallRules != nil,
		"selectedTags":            f.SelectedTags != nil,
	} {
		if changed {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
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

// Update changes the settings of a scope. A scope that inherits them must be told to stop, by InheritSettings, in the
// same call or before: which of the two a console wants is not known, so that the first may fail with an error that
// matches [ErrInherits].
func (f FirewallConfigurations) Update(ctx context.Context, in Scope, fields FirewallConfigurationFields) error {
	_, err := call[FirewallConfiguration](
		ctx, f.c, UpdateFirewallConfiguration, request{body: write{Data: fields, Filter: in.filter()}})
	return err
}
