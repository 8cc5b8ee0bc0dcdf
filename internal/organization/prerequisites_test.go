package organization_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// as returns a console whose token is that of a user with no more than some permissions.
func as(t *testing.T, edit func(*simulator.State), permissions ...string) *simulator.Console {
	t.Helper()
	seed := simulator.Demo()
	seed.Users[0].RoleID, seed.Users[0].RoleName = "1900000000000000013", "Watcher"
	seed.Users[0].Permissions = append([]string{}, permissions...)
	edit(&seed)
	return simulator.Start(t, simulator.WithSeed(seed))
}

func texts(values ...string) knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, value := range values {
		checks = append(checks, knownvalue.StringExact(value))
	}
	return knownvalue.SetExact(checks)
}

// The token's dates are there for everybody; its user is for those who may view users.
func TestAPIToken(t *testing.T) {
	t.Parallel()
	demo := simulator.Demo()
	ends := time.Now().UTC().Truncate(time.Second).AddDate(0, 0, 30).Add(time.Hour)
	user := func(s *simulator.State) {
		s.Users[0].TokenCreatedAt, s.Users[0].TokenExpiresAt = ends.AddDate(0, -6, 0), ends
		s.Users[0].Scope, s.Users[0].ScopeID = "site", demo.Sites[0].ID
	}
	null := knownvalue.Null()
	for name, tt := range map[string]struct {
		console *simulator.Console
		want    map[string]knownvalue.Check
	}{
		"shown": {as(t, user, "Users.view"), map[string]knownvalue.Check{
			"user_id": knownvalue.StringExact(demo.Users[0].ID), "user_name": knownvalue.StringExact(demo.Users[0].Name),
			"user_email": knownvalue.StringExact(demo.Users[0].Email), "role": knownvalue.StringExact("Watcher"),
			"scope": knownvalue.ObjectPartial(map[string]knownvalue.Check{"site_id": knownvalue.StringExact(demo.Sites[0].ID)}),
		}},
		"forbidden": {as(t, user), map[string]knownvalue.Check{
			"user_id": null, "user_name": null, "user_email": null, "role": null, "scope": null,
		}},
		"hidden": {as(t, func(s *simulator.State) {
			user(s)
			s.Users[0].Service, s.Behaviour.ServiceUsers = true, "hidden"
		}, "Users.view"), map[string]knownvalue.Check{"user_id": null, "role": null, "scope": null}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.want["created_at"] = knownvalue.StringExact(ends.AddDate(0, -6, 0).Format(time.RFC3339))
			tt.want["expires_at"] = knownvalue.StringExact(ends.Format(time.RFC3339))
			tt.want["days_left"] = knownvalue.Int64Exact(30)
			var checks []statecheck.StateCheck
			for attribute, want := range tt.want {
				checks = append(checks, statecheck.ExpectKnownValue("data.sentinelone_api_token.this", tfjsonpath.New(attribute), want))
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: acctest.Config(tt.console, `data "sentinelone_api_token" "this" {}`), ConfigStateChecks: checks,
				}},
			})
		})
	}
}

// A token that has expired is refused, with where to look and what to do.
func TestExpiredToken(t *testing.T) {
	t.Parallel()
	console := as(t, func(s *simulator.State) { s.Users[0].TokenExpiresAt = time.Now().Add(-time.Hour) })
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			refused(console, `data "sentinelone_sites" "all" {}`,
				"HTTP 401: Authentication Failed", "expired", "Settings > Users > Service Users", "expiration date", "Copy User"),
		},
	})
}

