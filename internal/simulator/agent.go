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

// agentView is an agent as the console lists it, with about half of the recorded keys.
type agentView struct {
	ID                       string         `json:"id"`
	UUID                     string         `json:"uuid"`
	ComputerName             string         `json:"computerName"`
	Domain                   string         `json:"domain"`
	AccountID                string         `json:"accountId"`
	AccountName              string         `json:"accountName"`
	SiteID                   string         `json:"siteId"`
	SiteName                 string         `json:"siteName"`
	GroupID                  string         `json:"groupId"`
	GroupName                string         `json:"groupName"`
	OSType                   string         `json:"osType"`
	OSName                   string         `json:"osName"`
	OSRevision               string         `json:"osRevision"`
	OSArch                   string         `json:"osArch"`
	MachineType              string         `json:"machineType"`
	ModelName                string         `json:"modelName"`
	CPUCount                 int            `json:"cpuCount"`
	CoreCount                int            `json:"coreCount"`
	TotalMemory              int            `json:"totalMemory"`
	AgentVersion             string         `json:"agentVersion"`
	IsUpToDate               bool           `json:"isUpToDate"`
	IsActive                 bool           `json:"isActive"`
	IsDecommissioned         bool           `json:"isDecommissioned"`
	IsUninstalled            bool           `json:"isUninstalled"`
	IsPendingUninstall       bool           `json:"isPendingUninstall"`
	Infected                 bool           `json:"infected"`
	ActiveThreats            int            `json:"activeThreats"`
	NetworkStatus            string         `json:"networkStatus"`
	FirewallEnabled          bool           `json:"firewallEnabled"`
	NetworkQuarantineEnabled bool           `json:"networkQuarantineEnabled"`
	LocationEnabled          bool           `json:"locationEnabled"`
	LocationType             string         `json:"locationType"`
	Locations                []locationView `json:"locations"` // null for none
	OperationalState         string         `json:"operationalState"`
	AppsVulnerabilityStatus  string         `json:"appsVulnerabilityStatus"`
	MitigationMode           string         `json:"mitigationMode"`
	MitigationModeSuspicious string         `json:"mitigationModeSuspicious"`
	ScanStatus               string         `json:"scanStatus"`
	ExternalID               *string        `json:"externalId"`
	ExternalIP               string         `json:"externalIp"`
	LastIPToMgmt             *string        `json:"lastIpToMgmt"`
	LastLoggedInUserName     string         `json:"lastLoggedInUserName"`
	LastActiveDate           timestamp      `json:"lastActiveDate"`
	RegisteredAt             timestamp      `json:"registeredAt"`
	CreatedAt                timestamp      `json:"createdAt"`
	UpdatedAt                timestamp      `json:"updatedAt"`
}

// infected reports what the API derives from the threats.
func (a *Agent) infected() bool { return a.ActiveThreats > 0 }

func (s *store) viewAgent(a *Agent) agentView {
	site := s.scopes.parents[a.place()]
	account := s.scopes.parents[site]
	v := agentView{
		ID: a.ID, UUID: a.UUID, ComputerName: a.ComputerName, Domain: a.Domain,
		AccountID: account.id, AccountName: s.scopes.names[account], SiteID: site.id, SiteName: s.scopes.names[site],
		GroupID: a.GroupID, GroupName: s.scopes.names[a.place()],
		OSType: a.OSType, OSName: a.OSName, OSRevision: a.OSRevision, OSArch: a.OSArch, MachineType: a.MachineType,
		ModelName: a.ModelName, CPUCount: a.CPUCount, CoreCount: a.CoreCount, TotalMemory: a.TotalMemory,
		AgentVersion: a.AgentVersion, IsUpToDate: a.IsUpToDate, IsActive: a.IsActive, IsDecommissioned: a.IsDecommissioned,
		IsUninstalled: a.IsUninstalled, IsPendingUninstall: a.IsPendingUninstall, Infected: a.infected(),
		ActiveThreats: a.ActiveThreats, NetworkStatus: a.NetworkStatus, FirewallEnabled: a.FirewallEnabled,
		NetworkQuarantineEnabled: a.NetworkQuarantineEnabled, LocationEnabled: a.LocationEnabled, LocationType: a.LocationType,
		OperationalState: a.OperationalState, AppsVulnerabilityStatus: a.AppsVulnerabilityStatus,
		MitigationMode: a.MitigationMode, MitigationModeSuspicious: a.MitigationModeSuspicious, ScanStatus: a.ScanStatus,
		ExternalID: a.ExternalID, ExternalIP: a.ExternalIP, LastIPToMgmt: a.LastIPToMgmt,
		LastLoggedInUserName: a.LastLoggedInUserName, LastActiveDate: timestamp(a.LastActiveDate),
		RegisteredAt: timestamp(a.RegisteredAt), CreatedAt: timestamp(a.CreatedAt), UpdatedAt: timestamp(a.UpdatedAt),
	}
	for _, id := range a.LocationIDs {
		l := s.location(id)
		v.Locations = append(v.Locations, locationView{l.ID, l.Name, l.Scope})
	}
	return v
}

func (s *store) siteOf(a *Agent) string  { return s.scopes.names[s.scopes.parents[a.place()]] }
func (s *store) groupOf(a *Agent) string { return s.scopes.names[a.place()] }
func (s *store) accountOf(a *Agent) string {
	return s.scopes.names[s.scopes.parents[s.scopes.parents[a.place()]]]
}

func (s *store) accountIDOf(a *Agent) string { return s.scopes.parents[s.scopes.parents[a.place()]].id }
