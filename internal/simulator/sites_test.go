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
