package sentinelone

// Agent is an endpoint that the console manages, by the agent on it. The API also sends a licence key and who was logged
// in last: they are never decoded. Passphrases are not part of its answer.
type Agent struct {
	ID                       string  `json:"id"`
	UUID                     string  `json:"uuid"`
	Name                     string  `json:"computerName"`
	Domain                   string  `json:"domain"`
	AccountID                string  `json:"accountId"`
	AccountName              string  `json:"accountName"`
	SiteID                   string  `json:"siteId"`
	SiteName                 string  `json:"siteName"`
	GroupID                  string  `json:"groupId"`
	GroupName                string  `json:"groupName"`
	OSType                   string  `json:"osType"`
	OSName                   string  `json:"osName"`
	OSRevision               string  `json:"osRevision"`
	OSArch                   string  `json:"osArch"`
	MachineType              string  `json:"machineType"`
	ModelName                string  `json:"modelName"`
	AgentVersion             string  `json:"agentVersion"`
	IsUpToDate               bool    `json:"isUpToDate"`
	IsActive                 bool    `json:"isActive"`
	IsDecommissioned         bool    `json:"isDecommissioned"`
	IsUninstalled            bool    `json:"isUninstalled"`
	IsPendingUninstall       bool    `json:"isPendingUninstall"`
	Infected                 bool    `json:"infected"`
	ActiveThreats            int64   `json:"activeThreats"`
	NetworkStatus            string  `json:"networkStatus"`
	FirewallEnabled          bool    `json:"firewallEnabled"` // supports Firewall Control, and has it on
	NetworkQuarantineEnabled bool    `json:"networkQuarantineEnabled"`
	LocationEnabled          bool    `json:"locationEnabled"`
	LocationType             string  `json:"locationType"`
	Locations                []Named `json:"locations"` // null for none
	OperationalState         string  `json:"operationalState"`
	AppsVulnerabilityStatus  string  `json:"appsVulnerabilityStatus"`
	MitigationMode           string  `json:"mitigationMode"`
	ExternalIP               string  `json:"externalIp"`
	LastIPToConsole          string  `json:"lastIpToMgmt"` // null, "" here, where none is known
	LastActiveDate           string  `json:"lastActiveDate"`
	RegisteredAt             string  `json:"registeredAt"`
	UpdatedAt                string  `json:"updatedAt"`
}

// Named is an object by its id and its name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (a Agent) key() string { return a.ID }

// AgentQuery narrows what is asked about endpoints.
type AgentQuery struct {
	Scope                     Scope      `url:"-"`
	IDs                       []string   `url:"ids,comma,omitempty"`
	UUIDs                     []string   `url:"uuids,comma,omitempty"`
	Name                      *string    `url:"computerName,omitempty"`
	NameContains              []string   `url:"computerName__contains,comma,omitempty"` // terms are of at least two characters
	ExternalIPContains        []string   `url:"externalIp__contains,comma,omitempty"`
	Query                     *string    `url:"query,omitempty"` // in what the console finds applicable
	Domains                   []string   `url:"domains,comma,omitempty"`
	OSTypes                   []string   `url:"osTypes,comma,omitempty"`
	MachineTypes              []string   `url:"machineTypes,comma,omitempty"`
	AgentVersions             []string   `url:"agentVersions,comma,omitempty"`
	NetworkStatuses           []string   `url:"networkStatuses,comma,omitempty"`
	OperationalStates         []string   `url:"operationalStates,comma,omitempty"`
	AppsVulnerabilityStatuses []string   `url:"appsVulnerabilityStatuses,comma,omitempty"`
	LocationIDs               []string   `url:"locationIds,comma,omitempty"`
	IsActive                  *bool      `url:"isActive,omitempty"`
	IsDecommissioned          *bool      `url:"isDecommissioned,omitempty"` // consoles may show both, or not, to who does not ask
	IsUninstalled             *bool      `url:"isUninstalled,omitempty"`
	IsPendingUninstall        *bool      `url:"isPendingUninstall,omitempty"`
	IsUpToDate                *bool      `url:"isUpToDate,omitempty"`
	Infected                  *bool      `url:"infected,omitempty"`
	FirewallEnabled           *bool      `url:"firewallEnabled,omitempty"`
	NetworkQuarantineEnabled  *bool      `url:"networkQuarantineEnabled,omitempty"`
	LocationEnabled           *bool      `url:"locationEnabled,omitempty"`
	LastActive                TimeFilter `url:"lastActiveDate"`
	Registered                TimeFilter `url:"registeredAt"`
	Updated                   TimeFilter `url:"updatedAt"`
}

func (q AgentQuery) scope() Scope { return q.Scope }

// MachineTypes are the kinds of endpoints.
func MachineTypes() []string {
	return []string{
		"unknown", "desktop", "laptop", "server", "kubernetes node", "storage", "kubernetes pod", "ecs task", "kubernetes helper",
	}
}

// NetworkStatuses are how an endpoint stands with its network: "disconnected" is quarantined.
func NetworkStatuses() []string {
	return []string{"connected", "disconnected", "connecting", "disconnecting"}
}

// AppsVulnerabilityStatuses are what an agent knows of the applications of its endpoint.
func AppsVulnerabilityStatuses() []string {
	return []string{"patch_required", "up_to_date", "not_applicable"}
}
