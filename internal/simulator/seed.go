package simulator

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Empty returns a tenant with nobody in it but its administrator.
func Empty() State {
	return State{Users: []User{{
		Token: "not-a-real-token-of-the-demo-administrator",
		ID:    "1900000000000000001",
		Name:  "Terraform service user",
		Email: "administrator@corp.example",
	}}}
}

// Demo returns a small company: two accounts with two sites each. The first site listed has Firewall Control on with
// settings, a tag and a location of its own, the others inherit, the last one has expired. There are no rules and no
// restrictions. Four computers of the first site have an agent. Applications on them have four vulnerabilities, two of
// which are exploited in the wild. Besides the administrator there is a service user with no more permissions than the
// objects need.
func Demo() State {
	founded := time.Date(2024, time.March, 4, 8, 15, 30, 123456000, time.UTC)
	ended := founded.AddDate(1, 0, 0)
	s := Empty()
	s.Users[0].CreatedAt = founded
	s.Users = append(s.Users, User{
		Token:   "not-a-real-token-of-the-minimal-service-user",
		ID:      "1900000000000000003",
		Name:    "Terraform minimal service user",
		Service: true,
		Permissions: []string{
			"Firewall Control.view", "Firewall Control.modifySettings(preferencesTab)", "Firewall Control.manageRulesAndTags",
			"Sites.view", "Applications Page.view", "Applications Page.viewRisks", "Endpoints.view",
			"Blacklist.view", "Blacklist.create", "Blacklist.edit", "Blacklist.delete",
		},
		RoleID:    "1900000000000000012",
		RoleName:  "Terraform",
		CreatedAt: founded,
	})
	s.Accounts = []Account{
		{ID: "1900000000000000101", Name: "Example Europe", IsDefault: true, ExternalID: new("crm-4700"), CreatedAt: founded},
		{ID: "1900000000000000102", Name: "Example Americas", CreatedAt: founded},
	}
	site := func(n int, account, name, sku string) Site {
		return Site{
			ID: "190000000000000020" + strconv.Itoa(n), AccountID: account, Name: name, State: "active", SiteType: "Paid",
			SKU: sku, UnlimitedExpiration: true, TotalLicenses: 100 * n, ActiveLicenses: 7 * n, Modules: []string{"ranger"},
			CreatedAt: founded.AddDate(0, 0, n), UpdatedAt: founded.AddDate(0, 1, n),
			Creator: s.Users[0].Name, CreatorID: s.Users[0].ID,
			RegistrationToken: "not-a-real-registration-token-" + strconv.Itoa(n),
		}
	}
	s.Sites = []Site{
		site(1, s.Accounts[0].ID, "Headquarters", "Complete"),
		site(2, s.Accounts[0].ID, "Laboratory", "Control"),
		site(3, s.Accounts[1].ID, "Branch office", "Control"),
		site(4, s.Accounts[1].ID, "Closed plant", "Core"),
	}
	s.Sites[0].IsDefault = true
	s.Sites[0].Description = new("Offices and data centre")
	s.Sites[0].ExternalID = new("crm-4711")
	s.Sites[3].State = "expired"
	s.Sites[3].UnlimitedExpiration = false
	s.Sites[3].Expiration = &ended
	for i, site := range s.Sites {
		s.Groups = append(s.Groups, Group{
			ID: "190000000000000030" + strconv.Itoa(i+1), Name: "Default Group", SiteID: site.ID, IsDefault: true,
			TotalAgents: site.ActiveLicenses, CreatedAt: site.CreatedAt,
			RegistrationToken: "not-a-real-registration-token-of-group-" + strconv.Itoa(i+1),
		})
	}
	s.Groups = append(s.Groups, Group{
		ID: "1900000000000000305", Name: "Servers", SiteID: s.Sites[0].ID, Description: new("Data centre"),
		CreatedAt: founded.AddDate(0, 2, 0), RegistrationToken: "not-a-real-registration-token-of-group-5",
	})
	s.Tags = []Tag{
		{ID: "1900000000000000411", Name: "Baseline", Scope: "account", ScopeID: s.Accounts[0].ID, CreatedAt: founded},
		{ID: "1900000000000000412", Name: "Servers", Scope: "site", ScopeID: s.Sites[0].ID, CreatedAt: founded},
	}
	s.Locations = []Location{
		{
			ID: "1900000000000000511", Name: "Corporate network", Scope: "account", ScopeID: s.Accounts[0].ID, CreatedAt: founded,
			DNSLookup: &DNSLookup{Operator: "all", Identifiers: []ResolvedName{{Host: "intranet.example", IP: "192.0.2.10"}}},
		},
		{
			ID: "1900000000000000512", Name: "Head office", Scope: "site", ScopeID: s.Sites[0].ID, CreatedAt: founded,
			IPAddresses: &Addresses{Operator: "any", Identifiers: []AddressRange{{Type: "cidr", Values: []string{"192.0.2.0/24"}}}},
		},
	}
	s.Configurations = []Configuration{
		{Scope: "global", InheritAllFirewallRules: true},
		{Scope: "site", ScopeID: s.Sites[0].ID, Enabled: true, InheritAllFirewallRules: true},
	}
	s.Agents = demoAgents(s, founded)
	s.ApplicationManagement = demoApplications(s.Agents, founded)
	return s
}

