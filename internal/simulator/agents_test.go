package simulator_test

import (
	"encoding/json"
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

// agentSeed has two agents of headquarters that differ in everything that can be filtered, and one each of its servers,
// of the laboratory and of the branch office.
func agentSeed() simulator.State {
	s := simulator.Demo()
	day := time.Date(2026, time.March, 4, 8, 0, 0, 0, time.UTC)
	s.Agents = []simulator.Agent{
		{
			ID: "1900000000000000901", UUID: "aa01", ComputerName: "HQ-Laptop", SiteID: headquarters, Domain: "corp.example",
			OSType: "macos", OSName: "macOS Tahoe", OSArch: "ARM64", MachineType: "laptop", ModelName: "MacBook",
			AgentVersion: "25.1.2.1", NetworkStatus: "disconnected", OperationalState: "partial",
			AppsVulnerabilityStatus: "patch_required", LocationType: "specific",
			ScanStatus: "finished", MitigationMode: "detect", LastIPToMgmt: new("192.0.2.21"), CoreCount: 8,
			LocationIDs: []string{"1900000000000000511"}, ExternalIP: "192.0.2.7", LastLoggedInUserName: "jane",
			IsActive: true, IsUpToDate: true, FirewallEnabled: true, NetworkQuarantineEnabled: true, LocationEnabled: true,
			CreatedAt: day, RegisteredAt: day.AddDate(0, 0, 1), UpdatedAt: day.AddDate(0, 0, 2), LastActiveDate: day.AddDate(0, 0, 3),
		},
		{
			ID: "1900000000000000902", UUID: "bb02", ComputerName: "hq-desktop", SiteID: headquarters, Domain: "WORKGROUP",
			OSName: "Windows 11", MachineType: "desktop", AgentVersion: "24.9.9.9", ActiveThreats: 2, ExternalIP: "203.0.113.9",
			IsDecommissioned: true, IsUninstalled: true, IsPendingUninstall: true, CreatedAt: day.AddDate(0, 0, 10),
		},
		{ID: "1900000000000000903", ComputerName: "server", GroupID: servers, CreatedAt: day.AddDate(0, 0, 11)},
		{ID: "1900000000000000904", ComputerName: "lab", SiteID: laboratory, CreatedAt: day.AddDate(0, 0, 12)},
		{ID: "1900000000000000905", ComputerName: "beside", SiteID: branch, CreatedAt: day.AddDate(0, 0, 13)},
	}
	return s
}

// TestAgentFilters holds the list and the count to the same filters.
func TestAgentFilters(t *testing.T) {
	t.Parallel()
	seed := agentSeed()
	seed.Users = append(seed.Users, simulator.User{Token: "europe", ID: "1900000000000000009", Scope: "account", ScopeID: europe})
	console := simulator.Start(t, simulator.WithSeed(seed))
	laptop, desktop, both := []string{"HQ-Laptop"}, []string{"hq-desktop"}, []string{"HQ-Laptop", "hq-desktop"}
	everywhere := []string{"HQ-Laptop", "hq-desktop", "server", "lab", "beside"}
	two := "ids=1900000000000000901,1900000000000000902&"
	between := func(from, to time.Time) string { return fmt.Sprintf("=%d-%d", from.UnixMilli(), to.UnixMilli()) }
	first := seed.Agents[0]
	day := 24 * time.Hour
	tests := map[string][]string{
		"":                                     everywhere,
		"accountIds=" + europe:                 {"HQ-Laptop", "hq-desktop", "server", "lab"},
		"siteIds=" + headquarters:              {"HQ-Laptop", "hq-desktop", "server"},
		"groupIds=" + servers:                  {"server"},
		"siteIds=" + laboratory + "," + branch: {"lab", "beside"},
		"siteIds=" + laboratory + "&groupIds=" + servers:    {"server", "lab"},
		"ids=1900000000000000902,1999999999999999999":       desktop,
		two + "idsNin=1900000000000000902":                  laptop,
		two + "uuid=aa01":                                   laptop,
		two + "uuids=aa01,bb02":                             both,
		two + "computerName=HQ-Laptop":                      laptop,
		two + "computerName=hq-laptop":                      {},
		two + "computerName__like=DESK":                     desktop,
		two + "computerName__contains=desk,lapt":            both,
		two + "externalIp__contains=113.9":                  desktop,
		two + "domains=WORKGROUP":                           desktop,
		two + "domainsNin=WORKGROUP":                        laptop,
		two + "osTypes=macos,linux":                         laptop,
		two + "osTypesNin=macos":                            desktop,
		two + "machineTypes=desktop":                        desktop,
		two + "machineTypesNin=desktop,server":              laptop,
		two + "networkStatuses=connected":                   desktop,
		two + "networkStatusesNin=connected":                laptop,
		two + "agentVersions=25.1.2.1":                      laptop,
		two + "agentVersionsNin=25.1.2.1":                   desktop,
		two + "operationalStates=na":                        desktop,
		two + "operationalStatesNin=na":                     laptop,
		two + "appsVulnerabilityStatuses=not_applicable":    desktop,
		two + "appsVulnerabilityStatusesNin=patch_required": desktop,
		two + "locationIds=1900000000000000511":             laptop,
		two + "locationIdsNin=1900000000000000511":          desktop,
		two + "isActive=true":                               laptop,
		two + "isActive=True,False":                         both,
		two + "isDecommissioned=true":                       desktop,
		two + "isUninstalled=true":                          desktop,
		two + "isPendingUninstall=true":                     desktop,
		two + "isUpToDate=false":                            desktop,
		two + "infected=true":                               desktop,
		two + "firewallEnabled=false":                       desktop,
		two + "networkQuarantineEnabled=true":               laptop,
		two + "locationEnabled=true":                        laptop,
		two + "uuid__contains=a01":                          laptop,
		two + "lastLoggedInUserName__contains=JAN":          laptop,
		two + "networkInterfaceInet__contains=2.0.2.21":     laptop,
		two + "activeThreats=2":                             desktop,
		two + "activeThreats__gt=1":                         desktop,
		two + "activeThreats__gt=2":                         {},
		two + "scanStatus=finished":                         laptop,
		two + "scanStatuses=none,started":                   desktop,
		two + "scanStatusesNin=none":                        laptop,
		two + "mitigationMode=detect":                       laptop,
		two + "query=jan":                                   laptop,
		two + "query=windows":                               desktop,
		two + "createdAt__lt=2026-03-05T00:00:00Z":          laptop,
		two + "registeredAt__gt=2026-03-05T08:00:00Z":       desktop,
		two + "registeredAt__gte=2026-03-05T08:00:00Z":      both,
		two + "updatedAt__lte=2026-03-06T08:00:00Z":         laptop,
		two + "lastActiveDate__lt=2026-03-07T08:00:00Z":     {},
		two + "lastActiveDate__lte=2026-03-07T08:00:00Z":    laptop,
		two + "lastActiveDate__gt=2026-03-07T08:00:00Z":     desktop,
		two + "lastActiveDate__gte=2026-03-07T08:00:00Z":    both,
		two + "lastActiveDate__between" + between(first.LastActiveDate, first.LastActiveDate):                       laptop,
		two + "lastActiveDate__between" + between(first.LastActiveDate.Add(1*day), first.LastActiveDate.Add(9*day)): desktop,
	}
	for query, want := range tests {
		got := send(t, console, "GET", "/agents?"+query, "").page(t)
		if diff := cmp.Diff(want, got.column("computerName")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
		if n := send(t, console, "GET", "/agents/count?"+query, "").data(t)["total"]; n != float64(len(want)) {
			t.Errorf("%s: counted %v, not %d", query, n, len(want))
		}
	}
	if n := sendAs(t, console, "ApiToken europe", "GET", "/agents/count", "").data(t)["total"]; n != 4.0 {
		t.Errorf("in europe %v agents, not 4", n)
	}
}

func TestAgentOrder(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(agentSeed()))
	for query, want := range map[string][]string{
		"sortBy=computerName&limit=2":                   {"HQ-Laptop", "beside"},
		"sortBy=lastActiveDate&sortOrder=desc&limit=2":  {"beside", "lab"},
		"sortBy=infected&sortOrder=desc&limit=1":        {"hq-desktop"},
		"sortBy=activeThreats&sortOrder=desc&limit=1":   {"hq-desktop"},
		"sortBy=firewallEnabled&sortOrder=desc&limit=1": {"HQ-Laptop"},
		"sortBy=coreCount&sortOrder=desc&limit=1":       {"HQ-Laptop"},
		"sortBy=scanStatus&limit=1":                     {"HQ-Laptop"},
		"sortBy=siteName&limit=1":                       {"beside"},
		"sortBy=groupName&sortOrder=desc&limit=1":       {"server"},
		"sortBy=accountName&limit=1":                    {"beside"},
		"sortBy=id&sortOrder=desc&skip=1&limit=1":       {"lab"},
		"countOnly=true":                                {},
	} {
		got := send(t, console, "GET", "/agents?"+query, "").page(t)
		if diff := cmp.Diff(want, got.column("computerName")); diff != "" || got.Pagination.TotalItems != 5 {
			t.Errorf("%s: %d items (-want +got):\n%s", query, got.Pagination.TotalItems, diff)
		}
	}
	want := []string{"HQ-Laptop", "beside", "hq-desktop", "lab", "server"}
	if diff := cmp.Diff(want, walk(t, console, "/agents?limit=2&sortBy=computerName", "computerName", nil)); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	send(t, console, "GET", "/agents/count?limit=1", "").detail(t, http.StatusBadRequest)
}

// TestAgentView holds what an agent takes from its group, its location and its threats, and what a seed can leave out.
func TestAgentView(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(agentSeed()))
	rows := send(t, console, "GET", "/agents", "").page(t).Data
	for i, want := range []map[string]any{
		{
			"accountId": europe, "accountName": "Example Europe", "siteId": headquarters, "siteName": "Headquarters",
			"groupId": "1900000000000000301", "groupName": "Default Group", "infected": false, "uuid": "aa01",
			"locations":      []any{map[string]any{"id": "1900000000000000511", "name": "Corporate network", "scope": "account"}},
			"lastActiveDate": "2026-03-07T08:00:00Z", "registeredAt": "2026-03-05T08:00:00Z",
		},
		{"infected": true, "activeThreats": 2.0, "locations": nil, "osType": "windows", "networkStatus": "connected"},
		{
			"siteId": headquarters, "groupId": servers, "groupName": "Servers", "uuid": "0000000000000" + "1900000000000000903",
			"lastActiveDate": "2026-03-15T08:00:00Z", "registeredAt": "2026-03-15T08:00:00Z", "externalId": nil,
		},
	} {
		for field, value := range want {
			if diff := cmp.Diff(value, rows[i][field]); diff != "" {
				t.Errorf("%s of %v (-want +got):\n%s", field, rows[i]["computerName"], diff)
			}
		}
	}
}

