package simulator

// configurationView is what a live console answers: seven keys, and reportBlocked only by switch.
type configurationView struct {
	Enabled                 bool     `json:"enabled"`
	LocationAware           bool     `json:"locationAware"`
	ReportBlocked           *bool    `json:"reportBlocked,omitempty"`
	Inherits                bool     `json:"inherits"`
	InheritedFrom           *string  `json:"inheritedFrom"`
	InheritSettings         bool     `json:"inheritSettings"`
	InheritAllFirewallRules bool     `json:"inheritAllFirewallRules"`
	SelectedTags            []string `json:"selectedTags"`
}

// getConfiguration serves GET /firewall-control/configuration. Live consoles were seen to answer inherits true and
// inheritedFrom null for scopes with settings of their own and for scopes without alike, and to answer a query without a
// scope, which is then taken to be about the caller's own.
func getConfiguration(c *call) (any, error) {
	asked, err := c.readableOrOwn(c.query)
	if err != nil {
		return nil, err
	}
	p, err := onlyPlace(asked)
	if err != nil {
		return nil, err
	}
	own := c.configurationOf(p)
	effective := c.effectiveConfiguration(p)
	v := configurationView{
		Enabled:                 effective.Enabled,
		LocationAware:           effective.LocationAware,
		Inherits:                true,
		InheritSettings:         own.InheritSettings,
		InheritAllFirewallRules: own.InheritAllFirewallRules,
		SelectedTags:            orEmpty(own.SelectedTags),
	}
	if c.behaviour.ReportBlocked {
		v.ReportBlocked = &effective.ReportBlocked
	}
	return single{v}, nil
}

// configurationOf returns what a scope itself says; one that says nothing inherits everything.
func (s *store) configurationOf(p place) Configuration {
	for _, c := range s.state.Configurations {
		if (place{c.Scope, c.ScopeID}) == p {
			return c
		}
	}
	return Configuration{Scope: p.level, ScopeID: p.id, InheritSettings: p != tenant, InheritAllFirewallRules: true}
}

// effectiveConfiguration returns the settings in force: those of the nearest scope that does not inherit.
func (s *store) effectiveConfiguration(p place) Configuration {
	for _, q := range s.scopes.lineage(p) {
		if c := s.configurationOf(q); !c.InheritSettings {
			return c
		}
	}
	return s.configurationOf(tenant)
}
