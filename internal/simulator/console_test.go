package simulator_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// TestPermissions calls every operation with each permission alone.
func TestPermissions(t *testing.T) {
	t.Parallel()
	view := "Firewall Control.view,Network Quarantine Control.view"
	manage := "Firewall Control.manageRulesAndTags,Network Quarantine Control.manageRulesAndTags"
	modify := "Firewall Control.modifySettings(preferencesTab),Network Quarantine Control.modifySettings(preferencesTab)"
	anyOfThem := view + "," + manage + "," + modify + ",Blacklist.view,Blacklist.create,Blacklist.edit,Blacklist.delete," +
		"Sites.view,Endpoints.view,Accounts.view,Groups.view,Users.view,Roles.view,Locations.view,Ranger.view,Ranger.manageDeviceTags"
	operations := []struct{ method, target, body, anyOneOf string }{
		{"GET", "/firewall-control?tenant=true", "", view},
		{"POST", "/firewall-control", `{"data":{"name":"x","action":"Block","status":"Enabled"},"filter":{"tenant":true}}`, manage},
		{"GET", "/firewall-control/1900000000000000601?tenant=true", "", view},
		{"PUT", "/firewall-control/1900000000000000601", `{"data":{}}`, manage},
		{"DELETE", "/firewall-control", `{"filter":{"ids":["1900000000000000001"]}}`, manage},
		{"PUT", "/firewall-control/enable", `{"data":{"status":"Enabled"},"filter":{"ids":["1900000000000000001"]}}`, manage},
		{"PUT", "/firewall-control/reorder", `{"data":[],"filter":{"tenant":true}}`, manage},
		{"GET", "/firewall-control/configuration?tenant=true", "", view},
		{"PUT", "/firewall-control/configuration", `{"data":{},"filter":{"tenant":true}}`, modify + "," + manage},
		{"GET", "/firewall-control/protocols", "", view},
		{"GET", "/accounts", "", "Accounts.view"},
		{"GET", "/accounts/" + europe, "", "Accounts.view"},
		{"GET", "/agents", "", "Endpoints.view"},
		{"GET", "/agents/count", "", "Endpoints.view"},
		{"GET", "/groups", "", "Groups.view"},
		{"GET", "/groups/" + servers, "", "Groups.view"},
		{"GET", "/groups/" + servers + "/token", "", "Groups.view"},
		{"GET", "/locations", "", "Locations.view"},
		{"GET", "/rbac/roles", "", "Roles.view"},
		{"GET", "/rbac/role/1900000000000000011", "", "Roles.view"},
		{"GET", "/restrictions", "", "Blacklist.view"},
		{"POST", "/restrictions", "", "Blacklist.create"},
		{"POST", "/restrictions/validate", "", "Blacklist.create"},
		{"PUT", "/restrictions", "", "Blacklist.edit"},
		{"DELETE", "/restrictions", `{"data":{"ids":[]}}`, "Blacklist.delete"},
		{"GET", "/sites", "", "Sites.view"},
		{"GET", "/sites/" + branch, "", "Sites.view"},
		{"GET", "/sites/" + branch + "/token", "", "Sites.view"},
		{"GET", "/system/info", "", anyOfThem},
		{"GET", "/system/status", "", anyOfThem},
		{"GET", "/tags?type=firewall", "", view + ",Ranger.view"},
		{"POST", "/tags", "", manage + ",Ranger.manageDeviceTags"},
		{"PUT", "/tags/1900000000000000404", `{"data":{}}`, manage + ",Ranger.manageDeviceTags"},
		{"DELETE", "/tags/1900000000000000404", "", manage + ",Ranger.manageDeviceTags"},
		{"DELETE", "/tags", "", manage + ",Ranger.manageDeviceTags"},
		{"GET", "/user", "", "Users.view"},
		{"GET", "/users/1900000000000000001/api-token-details", "", "Users.view"},
		{"POST", "/users/api-token-details", `{"data":{"apiToken":"Sites.view"}}`, anyOfThem},
	}
	all := strings.Split(anyOfThem, ",")
	seed := simulator.Demo()
	seed.Rules = []simulator.Rule{{ID: "1900000000000000601", Name: "x"}}
	for i, p := range all {
		seed.Users = append(seed.Users, simulator.User{Token: p, ID: fmt.Sprintf("19000000000000007%02d", i), Permissions: []string{p}})
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	for _, op := range operations {
		for _, p := range all {
			got := sendAs(t, console, "ApiToken "+p, op.method, op.target, op.body).Status
			if allowed := strings.Contains(","+op.anyOneOf+",", ","+p+","); allowed == (got == http.StatusForbidden) {
				t.Errorf("%s %s with %s: %d", op.method, op.target, p, got)
			}
		}
	}
}

// TestUserScopes tries what lies within, above and beside the scope of a user of one account.
func TestUserScopes(t *testing.T) {
	t.Parallel()
	seed := restrictionSeed()
	seed.Rules = ruleSeed().Rules[2:] // in a group, europe, the tenant, beside
	seed.Rules[0].ID, seed.Rules[1].ID = "1900000000000000601", "1900000000000000602"
	seed.Rules[2].ID, seed.Rules[3].ID = "1900000000000000603", "1900000000000000604"
	seed.Restrictions[4].ID, seed.Restrictions[5].ID = "1900000000000000605", "1900000000000000606"
	seed.Tags = []simulator.Tag{
		{ID: "1900000000000000401", Scope: "site", ScopeID: headquarters},
		{ID: "1900000000000000402", Scope: "global"},
		{ID: "1900000000000000403", Scope: "site", ScopeID: branch},
	}
	seed.Users = append(seed.Users, simulator.User{Token: "europe", ID: "1900000000000000009", Scope: "account", ScopeID: europe})
	console := simulator.Start(t, simulator.WithSeed(seed))
	hash := func(id string) string {
		return `{"data":{"type":"black_hash","osType":"macos","id":"` + id + `"}}`
	}
	tests := []struct {
		method, target, body string
		status               int
	}{
		{"GET", "/firewall-control?accountIds=" + europe, "", 200},
		{"GET", "/firewall-control?tenant=true", "", 403},
		{"GET", "/firewall-control?siteIds=" + branch, "", 403},
		{"GET", "/firewall-control?siteIds=1999999999999999999", "", 403},
		{"GET", "/firewall-control/configuration?siteIds=" + branch, "", 403},
		{"PUT", "/firewall-control/configuration", `{"data":{},"filter":{"siteIds":["` + laboratory + `"]}}`, 200},
		{"PUT", "/firewall-control/configuration", `{"data":{},"filter":{"siteIds":["` + branch + `"]}}`, 403},
		{"PUT", "/firewall-control/configuration", `{"data":{},"filter":{"siteIds":["1999999999999999999"]}}`, 403},
		{"PUT", "/firewall-control/configuration", `{"data":{},"filter":{"tenant":true}}`, 400},
		{"GET", "/restrictions?groupIds=" + servers, "", 200},
		{"GET", "/restrictions?tenant=true", "", 403},
		{"POST", "/firewall-control", ruleBody(laboratory, `"name":"x"`), 200},
		{"POST", "/firewall-control", ruleBody(branch, `"name":"x"`), 403},
		{"POST", "/restrictions", hashBody(`"tenant":true`, `"osType":"linux","value":"`+sha1+`"`), 400},
		{"PUT", "/firewall-control/1900000000000000601", `{"data":{}}`, 200},
		{"PUT", "/firewall-control/1900000000000000603", `{"data":{}}`, 403},
		{"PUT", "/firewall-control/1900000000000000604", `{"data":{}}`, 404},
		{"POST", "/restrictions/validate", `{"data":{"value":"` + sha1 + `"},"filter":{"tenant":true}}`, 403},
		{"POST", "/restrictions/validate", `{"data":{"value":"` + sha1 + `"},"filter":{` + site(laboratory) + `}}`, 200},
		{"PUT", "/restrictions", hash("1900000000000000605"), 403},
		{"PUT", "/restrictions", hash("1900000000000000606"), 404},
		{"PUT", "/restrictions", hashBody(site(branch), `"id":"1900000000000000605","osType":"linux"`), 403},
		{"DELETE", "/firewall-control", `{"filter":{"siteIds":["` + branch + `"]}}`, 403},
		{"PUT", "/firewall-control/enable", `{"data":{"status":"Disabled"},"filter":{"siteIds":["` + branch + `"]}}`, 403},
		{"PUT", "/firewall-control/reorder", `{"data":[],"filter":{"groupIds":["` + servers + `"]}}`, 200},
		{"PUT", "/firewall-control/reorder", `{"data":[],"filter":{"siteIds":["` + branch + `"]}}`, 403},
		{"PUT", "/firewall-control/reorder", `{"data":[],"filter":{"siteIds":["1999999999999999999"]}}`, 403},
		{"PUT", "/firewall-control/reorder", `{"data":[],"filter":{"tenant":true}}`, 400},
		{"GET", "/agents?siteIds=" + branch, "", 403},
		{"GET", "/agents/count?siteIds=" + branch, "", 403},
		{"GET", "/locations?siteIds=" + branch, "", 403},
		{"GET", "/tags?type=firewall&siteIds=" + branch, "", 403},
		{"GET", "/tags?type=firewall&onlyParents=true&siteIds=" + branch, "", 403},
		{"POST", "/tags", tagBody(`"tenant":true`, `"name":"xx"`), 400},
		{"PUT", "/tags/1900000000000000402", `{"data":{}}`, 403},
		{"PUT", "/tags/1900000000000000403", `{"data":{}}`, 404},
		{"DELETE", "/tags/1900000000000000402", "", 403},
		{"DELETE", "/tags/1900000000000000403", "", 404},
		{"DELETE", "/tags/1900000000000000401", "", 200},
	}
	for _, test := range tests {
		if got := sendAs(t, console, "ApiToken europe", test.method, test.target, test.body); got.Status != test.status {
			t.Errorf("%s %s %s: %d, not %d: %s", test.method, test.target, test.body, got.Status, test.status, got.Body)
		}
	}

	outside := `"filter":{"ids":["1900000000000000603","1900000000000000604"]}`
	for operation, body := range map[string]string{
		"DELETE /firewall-control":     `{` + outside + `}`,
		"PUT /firewall-control/enable": `{"data":{"status":"Disabled"},` + outside + `}`,
		"DELETE /tags":                 `{"filter":{"type":["firewall"],"ids":["1900000000000000402","1900000000000000403"]}}`,
		"DELETE /restrictions":         `{"data":{"ids":["1900000000000000605","1900000000000000606"]}}`,
	} {
		method, target, _ := strings.Cut(operation, " ")
		if n := sendAs(t, console, "ApiToken europe", method, target, body).data(t)["affected"]; n != 0.0 {
			t.Errorf("%s: %v above or beside its scope", operation, n)
		}
	}
	if diff := cmp.Diff([]string{"Headquarters", "Laboratory"}, siteNames(t, sendAs(t, console, "ApiToken europe", "GET", "/sites", ""))); diff != "" {
		t.Errorf("sites (-want +got):\n%s", diff)
	}
	seen := sendAs(t, console, "ApiToken europe", "GET", "/restrictions?includeChildren=true&sortBy=description", "").page(t).column("description")
	if diff := cmp.Diff([]string{"first", "of a group", "of europe", "second"}, seen); diff != "" {
		t.Errorf("restrictions (-want +got):\n%s", diff)
	}
}

// TestDemo holds what other tests and the documentation take for granted.
func TestDemo(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	demo := console.State()
	if len(demo.Accounts) != 2 || len(demo.Sites) != 4 || len(demo.Groups) != 5 || len(demo.Rules) != 0 || len(demo.Restrictions) != 0 {
		t.Errorf("%d accounts, %d sites, %d groups, %d rules, %d restrictions",
			len(demo.Accounts), len(demo.Sites), len(demo.Groups), len(demo.Rules), len(demo.Restrictions))
	}
	var list struct {
		Data struct {
			Sites []struct{ ID, State string } `json:"sites"`
		} `json:"data"`
	}
	send(t, console, "GET", "/sites", "").decode(t, 200, &list)
	if list.Data.Sites[0].State != "active" {
		t.Errorf("the first site is %s", list.Data.Sites[0].State)
	}
	settings := send(t, console, "GET", "/firewall-control/configuration?siteIds="+list.Data.Sites[0].ID, "").data(t)
	if settings["enabled"] != true || settings["inheritSettings"] != false {
		t.Errorf("the first site's firewall: %v", settings)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithToken("other"))
	if console.Token() != "other" || sendAs(t, console, "APIToken other", "GET", "/sites", "").Status != http.StatusOK {
		t.Error("the token is not the one that was set")
	}
	nobody := simulator.Start(t, simulator.WithSeed(simulator.State{}))
	if nobody.Token() != "" || sendAs(t, nobody, "ApiToken ", "GET", "/sites", "").Status != http.StatusUnauthorized {
		t.Error("a console without users let somebody in")
	}
}

func TestBadSeeds(t *testing.T) {
	t.Parallel()
	seeds := map[string]func(*simulator.State){
		"rule in no site":        func(s *simulator.State) { s.Rules = []simulator.Rule{{Scope: "site", ScopeID: "1"}} },
		"restriction in no site": func(s *simulator.State) { s.Restrictions = []simulator.Restriction{{Scope: "site"}} },
		"site in no account":     func(s *simulator.State) { s.Sites[0].AccountID = "1" },
		"group in no site":       func(s *simulator.State) { s.Groups[0].SiteID = "1" },
		"one id for two sites":   func(s *simulator.State) { s.Sites[0].ID = s.Sites[1].ID },
		"one id for two agents":  func(s *simulator.State) { s.Agents[0].ID = s.Agents[1].ID },
		"agent in no group":      func(s *simulator.State) { s.Agents[0].SiteID = "" },
		"agent in another site":  func(s *simulator.State) { s.Agents[0].SiteID, s.Agents[0].GroupID = branch, servers },
		"agent at no location":   func(s *simulator.State) { s.Agents[0].LocationIDs = []string{"1"} },
		"a misspelled verdict":   func(s *simulator.State) { s.Verdicts = map[string]string{sha1: "NONE"} },
		"a misspelled switch":    func(s *simulator.State) { s.Behaviour.PutRule = "merged" },
		"one id for two tags": func(s *simulator.State) {
			s.Tags[0].ID = s.Tags[1].ID
		},
		"one id for two locations": func(s *simulator.State) { s.Locations[0].ID = s.Locations[1].ID },
		"one role, two permissions": func(s *simulator.State) {
			s.Users = append(s.Users, simulator.User{ID: "1900000000000000004", RoleID: s.Users[1].RoleID, RoleName: "Terraform"})
		},
		"one role, two names": func(s *simulator.State) {
			s.Users = append(s.Users, s.Users[1])
			s.Users[2].RoleName = "Another"
		},
		"one role, one permission less": func(s *simulator.State) {
			s.Users = append(s.Users, s.Users[1])
			s.Users[2].Permissions = s.Users[1].Permissions[1:]
		},
		"one role, one permission more": func(s *simulator.State) {
			s.Users = append(s.Users, s.Users[1])
			s.Users[2].Permissions = append([]string{"Roles.view"}, s.Users[1].Permissions...)
		},
		"one role, all and nothing": func(s *simulator.State) {
			s.Users[0].RoleID, s.Users[0].RoleName = s.Users[1].RoleID, s.Users[1].RoleName
			s.Users[1].Permissions = []string{}
		},
		"one id for two rules": func(s *simulator.State) {
			s.Rules = []simulator.Rule{{ID: "1900000000000000601"}, {ID: "1900000000000000601"}}
		},
	}
	for name, spoil := range seeds {
		seed := simulator.Demo()
		spoil(&seed)
		if _, err := simulator.New(simulator.WithSeed(seed)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := simulator.New(simulator.WithPageSize(0)); err == nil {
		t.Error("pages without rows were taken")
	}
}

// TestSeedIsCopied makes sure that a seed can be shared and that State can't be used to change the console.
func TestSeedIsCopied(t *testing.T) {
	t.Parallel()
	seed := ruleSeed()
	seed.Groups[4].Rank = new(1)
	seed.Locations = append(seed.Locations, simulator.Demo().Locations...)
	seed.Verdicts = map[string]string{sha1: "Not allowed"}
	seed.Agents[1].LocationIDs = []string{seed.Locations[0].ID}
	console := simulator.Start(t, simulator.WithSeed(seed))
	state := func() string { return string(sendAs(t, console, "", "GET", "/_simulator/state", "").Body) }
	want := state()
	seed.Rules[0].OSTypes[0] = "macos"
	*seed.Sites[0].Description = "changed"
	*seed.Groups[4].Description, *seed.Groups[4].Rank = "changed", 7
	*seed.Accounts[0].ExternalID = "changed"
	*seed.Tags[0].Description = "changed"
	*seed.Agents[0].LastIPToMgmt = "changed"
	seed.Verdicts[sha1] = "changed"
	seed.Locations[1].DNSLookup.Identifiers[0].Host = "changed"
	got := console.State()
	*got.Tags[0].Description = "changed"
	*got.Agents[0].LastIPToMgmt = "changed"
	got.Verdicts[sha1] = "changed"
	got.Agents[1].LocationIDs[0] = "changed"
	got.Locations[2].IPAddresses.Identifiers[0].Values[0] = "changed"
	got.Rules[0].Application.Values[0] = "changed"
	got.Rules[0].Location.IDs[0] = "changed"
	if diff := cmp.Diff(want, state()); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
}

// TestIDsAreNew makes sure that a created object never gets an id that a seed has.
func TestIDsAreNew(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Rules = []simulator.Rule{{ID: "2100000000000000041", Name: "there"}}
	console := simulator.Start(t, simulator.WithSeed(seed))
	if got := send(t, console, "POST", "/firewall-control", ruleBody(branch, `"name":"x"`)).data(t)["id"]; got != "2100000000000000042" {
		t.Errorf("id %v", got)
	}
	for want, add := range map[string]func(*simulator.State){
		"2100000000000000043": func(s *simulator.State) {
			s.Groups = append(s.Groups, simulator.Group{ID: "2100000000000000042", SiteID: branch})
		},
		"2100000000000000044": func(s *simulator.State) {
			s.Accounts = append(s.Accounts, simulator.Account{ID: "2100000000000000043"})
		},
		"2100000000000000045": func(s *simulator.State) {
			s.Users = append(s.Users, simulator.User{ID: "1900000000000000004", RoleID: "2100000000000000044"})
		},
	} {
		seed := simulator.Demo()
		add(&seed)
		console := simulator.Start(t, simulator.WithSeed(seed))
		if got := send(t, console, "POST", "/firewall-control", ruleBody(branch, `"name":"x"`)).data(t)["id"]; got != want {
			t.Errorf("id %v, not %s", got, want)
		}
	}
}

// TestManyCallers runs everything at once, for the race detector, and counts.
func TestManyCallers(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithLatency(time.Millisecond), simulator.WithShuffle(1))
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 5 {
				id, _ := send(t, console, "POST", "/firewall-control", ruleBody(branch, fmt.Sprintf(`"name":"%d-%d"`, i, j))).data(t)["id"].(string)
				send(t, console, "GET", "/firewall-control?siteIds="+branch, "").page(t)
				send(t, console, "PUT", "/firewall-control/"+id, `{"data":{"status":"Disabled"}}`)
				send(t, console, "PUT", "/firewall-control/reorder", `{"data":[{"id":"`+id+`","order":1}],"filter":{`+site(branch)+`}}`).data(t)
				send(t, console, "PUT", "/firewall-control/configuration", settingsBody(site(branch), fmt.Sprintf(`"inheritAllFirewallRules":%v`, j%2 == 0))).data(t)
				if j%2 == 0 {
					console.Change(func(s *simulator.State) { s.Sites[0].Name = fmt.Sprint(i) })
					send(t, console, "DELETE", "/firewall-control", `{"filter":{"ids":["`+id+`"]}}`).data(t)
				}
			}
		})
	}
	wg.Wait()
	if n := len(console.State().Rules); n != 8*2 {
		t.Errorf("%d rules are left, not 16", n)
	}
	stats := console.Stats()
	if stats.Total != 8*(5*5+3) || stats.MaxInFlight < 2 || stats.MaxInFlight > 8 {
		t.Errorf("%d calls, %d at once", stats.Total, stats.MaxInFlight)
	}
}

