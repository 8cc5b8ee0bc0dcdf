package simulator

import "strings"

// agentView is an agent as the console lists it, with all keys that were recorded.
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

	// What follows says nothing of the firewall. The state does not have it; it is derived, or as on an agent that is
	// nothing special.
	ActiveDirectory                directoryView       `json:"activeDirectory"`
	ActiveProtection               []string            `json:"activeProtection"`
	AllowRemoteShell               bool                `json:"allowRemoteShell"`
	CloudProviders                 struct{}            `json:"cloudProviders"`
	ConsoleMigrationStatus         string              `json:"consoleMigrationStatus"`
	ContainerizedWorkloadCounts    *struct{}           `json:"containerizedWorkloadCounts"`
	CPUID                          string              `json:"cpuId"`
	DetectionState                 *string             `json:"detectionState"`
	EncryptedApplications          bool                `json:"encryptedApplications"`
	FirstFullModeTime              *timestamp          `json:"firstFullModeTime"`
	FullDiskScanLastUpdatedAt      *timestamp          `json:"fullDiskScanLastUpdatedAt"`
	GroupIP                        string              `json:"groupIp"`
	HasContainerizedWorkload       bool                `json:"hasContainerizedWorkload"`
	InRemoteShellSession           bool                `json:"inRemoteShellSession"`
	InstallerType                  string              `json:"installerType"`
	IsADConnector                  bool                `json:"isAdConnector"`
	IsHyperAutomate                *bool               `json:"isHyperAutomate"`
	LastSuccessfulScanDate         *timestamp          `json:"lastSuccessfulScanDate"`
	LicenseKey                     string              `json:"licenseKey"`
	MachineSID                     string              `json:"machineSid"`
	MissingPermissions             []string            `json:"missingPermissions"`
	NetworkInterfaces              []interfaceView     `json:"networkInterfaces"`
	OperationalStateExpiration     *timestamp          `json:"operationalStateExpiration"`
	OSStartTime                    seconds             `json:"osStartTime"`
	OSUsername                     *string             `json:"osUsername"`
	ProxyStates                    map[string]bool     `json:"proxyStates"`
	RangerStatus                   string              `json:"rangerStatus"`
	RangerVersion                  *string             `json:"rangerVersion"`
	RemoteProfilingState           string              `json:"remoteProfilingState"`
	RemoteProfilingStateExpiration *timestamp          `json:"remoteProfilingStateExpiration"`
	ScanAbortedAt                  *timestamp          `json:"scanAbortedAt"`
	ScanFinishedAt                 *timestamp          `json:"scanFinishedAt"`
	ScanStartedAt                  *timestamp          `json:"scanStartedAt"`
	SerialNumber                   string              `json:"serialNumber"`
	ShowAlertIcon                  bool                `json:"showAlertIcon"`
	StorageName                    *string             `json:"storageName"`
	StorageType                    *string             `json:"storageType"`
	Tags                           map[string][]string `json:"tags"`
	ThreatRebootRequired           bool                `json:"threatRebootRequired"`
	UserActionsNeeded              []string            `json:"userActionsNeeded"`
}

// directoryView is what Active Directory knows of a computer and its user: here, nothing.
type directoryView struct {
	ComputerDistinguishedName *string  `json:"computerDistinguishedName"`
	ComputerMemberOf          []string `json:"computerMemberOf"`
	LastUserDistinguishedName *string  `json:"lastUserDistinguishedName"`
	LastUserMemberOf          []string `json:"lastUserMemberOf"`
}

type interfaceView struct {
	ID                string   `json:"id"`
	Name              string   `json:"name"`
	Physical          string   `json:"physical"`
	Inet              []string `json:"inet"`
	Inet6             []string `json:"inet6"`
	GatewayIP         *string  `json:"gatewayIp"`
	GatewayMACAddress *string  `json:"gatewayMacAddress"`
}

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
	a.describeComputer(&v)
	a.describeScan(&v)
	for _, id := range a.LocationIDs {
		l := s.location(id)
		v.Locations = append(v.Locations, locationView{l.ID, l.Name, l.Scope})
	}
	return v
}

// describeComputer adds what the state has no field for. The public address's network is the address without its last
// part, as recorded: "3.122.240.x".
func (a *Agent) describeComputer(v *agentView) {
	none := []string{}
	v.ActiveDirectory = directoryView{ComputerMemberOf: none, LastUserMemberOf: none}
	v.ActiveProtection, v.MissingPermissions, v.UserActionsNeeded = []string{"edr"}, none, none
	v.ConsoleMigrationStatus, v.InstallerType, v.RangerStatus, v.RemoteProfilingState = "N/A", "unknown", "NotApplicable", "disabled"
	v.ProxyStates = map[string]bool{"console": false, "deepVisibility": false}
	v.Tags = map[string][]string{"sentinelone": none}
	v.OSStartTime = seconds(a.RegisteredAt)
	if dot := strings.LastIndexByte(a.ExternalIP, '.'); dot >= 0 {
		v.GroupIP = a.ExternalIP[:dot] + ".x"
	}
	v.NetworkInterfaces = []interfaceView{}
	if a.LastIPToMgmt != nil {
		v.NetworkInterfaces = append(v.NetworkInterfaces, interfaceView{
			ID: a.ID, Name: "Ethernet", Physical: a.macAddress(), Inet: []string{*a.LastIPToMgmt}, Inet6: none,
		})
	}
}

// macAddress returns a locally administered address that ends in the last digits of the agent's id.
func (a *Agent) macAddress() string {
	digits := "0000" + a.ID
	n := len(digits)
	return "02:00:00:00:" + digits[n-4:n-2] + ":" + digits[n-2:]
}

// describeScan adds when the disk was scanned: all at the time of the agent's last change, as far as its status says so.
func (a *Agent) describeScan(v *agentView) {
	at := new(timestamp(a.UpdatedAt))
	switch a.ScanStatus {
	case "none":
		return
	case "finished":
		v.ScanFinishedAt, v.LastSuccessfulScanDate = at, at
	case "aborted":
		v.ScanAbortedAt = at
	}
	v.ScanStartedAt, v.FullDiskScanLastUpdatedAt = at, at
}
