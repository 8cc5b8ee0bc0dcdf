package sentinelone

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// operations are all that are in use.
var operations = []Operation{
	ListFirewallRules, CreateFirewallRule, UpdateFirewallRule, DeleteFirewallRules, ReorderFirewallRules,
	ListFirewallProtocols, GetFirewallConfiguration, UpdateFirewallConfiguration,
	ListFirewallTags, CreateFirewallTag, UpdateFirewallTag, DeleteFirewallTags,
	ListLocations, ListAgents, ListApplications, ListApplicationRisks, ListVulnerabilities, ListApplicationCVEs,
	ListApplicationEndpoints, ListInstallations, StartApplicationScan,
	ListRestrictions, CreateRestriction, UpdateRestriction, DeleteRestrictions, ValidateRestriction,
	ListAccounts, ListSites, GetSiteToken, ListGroups, GetGroupToken,
	GetUser, FindToken, GetRole,
}

// What goes through all operations goes through all that there are.
func TestOperationsAreAll(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var declared []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.CompositeLit); ok && fmt.Sprint(literal.Type) == "Operation" {
				for _, element := range literal.Elts {
					declared = append(declared, nameIn(element)...)
				}
			}
			return true
		})
	}
	var listed []string
	for _, op := range operations {
		listed = append(listed, op.Name)
	}
	slices.Sort(declared)
	slices.Sort(listed)
	if diff := cmp.Diff(declared, listed); diff != "" {
		t.Errorf("add new operations to those of this test, each once (-declared +listed):\n%s", diff)
	}
}

// nameIn is the text of a field Name.
func nameIn(element ast.Expr) []string {
	field, ok := element.(*ast.KeyValueExpr)
	if !ok || fmt.Sprint(field.Key) != "Name" {
		return nil
	}
	text, ok := field.Value.(*ast.BasicLit)
	if !ok {
		return nil
	}
	return []string{strings.Trim(text.Value, `"`)}
}

// asUser returns a client whose user has no more than some permissions.
func asUser(t *testing.T, seed simulator.State, permissions ...Permission) *Client {
	t.Helper()
	user := &seed.Users[0]
	user.Permissions = []string{}
	for _, p := range permissions {
		user.Permissions = append(user.Permissions, p.Identifier())
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	client, err := New(Config{Host: console.URL(), Token: console.Token()})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// Each operation is refused to who lacks its permissions, and to nobody who has one of them: what the table says is
// what the stand-in console asks for, which has a table of its own.
func TestPermissionsAreTheConsoles(t *testing.T) {
	t.Parallel()
	known := append(slices.Sorted(maps.Keys(identifiers)), "") // without any, too
	for _, alone := range known {
		client := asUser(t, simulator.Demo(), alone)
		for _, op := range operations {
			id := "1900000000000000201"
			if strings.HasPrefix(op.Path, "/groups") { // one that is not there is forbidden, too
				id = "1900000000000000301"
			}
			req, err := client.newRequest(t.Context(), op, request{id: id})
			if err != nil {
				t.Fatal(err)
			}
			resp, err := http.DefaultClient.Do(req.Request)
			if err != nil {
				t.Fatal(err)
			}
			if err := resp.Body.Close(); err != nil {
				t.Fatal(err)
			}
			enough := len(op.Permissions) == 0 || slices.Contains(op.Permissions, alone)
			if refused := resp.StatusCode == http.StatusForbidden; enough == refused {
				t.Errorf("%s %s (%s) with %q: HTTP %d, and the table asks for one of %q",
					op.Method, op.Path, op.Name, alone, resp.StatusCode, op.Permissions)
			}
		}
	}
}

// Every permission of the table has a name of the vendor's, and every operation asks for what the table has.
func TestEveryPermissionHasAnIdentifier(t *testing.T) {
	t.Parallel()
	needed := map[Permission]bool{}
	for _, op := range operations {
		for _, p := range op.Permissions {
			needed[p] = true
			if p.Identifier() == "" {
				t.Errorf("%s asks for %q, which has no identifier", op.Name, p)
			}
		}
	}
	for p := range identifiers {
		if !needed[p] {
			t.Errorf("no operation asks for %q", p)
		}
	}
}

// A role tells what it grants however it spells that; what it does not speak of is not known.
func TestRoleGrants(t *testing.T) {
	t.Parallel()
	for _, spelling := range []string{"", "full", "number"} {
		seed := simulator.Demo()
		seed.Behaviour.PermissionIdentifiers = spelling
		minimal := seed.Users[1]
		role, err := asUser(t, seed, viewRoles).Roles.Get(t.Context(), minimal.RoleID)
		if err != nil {
			t.Fatal(err)
		}
		for p, identifier := range identifiers {
			granted, known := role.Grants(p)
			if want := slices.Contains(minimal.Permissions, identifier); granted != want || !known {
				t.Errorf("%q: %s is granted: %t, known: %t", spelling, p, granted, known)
			}
		}
	}
	if granted, known := (Role{Pages: []RolePage{{Name: "Firewall"}}}).Grants(viewFirewall); granted || known {
		t.Errorf("an empty page: %t, %t", granted, known)
	}
}

// Views are proven by looking, where only the permission that is tried allows it; nothing else is tried.
func TestMayView(t *testing.T) {
	t.Parallel()
	for p := range identifiers {
		for _, in := range []Scope{{}, {Level: LevelTenant}, {LevelSite, "1900000000000000201"}} {
			for want, client := range map[bool]*Client{true: asUser(t, simulator.Demo(), p), false: asUser(t, simulator.Demo())} {
				may, known, err := client.MayView(t.Context(), p, in)
				provable := strings.Contains(string(p), ": View") && p != viewUsers && p != viewRoles
				if err != nil || known != provable || may != (want && provable) {
					t.Errorf("%s in %s: %t, known: %t, %v", p, in, may, known, err)
				}
			}
		}
	}
	lacking := asUser(t, simulator.Demo(), viewFirewall)
	if may, known, err := lacking.MayView(t.Context(), viewFirewall, Scope{LevelSite, "1999999999999999999"}); may || !known || err != nil {
		t.Errorf("outside the user's scope: %t, %t, %v", may, known, err)
	}
}
