package simulator_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// TestSystem holds the two calls about the console: one of them needs no token.
func TestSystem(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	if diff := cmp.Diff(map[string]any{"health": "ok"}, sendAs(t, console, "", "GET", "/system/status", "").data(t)); diff != "" {
		t.Errorf("status (-want +got):\n%s", diff)
	}
	for _, target := range []string{"/system/info", "/user", "/rbac/roles", "/accounts", "/groups"} {
		if got := sendAs(t, console, "", "GET", target, ""); got.Status != http.StatusUnauthorized {
			t.Errorf("%s without a token: %d", target, got.Status)
		}
	}
}
