package simulator_test

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

const minimal = "not-a-real-token-of-the-minimal-service-user"

// TestTokenExpiry lets the clock go past the end of a token.
func TestTokenExpiry(t *testing.T) {
	t.Parallel()
	ends := time.Date(2026, time.May, 4, 12, 0, 0, 0, time.UTC)
	seed := simulator.Demo()
	seed.Users[1].TokenExpiresAt = ends
	var seconds atomic.Int64
	console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithClock(func() time.Time {
		return ends.Add(time.Duration(seconds.Load()) * time.Second)
	}))
	for second, want := range map[int64]int{-1: 200, 0: 401, 1: 401} {
		seconds.Store(second)
		if got := sendAs(t, console, "ApiToken "+minimal, "GET", "/sites", ""); got.Status != want {
			t.Errorf("%d s after the end: %d, not %d", second, got.Status, want)
		}
		send(t, console, "GET", "/sites", "").data(t)
	}
}

// TestMinimalServiceUser holds the second user of Demo to the permissions that the objects need, and to no others.
func TestMinimalServiceUser(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	want := []string{
		"Firewall Control.view", "Firewall Control.modifySettings(preferencesTab)", "Firewall Control.manageRulesAndTags",
		"Sites.view", "Applications Page.view", "Applications Page.viewRisks", "Endpoints.view",
		"Blacklist.view", "Blacklist.create", "Blacklist.edit", "Blacklist.delete",
	}
	users := console.State().Users
	if diff := cmp.Diff(want, users[1].Permissions); diff != "" || len(users) != 2 {
		t.Errorf("%d users (-want +got):\n%s", len(users), diff)
	}
	for target, status := range map[string]int{
		"/sites": 200, "/firewall-control?tenant=true": 200, "/restrictions": 200, "/system/info": 200,
		"/accounts": 403, "/groups": 403, "/user": 403, "/rbac/roles": 403,
	} {
		if got := sendAs(t, console, "ApiToken "+minimal, "GET", target, ""); got.Status != status {
			t.Errorf("%s: %d, not %d", target, got.Status, status)
		}
	}
}

func TestUser(t *testing.T) {
	t.Parallel()
	seed := scopedUsers()
	seed.Users[2].Name, seed.Users[2].CreatedAt = "Of Europe", time.Date(2026, time.May, 4, 12, 0, 0, 0, time.UTC)
	seed.Users[3].Permissions, seed.Users[3].RoleID, seed.Users[3].RoleName = []string{"Users.view"}, "1900000000000000013", "Looks on"
	console := simulator.Start(t, simulator.WithSeed(seed))
	inScope := func(id, name, account any, roleID, role string) map[string]any {
		return map[string]any{"id": id, "name": name, "accountName": account, "roleId": roleID, "roleName": role, "roles": []any{role}}
	}
	const admin, watcher = "1900000000000000011", "1900000000000000013"
	tests := map[string]map[string]any{
		"admin": {
			"id": "1900000000000000001", "fullName": "Terraform service user", "email": "administrator@corp.example",
			"scope": "tenant", "lowestRole": "Admin", "tenantRoles": []any{"Admin"}, "siteRoles": []any{},
			"scopeRoles": []any{inScope(nil, "Global", nil, admin, "Admin")},
		},
		"europe": {
			"id": "1900000000000000009", "fullName": "Of Europe", "email": nil, "scope": "account", "tenantRoles": []any{},
			"siteRoles": []any{}, "scopeRoles": []any{inScope(europe, "Example Europe", "Example Europe", admin, "Admin")},
			"dateJoined": "2026-05-04T12:00:00Z", "isSystem": false,
			"apiToken": map[string]any{"createdAt": "2026-05-04T12:00:00Z", "expiresAt": "2126-05-04T12:00:00Z"},
		},
		"site": {
			"scope": "site", "lowestRole": "Looks on", "fullName": nil, "tenantRoles": []any{},
			"scopeRoles": []any{inScope(headquarters, "Headquarters", "Example Europe", watcher, "Looks on")},
			"siteRoles": []any{map[string]any{
				"id": headquarters, "name": "Headquarters", "roleId": watcher, "roleName": "Looks on", "roles": []any{"Looks on"},
			}},
		},
	}
	for token, want := range tests {
		got := sendAs(t, console, "ApiToken "+token, "GET", "/user", "").data(t)
		for key, value := range want {
			if diff := cmp.Diff(value, got[key]); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", token, key, diff)
			}
		}
	}
}

