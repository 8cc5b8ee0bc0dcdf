package simulator_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

const (
	adminRole     = "1900000000000000011"
	terraformRole = "1900000000000000012"
)

// roleSeed has users of four roles, one of them with a permission that the vendor's description does not have.
func roleSeed() simulator.State {
	s := scopedUsers()
	s.Users = append(s.Users,
		s.Users[1],
		simulator.User{
			Token: "odd", ID: "1900000000000000020", Permissions: []string{"Time Travel.forward", "Roles.view", "Sorcery.cast"},
			RoleID: "1900000000000000013", RoleName: "Odd", CreatedAt: time.Date(2026, time.May, 4, 12, 0, 0, 0, time.UTC),
		},
		simulator.User{Token: "none", ID: "1900000000000000021", Permissions: []string{}, RoleID: "1900000000000000014"},
	)
	last := &s.Users[4]
	last.Token, last.ID, last.CreatedAt = "again", "1900000000000000022", last.CreatedAt.AddDate(-1, 0, 0)
	last.Permissions = slices.Clone(last.Permissions)
	slices.Reverse(last.Permissions) // The order tells nothing.
	return s
}

func TestRoles(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(roleSeed()))
	all := []string{"Admin", "Terraform", "Odd", "Role 1900000000000000014"}
	tests := map[string][]string{
		"":                                                  all,
		"ids=" + terraformRole:                              {"Terraform"},
		"name=Terraform":                                    {"Terraform"},
		"query=TERRA":                                       {"Terraform"},
		"query=everything":                                  {"Admin"},
		"description=Everything":                            {"Admin"},
		"predefinedRole=true":                               {"Admin"},
		"predefinedRole=false":                              all[1:],
		"creator=administrator@corp.example":                all[1:],
		"creatorId=1900000000000000001":                     all[1:],
		"updatedById=1900000000000000001":                   all[1:],
		"createdAt=2026-05-04T12:00:00Z":                    {"Odd"},
		"updatedAt__lt=2024-01-01T00:00:00Z":                {"Terraform"},
		"createdAt__gte=2026-05-04T12:00:00Z&name=Odd":      {"Odd"},
		"accountName=Example+Europe":                        {},
		"sortBy=usersInRoles&sortOrder=desc&limit=2":        {"Admin", "Terraform"},
		"sortBy=name":                                       {"Admin", "Odd", "Role 1900000000000000014", "Terraform"},
		"siteIds=" + headquarters:                           all,
		"siteIds=" + headquarters + "&includeParents=false": {},
		"siteIds=" + headquarters + "&includeParents=False": {},
		"includeParents=false":                              all,
		"tenant=true&includeParents=false":                  all,
	}
	for query, want := range tests {
		if diff := cmp.Diff(want, send(t, console, "GET", "/rbac/roles?"+query, "").page(t).column("name")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	for query, want := range map[string]int{"": 200, "?includeParents=false": 200, "?siteIds=" + branch: 403} {
		got := sendAs(t, console, "ApiToken europe", "GET", "/rbac/roles"+query, "")
		if got.Status != want {
			t.Errorf("%s as europe: %d, not %d", query, got.Status, want)
		}
		if query == "?includeParents=false" && len(got.page(t).Data) != 0 {
			t.Errorf("an account without its parents has roles: %s", got.Body)
		}
	}
	want := map[string]any{
		"id": terraformRole, "name": "Terraform", "description": "", "predefinedRole": false, "usersInRoles": 2.0,
		"scope": "tenant", "scopeId": nil, "accountName": nil, "siteName": nil,
		"createdAt": "2023-03-04T08:15:30.123456Z", "updatedAt": "2023-03-04T08:15:30.123456Z",
		"creator": "administrator@corp.example", "creatorId": "1900000000000000001",
		"updatedBy": "administrator@corp.example", "updatedById": "1900000000000000001",
	}
	if diff := cmp.Diff(want, send(t, console, "GET", "/rbac/roles?ids="+terraformRole, "").page(t).Data[0]); diff != "" {
		t.Errorf("in a list (-want +got):\n%s", diff)
	}
	alone := send(t, console, "GET", "/rbac/role/"+terraformRole, "").data(t)
	delete(alone, "pages")
	if diff := cmp.Diff(want, alone); diff != "" {
		t.Errorf("alone (-want +got):\n%s", diff)
	}
	if got := send(t, console, "GET", "/rbac/role/1900000000000000099", ""); got.Status != http.StatusNotFound {
		t.Errorf("a role that is not there: %d", got.Status)
	}
	if admin := send(t, console, "GET", "/rbac/roles?ids="+adminRole, "").page(t).Data[0]; admin["creator"] != nil || admin["usersInRoles"] != 3.0 {
		t.Errorf("the predefined role: %v", admin)
	}
}

// allowed returns what is turned on in a role, by page and identifier, and how much there is in all.
func allowed(t *testing.T, role map[string]any) (on []string, all int) {
	t.Helper()
	on = []string{}
	pages, _ := role["pages"].([]any)
	for _, p := range pages {
		page, _ := p.(map[string]any)
		name, _ := page["identifier"].(string)
		list, _ := page["permissions"].([]any)
		for _, item := range list {
			permission, _ := item.(map[string]any)
			identifier, _ := permission["identifier"].(string)
			all++
			if permission["value"] == true {
				on = append(on, name+"."+identifier)
			}
		}
	}
	return on, all
}

// TestRolePermissions holds the tree of a role to the permissions that calls are checked against, also after a change.
func TestRolePermissions(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(roleSeed()))
	_, all := allowed(t, send(t, console, "GET", "/rbac/role/"+adminRole, "").data(t))
	for role, user := range map[string]int{terraformRole: 1, "1900000000000000013": 5, "1900000000000000014": 6} {
		want := slices.Sorted(slices.Values(console.State().Users[user].Permissions))
		on, n := allowed(t, send(t, console, "GET", "/rbac/role/"+role, "").data(t))
		slices.Sort(on)
		if diff := cmp.Diff(want, on, cmp.Transformer("orEmpty", func(l []string) []string { return append([]string{}, l...) })); diff != "" {
			t.Errorf("role %s (-want +got):\n%s", role, diff)
		}
		if n != all {
			t.Errorf("role %s has %d permissions, not %d", role, n, all)
		}
	}
	on, _ := allowed(t, send(t, console, "GET", "/rbac/role/"+adminRole, "").data(t))
	if len(on) != all || all < 60 {
		t.Errorf("an administrator may do %d of %d", len(on), all)
	}
	if last := on[len(on)-2:]; !slices.Equal(last, []string{"Sorcery.cast", "Time Travel.forward"}) {
		t.Errorf("what is not in the description comes last, in order: %q", last)
	}
	console.Change(func(s *simulator.State) { s.Users[5].Permissions = []string{"Roles.view"} })
	on, _ = allowed(t, sendAs(t, console, "ApiToken odd", "GET", "/rbac/role/1900000000000000013", "").data(t))
	if diff := cmp.Diff([]string{"Roles.view"}, on); diff != "" {
		t.Errorf("after the change (-want +got):\n%s", diff)
	}
}