// demoAgents returns the agents of Demo: two workplaces, one of them with the firewall off, and two servers, one of them
// switched off.
func demoAgents(s State, founded time.Time) []Agent {
	agent := func(n int, name, machine, osType, osName string) Agent {
		return Agent{
			ID: "190000000000000090" + strconv.Itoa(n), ComputerName: name, SiteID: s.Sites[0].ID, Domain: "corp.example",
			OSType: osType, OSName: osName, MachineType: machine, CPUCount: 1, CoreCount: 8, TotalMemory: 16384,
			AgentVersion: "25.1.3.334", IsUpToDate: true, IsActive: true, FirewallEnabled: true,
			ExternalIP: "198.51.100.7", LastIPToMgmt: new("192.0.2." + strconv.Itoa(20+n)),
			CreatedAt: founded.AddDate(0, 2, n), LastActiveDate: founded.AddDate(2, 0, n),
		}
	}
	agents := []Agent{
		agent(1, "HQ-LAPTOP-01", "laptop", "windows", "Windows 11 Pro"),
		agent(2, "hq-macbook-02", "laptop", "macos", "macOS Tahoe"),
		agent(3, "hq-db-01", "server", "linux", "Ubuntu 24.04"),
		agent(4, "HQ-FILES-02", "server", "windows", "Windows Server 2022"),
	}
	agents[1].FirewallEnabled = false
	agents[2].GroupID, agents[3].GroupID = "1900000000000000305", "1900000000000000305"
	agents[3].IsActive, agents[3].NetworkStatus = false, "disconnected"
	return agents
}

// fillIn completes a seed: ids, times and creators that it leaves out, and the defaults of a created object.
// All ids in use are noted first, so that none is handed out again.
func (s *store) fillIn(seed *State) {
	for _, u := range seed.Users {
		s.ids.taken(u.ID)
		s.ids.taken(u.RoleID)
	}
	for _, a := range seed.Accounts {
		s.ids.taken(a.ID)
	}
	for _, site := range seed.Sites {
		s.ids.taken(site.ID)
	}
	for _, g := range seed.Groups {
		s.ids.taken(g.ID)
	}
	for _, t := range seed.Tags {
		s.ids.taken(t.ID)
	}
	for _, l := range seed.Locations {
		s.ids.taken(l.ID)
	}
	for _, r := range seed.Rules {
		s.ids.taken(r.ID)
	}
	for _, r := range seed.Restrictions {
		s.ids.taken(r.ID)
		s.ids.taken(r.HashID)
	}
	for _, a := range seed.Agents {
		s.ids.taken(a.ID)
	}
	for _, w := range seed.Applications {
		s.ids.taken(w.ID)
	}
	for i := range seed.Users {
		seed.Users[i].fillIn(s)
	}
	var author User
	if len(seed.Users) > 0 {
		author = seed.Users[0]
	}
	for i := range seed.Accounts {
		seed.Accounts[i].fillIn(s, author)
	}
	for i := range seed.Sites {
		seed.Sites[i].fillIn(s, author)
	}
	for i := range seed.Groups {
		seed.Groups[i].fillIn(s, author)
	}
	for i := range seed.Tags {
		seed.Tags[i].fillIn(s, author)
	}
	for i := range seed.Locations {
		seed.Locations[i].fillIn(s, author)
	}
	for i := range seed.Rules {
		seed.Rules[i].fillIn(s, author)
	}
	for i := range seed.Restrictions {
		seed.Restrictions[i].fillIn(s, author)
	}
	settleAgents(seed)
	for i := range seed.Agents {
		seed.Agents[i].fillIn(s)
	}
	settleApplications(seed)
	seed.fillInApplications(s)
}

func (a *Account) fillIn(store *store, author User) {
	a.State = cmp.Or(a.State, "active")
	a.AccountType = cmp.Or(a.AccountType, "Paid")
	a.UsageType = cmp.Or(a.UsageType, "customer")
	a.BillingMode = cmp.Or(a.BillingMode, "subscription")
	a.CreatorID, a.Creator = author.orElse(a.CreatorID, a.Creator)
	a.CreatedAt = store.orNow(a.CreatedAt)
	a.UpdatedAt = orTime(a.UpdatedAt, a.CreatedAt)
}

func (g *Group) fillIn(store *store, author User) {
	g.Type = cmp.Or(g.Type, "static")
	g.CreatorID, g.Creator = author.orElse(g.CreatorID, g.Creator)
	g.CreatedAt = store.orNow(g.CreatedAt)
	g.UpdatedAt = orTime(g.UpdatedAt, g.CreatedAt)
}

func (s *Site) fillIn(store *store, author User) {
	s.ID = store.orNew(s.ID)
	s.State = cmp.Or(s.State, "active")
	s.SiteType = cmp.Or(s.SiteType, "Paid")
	s.SKU = cmp.Or(s.SKU, "Complete")
	s.Modules = slices.DeleteFunc(s.Modules, func(name string) bool { return name == "" })
	s.CreatorID, s.Creator = author.orElse(s.CreatorID, s.Creator)
	s.CreatedAt = store.orNow(s.CreatedAt)
	s.UpdatedAt = orTime(s.UpdatedAt, s.CreatedAt)
}

func (s *store) orNew(id string) string {
	if id == "" {
		return s.ids.next()
	}
	return id
}

func (s *store) orNow(t time.Time) time.Time {
	if t.IsZero() {
		return s.now()
	}
	return t
}

func orTime(t, otherwise time.Time) time.Time {
	if t.IsZero() {
		return otherwise
	}
	return t
}

func (u User) orElse(id, name string) (orID, orName string) {
	if id == "" {
		return u.ID, u.Name
	}
	return id, name
}
