package simulator_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

const africa = "1900000000000000103"

// accountSeed has three accounts that differ in everything a filter asks for; one has no site but a deleted one. It has
// no agents.
func accountSeed() simulator.State {
	s := simulator.Demo()
	s.Agents = nil
	ends := time.Date(2027, time.January, 31, 12, 0, 0, 0, time.UTC)
	s.Accounts[1].AccountType, s.Accounts[1].UsageType, s.Accounts[1].BillingMode = "Trial", "mssp", "consumption"
	s.Accounts = append(s.Accounts, simulator.Account{
		ID: africa, Name: "Example Africa", State: "expired", Expiration: &ends, UpdatedAt: ends, CreatedAt: ends.AddDate(-1, 0, 0),
	})
	s.Sites[0].Modules = []string{"star", "ranger"}
	s.Sites[3].UnlimitedLicenses = true
	s.Sites = append(s.Sites, simulator.Site{
		ID: "1900000000000000205", AccountID: africa, Name: "Gone", State: "deleted", TotalLicenses: 9, ActiveLicenses: 9,
	})
	return s
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(accountSeed()))
	tests := map[string][]string{
		"":                                       {"Example Europe", "Example Americas", "Example Africa"},
		"ids=" + europe + "," + africa:           {"Example Europe", "Example Africa"},
		"accountIds=" + americas:                 {"Example Americas"},
		"ids=1999999999999999999":                {},
		"name=Example+Europe":                    {"Example Europe"},
		"name=example+europe":                    {},
		"name__contains=EURO,afri":               {"Example Europe", "Example Africa"},
		"query=rica":                             {"Example Americas", "Example Africa"},
		"isDefault=true":                         {"Example Europe"},
		"isDefault=false":                        {"Example Americas", "Example Africa"},
		"accountType=Trial":                      {"Example Americas"},
		"usageType=customer":                     {"Example Europe", "Example Africa"},
		"billingMode=consumption":                {"Example Americas"},
		"state=expired":                          {"Example Africa"},
		"states=active,deleted":                  {"Example Europe", "Example Americas"},
		"statesNin=active":                       {"Example Africa"},
		"features=ioc":                           {"Example Europe"},
		"features=ioc,firewall-control":          {"Example Europe", "Example Americas"},
		"sku=core":                               {"Example Americas"},
		"sku=Control":                            {"Example Europe", "Example Americas"},
		"module=rso,star":                        {"Example Europe"},
		"totalLicenses=700":                      {"Example Americas"},
		"activeLicenses=21":                      {"Example Europe"},
		"expiration=2027-01-31T12:00:00.000000Z": {"Example Africa"},
		"updatedAt=2027-01-31T12:00:00Z":         {"Example Africa"},
		"createdAt=2026-01-31T12:00:00Z":         {"Example Africa"},
		"sortBy=name":                            {"Example Africa", "Example Americas", "Example Europe"},
		"sortBy=numberOfSites&sortOrder=desc":    {"Example Americas", "Example Europe", "Example Africa"},
		"sortBy=activeAgents":                    {"Example Africa", "Example Europe", "Example Americas"},
		"sortBy=expiration&sortOrder=desc":       {"Example Africa", "Example Americas", "Example Europe"},
		"limit=1&skip=1":                         {"Example Americas"},
	}
	for query, want := range tests {
		if diff := cmp.Diff(want, send(t, console, "GET", "/accounts?"+query, "").page(t).column("name")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	for query, want := range map[string]string{
		"accountType=Free":  `accountType: "Free" is not a valid choice.`,
		"siteIds=" + branch: "siteIds: Unknown field",
	} {
		if got := send(t, console, "GET", "/accounts?"+query, "").detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s: %q, not %q", query, got, want)
		}
	}
}

// TestAccountSums holds one account to all that is worked out from its sites, and the single answer to the listed one.
func TestAccountSums(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(accountSeed()))
	bundle := func(name, code string, seats float64) map[string]any {
		return map[string]any{
			"displayName": name, "name": code, "majorVersion": 1.0, "minorVersion": 7.0, "totalSurfaces": seats,
			"surfaces": []any{map[string]any{"name": "Total Agents", "count": seats}},
		}
	}
	want := map[string]any{
		"id": americas, "name": "Example Americas", "isDefault": false, "state": "active", "accountType": "Trial",
		"usageType": "mssp", "billingMode": "consumption", "externalId": nil, "salesforceId": nil,
		"expiration": nil, "unlimitedExpiration": true, "numberOfSites": 2.0, "activeAgents": 49.0, "totalLicenses": 700.0,
		"coreSites": 1.0, "controlSites": 1.0, "completeSites": 0.0,
		"totalCore": 400.0, "totalControl": 300.0, "totalComplete": 0.0,
		"unlimitedCore": true, "unlimitedControl": false, "unlimitedComplete": false,
		"agentsInCoreSku": 28.0, "agentsInControlSku": 21.0, "agentsInCompleteSku": 0.0,
		"skus": []any{
			map[string]any{"type": "Control", "totalLicenses": 300.0, "unlimited": false, "agentsInSku": 21.0},
			map[string]any{"type": "Core", "totalLicenses": 400.0, "unlimited": true, "agentsInSku": 28.0},
		},
		"creator": "Terraform service user", "creatorId": "1900000000000000001",
		"createdAt": "2024-03-04T08:15:30.123456Z", "updatedAt": "2024-03-04T08:15:30.123456Z",
	}
	got := send(t, console, "GET", "/accounts/"+americas, "").data(t)
	listed := send(t, console, "GET", "/accounts?ids="+americas, "").page(t).Data[0]
	if diff := cmp.Diff(listed, got); diff != "" {
		t.Errorf("single (-listed +got):\n%s", diff)
	}
	licenses, _ := got["licenses"].(map[string]any)
	delete(got, "licenses")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("account (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{bundle("Control", "control", 300), bundle("Core", "core", -1)}, licenses["bundles"]); diff != "" {
		t.Errorf("bundles (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{map[string]any{"name": "ranger", "displayName": "Ranger", "majorVersion": 1.0}}, licenses["modules"]); diff != "" {
		t.Errorf("modules (-want +got):\n%s", diff)
	}
	if n := send(t, console, "GET", "/accounts/"+africa, "").data(t); n["numberOfSites"] != 0.0 || n["unlimitedExpiration"] != false {
		t.Errorf("without a site: %v", n)
	}
}