// TestRecordedAgent holds an agent whose disk was scanned to two recorded ones, which are years apart: it has all of
// their keys, with the same kinds of values. A passphrase is not among them.
func TestRecordedAgent(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Agents[0].ScanStatus = "finished"
	console := simulator.Start(t, simulator.WithSeed(seed))
	want, known := map[string]any{}, []string{}
	for _, file := range []string{"real_agents_item.json", "real_agents_item_recent.json"} {
		var item map[string]any
		if err := json.Unmarshal(recorded(t, file), &item); err != nil {
			t.Fatal(err)
		}
		maps.Copy(want, item)
		known = append(known, shape(item)...)
	}
	got := send(t, console, "GET", "/agents?limit=1", "").page(t).Data[0]
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("keys (-recorded +got):\n%s", diff)
	}
	for _, key := range shape(got) {
		if !slices.Contains(known, key) || strings.Contains(strings.ToLower(key), "passphrase") {
			t.Errorf("%s was not recorded", key)
		}
	}
}

// TestAgentDetails holds what is derived: the network of an address, an interface, and when the disk was scanned.
func TestAgentDetails(t *testing.T) {
	t.Parallel()
	seed := agentSeed()
	for i, status := range []string{"none", "started", "aborted", "finished"} {
		seed.Agents[i].ScanStatus = status
	}
	rows := send(t, simulator.Start(t, simulator.WithSeed(seed)), "GET", "/agents", "").page(t).Data
	at := func(i int) string { return seed.Agents[i].CreatedAt.Format("2006-01-02T15:04:05Z") }
	for i, want := range []map[string]any{
		{
			"groupIp": "192.0.2.x", "osStartTime": "2026-03-05T08:00:00Z", "scanStartedAt": nil, "fullDiskScanLastUpdatedAt": nil,
			"networkInterfaces": []any{map[string]any{
				"id": "1900000000000000901", "name": "Ethernet", "physical": "02:00:00:00:09:01", "inet": []any{"192.0.2.21"},
				"inet6": []any{}, "gatewayIp": nil, "gatewayMacAddress": nil,
			}},
		},
		{"networkInterfaces": []any{}, "scanStartedAt": at(1), "scanFinishedAt": nil, "scanAbortedAt": nil},
		{"groupIp": "", "scanStartedAt": at(2), "scanAbortedAt": at(2), "scanFinishedAt": nil, "lastSuccessfulScanDate": nil},
		{"scanStartedAt": at(3), "scanFinishedAt": at(3), "lastSuccessfulScanDate": at(3), "scanAbortedAt": nil},
	} {
		for field, value := range want {
			if diff := cmp.Diff(value, rows[i][field]); diff != "" {
				t.Errorf("%s of %v (-want +got):\n%s", field, rows[i]["computerName"], diff)
			}
		}
	}
}
