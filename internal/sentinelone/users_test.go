package sentinelone

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// The console tells who the token's user is, whatever it is a user of, and however it tells the role.
func TestCurrentUser(t *testing.T) {
	t.Parallel()
	demo := simulator.Demo()
	europe, site := demo.Accounts[0].ID, demo.Sites[0].ID
	for name, tt := range map[string]struct {
		edit   func(*simulator.State)
		scopes []Scope
		roles  []string
	}{
		"tenant":          {func(*simulator.State) {}, []Scope{{Level: LevelTenant}}, []string{"Watcher"}},
		"tenant, by name": {func(s *simulator.State) { s.Behaviour.TenantUserRole = "name" }, []Scope{{Level: LevelTenant}}, []string{"Watcher"}},
		"account": {
			func(s *simulator.State) { s.Users[0].Scope, s.Users[0].ScopeID = "account", europe },
			[]Scope{{LevelAccount, europe}},
			[]string{"Watcher"},
		},
		"site": {
			func(s *simulator.State) { s.Users[0].Scope, s.Users[0].ScopeID = "site", site },
			[]Scope{{LevelSite, site}},
			[]string{"Watcher"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := simulator.Demo()
			seed.Users[0].RoleID, seed.Users[0].RoleName = "1900000000000000099", "Watcher"
			tt.edit(&seed)
			user, err := asUser(t, seed, viewUsers).Users.Current(t.Context())
			if err != nil || user.ID != seed.Users[0].ID || user.Name != seed.Users[0].Name || user.Email != seed.Users[0].Email {
				t.Errorf("got %+v, %v", user, err)
			}
			if diff := cmp.Diff(tt.scopes, user.Scopes()); diff != "" {
				t.Errorf("scopes (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.roles, user.RoleNames()); diff != "" {
				t.Errorf("roles (-want +got):\n%s", diff)
			}
		})
	}
	if _, err := asUser(t, simulator.Demo()).Users.Current(t.Context()); !errors.Is(err, ErrForbidden) {
		t.Errorf("without permission: %v", err)
	}
	hidden := simulator.Demo()
	hidden.Users[0].Service, hidden.Behaviour.ServiceUsers = true, "hidden"
	if _, err := asUser(t, hidden, viewUsers).Users.Current(t.Context()); !errors.Is(err, ErrNotFound) {
		t.Errorf("out of sight: %v", err)
	}
}

// Anybody is told the dates of the own token; asking is repeated like any query.
func TestTokenDates(t *testing.T) {
	t.Parallel()
	made, ends := time.Date(2026, 1, 2, 3, 4, 5, 678000, time.UTC), time.Date(2026, 7, 2, 3, 4, 5, 0, time.UTC)
	seed := simulator.Demo()
	seed.Users[0].TokenCreatedAt, seed.Users[0].TokenExpiresAt = made, ends
	console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithClock(func() time.Time { return made }),
		simulator.WithFault(simulator.Fault{Kind: "502-html", Times: 1}))
	c, _ := newTestClientOf(t, console.URL())
	c.token = console.Token
	if dates, err := c.Users.Token(t.Context()); err != nil || !dates.CreatedAt.Equal(made) || !dates.ExpiresAt.Equal(ends) {
		t.Errorf("got %+v, %v", dates, err)
	}
}
