package sentinelone

import "net/http"

// Operation is one call of the API: what it does, where it goes, and what the console asks of the caller's role.
type Operation struct {
	// Name says what is done, as the end of a sentence that starts with "cannot".
	Name   string
	Method string
	// Path is below the API's prefix; "{id}" stands for an object's id.
	Path string
	// Object tells that the call addresses one object, so that a 404 is the console's word that it does not exist.
	Object bool
	// Query tells that a POST changes nothing: it may be repeated like a GET.
	Query bool
	// Rationed tells that the console takes the call once in some hours only. Its 429 means that and no rush, so the call
	// is not tried again and others don't wait.
	Rationed bool
	// Permissions are those of which one is needed, the narrowest first; none where any token will do. The vendor's API
	// description has them, also for network quarantine and device tags, which share calls with the firewall: those are
	// left out here.
	Permissions []Permission
}

// repeatable is the method by whose rules the operation is repeated.
func (o Operation) repeatable() string {
	if o.Query {
		return http.MethodGet
	}
	return o.Method
}

// Creates tells whether the operation leaves another object behind each time that it runs.
func (o Operation) Creates() bool { return o.repeatable() == http.MethodPost }

// The operations in use.
var (
	ListFirewallRules = Operation{
		Name: "list firewall rules", Method: http.MethodGet, Path: "/firewall-control",
		Permissions: []Permission{viewFirewall},
	}
	CreateFirewallRule = Operation{
		Name: "create firewall rule", Method: http.MethodPost, Path: "/firewall-control",
		Permissions: []Permission{manageFirewallRules},
	}
	UpdateFirewallRule = Operation{
		Name: "update firewall rule", Method: http.MethodPut, Path: "/firewall-control/{id}", Object: true,
		Permissions: []Permission{manageFirewallRules},
	}
	DeleteFirewallRules = Operation{
		Name: "delete firewall rule", Method: http.MethodDelete, Path: "/firewall-control",
		Permissions: []Permission{manageFirewallRules},
	}
	ReorderFirewallRules = Operation{
		Name: "reorder firewall rules", Method: http.MethodPut, Path: "/firewall-control/reorder",
		Permissions: []Permission{manageFirewallRules},
	}
	ListFirewallProtocols = Operation{
		Name: "list firewall protocols", Method: http.MethodGet, Path: "/firewall-control/protocols",
		Permissions: []Permission{viewFirewall},
	}
	GetFirewallConfiguration = Operation{
		Name: "read firewall configuration", Method: http.MethodGet, Path: "/firewall-control/configuration",
		Permissions: []Permission{viewFirewall},
	}
	UpdateFirewallConfiguration = Operation{
		Name: "update firewall configuration", Method: http.MethodPut, Path: "/firewall-control/configuration",
		Permissions: []Permission{modifyFirewall, manageFirewallRules},
	}
	ListFirewallTags = Operation{
		Name: "list firewall tags", Method: http.MethodGet, Path: "/tags",
		Permissions: []Permission{viewFirewall},
	}
	CreateFirewallTag = Operation{
		Name: "create firewall tag", Method: http.MethodPost, Path: "/tags",
		Permissions: []Permission{manageFirewallRules},
	}
	UpdateFirewallTag = Operation{
		Name: "update firewall tag", Method: http.MethodPut, Path: "/tags/{id}", Object: true,
		Permissions: []Permission{manageFirewallRules},
	}
	DeleteFirewallTags = Operation{
		Name: "delete firewall tag", Method: http.MethodDelete, Path: "/tags",
		Permissions: []Permission{manageFirewallRules},
	}
	ListLocations = Operation{
		Name: "list locations", Method: http.MethodGet, Path: "/locations",
		Permissions: []Permission{viewLocations},
	}
	ListAgents = Operation{
		Name: "list endpoints", Method: http.MethodGet, Path: "/agents",
		Permissions: []Permission{viewEndpoints},
	}
	ListApplications = Operation{
		Name: "list applications", Method: http.MethodGet, Path: "/application-management/inventory",
		Permissions: []Permission{viewApplications},
	}
	ListApplicationRisks = Operation{
		Name: "list application risks", Method: http.MethodGet, Path: "/application-management/risks/applications",
		Permissions: []Permission{viewRisks},
	}
	ListVulnerabilities = Operation{
		Name: "list vulnerabilities", Method: http.MethodGet, Path: "/application-management/risks",
		Permissions: []Permission{viewRisks},
	}
	ListApplicationCVEs = Operation{
		Name: "list CVEs of an application", Method: http.MethodGet, Path: "/application-management/risks/cves",
		Permissions: []Permission{viewRisks},
	}
	ListApplicationEndpoints = Operation{
		Name: "list endpoints of a vulnerable application", Method: http.MethodGet,
		Path: "/application-management/risks/endpoints", Permissions: []Permission{viewRisks},
	}
	ListInstallations = Operation{
		Name: "list installations of an application", Method: http.MethodGet,
		Path: "/application-management/inventory/endpoints", Permissions: []Permission{viewApplications},
	}
	ListRestrictions = Operation{
		Name: "list blocklist entries", Method: http.MethodGet, Path: "/restrictions",
		Permissions: []Permission{viewBlocklist},
	}
	CreateRestriction = Operation{
		Name: "create blocklist entry", Method: http.MethodPost, Path: "/restrictions",
		Permissions: []Permission{createBlocklist},
	}
	UpdateRestriction = Operation{
		Name: "update blocklist entry", Method: http.MethodPut, Path: "/restrictions", Object: true,
		Permissions: []Permission{editBlocklist},
	}
	DeleteRestrictions = Operation{
		Name: "delete blocklist entry", Method: http.MethodDelete, Path: "/restrictions",
		Permissions: []Permission{deleteBlocklist},
	}
	ValidateRestriction = Operation{
		Name: "validate blocklist entry", Method: http.MethodPost, Path: "/restrictions/validate", Query: true,
		Permissions: []Permission{createBlocklist},
	}
	ListAccounts = Operation{
		Name: "list accounts", Method: http.MethodGet, Path: "/accounts",
		Permissions: []Permission{viewAccounts},
	}
	ListSites = Operation{
		Name: "list sites", Method: http.MethodGet, Path: "/sites",
		Permissions: []Permission{viewSites},
	}
	GetSiteToken = Operation{
		Name: "read registration token of site", Method: http.MethodGet, Path: "/sites/{id}/token", Object: true,
		Permissions: []Permission{viewSites},
	}
	ListGroups = Operation{
		Name: "list groups", Method: http.MethodGet, Path: "/groups",
		Permissions: []Permission{viewGroups},
	}
	GetGroupToken = Operation{
		Name: "read registration token of group", Method: http.MethodGet, Path: "/groups/{id}/token", Object: true,
		Permissions: []Permission{viewGroups},
	}
	GetUser = Operation{
		Name: "read user", Method: http.MethodGet, Path: "/user", Object: true,
		Permissions: []Permission{viewUsers},
	}
	FindToken = Operation{
		Name: "read API token", Method: http.MethodPost, Path: "/users/api-token-details", Query: true,
	}
	GetRole = Operation{
		Name: "read role", Method: http.MethodGet, Path: "/rbac/role/{id}", Object: true,
		Permissions: []Permission{viewRoles},
	}
	StartApplicationScan = Operation{
		Name: "start vulnerability scan", Method: http.MethodPost, Path: "/application-management/scan", Rationed: true,
		Permissions: []Permission{scanApplications},
	}
)
