package simulator_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

const scan = "/application-management/scan"

// scanning starts a console with a clock that the caller turns.
func scanning(t *testing.T, b simulator.Behaviour) (console *simulator.Console, now *time.Time) {
	t.Helper()
	now = new(riskClock())
	seed := riskSeed()
	seed.Behaviour = b
	for i := range seed.Agents {
		seed.Agents[i].IsActive = i != 1 // The desktop is off.
	}
	seed.Users = append(seed.Users, simulator.User{Token: "europe", ID: "1900000000000000009", Scope: "account", ScopeID: europe})
	return simulator.Start(t, simulator.WithSeed(seed), simulator.WithClock(func() time.Time { return *now })), now
}

// TestScan moves the date of the last scan, of computers that are on and in the scope.
func TestScan(t *testing.T) {
	t.Parallel()
	for scope, want := range map[string][]string{
		`"tenant":true`:                   {"HQ-Laptop", "beside", "server"},
		`"accountIds":["` + europe + `"]`: {"HQ-Laptop", "server"},
		site(branch):                      {"beside"},
		site(laboratory):                  {},
	} {
		console, now := scanning(t, simulator.Behaviour{})
		*now = now.Add(time.Hour)
		send(t, console, "GET", risks, "").page(t) // What is remembered of it must not outlive the scan.
		if ok := send(t, console, "POST", scan, `{"filter":{`+scope+`}}`).data(t)["success"]; ok != true {
			t.Errorf("%s: success is %v", scope, ok)
		}
		scanned := []string{}
		for _, row := range send(t, console, "GET", risks, "").page(t).Data {
			if name, _ := row["endpointName"].(string); row["lastScanDate"] == now.Format("2006-01-02T15:04:05Z") {
				scanned = append(scanned, name)
			}
		}
		slices.Sort(scanned)
		if diff := cmp.Diff(want, slices.Compact(scanned)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", scope, diff)
		}
	}
	console, now := scanning(t, simulator.Behaviour{})
	console.Change(func(s *simulator.State) {
		s.Applications[0].LastScanResult = "Failed"
		s.Applications[0].RemovalDate = new(now.Add(-time.Hour))
		s.Applications[2].LastScanResult = "Failed"
	})
	send(t, console, "POST", scan, `{"filter":{"tenant":true}}`).data(t)
	rows := send(t, console, "GET", risks+"?includeRemovals=true&lastScanResults=Failed&sortBy=endpointName", "").page(t)
	if diff := cmp.Diff([]string{"HQ-Laptop", "HQ-Laptop", "hq-desktop"}, rows.column("endpointName")); diff != "" {
		t.Errorf("still failed (-want +got):\n%s", diff)
	}
}

// TestScanLimit scans, one after the other, after some time.
func TestScanLimit(t *testing.T) {
	t.Parallel()
	type step struct {
		user, filter string
		after        time.Duration
		status       int
	}
	tenant, account, branch := `"tenant":true`, `"accountIds":["`+europe+`"]`, site(branch)
	tests := []struct {
		b     simulator.Behaviour
		steps []step
	}{
		{simulator.Behaviour{}, []step{
			{"", tenant, 0, 200}, {"", tenant, 8*time.Hour - time.Second, 429}, {"", tenant, time.Second, 200}, {"", tenant, 0, 429},
		}},
		{simulator.Behaviour{}, []step{
			{"", account, 0, 200}, {"europe", account, time.Hour, 429}, {"", branch, 0, 200}, {"", tenant, 0, 200}, {"", branch, 0, 429},
		}},
		{simulator.Behaviour{ScanLimit: "scope", ScanLimitStatus: 429}, []step{{"", branch, 0, 200}, {"", branch, 0, 429}, {"", tenant, 0, 200}}},
		{simulator.Behaviour{ScanLimit: "token"}, []step{
			{"", account, 0, 200}, {"europe", account, time.Hour, 200}, {"", branch, 0, 429}, {"", branch, 7 * time.Hour, 200},
		}},
		{simulator.Behaviour{ScanLimitStatus: 400}, []step{{"", branch, 0, 200}, {"", branch, 0, 400}, {"", branch, 8 * time.Hour, 200}}},
	}
	for _, test := range tests {
		console, now := scanning(t, test.b)
		for i, s := range test.steps {
			*now = now.Add(s.after)
			token := console.Token()
			if s.user != "" {
				token = s.user
			}
			got := sendAs(t, console, "ApiToken "+token, "POST", scan, `{"filter":{`+s.filter+`}}`)
			if got.Status != s.status {
				t.Errorf("%+v: step %d: %d, not %d", test.b, i, got.Status, s.status)
			}
			switch got.Status {
			case http.StatusTooManyRequests:
				if diff := cmp.Diff(string(recorded(t, "real_error_429_nginx.html")), string(got.Body)); diff != "" {
					t.Errorf("%+v: page (-recorded +got):\n%s", test.b, diff)
				}
			case http.StatusBadRequest:
				if !strings.Contains(got.detail(t, http.StatusBadRequest), "8 hours") {
					t.Errorf("%+v: %s", test.b, got.Body)
				}
			}
		}
		console.Change(func(*simulator.State) {}) // The limit outlives a reload of the state.
		last := test.steps[len(test.steps)-1].filter
		if got := send(t, console, "POST", scan, `{"filter":{`+last+`}}`); got.Status == http.StatusOK {
			t.Errorf("%+v: taken after a reload", test.b)
		}
	}
}

