package simulator

import "time"

// State is everything a console holds. It is plain data: it can be written by hand, kept in a file (`-seed FILE`), read
// and replaced over HTTP (`/_simulator/state`).
//
// What a seed leaves out is filled in when the console takes it: ids, times, the creator, and the same defaults that a
// created object gets. References (a site's account, a rule's scope, ids of tags and locations) must resolve.
type State struct {
	Accounts       []Account       `json:"accounts"`
	Sites          []Site          `json:"sites"`
	Groups         []Group         `json:"groups"`
	Users          []User          `json:"users"`
	Tags           []Tag           `json:"tags"`
	Locations      []Location      `json:"locations"`
	Configurations []Configuration `json:"configurations"`
	Rules          []Rule          `json:"rules"`
	Restrictions   []Restriction   `json:"restrictions"`
	Agents         []Agent         `json:"agents"`
	// Verdicts is what the vendor thinks of blocking a hash, "Not recommended" or "Not allowed", by hash in any case.
	Verdicts  map[string]string `json:"verdicts"`
	Behaviour Behaviour         `json:"behaviour"`
	ApplicationManagement
}

// Account is the scope below the tenant. What answers say of its licences and agents is the sum of its sites.
type Account struct {
	ID           string     `json:"id"`
	Name         string     `json:"name"`
	State        string     `json:"state"`       // active, expired or deleted
	AccountType  string     `json:"accountType"` // Trial or Paid
	UsageType    string     `json:"usageType"`   // customer, mssp or ir
	BillingMode  string     `json:"billingMode"` // subscription or consumption
	IsDefault    bool       `json:"isDefault"`
	ExternalID   *string    `json:"externalId"`
	SalesforceID *string    `json:"salesforceId"`
	Expiration   *time.Time `json:"expiration"` // null is never
	Creator      string     `json:"creator"`
	CreatorID    string     `json:"creatorId"`
	CreatedAt    time.Time  `json:"createdAt"`
	UpdatedAt    time.Time  `json:"updatedAt"`
}

// Site is the scope below an account, with the fields that a live console was seen to list.
type Site struct {
	ID                  string     `json:"id"`
	Name                string     `json:"name"`
	AccountID           string     `json:"accountId"`
	State               string     `json:"state"` // active, expired or deleted
	SiteType            string     `json:"siteType"`
	SKU                 string     `json:"sku"` // Core, Control or Complete
	IsDefault           bool       `json:"isDefault"`
	Description         *string    `json:"description"`
	ExternalID          *string    `json:"externalId"`
	Expiration          *time.Time `json:"expiration"`
	UnlimitedExpiration bool       `json:"unlimitedExpiration"`
	TotalLicenses       int        `json:"totalLicenses"`
	ActiveLicenses      int        `json:"activeLicenses"`
	UnlimitedLicenses   bool       `json:"unlimitedLicenses"`
	Modules             []string   `json:"modules"` // names of add-ons
	RegistrationToken   string     `json:"registrationToken"`
	Creator             string     `json:"creator"`
	CreatorID           string     `json:"creatorId"`
	CreatedAt           time.Time  `json:"createdAt"`
	UpdatedAt           time.Time  `json:"updatedAt"`
}

// Group is the scope below a site.
type Group struct {
	ID                string    `json:"id"`
	Name              string    `json:"name"`
	SiteID            string    `json:"siteId"`
	IsDefault         bool      `json:"isDefault"`
	Description       *string   `json:"description"`
	Type              string    `json:"type"` // static, dynamic or pinned
	Rank              *int      `json:"rank"` // among the dynamic groups of the site
	FilterID          *string   `json:"filterId"`
	FilterName        *string   `json:"filterName"`
	OwnPolicy         bool      `json:"ownPolicy"`   // else the policy is the site's; the firewall has nothing to do with it
	TotalAgents       int       `json:"totalAgents"` // answered as long as there are no agents to count
	RegistrationToken string    `json:"registrationToken"`
	Creator           string    `json:"creator"`
	CreatorID         string    `json:"creatorId"`
	CreatedAt         time.Time `json:"createdAt"`
	UpdatedAt         time.Time `json:"updatedAt"`
}

