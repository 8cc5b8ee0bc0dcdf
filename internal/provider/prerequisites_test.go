package provider_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// examples/prerequisites warns of exactly what is not in order, with the page to visit, and writes nothing. Who may not
// read roles is told what remains to be looked at.
func TestPrerequisites(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	const roles = "Visit Settings > Users > Roles"
	user := func(permissions ...string) func(*simulator.State) {
		return func(s *simulator.State) {
			s.Users[0].Permissions, s.Users[0].RoleID, s.Users[0].RoleName = append([]string{}, permissions...), "1900000000000000013", "Test"
		}
	}
	minimal := simulator.Demo().Users[1].Permissions
	writes := []string{
		"Blocklist: Create", "Blocklist: Delete", "Blocklist: Edit", "Firewall: Manage Rules and Tags", "Firewall: Modify Settings",
	}
	for name, tt := range map[string]struct {
		edit        func(*simulator.State)
		warnings    []string // in any order
		notVerified []string
	}{
		"all in order":     {func(*simulator.State) {}, nil, nil},
		"the minimal user": {user(minimal...), nil, writes},
		"token about to expire": {
			func(s *simulator.State) { s.Users[0].TokenExpiresAt = time.Now().AddDate(0, 0, 14) },
			[]string{"The API token expires on .* Visit Settings > Users > Service Users"},
			nil,
		},
		"site expired": {
			func(s *simulator.State) { s.Sites[0].State = "expired" },
			[]string{"The site is expired. Visit Settings > Sites"},
			nil,
		},
		"no licence": {
			func(s *simulator.State) { s.Sites[0].SKU = "Core" },
			[]string{"licence is Core, which does not include Firewall Control. Visit Settings > Sites"},
			nil,
		},
		"firewall off": {
			func(s *simulator.State) { s.Configurations[1].Enabled = false },
			[]string{"Firewall Control is off for the site. Visit Sentinels > Network Control"},
			nil,
		},
		"no writes": {
			user("Firewall Control.view", "Blacklist.view", "Blacklist.create", "Sites.view", "Applications Page.view",
				"Applications Page.viewRisks", "Endpoints.view", "Users.view", "Roles.view"),
			[]string{"To manage indicators, the token lacks Blocklist: Delete, Blocklist: Edit, Firewall: Manage Rules and Tags, " +
				"Firewall: Modify Settings. " + roles},
			nil,
		},
		"no vulnerabilities": {
			user(append([]string{"Users.view", "Roles.view"}, append(minimal[:4:4], minimal[7:]...)...)...),
			[]string{"To see vulnerabilities, the token lacks Applications: View, Applications: View Risks, Endpoints: View. " + roles},
			nil,
		},
		"nothing allowed": {user(), []string{
			"To manage indicators, the token lacks Blocklist: View, Firewall: View, Sites: View. " + roles,
			"To see vulnerabilities, the token lacks Applications: View, Applications: View Risks, Endpoints: View. " + roles,
			"Cannot list sites .* Sites: View", "Cannot read firewall configuration .* Firewall: View",
		}, writes},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := documented(t)
			tt.edit(&seed)
			console := simulator.Start(t, simulator.WithSeed(seed))
			w, err := mirror.NewWorkspace(t.TempDir(), console.URL(), console.Token())
			if err == nil {
				err = w.Add(os.DirFS(filepath.Join(root, "examples", "prerequisites")))
			}
			if err != nil {
				t.Fatal(err)
			}
			succeed(t, w, "init")
			output := succeed(t, w, "apply", "-auto-approve", "-var=site_id="+documentedID)
			text := strings.Join(strings.Fields(strings.ReplaceAll(output, "│", "")), " ")
			for _, warning := range tt.warnings {
				if !regexp.MustCompile(warning).MatchString(text) {
					t.Errorf("it does not warn %q:\n%s", warning, output)
				}
			}
			if n := strings.Count(text, "Warning: "); n != len(tt.warnings) {
				t.Errorf("it warns %d times, not %d:\n%s", n, len(tt.warnings), output)
			}
			var notVerified []string
			if err := json.Unmarshal([]byte(succeed(t, w, "output", "-json", "not_verified")), &notVerified); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Join(tt.notVerified, ", "), strings.Join(notVerified, ", ")); diff != "" {
				t.Errorf("not verified (-want +got):\n%s", diff)
			}
			for route := range console.Stats().Requests {
				if !strings.HasPrefix(route, "GET ") && route != "POST /web/api/v2.1/users/api-token-details" {
					t.Errorf("%s was called", route)
				}
			}
		})
	}
}
