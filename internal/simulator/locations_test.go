package simulator_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// locationSeed has a location on each level, and two that differ in everything that can be filtered. Two rules are for
// the first, one of them disabled, and a disabled one for the second; one agent is at the first. That europe inherits no
// rules changes nothing.
func locationSeed() simulator.State {
	s := simulator.Demo()
	first, second := "1900000000000000501", "1900000000000000502"
	s.Locations = []simulator.Location{
		{
			ID: first, Scope: "site", ScopeID: headquarters, Name: "Office", Description: new("Desks"), Creator: "Jane",
			CreatorID:   "1900000000000000007",
			DNSLookup:   &simulator.DNSLookup{Operator: "all", Identifiers: []simulator.ResolvedName{{Host: "Intranet.example", IP: "192.0.2.7"}}},
			IPAddresses: &simulator.Addresses{Operator: "any", Identifiers: []simulator.AddressRange{{Type: "cidr", Values: []string{"198.51.100.0/24"}}}},
		},
		{
			ID: second, Scope: "site", ScopeID: headquarters, Name: "abroad", IsFallback: true, Operator: "none",
			DNSServers:         &simulator.Addresses{Operator: "none", Identifiers: []simulator.AddressRange{{Type: "range", Values: []string{"203.0.113.1", "203.0.113.9"}}}},
			RegistryKeys:       &simulator.RegistryKey{Key: `HKEY_LOCAL_MACHINE\SOFTWARE\Example`, Value: "Place"},
			ServerConnectivity: &simulator.LocationFeature{Enabled: true, Value: "disconnected"},
			NetworkInterfaces:  &simulator.LocationFeature{Enabled: true, Value: "wireless"},
		},
		{Scope: "group", ScopeID: servers, Name: "of a group"},
		{Scope: "account", ScopeID: europe, Name: "of europe"},
		{Scope: "global", Name: "of all"},
		{Scope: "site", ScopeID: branch, Name: "beside"},
	}
	at := func(ids ...string) simulator.RuleLocation { return simulator.RuleLocation{Type: "specific", IDs: ids} }
	s.Rules = []simulator.Rule{
		{Scope: "site", ScopeID: headquarters, Name: "on", Location: at(first)},
		{Scope: "site", ScopeID: headquarters, Name: "off", Status: "Disabled", Location: at(first, second)},
	}
	s.Agents[0].LocationIDs = []string{first}
	s.Configurations = append(s.Configurations, simulator.Configuration{Scope: "account", ScopeID: europe})
	return s
}