// User is who a token speaks for.
type User struct {
	Token   string `json:"token"`
	ID      string `json:"id"`
	Name    string `json:"name"` // in full
	Email   string `json:"email,omitzero"`
	Service bool   `json:"service,omitzero"` // it is for programs, and can't log in
	Scope   string `json:"scope"`            // tenant, account or site; empty is tenant
	ScopeID string `json:"scopeId,omitzero"`
	// Permissions are the console's permission strings, such as "Blacklist.view"; null is all of them.
	Permissions []string `json:"permissions"`
	// The role is what the permissions are called. Users who share one have the same permissions.
	RoleID         string    `json:"roleId"`
	RoleName       string    `json:"roleName"`
	CreatedAt      time.Time `json:"createdAt"`
	TokenCreatedAt time.Time `json:"tokenCreatedAt"`
	TokenExpiresAt time.Time `json:"tokenExpiresAt"` // from then on the token is refused
}

// Tag is a firewall tag: rules link tags by id and show their names.
type Tag struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Scope       string    `json:"scope"` // global, account, site or group
	ScopeID     string    `json:"scopeId"`
	Type        string    `json:"type"` // firewall, network-quarantine or device-inventory
	Description *string   `json:"description"`
	Kind        *string   `json:"kind"`
	Creator     string    `json:"creator"`
	CreatorID   string    `json:"creatorId"`
	Updater     string    `json:"updater"`
	UpdaterID   string    `json:"updaterId"`
	CreatedAt   time.Time `json:"createdAt"`
	UpdatedAt   time.Time `json:"updatedAt"`
}

// Location is a network location: rules name those that they are for. What it is known by is optional.
type Location struct {
	ID                 string           `json:"id"`
	Name               string           `json:"name"`
	Scope              string           `json:"scope"` // global, account, site or group
	ScopeID            string           `json:"scopeId"`
	Description        *string          `json:"description"`
	IsFallback         bool             `json:"isFallback"`
	Operator           string           `json:"operator"` // all, any or none of the following
	DNSLookup          *DNSLookup       `json:"dnsLookup"`
	DNSServers         *Addresses       `json:"dnsServers"`
	IPAddresses        *Addresses       `json:"ipAddresses"`
	RegistryKeys       *RegistryKey     `json:"registryKeys"`
	ServerConnectivity *LocationFeature `json:"serverConnectivity"` // connected or disconnected
	NetworkInterfaces  *LocationFeature `json:"networkInterfaces"`  // wired or wireless
	Creator            string           `json:"creator"`
	CreatorID          string           `json:"creatorId"`
	Updater            string           `json:"updater"`
	UpdaterID          string           `json:"updaterId"`
	CreatedAt          time.Time        `json:"createdAt"`
	UpdatedAt          time.Time        `json:"updatedAt"`
}

// DNSLookup knows a location by what names resolve to.
type DNSLookup struct {
	Operator    string         `json:"operator"`
	Identifiers []ResolvedName `json:"identifiers"`
}

// ResolvedName is a name and the address that it has at a location.
type ResolvedName struct {
	Host string `json:"host"`
	IP   string `json:"ip"`
}

// Addresses knows a location by addresses, of computers or of their DNS servers.
type Addresses struct {
	Operator    string         `json:"operator"`
	Identifiers []AddressRange `json:"identifiers"`
}

// AddressRange is one address, one CIDR, or the ends of a range.
type AddressRange struct {
	Type   string   `json:"type"` // address, cidr or range
	Values []string `json:"values"`
}

// RegistryKey knows a location by what is in a computer's registry.
type RegistryKey struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	Data  string `json:"data"`
}

// LocationFeature knows a location by one word.
type LocationFeature struct {
	Enabled bool   `json:"enabled"`
	Value   string `json:"value"`
}

// Configuration holds the firewall settings of one scope. A scope without one inherits everything.
type Configuration struct {
	Scope                   string   `json:"scope"`
	ScopeID                 string   `json:"scopeId"`
	Enabled                 bool     `json:"enabled"`
	LocationAware           bool     `json:"locationAware"`
	ReportBlocked           bool     `json:"reportBlocked"`
	InheritSettings         bool     `json:"inheritSettings"`
	InheritAllFirewallRules bool     `json:"inheritAllFirewallRules"`
	SelectedTags            []string `json:"selectedTags"`
}

// Rule is a firewall rule.
type Rule struct {
	ID      string `json:"id"`
	Scope   string `json:"scope"` // global, account, site or group
	ScopeID string `json:"scopeId"`
	// Order sorts the rules of one scope; 0 puts a rule behind those that have one. Answers show the place in the row,
	// which is this number only as long as no rule in front of it is deleted.
	Order       int          `json:"order"`
	Name        string       `json:"name"`
	Description *string      `json:"description"`
	Action      string       `json:"action"`
	Status      string       `json:"status"`
	Direction   string       `json:"direction"`
	OSTypes     []string     `json:"osTypes"`
	Tag         string       `json:"tag"` // deprecated free text
	TagIDs      []string     `json:"tagIds"`
	Protocol    string       `json:"protocol"`
	Application Application  `json:"application"`
	LocalHost   Host         `json:"localHost"`
	LocalPort   Ports        `json:"localPort"`
	RemoteHosts []Host       `json:"remoteHosts"`
	RemotePort  Ports        `json:"remotePort"`
	Location    RuleLocation `json:"location"`
	Creator     string       `json:"creator"`
	CreatorID   string       `json:"creatorId"`
	CreatedAt   time.Time    `json:"createdAt"`
	UpdatedAt   time.Time    `json:"updatedAt"`
}

