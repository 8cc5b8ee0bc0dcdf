package simulator

import (
	"maps"
	"time"
)

// agentListing is the order of agents, by the columns that State has; a real console has twice as many.
func (s *store) agentListing() listing[Agent] {
	return listing[Agent]{
		noun: "agent",
		id:   func(a *Agent) string { return a.ID },
		columns: map[string]func(*Agent) sortKey{
			"createdAt":                byTime(func(a *Agent) time.Time { return a.CreatedAt }),
			"updatedAt":                byTime(func(a *Agent) time.Time { return a.UpdatedAt }),
			"registeredAt":             byTime(func(a *Agent) time.Time { return a.RegisteredAt }),
			"lastActiveDate":           byTime(func(a *Agent) time.Time { return a.LastActiveDate }),
			"computerName":             byText(func(a *Agent) string { return a.ComputerName }),
			"uuid":                     byText(func(a *Agent) string { return a.UUID }),
			"osType":                   byText(func(a *Agent) string { return a.OSType }),
			"osName":                   byText(func(a *Agent) string { return a.OSName }),
			"osArch":                   byText(func(a *Agent) string { return a.OSArch }),
			"machineType":              byText(func(a *Agent) string { return a.MachineType }),
			"domain":                   byText(func(a *Agent) string { return a.Domain }),
			"externalIp":               byText(func(a *Agent) string { return a.ExternalIP }),
			"agentVersion":             byText(func(a *Agent) string { return a.AgentVersion }),
			"networkStatus":            byText(func(a *Agent) string { return a.NetworkStatus }),
			"operationalState":         byText(func(a *Agent) string { return a.OperationalState }),
			"appsVulnerabilityStatus":  byText(func(a *Agent) string { return a.AppsVulnerabilityStatus }),
			"lastLoggedInUserName":     byText(func(a *Agent) string { return a.LastLoggedInUserName }),
			"accountName":              byText(s.accountOf),
			"siteId":                   byText(func(a *Agent) string { return a.SiteID }),
			"siteName":                 byText(s.siteOf),
			"groupId":                  byText(func(a *Agent) string { return a.GroupID }),
			"groupName":                byText(s.groupOf),
			"isActive":                 byFlag(func(a *Agent) bool { return a.IsActive }),
			"isDecommissioned":         byFlag(func(a *Agent) bool { return a.IsDecommissioned }),
			"isUninstalled":            byFlag(func(a *Agent) bool { return a.IsUninstalled }),
			"isPendingUninstall":       byFlag(func(a *Agent) bool { return a.IsPendingUninstall }),
			"isUpToDate":               byFlag(func(a *Agent) bool { return a.IsUpToDate }),
			"infected":                 byFlag((*Agent).infected),
			"firewallEnabled":          byFlag(func(a *Agent) bool { return a.FirewallEnabled }),
			"networkQuarantineEnabled": byFlag(func(a *Agent) bool { return a.NetworkQuarantineEnabled }),
			"locationEnabled":          byFlag(func(a *Agent) bool { return a.LocationEnabled }),
			"scanStatus":               byText(func(a *Agent) string { return a.ScanStatus }),
			"mitigationMode":           byText(func(a *Agent) string { return a.MitigationMode }),
			"mitigationModeSuspicious": byText(func(a *Agent) string { return a.MitigationModeSuspicious }),
			"externalId":               byText(func(a *Agent) string { return orBlank(a.ExternalID) }),
			"activeThreats":            byNumber(func(a *Agent) int { return a.ActiveThreats }),
			"totalMemory":              byNumber(func(a *Agent) int { return a.TotalMemory }),
			"cpuCount":                 byNumber(func(a *Agent) int { return a.CPUCount }),
			"coreCount":                byNumber(func(a *Agent) int { return a.CoreCount }),
		},
	}
}

