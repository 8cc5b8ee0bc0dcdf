package simulator

import "strings"

func (a *Agent) place() place { return place{"group", a.GroupID} }

// settleAgents gives an agent that names only its site the site's default group, and one that names only its group the
// group's site.
func settleAgents(seed *State) {
	sites, defaults := map[string]string{}, map[string]string{}
	for _, g := range seed.Groups {
		sites[g.ID] = g.SiteID
		if g.IsDefault {
			defaults[g.SiteID] = g.ID
		}
	}
	for i := range seed.Agents {
		a := &seed.Agents[i]
		orDefault(&a.GroupID, defaults[a.SiteID])
		orDefault(&a.SiteID, sites[a.GroupID])
	}
}

// fillIn gives an agent what it lacks.
func (a *Agent) fillIn(s *store) {
	a.ID = s.orNew(a.ID)
	a.CreatedAt = s.orNow(a.CreatedAt)
	a.RegisteredAt = orTime(a.RegisteredAt, a.CreatedAt)
	a.UpdatedAt = orTime(a.UpdatedAt, a.CreatedAt)
	a.LastActiveDate = orTime(a.LastActiveDate, a.UpdatedAt)
	orDefault(&a.UUID, strings.Repeat("0", max(0, 32-len(a.ID)))+a.ID)
	orDefault(&a.OSType, "windows")
	orDefault(&a.OSArch, "64 bit")
	orDefault(&a.MachineType, "unknown")
	orDefault(&a.NetworkStatus, "connected")
	orDefault(&a.LocationType, "not_applicable")
	orDefault(&a.OperationalState, "na")
	orDefault(&a.AppsVulnerabilityStatus, "not_applicable")
	orDefault(&a.MitigationMode, "protect")
	orDefault(&a.MitigationModeSuspicious, "detect")
	orDefault(&a.ScanStatus, "none")
}

// infected reports what the API derives from the threats.
func (a *Agent) infected() bool { return a.ActiveThreats > 0 }

func (s *store) siteOf(a *Agent) string  { return s.scopes.names[s.scopes.parents[a.place()]] }
func (s *store) groupOf(a *Agent) string { return s.scopes.names[a.place()] }
func (s *store) accountOf(a *Agent) string {
	return s.scopes.names[s.scopes.parents[s.scopes.parents[a.place()]]]
}

func (s *store) accountIDOf(a *Agent) string { return s.scopes.parents[s.scopes.parents[a.place()]].id }
