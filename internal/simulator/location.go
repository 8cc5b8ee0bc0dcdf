package simulator

func (l *Location) place() place { return place{l.Scope, l.ScopeID} }

// fillIn gives a location what it lacks.
func (l *Location) fillIn(s *store, author User) {
	l.ID = s.orNew(l.ID)
	l.CreatorID, l.Creator = author.orElse(l.CreatorID, l.Creator)
	l.UpdaterID, l.Updater = User{ID: l.CreatorID, Name: l.Creator}.orElse(l.UpdaterID, l.Updater)
	l.CreatedAt = s.orNow(l.CreatedAt)
	l.UpdatedAt = orTime(l.UpdatedAt, l.CreatedAt)
	orDefault(&l.Operator, "all")
}

// listedLocation is a location as the console lists it, where a rule shows no more than id, name and scope.
type listedLocation struct {
	ID                  string           `json:"id"`
	Name                string           `json:"name"`
	Description         *string          `json:"description"`
	Operator            string           `json:"operator"`
	DNSLookup           *DNSLookup       `json:"dnsLookup"`
	DNSServers          *Addresses       `json:"dnsServers"`
	IPAddresses         *Addresses       `json:"ipAddresses"`
	RegistryKeys        *RegistryKey     `json:"registryKeys"`
	ServerConnectivity  *LocationFeature `json:"serverConnectivity"`
	NetworkInterfaces   *LocationFeature `json:"networkInterfaces"`
	IsFallback          bool             `json:"isFallback"`
	Editable            bool             `json:"editable"`
	ActiveFirewallRules int              `json:"activeFirewallRules"`
	ReportingAgents     int              `json:"reportingAgents"`
	Scope               string           `json:"scope"`
	ScopeID             *string          `json:"scopeId"` // null for the tenant's
	ScopeName           string           `json:"scopeName"`
	Creator             string           `json:"creator"`
	CreatorID           string           `json:"creatorId"`
	Updater             string           `json:"updater"`
	UpdaterID           string           `json:"updaterId"`
	CreatedAt           timestamp        `json:"createdAt"`
	UpdatedAt           timestamp        `json:"updatedAt"`
}

// locationUse counts where locations are in use, by id: the rules for each, those of them that are enabled, and the
// agents that report to be there.
type locationUse struct{ rules, active, agents map[string]int }

// locationUse counts for all locations in one walk over the rules and one over the agents.
func (s *store) locationUse() locationUse {
	use := locationUse{map[string]int{}, map[string]int{}, map[string]int{}}
	for _, r := range s.rules.rows {
		for _, id := range r.Location.IDs {
			use.rules[id]++
			if r.Status == "Enabled" {
				use.active[id]++
			}
		}
	}
	for _, a := range s.agents.rows {
		for _, id := range a.LocationIDs {
			use.agents[id]++
		}
	}
	return use
}

// viewLocation shows a location; editable tells whether it can be changed at the scope that was asked for.
func (s *store) viewLocation(l *Location, use locationUse, editable bool) listedLocation {
	v := listedLocation{
		ID: l.ID, Name: l.Name, Description: s.behaviour.text(l.Description), Operator: l.Operator,
		DNSLookup: l.DNSLookup, DNSServers: l.DNSServers, IPAddresses: l.IPAddresses, RegistryKeys: l.RegistryKeys,
		ServerConnectivity: l.ServerConnectivity, NetworkInterfaces: l.NetworkInterfaces, IsFallback: l.IsFallback,
		Editable: editable, ActiveFirewallRules: use.active[l.ID], ReportingAgents: use.agents[l.ID],
		Scope: l.Scope, ScopeName: s.scopes.names[l.place()],
		Creator: l.Creator, CreatorID: l.CreatorID, Updater: l.Updater, UpdaterID: l.UpdaterID,
		CreatedAt: timestamp(l.CreatedAt), UpdatedAt: timestamp(l.UpdatedAt),
	}
	if l.ScopeID != "" {
		v.ScopeID = &l.ScopeID
	}
	return v
}

func locationListing() listing[Location] {
	return listing[Location]{
		noun: "location",
		id:   func(l *Location) string { return l.ID },
		columns: map[string]func(*Location) sortKey{
			"scope": byText(func(l *Location) string { return l.Scope }),
		},
	}
}

// locationFilters are the filters of GET /locations, but for the scopes that are asked for.
func (s *store) locationFilters(use locationUse) filters[Location] {
	text := func(field func(*Location) string) func([]string) predicate[Location] {
		return contains(func(l *Location) []string { return []string{field(l)} })
	}
	return filters[Location]{
		"ids":                   oneOf(func(l *Location) string { return l.ID }),
		"scopes":                oneOf(func(l *Location) string { return l.Scope }),
		"hasFirewallRules":      flag(func(l *Location) bool { return use.rules[l.ID] > 0 }),
		"name__contains":        text(func(l *Location) string { return l.Name }),
		"description__contains": text(func(l *Location) string { return orBlank(l.Description) }),
		"creator__contains":     text(func(l *Location) string { return l.Creator }),
		"scopeName__contains":   text(func(l *Location) string { return s.scopes.names[l.place()] }),
		"hostname__contains":    contains((*Location).hostnames),
		"ipAddress__contains":   contains((*Location).addresses),
		"registryKey__contains": text((*Location).registryKey),
	}
}

func (l *Location) hostnames() []string {
	var names []string
	if l.DNSLookup != nil {
		for _, resolved := range l.DNSLookup.Identifiers {
			names = append(names, resolved.Host)
		}
	}
	return names
}

// addresses returns all addresses that a location is known by.
func (l *Location) addresses() []string {
	var found []string
	if l.DNSLookup != nil {
		for _, resolved := range l.DNSLookup.Identifiers {
			found = append(found, resolved.IP)
		}
	}
	for _, known := range []*Addresses{l.DNSServers, l.IPAddresses} {
		if known != nil {
			for _, r := range known.Identifiers {
				found = append(found, r.Values...)
			}
		}
	}
	return found
}

func (l *Location) registryKey() string {
	if l.RegistryKeys == nil {
		return ""
	}
	return l.RegistryKeys.Key
}