// verdict notes what a test would be told.
type verdict struct {
	testing.TB
	cleanups []func()
	errors   []string
}

func (v *verdict) Cleanup(f func()) { v.cleanups = append(v.cleanups, f) }
func (v *verdict) Errorf(format string, args ...any) {
	v.errors = append(v.errors, fmt.Sprintf(format, args...))
}

// TestStartFailsTheTest holds the promise of Start: a broken answer and an unknown route don't go unseen.
func TestStartFailsTheTest(t *testing.T) {
	t.Parallel()
	broken := simulator.Demo()
	broken.Rules = []simulator.Rule{{Action: "Wave through"}}
	tests := map[string]struct {
		target string
		opts   []simulator.Option
		status int
		errors int
	}{
		"fine":            {"/sites", nil, 200, 0},
		"refused":         {"/firewall-control?tenant=perhaps", nil, 400, 0},
		"unknown route":   {"/unheard-of", nil, 404, 1},
		"allowed":         {"/unheard-of", []simulator.Option{simulator.AllowUnknownRoutes()}, 404, 0},
		"broken contract": {"/firewall-control?tenant=true", []simulator.Option{simulator.WithSeed(broken)}, 500, 1},
	}
	for name, test := range tests {
		v := &verdict{TB: t}
		console := simulator.Start(v, test.opts...)
		if got := send(t, console, "GET", test.target, ""); got.Status != test.status {
			t.Errorf("%s: %d, not %d: %s", name, got.Status, test.status, got.Body)
		}
		for _, cleanup := range v.cleanups {
			cleanup()
		}
		if len(v.errors) != test.errors {
			t.Errorf("%s: the test was told %q", name, v.errors)
		}
	}
}
