package indicators

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/simulator"
	"terraform-provider-sentinelone/internal/tfkit"
)

// newProvider returns a provider for a console, with these configurations of scopes by their paths. The others can't be viewed.
func newProvider(
	t *testing.T, console *simulator.Console, configurations map[string]sentinelone.FirewallConfiguration,
) *tfkit.Provider {
	t.Helper()
	client, err := sentinelone.New(sentinelone.Config{Host: console.URL(), Token: console.Token()})
	if err != nil {
		t.Fatal(err)
	}
	read := func(_ context.Context, in sentinelone.Scope) (sentinelone.FirewallConfiguration, error) {
		c, ok := configurations[in.Path()]
		if !ok {
			return c, sentinelone.ErrForbidden
		}
		return c, nil
	}
	return &tfkit.Provider{Console: client, Configurations: inventory.NewFacts(read)}
}

// Which rules apply in a scope is told by configurations, whatever the console lists: see NewInheritedRules.
func TestAppliedRules(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	site, group := seed.Sites[0], "1900000000000000305"
	in := sentinelone.Scope{Level: sentinelone.LevelGroup, ID: group}
	rule := func(id string, level sentinelone.Level, scopeID string, tagIDs ...string) sentinelone.FirewallRule {
		r := sentinelone.FirewallRule{ID: id, Level: level, ScopeID: scopeID}
		r.TagIDs = tagIDs
		return r
	}
	rules := []sentinelone.FirewallRule{
		rule("group", sentinelone.LevelGroup, group),
		rule("site", sentinelone.LevelSite, site.ID),
		rule("account", sentinelone.LevelAccount, site.AccountID),
		rule("tagged", sentinelone.LevelAccount, site.AccountID, "7"),
		rule("tenant", sentinelone.LevelTenant, ""),
	}
	inherits := sentinelone.FirewallConfiguration{InheritAllFirewallRules: true}
	alone := sentinelone.FirewallConfiguration{}
	chooses := sentinelone.FirewallConfiguration{SelectedTags: []string{"7"}}
	both := sentinelone.FirewallConfiguration{SelectedTags: []string{"7"}, InheritAllFirewallRules: true}
	groupPath, sitePath, accountPath := in.Path(), "site/"+site.ID, "account/"+site.AccountID
	for name, row := range map[string]struct {
		configurations map[string]sentinelone.FirewallConfiguration
		want           []string
	}{
		"all inherit": {
			map[string]sentinelone.FirewallConfiguration{groupPath: inherits, sitePath: inherits, accountPath: inherits},
			[]string{"group", "site", "account", "tagged", "tenant"},
		},
		"the account does not": {
			map[string]sentinelone.FirewallConfiguration{groupPath: inherits, sitePath: inherits, accountPath: alone},
			[]string{"group", "site", "account", "tagged"},
		},
		"the site does not": {
			map[string]sentinelone.FirewallConfiguration{groupPath: inherits, sitePath: alone, accountPath: inherits},
			[]string{"group", "site"},
		},
		"the group does not": {
			map[string]sentinelone.FirewallConfiguration{groupPath: alone, sitePath: inherits, accountPath: inherits}, []string{"group"},
		},
		"the group chooses a tag": {
			map[string]sentinelone.FirewallConfiguration{groupPath: chooses, sitePath: inherits}, []string{"group", "tagged"},
		},
		"the group inherits a site that chooses": {
			map[string]sentinelone.FirewallConfiguration{groupPath: both, sitePath: chooses}, []string{"group", "site", "tagged"},
		},
		"the account can't be viewed": {
			map[string]sentinelone.FirewallConfiguration{groupPath: inherits, sitePath: inherits},
			[]string{"group", "site", "account", "tagged"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProvider(t, simulator.Start(t, simulator.WithSeed(seed)), row.configurations)
			applied, err := appliedRules(t.Context(), p, in, slices.Clone(rules))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, rule := range applied {
				got = append(got, rule.ID)
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("other rules apply (-want +got):\n%s", diff)
			}
		})
	}
}

// A look at what is in force does not remember the one before.
func TestCurrentIsNotRemembered(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	site := console.State().Sites[0].ID
	hash := "3395856ce81f2b7382dee72602f798b642f14140"
	console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, simulator.Rule{Name: "x", Scope: "site", ScopeID: site})
		s.Restrictions = append(s.Restrictions, simulator.Restriction{Scope: "site", ScopeID: site, Value: &hash})
	})
	in := sentinelone.Scope{Level: sentinelone.LevelSite, ID: site}
	p := newProvider(t, console, nil)
	for _, want := range []int{1, 0} {
		rules, err := currentRules(t.Context(), p, in)
		if err != nil || len(rules) != want {
			t.Errorf("%d rules instead of %d, %v", len(rules), want, err)
		}
		entries, err := currentEntries(t.Context(), p, in)
		if err != nil || len(entries) != want {
			t.Errorf("%d entries instead of %d, %v", len(entries), want, err)
		}
		console.Change(func(s *simulator.State) { s.Rules, s.Restrictions = nil, nil })
	}
}
