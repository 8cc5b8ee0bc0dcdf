package organization

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Days are counted whole, and what the console does not tell, or tells several of, is null.
func TestNewAPITokenModel(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.May, 4, 12, 0, 0, 0, time.UTC)
	for left, want := range map[time.Duration]int64{
		14 * 24 * time.Hour: 14, 14*24*time.Hour - time.Second: 13, 23 * time.Hour: 0, 0: 0, -time.Second: -1,
	} {
		ends := now.Add(left).In(time.FixedZone("", 3600))
		m := newAPITokenModel(sentinelone.TokenDates{ExpiresAt: &ends}, sentinelone.User{}, now)
		if got := m.DaysLeft.ValueInt64(); got != want || m.ExpiresAt.ValueString() != now.Add(left).Format(time.RFC3339) {
			t.Errorf("%s left: %d days, until %s", left, got, m.ExpiresAt)
		}
	}
	if diff := cmp.Diff(apiTokenModel{Scope: tfkit.NullScope()}, newAPITokenModel(sentinelone.TokenDates{}, sentinelone.User{}, now)); diff != "" {
		t.Errorf("nothing told (-want +got):\n%s", diff)
	}
	user := sentinelone.User{ID: "7", Level: "site", ScopeRoles: []sentinelone.ScopeRole{
		{ScopeID: "1", RoleName: "Watcher"}, {ScopeID: "2", RoleName: "Watcher"},
	}}
	m := newAPITokenModel(sentinelone.TokenDates{}, user, now)
	if !m.Scope.IsNull() || m.Role != types.StringValue("Watcher") {
		t.Errorf("one role in two scopes: %s in %s", m.Role, m.Scope)
	}
	user.ScopeRoles[1].RoleName = "Admin"
	if m = newAPITokenModel(sentinelone.TokenDates{}, user, now); !m.Role.IsNull() {
		t.Errorf("two roles: %s", m.Role)
	}
}

// Roles of several scopes count together: what they differ in, and what one does not tell, is unknown.
func TestAgreed(t *testing.T) {
	t.Parallel()
	role := func(view bool) sentinelone.Role {
		return sentinelone.Role{Pages: []sentinelone.RolePage{{
			Name: "Firewall", Permissions: []sentinelone.RolePermission{{Title: "View", Value: view}},
		}}}
	}
	for name, tt := range map[string]struct {
		roles []sentinelone.Role
		want  string
	}{
		"none":        {nil, unknown},
		"granted":     {[]sentinelone.Role{role(true)}, granted},
		"missing":     {[]sentinelone.Role{role(false), role(false)}, missing},
		"differ":      {[]sentinelone.Role{role(true), role(false)}, unknown},
		"one is mute": {[]sentinelone.Role{role(true), {}}, unknown},
	} {
		if got := agreed(tt.roles, sentinelone.ListFirewallRules.Permissions[0]); got != tt.want {
			t.Errorf("%s: %s, not %s", name, got, tt.want)
		}
	}
}
