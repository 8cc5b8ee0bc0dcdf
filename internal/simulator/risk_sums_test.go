package simulator_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"terraform-provider-sentinelone/internal/simulator"
)

// TestRiskListsAddUp holds the lists about risks to each other, while a state that is put lets vulnerabilities be patched and
// vanish.
func TestRiskListsAddUp(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	put := func(change func(*simulator.State)) {
		t.Helper()
		var state simulator.State
		if err := json.Unmarshal(send(t, console, "GET", "/_simulator/state", "").Body, &state); err != nil {
			t.Fatal(err)
		}
		change(&state)
		body, err := json.Marshal(state)
		if err != nil {
			t.Fatal(err)
		}
		if got := send(t, console, "PUT", "/_simulator/state", string(body)); got.Status >= 300 {
			t.Fatalf("%d %s", got.Status, got.Body)
		}
	}
	total := func(target string) int {
		t.Helper()
		return send(t, console, "GET", risks+target, "").page(t).Pagination.TotalItems
	}
	check := func(step string, want int) {
		t.Helper()
		places := 0
		for _, app := range send(t, console, "GET", risks+"/applications?limit=1000", "").page(t).Data {
			id := fmt.Sprint("?applicationIds=", app["applicationId"])
			cves, endpoints := total("/cves"+id), total("/endpoints"+id)
			if app["cveCount"] != float64(cves) || app["endpointCount"] != float64(endpoints) {
				t.Errorf("%s: %v, with %d CVEs and %d endpoints", step, app, cves, endpoints)
			}
			places += cves * endpoints // an id stands for one version, all of whose CVEs are wherever it is
		}
		if n := total(""); n != places || n != want {
			t.Errorf("%s: %d vulnerabilities, %d by the applications, not %d", step, n, places, want)
		}
	}
	check("seeded", 5)
	put(func(s *simulator.State) {
		s.Applications[0].RemovalDate = new(s.Applications[0].DetectionDate.AddDate(0, 1, 0))
	})
	check("7-Zip patched on one of two computers", 4)
	put(func(s *simulator.State) { s.Risks[1].Status = "Removed" })
	check("WinRAR's gone", 3)
	put(func(s *simulator.State) {
		another := s.Risks[2]
		another.CVEID = "CVE-2025-1094"
		s.Risks = append(s.Risks, another)
	})
	check("another of PostgreSQL", 4)
	put(func(s *simulator.State) { s.Agents = s.Agents[:3] })
	check("the file server gone", 2)
	if n := total("?includeRemovals=true"); n != 4 {
		t.Errorf("%d vulnerabilities with those that are gone, not 4", n)
	}
}
