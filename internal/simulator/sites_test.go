package simulator_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// TestSingleSite holds a site alone to the same site in a list, and looks for sites that are out of reach.
func TestSingleSite(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(scopedUsers()))
	var list struct {
		Data struct {
			Sites []map[string]any `json:"sites"`
		} `json:"data"`
	}
	send(t, console, "GET", "/sites?siteIds="+headquarters, "").decode(t, http.StatusOK, &list)
	got := sendAs(t, console, "ApiToken site", "GET", "/sites/"+headquarters, "").data(t)
	if diff := cmp.Diff(list.Data.Sites[0], got); diff != "" {
		t.Errorf("single (-listed +got):\n%s", diff)
	}
	for target, user := range map[string]string{
		"/sites/" + laboratory: "site", "/sites/" + branch: "europe", "/sites/1999999999999999999": "admin", "/sites/" + europe: "admin",
	} {
		if got := sendAs(t, console, "ApiToken "+user, "GET", target, ""); got.Status != http.StatusNotFound {
			t.Errorf("%s as %s: %d", target, user, got.Status)
		}
	}
}

// TestRegistrationTokens gives the tokens of sites and groups to those who may see these, and to nobody else.
func TestRegistrationTokens(t *testing.T) {
	t.Parallel()
	seed := scopedUsers()
	console := simulator.Start(t, simulator.WithSeed(seed))
	for target, want := range map[string]string{
		"/sites/" + headquarters: seed.Sites[0].RegistrationToken, "/groups/" + servers: seed.Groups[4].RegistrationToken,
	} {
		got := sendAs(t, console, "ApiToken site", "GET", target+"/token", "").data(t)
		if diff := cmp.Diff(map[string]any{"token": want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", target, diff)
		}
	}
	for target, status := range map[string]int{
		"/sites/" + laboratory:         http.StatusNotFound,
		"/sites/1999999999999999999":   http.StatusNotFound,
		"/groups/" + seed.Groups[1].ID: http.StatusForbidden,
	} {
		if got := sendAs(t, console, "ApiToken site", "GET", target+"/token", ""); got.Status != status {
			t.Errorf("%s: %d, not %d", target, got.Status, status)
		}
	}
}
