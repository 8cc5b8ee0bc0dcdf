package simulator_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// TestRiskLifecycle lets a vulnerability appear, be patched on one computer, be gone from all, and vanish.
func TestRiskLifecycle(t *testing.T) {
	t.Parallel()
	console := startRisks(t, simulator.Behaviour{})
	query := risks + "?siteIds=" + headquarters + "&cveId__contains=CVE-2025-9"
	status := func() string {
		found := []string{}
		for _, row := range send(t, console, "GET", query+"&includeRemovals=true", "").page(t).Data {
			found = append(found, fmt.Sprint(row["endpointName"], " ", row["applicationVersion"], " ", row["status"]))
		}
		slices.Sort(found)
		return strings.Join(found, ", ")
	}
	present := func() int { return send(t, console, "GET", query, "").page(t).Pagination.TotalItems }
	expect := func(step, want string, n int) {
		t.Helper()
		if got := status(); got != want || present() != n {
			t.Errorf("%s: %s, %d of them present; not %s, %d", step, got, present(), want, n)
		}
	}
	expect("before", "", 0)
	risk := func(version string) simulator.Risk {
		return simulator.Risk{CVEID: "CVE-2025-9009", ApplicationName: "Editor", ApplicationVendor: "Example", ApplicationVersion: version, BaseScore: new(7.0), DetectionDate: riskDay}
	}
	console.Change(func(s *simulator.State) { s.Risks = append(s.Risks, risk("1.4"), risk("1.5")) })
	computers := func() string {
		target := risks + "/endpoints?applicationName=Editor&applicationVendor=Example&siteIds=" + headquarters
		return strings.Join(send(t, console, "GET", target, "").page(t).column("endpointName"), ", ")
	}
	if got := computers(); got != "HQ-Laptop, server" {
		t.Errorf("published for %s", got)
	}
	expect("published", "HQ-Laptop 1.5 Detected, server 1.4 Detected", 2)
	ids := send(t, console, "GET", query, "").page(t).column("id")
	console.Change(func(s *simulator.State) {
		s.Applications[0].RemovalDate = new(riskClock())
		patched := s.Applications[0]
		patched.ID, patched.Version, patched.RemovalDate = "", "1.6", nil
		s.Applications = append(s.Applications, patched)
	})
	expect("patched", "HQ-Laptop 1.5 Removed, server 1.4 Detected", 1)
	if got := computers(); got != "server" {
		t.Errorf("after the patch there are %s", got)
	}
	since := "&includeRemovals=true&riskUpdatedDate__gte=" + riskClock().Format(time.RFC3339Nano)
	if n := send(t, console, "GET", query+since, "").page(t).Pagination.TotalItems; n != 1 {
		t.Errorf("%d changes since the patch, not 1", n)
	}
	again := send(t, console, "GET", query+"&includeRemovals=true", "").page(t).column("id")
	if diff := cmp.Diff(ids, again); diff != "" {
		t.Errorf("ids (-before +after):\n%s", diff)
	}
	app := send(t, console, "GET", risks+"/applications?siteIds="+headquarters+"&cveId__contains=CVE-2025-9", "").page(t)
	if len(app.Data) != 1 || app.Data[0]["endpointCount"] != 1.0 {
		t.Errorf("applications after the patch: %v", app.Data)
	}
	console.Change(func(s *simulator.State) { s.Risks[len(s.Risks)-2].Status = "Removed" })
	expect("solved", "HQ-Laptop 1.5 Removed, server 1.4 Removed", 0)
	console.Change(func(s *simulator.State) { s.Risks = s.Risks[:len(s.Risks)-2] })
	expect("withdrawn", "", 0)
	console.Change(func(s *simulator.State) {
		for i := range s.Risks {
			s.Risks[i].Status = "Removed"
		}
	})
	if got := computers(); got != "" {
		t.Errorf("in the end there are %s", got)
	}
}

// TestRiskLicense holds which keys depend on the licence, and how those that it takes away are answered.
func TestRiskLicense(t *testing.T) {
	t.Parallel()
	row := []string{
		"exploitCodeMaturity", "mitigationStatus", "mitigationStatusChangeTime", "mitigationStatusChangedBy",
		"mitigationStatusReason", "nvdBaseScore", "nvdCvssVersion", "remediationLevel", "reportConfidence", "riskScore",
	}
	score := []string{"baseScore"}
	app := []string{"applicationType", "endpointsWithoutTicket", "exploitCodeMaturity", "exploitedInTheWild", "highestRiskScore", "remediationLevel"}
	cve := []string{"exploitCodeMaturity", "exploitedInTheWild", "remediationLevel", "reportConfidence", "riskScore"}
	endpoint := []string{"statusHistory"}
	editor := "applicationName=Editor&applicationVendor=Example&applicationVersions=1.5"
	type list struct {
		target string
		has    []string // with the licence
		hasNot []string // with it
	}
	lists := []list{
		{"?mitigationStatus=ON_HOLD", row, score},
		{"/applications?application__contains=Editor%201.5", app, nil},
		{"/aggregated-applications?endpointTypes=laptop", app, nil},
		{"/cves?" + editor, cve, nil},
		{"/endpoints?" + editor, endpoint, nil},
	}
	for _, license := range []string{"", "none", "full"} {
		for _, lacking := range []string{"", "null"} {
			console := startRisks(t, simulator.Behaviour{RiskLicense: license, LackingFields: lacking})
			for i, l := range lists {
				has, hasNot := l.has, l.hasNot
				if license == "none" || license == "" && i == 0 {
					has, hasNot = hasNot, has
				}
				got := send(t, console, "GET", risks+l.target, "").page(t).Data[0]
				for _, name := range has {
					if got[name] == nil {
						t.Errorf("%q: %s lacks %s", license, l.target, name)
					}
				}
				for _, name := range hasNot {
					if value, there := got[name]; value != nil || there != (lacking == "null") {
						t.Errorf("%q, %q: %s has %s: %v", license, lacking, l.target, name, value)
					}
				}
			}
		}
	}
	console := startRisks(t, simulator.Behaviour{RiskLicense: "full"})
	got := send(t, console, "GET", risks+"?mitigationStatus=ON_HOLD", "").page(t).Data[0]
	maps.DeleteFunc(got, func(name string, _ any) bool { return !slices.Contains(row, name) })
	want := map[string]any{
		"exploitCodeMaturity": "Proof of Concept", "mitigationStatus": "On hold", "mitigationStatusChangedBy": "Joe",
		"mitigationStatusChangeTime": "2026-05-04T08:00:00.987654Z", "mitigationStatusReason": "replaced",
		"nvdBaseScore": "9.80", "nvdCvssVersion": "3.1", "remediationLevel": "Official Fix", "reportConfidence": "Confirmed",
		"riskScore": "8.25",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("with the licence (-want +got):\n%s", diff)
	}
}

