package simulator_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

const inventory = "/application-management/inventory"

// installedSeed is riskSeed with two applications that nobody warns of: one that is gone, and one on two computers.
func installedSeed() simulator.State {
	s := riskSeed()
	gone := riskDay
	s.Applications = append(s.Applications,
		simulator.Software{ID: "1900000000000000806", AgentID: "1900000000000000901", Name: "Gone", Vendor: "Example", RemovalDate: &gone},
		simulator.Software{ID: "1900000000000000807", AgentID: "1900000000000000901", Name: "Shell", Vendor: "Anybody", Version: "5", Size: 100, DetectionDate: riskDay},
		simulator.Software{ID: "1900000000000000808", AgentID: "1900000000000000902", Name: "Shell", Vendor: "Anybody", Version: "5", Size: 200, DetectionDate: riskDay.AddDate(0, 0, 5), InstallationDate: riskDay.AddDate(0, 0, -5)},
	)
	s.Agents[0].CPUCount, s.Agents[0].CoreCount = 1, 12
	s.Agents[1].CPUCount, s.Agents[1].CoreCount = 2, 4
	s.Applications[5].InstallationPath, s.Applications[6].InstallationPath = "/bin", `C:\Shell`
	return s
}

func startInventory(t *testing.T) *simulator.Console {
	t.Helper()
	seed := installedSeed()
	seed.Users = append(seed.Users, simulator.User{Token: "europe", ID: "1900000000000000009", Scope: "account", ScopeID: europe})
	return simulator.Start(t, simulator.WithSeed(seed), simulator.WithClock(riskClock))
}