// agentFilters are the filters of GET /agents and GET /agents/count, but for the scopes. Which attributes `query` looks
// at is not described in full.
func agentFilters() filters[Agent] {
	name := func(a *Agent) []string { return []string{a.ComputerName} }
	uuid := func(a *Agent) string { return a.UUID }
	scanned := func(a *Agent) string { return a.ScanStatus }
	threats := func(a *Agent) int { return a.ActiveThreats }
	f := filters[Agent]{
		"ids":                            oneOf(func(a *Agent) string { return a.ID }),
		"idsNin":                         not(oneOf(func(a *Agent) string { return a.ID })),
		"uuid":                           oneOf(uuid),
		"uuids":                          oneOf(uuid),
		"computerName":                   oneOf(func(a *Agent) string { return a.ComputerName }),
		"computerName__like":             contains(name),
		"computerName__contains":         contains(name),
		"externalIp__contains":           contains(func(a *Agent) []string { return []string{a.ExternalIP} }),
		"uuid__contains":                 contains(func(a *Agent) []string { return []string{a.UUID} }),
		"activeThreats":                  number(threats),
		"activeThreats__gt":              moreThan(threats),
		"scanStatus":                     oneOf(scanned),
		"mitigationMode":                 oneOf(func(a *Agent) string { return a.MitigationMode }),
		"isActive":                       flag(func(a *Agent) bool { return a.IsActive }),
		"isDecommissioned":               flag(func(a *Agent) bool { return a.IsDecommissioned }),
		"isUninstalled":                  flag(func(a *Agent) bool { return a.IsUninstalled }),
		"isPendingUninstall":             flag(func(a *Agent) bool { return a.IsPendingUninstall }),
		"isUpToDate":                     flag(func(a *Agent) bool { return a.IsUpToDate }),
		"infected":                       flag((*Agent).infected),
		"firewallEnabled":                flag(func(a *Agent) bool { return a.FirewallEnabled }),
		"networkQuarantineEnabled":       flag(func(a *Agent) bool { return a.NetworkQuarantineEnabled }),
		"locationEnabled":                flag(func(a *Agent) bool { return a.LocationEnabled }),
		"lastLoggedInUserName__contains": contains(func(a *Agent) []string { return []string{a.LastLoggedInUserName} }),
		"networkInterfaceInet__contains": contains(func(a *Agent) []string { return []string{orBlank(a.LastIPToMgmt)} }),
		"query": contains(func(a *Agent) []string {
			return []string{a.ComputerName, a.UUID, a.Domain, a.OSName, a.ModelName, a.ExternalIP, a.LastLoggedInUserName}
		}),
	}
	lists := filters[Agent]{ // Each has an opposite.
		"domains":                   oneOf(func(a *Agent) string { return a.Domain }),
		"osTypes":                   oneOf(func(a *Agent) string { return a.OSType }),
		"machineTypes":              oneOf(func(a *Agent) string { return a.MachineType }),
		"networkStatuses":           oneOf(func(a *Agent) string { return a.NetworkStatus }),
		"scanStatuses":              oneOf(scanned),
		"agentVersions":             oneOf(func(a *Agent) string { return a.AgentVersion }),
		"operationalStates":         oneOf(func(a *Agent) string { return a.OperationalState }),
		"appsVulnerabilityStatuses": oneOf(func(a *Agent) string { return a.AppsVulnerabilityStatus }),
		"locationIds":               anyOf(func(a *Agent) []string { return a.LocationIDs }),
	}
	for name, filter := range lists {
		f[name], f[name+"Nin"] = filter, not(filter)
	}
	f.timeFilters("createdAt", func(a *Agent) time.Time { return a.CreatedAt })
	f.timeFilters("updatedAt", func(a *Agent) time.Time { return a.UpdatedAt })
	f.timeFilters("registeredAt", func(a *Agent) time.Time { return a.RegisteredAt })
	f.timeFilters("lastActiveDate", func(a *Agent) time.Time { return a.LastActiveDate })
	return f
}

// agentsWanted returns what the query asks for: of the scopes that it names, or else of the caller's own, the agents in
// all that lies within.
func (c *call) agentsWanted() ([]predicate[Agent], error) {
	asked, err := c.readableOrOwn(c.query)
	if err != nil {
		return nil, err
	}
	in := map[place]bool{}
	for _, p := range asked {
		maps.Copy(in, c.scopes.below(p))
	}
	wanted := append(agentFilters().predicates(c.query), func(a *Agent) bool { return in[a.place()] })
	if c.behaviour.HideDecommissioned && c.query["isDecommissioned"] == nil {
		wanted = append(wanted, func(a *Agent) bool { return !a.IsDecommissioned })
	}
	return wanted, nil
}