func TestUnlicensedRisks(t *testing.T) {
	t.Parallel()
	id, other := "1900000000000000001", ",1900000000000000002"
	editor := "applicationName=Editor&applicationVendor=Example"
	tests := map[string]bool{ // whether it needs the licence
		"": false, "?severities=HIGH": false, "?mitigationStatus=ON_HOLD": true, "?exploitedInTheWild=YES": true,
		"?riskScore__between=1-2": true, "?remediationLevels=OFFICIAL_FIX": true, "?reportConfidence=CONFIRMED": true,
		"/applications": false, "/applications?exploitCodeMaturity=High": true, "/applications?mostCommonStatuses=x": true,
		"/applications?applicationTypes=x": true, "/aggregated-applications": true,
		"/cves?applicationIds=" + id: false, "/cves?applicationIds=" + id + other: true, "/cves?" + editor: true,
		"/endpoints?applicationIds=" + id: false, "/endpoints?applicationIds=" + id + other: true, "/endpoints?" + editor: true,
		"/endpoints?statuses=x&applicationIds=" + id: true, "/endpoints?statusMessage__contains=x&applicationIds=" + id: true,
	}
	for b, refuses := range map[simulator.Behaviour]bool{
		{}: false, {RiskLicense: "none"}: false, {UnlicensedRisks: "refuse"}: true,
		{RiskLicense: "none", UnlicensedRisks: "refuse"}: true, {RiskLicense: "full", UnlicensedRisks: "refuse"}: false,
	} {
		console := startRisks(t, b)
		for target, needs := range tests {
			want := http.StatusOK
			if refuses && needs {
				want = http.StatusForbidden
			}
			if got := send(t, console, "GET", risks+target, ""); got.Status != want {
				t.Errorf("%+v: %s: %d, not %d", b, target, got.Status, want)
			}
		}
	}
}

// manyRisks has n risks: of each of n/50 computers ten applications with five vulnerabilities each.
func manyRisks(n int) simulator.State {
	s := simulator.Demo()
	s.Agents, s.Applications, s.Risks = nil, nil, nil
	for app := range 10 {
		for cve := range 5 {
			s.Risks = append(s.Risks, simulator.Risk{
				CVEID: fmt.Sprintf("CVE-2025-%d", 10_000+10*app+cve), ApplicationName: fmt.Sprintf("Application %d", app),
				ApplicationVendor: "Example", ApplicationVersion: "1", BaseScore: new(float64(cve) * 2),
			})
		}
	}
	for i := range n / 50 {
		id := fmt.Sprint(1900000000001000000 + i)
		s.Agents = append(s.Agents, simulator.Agent{ID: id, SiteID: s.Sites[i%2].ID, ComputerName: "computer-" + id, IsActive: true})
		for app := range 10 {
			s.Applications = append(s.Applications, simulator.Software{
				AgentID: id, Name: fmt.Sprintf("Application %d", app), Vendor: "Example", Version: "1",
			})
		}
	}
	return s
}

// TestRiskPages follows the pages of risks while they are scanned: each row is listed once.
func TestRiskPages(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"", "&sortBy=severity&sortOrder=desc", "&sortBy=endpointName", "&sortBy=daysDetected"} {
		console := simulator.Start(t, simulator.WithSeed(manyRisks(200)), simulator.WithShuffle(3), simulator.WithClock(ticking()))
		got := walk(t, console, risks+"?limit=33"+order, "id", func(seen []string) {
			if len(seen) == 66 {
				send(t, console, "POST", "/application-management/scan", `{"filter":{"tenant":true}}`).data(t)
				console.Change(func(s *simulator.State) { s.Sites[0].Name = "changed" })
			}
		})
		slices.Sort(got)
		if n := len(slices.Compact(got)); n != 200 || len(got) != 200 {
			t.Errorf("%q: %d rows, %d different ones", order, len(got), n)
		}
	}
	console := simulator.Start(t, simulator.WithSeed(manyRisks(200)), simulator.WithPageSize(3))
	application := "applicationName=Application%201&applicationVendor=Example"
	for target, want := range map[string]int{
		"/risks/applications?limit=9":                          10,
		"/risks/aggregated-applications?sortBy=endpointCount":  10,
		"/risks/cves?" + application:                           5,
		"/risks/endpoints?sortBy=site&" + application:          4,
		"/inventory?sortBy=endpointsCount":                     10,
		"/inventory/endpoints?sortBy=groupName&" + application: 4,
	} {
		if rows := walk(t, console, "/application-management"+target, "", nil); len(rows) != want {
			t.Errorf("%s: %d rows on all pages, not %d", target, len(rows), want)
		}
	}
}
