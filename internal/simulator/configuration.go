package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
)

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
	return single{c.viewConfiguration(p)}, nil
}

func (s *store) viewConfiguration(p place) configurationView {
	own := s.configurationOf(p)
	effective := s.effectiveConfiguration(p)
	v := configurationView{
		Enabled:                 effective.Enabled,
		LocationAware:           effective.LocationAware,
		Inherits:                true,
		InheritSettings:         own.InheritSettings,
		InheritAllFirewallRules: own.InheritAllFirewallRules,
		SelectedTags:            orEmpty(own.SelectedTags),
	}
	if s.behaviour.ReportBlocked {
		v.ReportBlocked = &effective.ReportBlocked
	}
	return v
}

// configurationInput is the data of a body that changes a configuration. The fields inherits and inheritedFrom, which
// tell nothing in live answers, change nothing.
type configurationInput struct {
	Enabled                 sent[bool]     `json:"enabled"`
	LocationAware           sent[bool]     `json:"locationAware"`
	ReportBlocked           sent[bool]     `json:"reportBlocked"`
	InheritSettings         sent[bool]     `json:"inheritSettings"`
	InheritAllFirewallRules sent[bool]     `json:"inheritAllFirewallRules"`
	SelectedTags            sent[[]string] `json:"selectedTags"`
}

func (in configurationInput) applyTo(c *Configuration) {
	in.Enabled.into(&c.Enabled)
	in.LocationAware.into(&c.LocationAware)
	in.ReportBlocked.into(&c.ReportBlocked)
	in.InheritSettings.into(&c.InheritSettings)
	in.InheritAllFirewallRules.into(&c.InheritAllFirewallRules)
	in.SelectedTags.into(&c.SelectedTags)
}

// updateConfiguration serves PUT /firewall-control/configuration.
func updateConfiguration(c *call) (any, error) {
	var body struct {
		Data   configurationInput `json:"data"`
		Filter arguments          `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	p, err := c.writablePlace(body.Filter, "configuration")
	if err != nil {
		return nil, err
	}
	old := c.configurationOf(p)
	changed := old
	if old.InheritSettings && c.behaviour.DecoupledSettings != "reset" {
		effective := c.effectiveConfiguration(p)
		changed.Enabled = effective.Enabled
		changed.LocationAware = effective.LocationAware
		changed.ReportBlocked = effective.ReportBlocked
	}
	body.Data.applyTo(&changed)
	if err := c.checkConfiguration(body.Data, old, changed); err != nil {
		return nil, err
	}
	c.setConfiguration(changed)
	return single{c.viewConfiguration(p)}, nil
}

// checkConfiguration refuses to set what a scope inherits, be it to the value that it has; the text was seen on a live
// console, the others follow those for rules.
func (c *call) checkConfiguration(in configurationInput, old, changed Configuration) error {
	inherits := changed.InheritSettings || c.behaviour.Decouple == "first" && old.InheritSettings
	settings := in.Enabled.there || in.LocationAware.there || in.ReportBlocked.there
	if inherits && settings {
		return invalid("Cannot change firewall settings while inheriting settings from parent")
	}
	p := changed.place()
	if p == tenant && in.InheritSettings.value {
		return invalid("data: inheritSettings: the tenant has no parent")
	}
	for _, id := range in.SelectedTags.value {
		if t := c.tag(id); !c.scopes.within(p, place{t.Scope, t.ScopeID}) {
			return invalid("invalid tag %s for this scope", id)
		}
	}
	return nil
}

func (c Configuration) place() place { return place{c.Scope, c.ScopeID} }

// configurationOf returns what a scope itself says; one that says nothing inherits everything.
func (s *store) configurationOf(p place) Configuration {
	if i := s.indexOfConfiguration(p); i >= 0 {
		return s.configurations[i]
	}
	return Configuration{Scope: p.level, ScopeID: p.id, InheritSettings: p != tenant, InheritAllFirewallRules: true}
}

func (s *store) indexOfConfiguration(p place) int {
	return slices.IndexFunc(s.configurations, func(c Configuration) bool { return c.place() == p })
}

// setConfiguration replaces what a scope says, or lets it speak for the first time.
func (s *store) setConfiguration(c Configuration) {
	if i := s.indexOfConfiguration(c.place()); i >= 0 {
		s.configurations[i] = c
	} else {
		s.configurations = append(s.configurations, c)
	}
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
