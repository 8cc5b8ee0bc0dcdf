package sentinelone

import (
	"strings"
	"unicode"
)

// Permission is something that a role can grant, by what the console's page of roles calls the page and the permission
// on it: "Firewall: View".
type Permission string

// The permissions that the operations in use need.
const (
	viewAccounts        Permission = "Accounts: View"
	viewApplications    Permission = "Applications: View"
	viewRisks           Permission = "Applications: View Risks"
	scanApplications    Permission = "Applications: Scan Vulnerabilities"
	viewBlocklist       Permission = "Blocklist: View"
	createBlocklist     Permission = "Blocklist: Create"
	editBlocklist       Permission = "Blocklist: Edit"
	deleteBlocklist     Permission = "Blocklist: Delete"
	viewEndpoints       Permission = "Endpoints: View"
	viewFirewall        Permission = "Firewall: View"
	manageFirewallRules Permission = "Firewall: Manage Rules and Tags"
	modifyFirewall      Permission = "Firewall: Modify Settings"
	viewGroups          Permission = "Groups: View"
	viewLocations       Permission = "Locations: View"
	viewRoles           Permission = "Roles: View"
	viewSites           Permission = "Sites: View"
	viewUsers           Permission = "Users: View"
)

// identifiers are the permissions as the vendor's API description names them: page, dot, permission.
var identifiers = map[Permission]string{
	viewAccounts:        "Accounts.view",
	viewApplications:    "Applications Page.view",
	viewRisks:           "Applications Page.viewRisks",
	scanApplications:    "Applications Page.scanVulnerabilities",
	viewBlocklist:       "Blacklist.view",
	createBlocklist:     "Blacklist.create",
	editBlocklist:       "Blacklist.edit",
	deleteBlocklist:     "Blacklist.delete",
	viewEndpoints:       "Endpoints.view",
	viewFirewall:        "Firewall Control.view",
	manageFirewallRules: "Firewall Control.manageRulesAndTags",
	modifyFirewall:      "Firewall Control.modifySettings(preferencesTab)",
	viewGroups:          "Groups.view",
	viewLocations:       "Locations.view",
	viewRoles:           "Roles.view",
	viewSites:           "Sites.view",
	viewUsers:           "Users.view",
}

// Identifier is the permission as the vendor's API description names it, such as "Firewall Control.view"; "" for one
// that no operation in use needs.
func (p Permission) Identifier() string { return identifiers[p] }

// isOn tells whether the permission belongs to a page of a role. How roles name pages was not seen: it may be as the
// console shows them, or as the API description has them.
func (p Permission) isOn(page RolePage) bool {
	shown, _, _ := strings.Cut(string(p), ": ")
	described, _, _ := strings.Cut(p.Identifier(), ".")
	return matches([]string{page.Name, page.Identifier}, shown, described)
}

// is tells whether the permission is what a row of its page is about. Rows may be named like pages, or by the whole
// identifier, or by a number; then the title tells.
func (p Permission) is(row RolePermission) bool {
	_, shown, _ := strings.Cut(string(p), ": ")
	_, described, _ := strings.Cut(p.Identifier(), ".")
	return matches([]string{row.Title, row.Identifier}, shown, described, p.Identifier())
}

// matches tells whether one of the names is one of the others, spaces, case and signs aside.
func matches(names []string, others ...string) bool {
	for _, name := range names {
		for _, other := range others {
			if letters(name) != "" && letters(name) == letters(other) {
				return true
			}
		}
	}
	return false
}

// letters drops what names of one thing differ in: "Manage Rules and Tags" and "manageRulesAndTags" are one.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