func TestLocationFilters(t *testing.T) {
	t.Parallel()
	seed := locationSeed()
	seed.Users = append(seed.Users, simulator.User{Token: "site", ID: "1900000000000000009", Scope: "site", ScopeID: headquarters})
	console := simulator.Start(t, simulator.WithSeed(seed))
	admin, own := console.Token(), "siteIds="+headquarters
	tests := []struct {
		token, query string
		want         []string // with a * when editable
	}{
		{admin, "", []string{"Office*", "abroad*", "of a group*", "of europe*", "of all*", "beside*"}},
		{"site", "", []string{"Office*", "abroad*", "of a group*"}},
		{admin, own, []string{"Office*", "abroad*", "of europe", "of all"}},
		{"site", own, []string{"Office*", "abroad*", "of europe", "of all"}},
		{admin, "groupIds=" + servers, []string{"Office", "abroad", "of a group*", "of europe", "of all"}},
		{admin, "accountIds=" + europe, []string{"of europe*", "of all"}},
		{admin, own + "&scopes=account,global", []string{"of europe", "of all"}},
		{admin, own + "&ids=1900000000000000502,1999999999999999999", []string{"abroad*"}},
		{admin, own + "&hasFirewallRules=true", []string{"Office*", "abroad*"}},
		{admin, own + "&hasFirewallRules=False", []string{"of europe", "of all"}},
		{admin, own + "&name__contains=OFF,broa", []string{"Office*", "abroad*"}},
		{admin, own + "&description__contains=desk", []string{"Office*"}},
		{admin, own + "&creator__contains=jane", []string{"Office*"}},
		{admin, own + "&scopeName__contains=europe", []string{"of europe"}},
		{admin, own + "&hostname__contains=intranet", []string{"Office*"}},
		{admin, own + "&ipAddress__contains=192.0.2", []string{"Office*"}},
		{admin, own + "&ipAddress__contains=198.51.100,113.9", []string{"Office*", "abroad*"}},
		{admin, own + `&registryKey__contains=software\ex`, []string{"abroad*"}},
		{admin, own + "&sortBy=scope&limit=3", []string{"of europe", "of all", "Office*"}},
		{admin, own + "&sortBy=id&sortOrder=desc&limit=1&skip=3", []string{"Office*"}},
	}
	for _, test := range tests {
		p := sendAs(t, console, "ApiToken "+test.token, "GET", "/locations?"+test.query, "").page(t)
		got := p.column("name")
		for i, row := range p.Data {
			if row["editable"] == true {
				got[i] += "*"
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s of %s (-want +got):\n%s", test.query, test.token, diff)
		}
	}
}

// TestLocationView holds all that is answered, for a location that says much and for one that a seed left bare.
func TestLocationView(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(locationSeed()), simulator.WithClock(ticking()))
	got := send(t, console, "GET", "/locations?siteIds="+headquarters, "").page(t).Data
	network := func(operator, kind string, values ...any) map[string]any {
		return map[string]any{"operator": operator, "identifiers": []any{map[string]any{"type": kind, "values": values}}}
	}
	office := map[string]any{
		"id": "1900000000000000501", "name": "Office", "description": "Desks", "operator": "all", "isFallback": false,
		"editable": true, "activeFirewallRules": 1.0, "reportingAgents": 1.0, "scope": "site", "scopeId": headquarters,
		"scopeName": "Headquarters", "creator": "Jane", "creatorId": "1900000000000000007", "updater": "Jane",
		"updaterId": "1900000000000000007", "createdAt": got[0]["createdAt"], "updatedAt": got[0]["createdAt"],
		"dnsLookup":  map[string]any{"operator": "all", "identifiers": []any{map[string]any{"host": "Intranet.example", "ip": "192.0.2.7"}}},
		"dnsServers": nil, "ipAddresses": network("any", "cidr", "198.51.100.0/24"), "registryKeys": nil,
		"serverConnectivity": nil, "networkInterfaces": nil,
	}
	all := map[string]any{
		"id": got[3]["id"], "name": "of all", "description": nil, "operator": "all", "isFallback": false,
		"editable": false, "activeFirewallRules": 0.0, "reportingAgents": 0.0, "scope": "global", "scopeId": nil,
		"scopeName": "Global", "creator": "Terraform service user", "creatorId": "1900000000000000001",
		"updater": "Terraform service user", "updaterId": "1900000000000000001", "createdAt": got[3]["createdAt"],
		"updatedAt": got[3]["createdAt"], "dnsLookup": nil, "dnsServers": nil, "ipAddresses": nil, "registryKeys": nil,
		"serverConnectivity": nil, "networkInterfaces": nil,
	}
	if diff := cmp.Diff([]map[string]any{office, all}, []map[string]any{got[0], got[3]}); diff != "" {
		t.Errorf("locations (-want +got):\n%s", diff)
	}
	abroad := map[string]any{
		"isFallback": true, "operator": "none", "activeFirewallRules": 0.0,
		"dnsServers":         network("none", "range", "203.0.113.1", "203.0.113.9"),
		"registryKeys":       map[string]any{"key": `HKEY_LOCAL_MACHINE\SOFTWARE\Example`, "value": "Place", "data": ""},
		"serverConnectivity": map[string]any{"enabled": true, "value": "disconnected"},
		"networkInterfaces":  map[string]any{"enabled": true, "value": "wireless"},
	}
	for field, want := range abroad {
		if diff := cmp.Diff(want, got[1][field]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", field, diff)
		}
	}
}