// TestAccountAgents counts the agents of accounts, of which those of a deleted site are none, and lets licences be.
func TestAccountAgents(t *testing.T) {
	t.Parallel()
	seed := accountSeed()
	seed.Groups = append(seed.Groups, simulator.Group{ID: "1900000000000000309", SiteID: "1900000000000000205"})
	seed.Agents = agentSeed().Agents
	seed.Agents = append(seed.Agents, simulator.Agent{GroupID: "1900000000000000309"})
	console := simulator.Start(t, simulator.WithSeed(seed))
	want := [][]any{ // in the account, with Core, Control and Complete, and with its SKUs from the largest down
		{4.0, 0.0, 1.0, 3.0, 3.0, 1.0},
		{1.0, 0.0, 1.0, 0.0, 1.0, 0.0},
		{0.0, 0.0, 0.0, 0.0},
	}
	var got [][]any
	for _, a := range send(t, console, "GET", "/accounts", "").page(t).Data {
		n := []any{a["activeAgents"], a["agentsInCoreSku"], a["agentsInControlSku"], a["agentsInCompleteSku"]}
		skus, _ := a["skus"].([]any)
		for _, item := range skus {
			sku, _ := item.(map[string]any)
			n = append(n, sku["agentsInSku"])
		}
		got = append(got, n)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("agents (-want +got):\n%s", diff)
	}
	for query, want := range map[string][]string{
		"sortBy=activeAgents&sortOrder=desc": {"Example Europe", "Example Americas", "Example Africa"},
		"sortBy=activeLicenses":              {"Example Africa", "Example Europe", "Example Americas"},
		"activeLicenses=49":                  {"Example Americas"},
		"activeLicenses=4":                   {},
	} {
		if diff := cmp.Diff(want, send(t, console, "GET", "/accounts?"+query, "").page(t).column("name")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

// TestAccountReach tries the accounts with users of an account and of a site, and ids that are not there.
func TestAccountReach(t *testing.T) {
	t.Parallel()
	tests := []struct {
		value, user, target string
		status              int
		names               []string
	}{
		{"", "europe", "/accounts", 200, []string{"Example Europe"}},
		{"", "europe", "/accounts?ids=" + americas, 200, []string{}},
		{"", "europe", "/accounts/" + europe, 200, nil},
		{"", "europe", "/accounts/" + americas, 404, nil},
		{"", "admin", "/accounts/1999999999999999999", 404, nil},
		{"", "admin", "/accounts/12", 400, nil},
		{"", "site", "/accounts", 403, nil},
		{"", "site", "/accounts/" + europe, 403, nil},
		{"refuse", "site", "/accounts", 403, nil},
		{"own", "site", "/accounts", 200, []string{"Example Europe"}},
		{"own", "site", "/accounts/" + europe, 200, nil},
		{"own", "site", "/accounts/" + americas, 404, nil},
	}
	for _, test := range tests {
		seed := scopedUsers()
		seed.Behaviour.SiteUserAccounts = test.value
		console := simulator.Start(t, simulator.WithSeed(seed))
		got := sendAs(t, console, "ApiToken "+test.user, "GET", test.target, "")
		if got.Status != test.status {
			t.Errorf("%q: %s as %s: %d, not %d", test.value, test.target, test.user, got.Status, test.status)
		} else if test.names != nil {
			if diff := cmp.Diff(test.names, got.page(t).column("name")); diff != "" {
				t.Errorf("%q: %s as %s (-want +got):\n%s", test.value, test.target, test.user, diff)
			}
		}
	}
}

// TestSingleAccountIsNotSearched holds what the vendor's description says of consoles with one account.
func TestSingleAccountIsNotSearched(t *testing.T) {
	t.Parallel()
	seed := simulator.Empty()
	seed.Accounts = []simulator.Account{{ID: europe, Name: "Example Europe"}}
	console := simulator.Start(t, simulator.WithSeed(seed))
	for query, want := range map[string]int{"query=Europe": 0, "name__contains=Europe": 1} {
		if got := send(t, console, "GET", "/accounts?"+query, "").page(t); len(got.Data) != want {
			t.Errorf("%s: %d accounts, not %d", query, len(got.Data), want)
		}
	}
}