// TestAdministratorWithLess takes permissions from one of several administrators, who then has a role of its own.
func TestAdministratorWithLess(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(scopedUsers()))
	console.Change(func(s *simulator.State) { s.Users[3].Permissions = []string{"Sites.view"} })
	users := console.State().Users
	if users[3].RoleID == adminRole || users[3].RoleName == "Admin" || users[2].RoleID != adminRole {
		t.Errorf("roles %q (%s) and %q", users[3].RoleID, users[3].RoleName, users[2].RoleID)
	}
	if on, _ := allowed(t, send(t, console, "GET", "/rbac/role/"+users[3].RoleID, "").data(t)); !slices.Equal(on, []string{"Sites.view"}) {
		t.Errorf("it may %q", on)
	}
}

// TestPermissionIdentifiers tries each spelling of permissions; what one depends on is a number in all of them.
func TestPermissionIdentifiers(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][2]string{
		"":       {"view", "manageRulesAndTags"},
		"full":   {"Firewall Control.view", "Firewall Control.manageRulesAndTags"},
		"number": {"1900000000000001026", "1900000000000001028"},
	} {
		seed := simulator.Demo()
		seed.Behaviour.PermissionIdentifiers = value
		role := send(t, simulator.Start(t, simulator.WithSeed(seed)), "GET", "/rbac/role/"+terraformRole, "").data(t)
		pages, _ := role["pages"].([]any)
		i := slices.IndexFunc(pages, func(p any) bool {
			page, _ := p.(map[string]any)
			return page["identifier"] == "Firewall Control"
		})
		row := func(identifier, title string, dependsOn ...any) any {
			return map[string]any{
				"identifier": identifier, "title": title, "value": true, "dependsOn": append([]any{}, dependsOn...), "type": "",
				"description": "", "additionalDescription": nil, "groupName": nil, "disabledReason": nil, "disabledReasonCode": nil,
			}
		}
		page, _ := pages[i].(map[string]any)
		rows, _ := page["permissions"].([]any)
		if len(rows) != 3 || page["name"] != "Firewall" {
			t.Fatalf("%q: page %v", value, page)
		}
		wanted := []any{row(want[0], "View"), row(want[1], "Manage Rules and Tags", "1900000000000001026")}
		if diff := cmp.Diff(wanted, []any{rows[0], rows[2]}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", value, diff)
		}
	}
}
