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
	// Permissions are those of which one is needed, by their names on the console's page of roles.
	Permissions []string
}

const (
	viewFirewall        = "Firewall: View"
	manageFirewallRules = "Firewall: Manage Rules and Tags"
	modifyFirewall      = "Firewall: Modify Settings"
)

// The operations in use. Permissions are from the vendor's API description, by the names that the console shows.
var (
	ListFirewallRules = Operation{
		Name: "list firewall rules", Method: http.MethodGet, Path: "/firewall-control",
		Permissions: []string{viewFirewall},
	}
	CreateFirewallRule = Operation{
		Name: "create firewall rule", Method: http.MethodPost, Path: "/firewall-control",
		Permissions: []string{manageFirewallRules},
	}
	UpdateFirewallRule = Operation{
		Name: "update firewall rule", Method: http.MethodPut, Path: "/firewall-control/{id}", Object: true,
		Permissions: []string{manageFirewallRules},
	}
	DeleteFirewallRules = Operation{
		Name: "delete firewall rule", Method: http.MethodDelete, Path: "/firewall-control",
		Permissions: []string{manageFirewallRules},
	}
	ReorderFirewallRules = Operation{
		Name: "reorder firewall rules", Method: http.MethodPut, Path: "/firewall-control/reorder",
		Permissions: []string{manageFirewallRules},
	}
	ListFirewallProtocols = Operation{
		Name: "list firewall protocols", Method: http.MethodGet, Path: "/firewall-control/protocols",
		Permissions: []string{viewFirewall},
	}
	GetFirewallConfiguration = Operation{
		Name: "read firewall configuration", Method: http.MethodGet, Path: "/firewall-control/configuration",
		Permissions: []string{viewFirewall},
	}
	UpdateFirewallConfiguration = Operation{
		Name: "update firewall configuration", Method: http.MethodPut, Path: "/firewall-control/configuration",
		Permissions: []string{modifyFirewall},
	}
	ListFirewallTags = Operation{
		Name: "list firewall tags", Method: http.MethodGet, Path: "/tags",
		Permissions: []string{viewFirewall},
	}
	CreateFirewallTag = Operation{
		Name: "create firewall tag", Method: http.MethodPost, Path: "/tags",
		Permissions: []string{manageFirewallRules},
	}
	UpdateFirewallTag = Operation{
		Name: "update firewall tag", Method: http.MethodPut, Path: "/tags/{id}", Object: true,
		Permissions: []string{manageFirewallRules},
	}
	DeleteFirewallTags = Operation{
		Name: "delete firewall tag", Method: http.MethodDelete, Path: "/tags",
		Permissions: []string{manageFirewallRules},
	}
	ListLocations = Operation{
		Name: "list locations", Method: http.MethodGet, Path: "/locations",
		Permissions: []string{"Locations: View"},
	}
	CountAgents = Operation{
		Name: "count endpoints", Method: http.MethodGet, Path: "/agents/count",
		Permissions: []string{"Endpoints: View"},
	}
	ListRestrictions = Operation{
		Name: "list blocklist entries", Method: http.MethodGet, Path: "/restrictions",
		Permissions: []string{"Blocklist: View"},
	}
	CreateRestriction = Operation{
		Name: "create blocklist entry", Method: http.MethodPost, Path: "/restrictions",
		Permissions: []string{"Blocklist: Create"},
	}
	UpdateRestriction = Operation{
		Name: "update blocklist entry", Method: http.MethodPut, Path: "/restrictions", Object: true,
		Permissions: []string{"Blocklist: Edit"},
	}
	DeleteRestrictions = Operation{
		Name: "delete blocklist entry", Method: http.MethodDelete, Path: "/restrictions",
		Permissions: []string{"Blocklist: Delete"},
	}
	ValidateRestriction = Operation{
		Name: "validate blocklist entry", Method: http.MethodPost, Path: "/restrictions/validate",
		Permissions: []string{"Blocklist: Create"},
	}
	ListAccounts = Operation{
		Name: "list accounts", Method: http.MethodGet, Path: "/accounts",
		Permissions: []string{"Accounts: View"},
	}
	ListSites = Operation{
		Name: "list sites", Method: http.MethodGet, Path: "/sites",
		Permissions: []string{"Sites: View"},
	}
	ListGroups = Operation{
		Name: "list groups", Method: http.MethodGet, Path: "/groups",
		Permissions: []string{"Groups: View"},
	}
)
