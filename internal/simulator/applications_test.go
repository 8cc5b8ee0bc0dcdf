package simulator_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// TestApplicationPermissions calls every operation on applications with each permission alone.
func TestApplicationPermissions(t *testing.T) {
	t.Parallel()
	view, viewRisks, start := "Applications Page.view", "Applications Page.viewRisks", "Applications Page.scanVulnerabilities"
	seed := riskSeed()
	others := len(seed.Users)
	for i, p := range []string{view, viewRisks, start, "Endpoints.view"} {
		seed.Users = append(seed.Users, simulator.User{Token: p, ID: "190000000000000070" + string(rune('0'+i)), Permissions: []string{p}})
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	for operation, needs := range map[string]string{
		"GET /risks": viewRisks, "GET /risks/applications": viewRisks, "GET /risks/aggregated-applications": viewRisks,
		"GET /risks/cves": viewRisks, "GET /risks/endpoints": viewRisks, "GET /inventory": view,
		"GET /inventory/applications?ids=1900000000000000901": view, "GET /inventory/endpoints": view, "GET /settings": view,
		"POST /scan": start,
	} {
		method, target, _ := strings.Cut(operation, " ")
		for _, user := range seed.Users[others:] {
			got := sendAs(t, console, "ApiToken "+user.Token, method, "/application-management"+target, "").Status
			if (got == http.StatusForbidden) == (user.Token == needs) {
				t.Errorf("%s with %s: %d", operation, user.Token, got)
			}
		}
	}
}

// TestDemoRisks holds what other tests and the documentation take for granted.
func TestDemoRisks(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	p := send(t, console, "GET", risks+"?sortBy=cveId", "").page(t)
	want := []string{"CVE-2023-38831", "CVE-2024-10979", "CVE-2024-31497", "CVE-2025-0411", "CVE-2025-0411"}
	if diff := cmp.Diff(want, p.column("cveId")); diff != "" {
		t.Errorf("risks (-want +got):\n%s", diff)
	}
	exploited := send(t, console, "GET", risks+"?exploitedInTheWild=YES", "").page(t).column("cveId")
	slices.Sort(exploited)
	if diff := cmp.Diff([]string{"CVE-2023-38831", "CVE-2025-0411"}, slices.Compact(exploited)); diff != "" {
		t.Errorf("exploited (-want +got):\n%s", diff)
	}
	if n := len(send(t, console, "GET", "/application-management/inventory", "").page(t).Data); n != 5 {
		t.Errorf("%d applications, not 5", n)
	}
}

func TestSeverity(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Risks = seed.Risks[:1]
	for score, want := range map[*float64]string{
		nil: "NONE", new(0.0): "NONE", new(0.1): "LOW", new(3.9): "LOW", new(4.0): "MEDIUM", new(6.9): "MEDIUM", new(7.0): "HIGH",
		new(8.9): "HIGH", new(9.0): "CRITICAL", new(10.0): "CRITICAL",
	} {
		seed.Risks[0].BaseScore = score
		got := send(t, simulator.Start(t, simulator.WithSeed(seed)), "GET", risks, "").page(t).Data[0]
		if got["severity"] != want {
			t.Errorf("%v: %v, not %s", got["baseScore"], got["severity"], want)
		}
	}
}

func TestBadApplicationSeeds(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*simulator.State){
		"one id for two applications":  func(s *simulator.State) { s.Applications[0].ID = s.Applications[1].ID },
		"one vulnerability twice":      func(s *simulator.State) { s.Risks = append(s.Risks, s.Risks[0]) },
		"scan of no site":              func(s *simulator.State) { s.Scans = []simulator.Scan{{Scope: "site"}} },
		"settings of no site":          func(s *simulator.State) { s.ScanSettings = []simulator.ScanSettings{{Scope: "site"}} },
		"a misspelled licence":         func(s *simulator.State) { s.Behaviour.RiskLicense = "some" },
		"a misspelled lacking field":   func(s *simulator.State) { s.Behaviour.LackingFields = "some" },
		"a misspelled refusal":         func(s *simulator.State) { s.Behaviour.UnlicensedRisks = "some" },
		"a misspelled limit":           func(s *simulator.State) { s.Behaviour.ScanLimit = "some" },
		"another status for the limit": func(s *simulator.State) { s.Behaviour.ScanLimitStatus = 403 },
	} {
		seed := simulator.Demo()
		spoil(&seed)
		if _, err := simulator.New(simulator.WithSeed(seed)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// TestPutApplicationRefusals holds the control route to a clear answer where a state can't be answered.
func TestPutApplicationRefusals(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	for want, spoil := range map[string][2]string{
		`application 1900000000000000801: fileSize: Must be`:                          {`"size":1048576`, `"size":-1`},
		`application 1900000000000000802: lastScanResult: "Maybe" is not`:             {`"id":"1900000000000000802","agentId"`, `"id":"1900000000000000802","lastScanResult":"Maybe","agentId"`},
		`application 1900000000000000806: statusHistory: 0: currentKey: "OFF" is not`: {`"status":"On hold"`, `"status":"Off"`},
		`risk CVE-2025-0411: severity: "BAD" is not`:                                  {`"severity":"HIGH"`, `"severity":"BAD"`},
		`risk CVE-2025-0411: exploitedInTheWild: "No" is not`:                         {`"exploitedInTheWild":"Yes"`, `"exploitedInTheWild":"No"`},
		`risk CVE-2025-0411: status: "Odd" is not`:                                    {`"status":"Detected"`, `"status":"Odd"`},
		`scan settings of global : scanSchedule: scanEvery: Must be`:                  {`"scanSettings":[]`, `"scanSettings":[{"scope":"global","scanSchedule":{"scanEvery":5,"repeatOn":"Monday","time":"10:00"}}]`},
	} {
		state := string(sendAs(t, console, "", "GET", "/_simulator/state", "").Body)
		body := strings.Replace(state, spoil[0], spoil[1], 1)
		if body == state {
			t.Errorf("%s is not in the state", spoil[0])
		}
		if strings.Contains(spoil[1], "Maybe") {
			i := strings.Index(body, spoil[1]) + len(spoil[1])
			body = body[:i] + strings.Replace(body[i:], `"lastScanResult":"Succeeded",`, "", 1)
		}
		got := sendAs(t, console, "", "PUT", "/_simulator/state", body)
		if text := string(got.Body); got.Status != http.StatusBadRequest || !strings.Contains(text, want) || len(text) > 300 {
			t.Errorf("%s\n got %d %s\nwant %s", spoil[1], got.Status, text, want)
		}
	}
}

// TestApplicationsAreCopied makes sure that neither a seed nor State can be used to change the console.
func TestApplicationsAreCopied(t *testing.T) {
	t.Parallel()
	seed := riskSeed()
	seed.ScanSettings = []simulator.ScanSettings{{Scope: "global", ScanSchedule: &simulator.ScanSchedule{ScanEvery: 1}}}
	seed.Applications[1].RemovalDate = new(riskDay)
	console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithClock(riskClock))
	state := func() string { return string(sendAs(t, console, "", "GET", "/_simulator/state", "").Body) }
	want := state()
	for _, s := range []simulator.State{seed, console.State()} {
		s.Applications[0].Mitigations[0].Reason = "changed"
		*s.Applications[1].CPE = "changed"
		*s.Applications[1].RemovalDate = riskClock()
		s.Risks[0].Description = "changed"
		*s.Risks[0].BaseScore = 1
		*s.Risks[0].RiskScore = 1
		s.Risks[1].Mark.Reason = "changed"
		s.ScanSettings[0].ScanSchedule.ScanEvery = 3
	}
	if diff := cmp.Diff(want, state()); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	other := simulator.Start(t, simulator.WithSeed(simulator.Empty()), simulator.WithClock(riskClock))
	console.Change(func(s *simulator.State) {
		s.ScanSettings = nil
		s.Scans = []simulator.Scan{{Scope: "global", StartedAt: riskDay}}
	})
	if got := sendAs(t, other, "", "PUT", "/_simulator/state", state()); got.Status != http.StatusNoContent {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	if diff := cmp.Diff(console.State(), other.State()); diff != "" {
		t.Errorf("state read back (-want +got):\n%s", diff)
	}
}

// TestApplicationsGoWithTheirComputer drops an agent alone.
func TestApplicationsGoWithTheirComputer(t *testing.T) {
	t.Parallel()
	console := startRisks(t, simulator.Behaviour{})
	console.Change(func(s *simulator.State) { s.Agents = s.Agents[1:] })
	for _, row := range send(t, console, "GET", risks+"?includeRemovals=true", "").page(t).Data {
		if row["endpointName"] == "HQ-Laptop" {
			t.Errorf("%v is still there", row["cveId"])
		}
	}
	if got := console.State().Applications; len(got) != 3 {
		t.Errorf("%d applications, not 3", len(got))
	}
}

// TestApplicationIDsAreNew makes sure that what a seed leaves without an id gets none that the seed has.
func TestApplicationIDsAreNew(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Applications = append([]simulator.Software{{AgentID: seed.Agents[0].ID}}, seed.Applications...)
	seed.Applications[1].ID = "2100000000000000001"
	got := simulator.Start(t, simulator.WithSeed(seed)).State().Applications
	if ids := []string{got[5].ID, got[6].ID}; !slices.Equal(ids, []string{"2100000000000000001", "2100000000000000002"}) {
		t.Errorf("ids %s", ids)
	}
}