// Views are proven by looking, the rest by the role's definition; without a word about it the rest is unknown. Nothing
// is written to find out.
func TestPermissions(t *testing.T) {
	t.Parallel()
	const scan = "Applications: Scan Vulnerabilities"
	const everything = `features = ["accounts", "applications", "blocklist", "endpoints", "firewall", "groups", "locations", "scans", "sites"]`
	minimal := simulator.Demo().Users[1].Permissions
	with := func(more ...string) []string { return append(append([]string{}, minimal...), more...) }
	unchanged := func(*simulator.State) {}
	unasked := []string{"Accounts: View", "Groups: View", "Locations: View"}
	writes := []string{
		"Blocklist: Create", "Blocklist: Delete", "Blocklist: Edit", "Firewall: Manage Rules and Tags", "Firewall: Modify Settings",
	}
	for name, tt := range map[string]struct {
		console          *simulator.Console
		config           string
		missing, unknown []string
	}{
		"everything":           {simulator.Start(t), everything, nil, nil},
		"the minimal user":     {as(t, unchanged, minimal...), everything, unasked, append(writes, scan)},
		"who may read roles":   {as(t, unchanged, with("Users.view", "Roles.view")...), everything, append(unasked, scan), nil},
		"who reads no roles":   {as(t, unchanged, with("Users.view")...), everything, unasked, append(writes, scan)},
		"nobody":               {as(t, unchanged, "Users.view", "Roles.view"), `features = ["blocklist"]`, []string{"Blocklist: Create", "Blocklist: Delete", "Blocklist: Edit", "Blocklist: View"}, nil},
		"what is not asked":    {as(t, unchanged), `features = ["sites"]`, []string{"Sites: View"}, nil},
		"a scope of others":    {simulator.Start(t), `features = ["firewall"]` + "\nscope = { site_id = \"1999999999999999999\" }", []string{"Firewall: View"}, nil},
		"the role by its name": {as(t, func(s *simulator.State) { s.Behaviour.TenantUserRole = "name" }, with("Users.view", "Roles.view")...), `features = ["firewall", "sites"]`, nil, writes[3:]},
		"a site's user": {as(t, func(s *simulator.State) {
			s.Users[0].Scope, s.Users[0].ScopeID = "site", s.Sites[0].ID
		}, with("Accounts.view")...), `features = ["accounts", "sites"]`, []string{"Accounts: View"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const address = "data.sentinelone_permissions.this"
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: acctest.Config(tt.console, "data \"sentinelone_permissions\" \"this\" {\n"+tt.config+"\n}"),
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue(address, tfjsonpath.New("missing"), texts(tt.missing...)),
						statecheck.ExpectKnownValue(address, tfjsonpath.New("unknown"), texts(tt.unknown...)),
					},
				}},
			})
			for route := range tt.console.Stats().Requests {
				if !strings.HasPrefix(route, "GET ") {
					t.Errorf("%s was tried", route)
				}
			}
		})
	}
}

// Each permission is told by its name. Without any scope, the question is about all that the token may see.
func TestPermissionsByName(t *testing.T) {
	t.Parallel()
	console := as(t, func(*simulator.State) {}, "Firewall Control.view", "Users.view", "Roles.view")
	said := knownvalue.MapExact(map[string]knownvalue.Check{
		"Firewall: View": knownvalue.StringExact("granted"), "Firewall: Modify Settings": knownvalue.StringExact("missing"),
		"Firewall: Manage Rules and Tags": knownvalue.StringExact("missing"),
	})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			refused(console, `data "sentinelone_permissions" "this" { features = ["teapots"] }`, "Invalid Attribute Value Match", "teapots"),
			{
				Config: `
provider "sentinelone" {
  host      = "` + console.URL() + `"
  api_token = "` + console.Token() + `"
}
data "sentinelone_permissions" "this" { features = ["firewall"] }`,
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue("data.sentinelone_permissions.this", tfjsonpath.New("permissions"), said),
					statecheck.ExpectKnownValue("data.sentinelone_permissions.this", tfjsonpath.New("scope"), knownvalue.Null()),
				},
			},
		},
	})
}

// A question that gets no answer is an error, and no verdict.
func TestPermissionsFail(t *testing.T) {
	t.Parallel()
	for path, message := range map[string]string{
		"/web/api/v2.1/restrictions": "Cannot list blocklist entries", "/web/api/v2.1/user": "Cannot read user",
	} {
		console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: "status", Status: 501, Path: path}))
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories(),
			Steps: []resource.TestStep{
				refused(console, `data "sentinelone_permissions" "this" { features = ["blocklist"] }`, message, "HTTP 501"),
			},
		})
	}
}

// What has no registration token to give is named.
func TestNoRegistrationToken(t *testing.T) {
	t.Parallel()
	const nowhere = "1999999999999999999"
	console := as(t, func(*simulator.State) {}, "Sites.view")
	code := func(of string) string {
		return "ephemeral \"sentinelone_" + of + "_registration_token\" \"x\" { " + of + "_id = \"" + nowhere + "\" }"
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			refused(console, code("site"), "No such site", nowhere),
			refused(console, code("group"), "Cannot read registration token", nowhere, "Groups: View"),
		},
	})
}