func TestInventory(t *testing.T) {
	t.Parallel()
	console := startInventory(t)
	for query, want := range map[string][]string{
		"sortBy=applicationName":                                         {"Editor", "Shell", "Viewer"},
		"sortBy=applicationVendor":                                       {"Shell", "Editor", "Viewer"},
		"sortBy=applicationVersionsCount&sortOrder=desc&limit=1":         {"Editor"},
		"sortBy=endpointsCount":                                          {"Viewer", "Shell", "Editor"},
		"sortBy=applicationName&accountIds=" + americas:                  {"Editor"},
		"sortBy=applicationName&siteIds=" + laboratory:                   {},
		"sortBy=applicationName&vendors=Anybody":                         {"Shell"},
		"sortBy=applicationName&vendor__contains=example":                {"Editor", "Viewer"},
		"sortBy=applicationName&name__contains=SHE":                      {"Shell"},
		"sortBy=applicationName&osTypes=macos":                           {"Editor", "Shell"},
		"sortBy=applicationName&osVersions=Windows%2011%2026100":         {"Shell", "Viewer"},
		"sortBy=applicationName&osVersion__contains=tahoe":               {"Editor", "Shell"},
		"sortBy=applicationName&osArchitectures=ARM64":                   {"Editor", "Shell"},
		"sortBy=applicationName&endpointName__contains=desk":             {"Shell", "Viewer"},
		"sortBy=applicationName&endpointUuid__contains=bb":               {"Shell", "Viewer"},
		"sortBy=applicationName&name__contains=shell,view&osTypes=linux": {},
	} {
		got := send(t, console, "GET", inventory+"?"+query, "").page(t)
		if diff := cmp.Diff(want, got.column("applicationName")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	for query, counts := range map[string][]float64{"": {2, 3}, "&accountIds=" + americas: {1, 1}} {
		want := []map[string]any{{
			"applicationName": "Editor", "applicationVendor": "Example", "applicationVersionsCount": counts[0],
			"endpointsCount": counts[1], "estimate": false,
		}}
		if diff := cmp.Diff(want, send(t, console, "GET", inventory+"?vendors=Example"+query, "").page(t).Data); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	if n := sendAs(t, console, "ApiToken europe", "GET", inventory+"?vendors=Example", "").page(t).Data[0]["endpointsCount"]; n != 2.0 {
		t.Errorf("on %v computers in europe, not 2", n)
	}
	console.Change(func(s *simulator.State) {
		s.Applications = append(s.Applications, simulator.Software{
			AgentID: "1900000000000000901", Name: "Editor", Vendor: "Example", Version: "1.9",
		})
	})
	got := send(t, console, "GET", inventory+"?vendors=Example", "").page(t).Data[0]
	if got["applicationVersionsCount"] != 3.0 || got["endpointsCount"] != 3.0 {
		t.Errorf("with two versions on one computer: %v", got)
	}
}

func TestInventoryEndpoints(t *testing.T) {
	t.Parallel()
	console := startInventory(t)
	target := inventory + "/endpoints?"
	shell := target + "applicationName=Shell&applicationVendor=Anybody&"
	editor := target + "applicationName=Editor&applicationVendor=Example&"
	laptop, desktop, both := []string{"HQ-Laptop"}, []string{"hq-desktop"}, []string{"HQ-Laptop", "hq-desktop"}
	tests := map[string][]string{
		shell:  both,
		editor: {"HQ-Laptop", "server", "beside"},
		target + "applicationName=Shell&applicationVendor=Example": {},
		target + "applicationName=Gone&applicationVendor=Example":  {},
		editor + "siteIds=" + branch:                               {"beside"},
		editor + "versions=1.5":                                    laptop,
		shell + "osTypes=windows":                                  desktop,
		shell + "osVersions=macOS%20Tahoe":                         laptop,
		shell + "osArchitectures=ARM64":                            laptop,
		shell + "endpointName__contains=DESK":                      desktop,
		shell + "endpointUuid__contains=aa":                        laptop,
		shell + "detectionDate__gt=2026-03-05T00:00:00Z":           desktop,
		editor + "sortBy=version&limit=1":                          {"server"},
		editor + "sortBy=accountName&limit=1":                      {"beside"},
		editor + "sortBy=siteName&limit=1":                         {"beside"},
		editor + "sortBy=groupName&sortOrder=desc&limit=1":         {"server"},
	}
	for column, first := range map[string][]string{
		"endpointName": laptop, "endpointType": desktop, "osType": laptop, "osVersion": desktop, "fileSize": laptop,
		"detectionDate": laptop, "applicationInstallationDate": desktop, "cpuCount": laptop, "coreCount": desktop,
		"osArch": desktop, "applicationInstallationPath": laptop,
	} {
		tests[shell+"limit=1&sortBy="+column] = first
		last := laptop
		if first[0] == laptop[0] {
			last = desktop
		}
		tests[shell+"limit=1&sortOrder=desc&sortBy="+column] = last
	}
	for query, want := range tests {
		got := send(t, console, "GET", query, "").page(t)
		if diff := cmp.Diff(want, got.column("endpointName")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	want := []map[string]any{{
		"id": "1900000000000000802", "applicationName": "Viewer", "version": "7", "cpe": "cpe:2.3:a:other:viewer:7",
		"fileSize": 200.0, "applicationInstallationDate": "2026-03-03T08:00:00.987654Z",
		"applicationInstallationPath": `C:\Viewer`, "detectionDate": "2026-06-02T08:00:00.987654Z",
		"endpointId": "1900000000000000902", "endpointName": "hq-desktop", "endpointUuid": "bb02", "endpointType": "desktop",
		"osType": "windows", "osName": "Windows 11", "osVersion": "Windows 11 26100", "osArch": "64 bit", "cpuCount": 2.0,
		"coreCount": 4.0, "accountName": "Example Europe", "siteName": "Headquarters", "groupName": "Default Group",
	}}
	got := send(t, console, "GET", target+"applicationName=Viewer&applicationVendor=Other%20Example", "").page(t).Data
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
	for query, want := range map[string]string{ // The first was recorded.
		"applicationVendor=x": "applicationName: Missing data for required field.",
		"applicationName=x":   "applicationVendor: Missing data for required field.",
		"":                    "applicationName: Missing data for required field., applicationVendor: Missing data for required field.",
	} {
		if got := send(t, console, "GET", target+query, "").detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%q: %q, not %q", query, got, want)
		}
	}
}

func TestInstalledApplications(t *testing.T) {
	t.Parallel()
	console := startInventory(t)
	names := func(authorization, ids string) []string {
		var body struct {
			Data []map[string]any `json:"data"`
		}
		sendAs(t, console, authorization, "GET", inventory+"/applications?ids="+ids, "").decode(t, http.StatusOK, &body)
		return page{Data: body.Data}.column("name")
	}
	admin, laptop, beside := "ApiToken "+console.Token(), "1900000000000000901", "1900000000000000905"
	for ids, want := range map[string][]string{
		laptop:                          {"Editor", "Shell"},
		beside + "," + laptop:           {"Editor", "Shell", "Editor"},
		laptop + "," + laptop:           {"Editor", "Shell"},
		"1900000000000000999":           {},
		"1900000000000000902," + laptop: {"Editor", "Shell", "Shell", "Viewer"},
	} {
		if diff := cmp.Diff(want, names(admin, ids)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", ids, diff)
		}
	}
	if got := names("ApiToken europe", beside+","+laptop); len(got) != 2 {
		t.Errorf("of a computer beside: %s", got)
	}
	var body struct {
		Data []map[string]any `json:"data"`
	}
	send(t, console, "GET", inventory+"/applications?ids=1900000000000000902", "").decode(t, http.StatusOK, &body)
	want := map[string]any{"name": "Viewer", "publisher": "Other Example", "version": "7", "size": 200.0, "installedDate": "2026-03-03T08:00:00.987654Z"}
	if diff := cmp.Diff(want, body.Data[1]); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
	if got := send(t, console, "GET", inventory+"/applications", "").detail(t, http.StatusBadRequest); got != "ids: Missing data for required field." {
		t.Errorf("without ids: %q", got)
	}
}