// Application narrows a rule to programs: by path, SHA1 or as part of the system.
type Application struct {
	Type   string   `json:"type"`
	Values []string `json:"values"`
}

// Host narrows a rule to addresses, CIDRs, ranges or names; one of them has up to 5000 values.
type Host struct {
	Type   string   `json:"type"`
	Values []string `json:"values"`
}

// Ports narrows a rule to ports or one range of them.
type Ports struct {
	Type   string `json:"type"`
	Values []int  `json:"values"`
}

// RuleLocation tells where a rule's computers must be: at all locations, at specific ones, or at none that is known.
type RuleLocation struct {
	Type string   `json:"type"`
	IDs  []string `json:"ids"`
}

// Restriction is a blocklist item.
type Restriction struct {
	ID             string    `json:"id"`
	HashID         string    `json:"hashId"`
	Scope          string    `json:"scope"` // global, account, site or group
	ScopeID        string    `json:"scopeId"`
	Type           string    `json:"type"`
	Value          *string   `json:"value"` // SHA1
	SHA256Value    *string   `json:"sha256Value"`
	OSType         string    `json:"osType"`
	Description    *string   `json:"description"`
	Source         string    `json:"source"`
	NotRecommended string    `json:"notRecommended"`
	Imported       bool      `json:"imported"`
	UserID         string    `json:"userId"`
	UserName       string    `json:"userName"`
	CreatedAt      time.Time `json:"createdAt"`
	UpdatedAt      time.Time `json:"updatedAt"`
}

// Agent is the agent on one computer, as far as inventory and firewall need it. Its group can be left out, which makes it
// the default group of its site, or its site, which is then that of the group.
type Agent struct {
	ID                       string    `json:"id"`
	UUID                     string    `json:"uuid"`
	ComputerName             string    `json:"computerName"`
	SiteID                   string    `json:"siteId"`
	GroupID                  string    `json:"groupId"`
	Domain                   string    `json:"domain"`
	OSType                   string    `json:"osType"`
	OSName                   string    `json:"osName"`
	OSRevision               string    `json:"osRevision"`
	OSArch                   string    `json:"osArch"`
	MachineType              string    `json:"machineType"`
	ModelName                string    `json:"modelName"`
	CPUCount                 int       `json:"cpuCount"`
	CoreCount                int       `json:"coreCount"`
	TotalMemory              int       `json:"totalMemory"` // MB
	AgentVersion             string    `json:"agentVersion"`
	IsUpToDate               bool      `json:"isUpToDate"`
	IsActive                 bool      `json:"isActive"`
	IsDecommissioned         bool      `json:"isDecommissioned"`
	IsUninstalled            bool      `json:"isUninstalled"`
	IsPendingUninstall       bool      `json:"isPendingUninstall"`
	ActiveThreats            int       `json:"activeThreats"` // an agent with one is infected
	NetworkStatus            string    `json:"networkStatus"`
	FirewallEnabled          bool      `json:"firewallEnabled"`
	NetworkQuarantineEnabled bool      `json:"networkQuarantineEnabled"`
	LocationEnabled          bool      `json:"locationEnabled"`
	LocationType             string    `json:"locationType"`
	LocationIDs              []string  `json:"locationIds"`
	OperationalState         string    `json:"operationalState"`
	AppsVulnerabilityStatus  string    `json:"appsVulnerabilityStatus"`
	MitigationMode           string    `json:"mitigationMode"`
	MitigationModeSuspicious string    `json:"mitigationModeSuspicious"`
	ScanStatus               string    `json:"scanStatus"`
	ExternalID               *string   `json:"externalId"`
	ExternalIP               string    `json:"externalIp"`
	LastIPToMgmt             *string   `json:"lastIpToMgmt"`
	LastLoggedInUserName     string    `json:"lastLoggedInUserName"`
	LastActiveDate           time.Time `json:"lastActiveDate"`
	RegisteredAt             time.Time `json:"registeredAt"`
	CreatedAt                time.Time `json:"createdAt"`
	UpdatedAt                time.Time `json:"updatedAt"`
}