func TestScanRefusals(t *testing.T) {
	t.Parallel()
	console, _ := scanning(t, simulator.Behaviour{})
	for body, want := range map[string]string{
		`{}`:                          "filter: Missing data for required field.",
		`{"filter":{}}`:               "filter: Missing data for required field.",
		`{"filter":{"tenant":false}}`: "filter: Missing data for required field.",
		`{"filter":{"groupIds":["` + servers + `"]}}`:                    "filter: groupIds: Unknown field",
		`{"filter":{"siteIds":["` + branch + `","` + laboratory + `"]}}`: "filter: siteIds: Longer than maximum length 1.",
		`{"filter":{"tenant":true,"siteIds":["` + branch + `"]}}`:        "Exactly one scope is required.",
	} {
		if got := send(t, console, "POST", scan, body).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s\n got %q\nwant %q", body, got, want)
		}
	}
	for scope, status := range map[string]int{site(laboratory): 200, site(branch): 403, `"tenant":true`: 400, site("1999999999999999999"): 403} {
		if got := sendAs(t, console, "ApiToken europe", "POST", scan, `{"filter":{`+scope+`}}`); got.Status != status {
			t.Errorf("%s: %d, not %d", scope, got.Status, status)
		}
	}
	if n := len(console.State().Scans); n != 1 {
		t.Errorf("%d scans, not 1", n)
	}
}

func TestScanSettings(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.ScanSettings = []simulator.ScanSettings{
		{Scope: "account", ScopeID: europe, ExtensiveScanEnabled: true},
		{
			Scope: "site", ScopeID: headquarters, VulnerabilitiesScanEnabled: true, ExtensiveLinuxScanEnabled: true,
			ScanSchedule: &simulator.ScanSchedule{ScanEvery: 2, RepeatOn: "Tuesday", Timezone: "Europe/Berlin", Time: "20:15"},
		},
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	schedule := map[string]any{"scanEvery": 2.0, "repeatOn": "Tuesday", "timezone": "Europe/Berlin", "time": "20:15"}
	for query, want := range map[string][]any{ // vulnerabilities, extensive, on Linux, default, from, breaking, schedule
		"":                         {true, false, false, true, nil, true, nil},
		"?accountIds=" + americas:  {true, false, false, true, "tenant", false, nil},
		"?accountIds=" + europe:    {false, true, false, false, nil, true, nil},
		"?siteIds=" + laboratory:   {false, true, false, true, "account", false, nil},
		"?siteIds=" + headquarters: {true, false, true, false, nil, false, schedule},
		"?groupIds=" + servers:     {true, false, true, true, "site", false, schedule},
	} {
		got := send(t, console, "GET", "/application-management/settings"+query, "").data(t)
		fields := []any{
			got["vulnerabilitiesScanEnabled"], got["extensiveScanEnabled"], got["extensiveLinuxScanEnabled"], got["isDefaultPolicy"],
			got["inheritedFrom"], got["hasBreakingInheritance"], got["scanSchedule"],
		}
		if diff := cmp.Diff(want, fields); diff != "" || len(got) != 7 {
			t.Errorf("%q: %d keys (-want +got):\n%s", query, len(got), diff)
		}
	}
	two := "?siteIds=" + laboratory + "&accountIds=" + europe
	send(t, console, "GET", "/application-management/settings"+two, "").detail(t, http.StatusBadRequest)
}