func TestTenantUserRole(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]int{"": 1, "name": 0} {
		seed := scopedUsers()
		seed.Behaviour.TenantUserRole = value
		console := simulator.Start(t, simulator.WithSeed(seed))
		for token, want := range map[string]int{"admin": want, "europe": 1, "site": 1} {
			got := sendAs(t, console, "ApiToken "+token, "GET", "/user", "").data(t)
			if roles, ok := got["scopeRoles"].([]any); !ok || len(roles) != want {
				t.Errorf("%q: %s has %v, not %d of them", value, token, got["scopeRoles"], want)
			}
		}
		if got := send(t, console, "GET", "/user", "").data(t)["tenantRoles"]; !cmp.Equal(got, any([]any{"Admin"})) {
			t.Errorf("%q: tenantRoles %v", value, got)
		}
	}
}

// TestWhoSeesUsers tries GET /user and the details of tokens under the switches that decide who sees them.
func TestWhoSeesUsers(t *testing.T) {
	t.Parallel()
	const own, other, unknown = "1900000000000000003", "1900000000000000001", "1999999999999999999"
	details := func(id string) string { return "/users/" + id + "/api-token-details" }
	open := simulator.Behaviour{OwnUser: "open"}
	hidden := simulator.Behaviour{ServiceUsers: "hidden"}
	both := simulator.Behaviour{OwnUser: "open", ServiceUsers: "hidden"}
	tests := []struct {
		b             simulator.Behaviour
		token, target string
		status        int
	}{
		{simulator.Behaviour{}, minimal, "/user", 403},
		{simulator.Behaviour{}, minimal, details(own), 403},
		{simulator.Behaviour{}, minimal, details(unknown), 403},
		{open, minimal, "/user", 200},
		{open, minimal, details(own), 200},
		{open, minimal, details(other), 403},
		{hidden, minimal, "/user", 403},
		{hidden, "admin", details(own), 404},
		{hidden, "admin", "/user", 200},
		{both, minimal, "/user", 404},
		{both, minimal, details(own), 404},
		{simulator.Behaviour{}, "admin", details(own), 200},
		{simulator.Behaviour{}, "admin", details(unknown), 404},
		{simulator.Behaviour{}, "admin", "/users/me/api-token-details", 400},
		{simulator.Behaviour{}, "europe", details("1900000000000000010"), 200}, // of a site in it
		{simulator.Behaviour{}, "europe", details(other), 404},
		{simulator.Behaviour{}, "site", details("1900000000000000009"), 404},
	}
	for _, test := range tests {
		seed := scopedUsers()
		seed.Behaviour = test.b
		console := simulator.Start(t, simulator.WithSeed(seed))
		if got := sendAs(t, console, "ApiToken "+test.token, "GET", test.target, ""); got.Status != test.status {
			t.Errorf("%+v: %s as %s: %d, not %d", test.b, test.target, test.token, got.Status, test.status)
		}
	}
}

func TestTokenDetails(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Users[1].TokenCreatedAt = time.Date(2026, time.January, 2, 3, 4, 5, 678000, time.UTC)
	seed.Users[1].TokenExpiresAt = time.Date(2026, time.July, 2, 3, 4, 5, 0, time.UTC)
	console := simulator.Start(t, simulator.WithSeed(seed))
	want := map[string]any{"createdAt": "2026-01-02T03:04:05.000678Z", "expiresAt": "2026-07-02T03:04:05Z"}
	for call, got := range map[string]answer{
		"by id":    send(t, console, "GET", "/users/1900000000000000003/api-token-details", ""),
		"by token": send(t, console, "POST", "/users/api-token-details", `{"data":{"apiToken":"`+minimal+`"}}`),
	} {
		if diff := cmp.Diff(want, got.data(t)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", call, diff)
		}
	}
	for body, want := range map[string]string{
		`{"data":{"apiToken":"unheard of"}}`:             "data: apiToken: Not a valid token.",
		`{"data":{"apiToken":""}}`:                       "data: apiToken: Shorter than minimum length 1.",
		`{"data":{"apiToken":null}}`:                     "data: apiToken: Field may not be null.",
		`{"data":{}}`:                                    "data: apiToken: Missing data for required field.",
		`{"data":{"apiToken":"` + minimal + `","id":1}}`: "data: dict_values(['id']): Unknown field",
	} {
		if got := send(t, console, "POST", "/users/api-token-details", body).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s: %q, not %q", body, got, want)
		}
	}
	for status, want := range map[int]int{0: 400, 400: 400, 404: 404} {
		console.Change(func(s *simulator.State) { s.Behaviour.UnknownTokenStatus = status })
		if got := send(t, console, "POST", "/users/api-token-details", `{"data":{"apiToken":"x"}}`); got.Status != want {
			t.Errorf("%d: %d, not %d", status, got.Status, want)
		}
	}
}
