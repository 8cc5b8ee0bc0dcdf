package simulator_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// editors is the applicationId of a version of the editor.
func editors(t *testing.T, console *simulator.Console, version string) string {
	t.Helper()
	p := send(t, console, "GET", risks+"/applications?application__contains="+encoded("Editor "+version), "").page(t)
	if len(p.Data) != 1 {
		t.Fatalf("%d rows of version %s", len(p.Data), version)
	}
	return p.column("applicationId")[0]
}

// TestRiskyApplications holds the rows that sum up versions, and that for all of them.
func TestRiskyApplications(t *testing.T) {
	t.Parallel()
	console := startRisks(t, simulator.Behaviour{})
	old, current := editors(t, console, "1.4"), editors(t, console, "1.5")
	if old == current {
		t.Errorf("two versions have the id %s", old)
	}
	row := func(more map[string]any) map[string]any {
		want := map[string]any{
			"name": "Editor", "vendor": "Example", "applicationType": "Application", "endpointsWithoutTicket": 0.0,
			"highestSeverity": "CRITICAL", "highestNvdBaseScore": "9.80", "exploitedInTheWild": "Yes", "estimate": false,
		}
		maps.Copy(want, more)
		return want
	}
	status := func(key, label string, count float64) map[string]any {
		return map[string]any{"key": key, "label": label, "count": count, "ticketCategory": ""}
	}
	tests := map[string]map[string]any{
		"/applications?application__contains=Editor%201.4": row(map[string]any{
			"applicationId": old, "cveCount": 2.0, "endpointCount": 2.0, "highestRiskScore": "3.50",
			"exploitCodeMaturity": "Not Defined", "remediationLevel": "Not Defined",
			"detectionDate": "2026-03-01T08:00:00.987654Z", "daysDetected": 103.0,
			"statuses": []any{status("NOT_MITIGATED", "Not mitigated", 2)},
		}),
		"/applications?application__contains=Editor&highestSeverities=CRITICAL&mostCommonStatuses=ON_HOLD": row(map[string]any{
			"applicationId": current, "cveCount": 1.0, "endpointCount": 1.0, "highestRiskScore": "8.25",
			"exploitCodeMaturity": "Proof of Concept", "remediationLevel": "Official Fix",
			"detectionDate": "2026-03-04T08:00:00.987654Z", "daysDetected": 100.0,
			"statuses": []any{status("ON_HOLD", "On hold", 1)},
		}),
		"/aggregated-applications?vendors=Example": row(map[string]any{
			"versionCount": 2.0, "cveCount": 2.0, "endpointCount": 3.0, "highestRiskScore": "8.25",
			"exploitCodeMaturity": "Proof of Concept", "remediationLevel": "Official Fix",
			"detectionDate": "2026-03-01T08:00:00.987654Z", "daysDetected": 103.0,
			"statuses": []any{status("NOT_MITIGATED", "Not mitigated", 2), status("ON_HOLD", "On hold", 1)},
		}),
		"/aggregated-applications?vendors=Example&siteIds=" + branch: row(map[string]any{
			"versionCount": 1.0, "cveCount": 2.0, "endpointCount": 1.0, "highestRiskScore": "3.50",
			"exploitCodeMaturity": "Not Defined", "remediationLevel": "Not Defined",
			"detectionDate": "2026-03-02T08:00:00.987654Z", "daysDetected": 102.0,
			"statuses": []any{status("NOT_MITIGATED", "Not mitigated", 1)},
		}),
	}
	for target, want := range tests {
		if diff := cmp.Diff([]map[string]any{want}, send(t, console, "GET", risks+target, "").page(t).Data); diff != "" {
			t.Errorf("%s (-want +got):\n%s", target, diff)
		}
	}
	console.Change(func(s *simulator.State) {
		s.Applications = append(s.Applications, simulator.Software{
			AgentID: "1900000000000000901", Name: "Editor", Vendor: "Example", Version: "1.4",
		})
	})
	got := send(t, console, "GET", risks+"/aggregated-applications?vendors=Example", "").page(t).Data[0]
	if got["endpointCount"] != 3.0 {
		t.Errorf("with two versions on one computer there are %v, not 3", got["endpointCount"])
	}
}

// TestRiskyApplicationFilters holds both lists to the filters that they share.
func TestRiskyApplicationFilters(t *testing.T) {
	t.Parallel()
	console := startRisks(t, simulator.Behaviour{})
	two := "domains=corp.example,WORKGROUP&" // version 1.5 of the editor and the viewer
	for query, want := range map[string][]string{
		"":                                       {"Editor", "Viewer"},
		"accountIds=" + americas:                 {"Editor"},
		"highestSeverities=MEDIUM":               {"Viewer"},
		"exploitedInTheWild=Yes":                 {"Editor"},
		"exploitedInTheWild=Unknown":             {"Viewer"},
		"exploitCodeMaturity=High":               {"Viewer"},
		"remediationLevels=Workaround":           {"Viewer"},
		"applicationTypes=Application":           {"Editor"},
		two + "mostCommonStatuses=On hold":       {"Editor"},
		two + "mostCommonStatuses=NOT_MITIGATED": {"Viewer"},
		"vendors=Example":                        {"Editor"},
		"vendor__contains=other":                 {"Viewer"},
		"domains=WORKGROUP":                      {"Viewer"},
		"endpointTypes=laptop":                   {"Editor"},
		"endpointName__contains=desk":            {"Viewer"},
		"endpointUuid__contains=bb0":             {"Viewer"},
		"osTypes=macos":                          {"Editor"},
		"cveId__contains=CVE-2025-3":             {"Editor"},
		"cveId__contains=CVE-2025-4":             {}, // It is gone.
		two + "daysFromDetection=11":             {"Editor"},
		two + "daysFromDetection=10":             {"Editor", "Viewer"},
		"detectionDate__gt=2026-05-01T00:00:00Z": {"Viewer"},
		"detectionDate__lt=2026-05-01T00:00:00Z": {"Editor"},
	} {
		for _, path := range []string{"/applications", "/aggregated-applications"} {
			names := send(t, console, "GET", risks+path+"?"+encoded(query), "").page(t).column("name")
			slices.Sort(names)
			if diff := cmp.Diff(want, slices.Compact(names)); diff != "" {
				t.Errorf("%s?%s (-want +got):\n%s", path, query, diff)
			}
		}
	}
	for column, want := range map[string]string{ // the first of the two
		"name": "Editor", "vendor": "Editor", "applicationType": "Editor", "highestNvdBaseScore": "Viewer",
		"highestRiskScore": "Viewer", "highestSeverity": "Viewer", "exploitedInTheWild": "Viewer",
		"exploitCodeMaturity": "Editor", "remediationLevel": "Viewer", "mostCommonStatus": "Viewer", "detectionDate": "Editor",
		"daysDetected": "Viewer",
	} {
		for _, path := range []string{"/applications?", "/aggregated-applications?"} {
			first := send(t, console, "GET", risks+path+two+"sortBy="+column, "").page(t).column("name")
			last := send(t, console, "GET", risks+path+two+"sortOrder=desc&sortBy="+column, "").page(t).column("name")
			if first[0] != want || last[0] == want {
				t.Errorf("%s by %s: %s, %s", path, column, first, last)
			}
		}
	}
	for _, column := range []string{"cveCount", "endpointCount", "versionCount"} {
		names := send(t, console, "GET", risks+"/aggregated-applications?sortBy="+column, "").page(t).column("name")
		if diff := cmp.Diff([]string{"Viewer", "Editor"}, names); diff != "" {
			t.Errorf("by %s (-want +got):\n%s", column, diff)
		}
	}
	tie := "mostCommonStatuses=NOT_MITIGATED&vendors=Example&siteIds=" + headquarters // and as many on hold
	if p := send(t, console, "GET", risks+"/aggregated-applications?"+tie, "").page(t); len(p.Data) != 1 {
		t.Errorf("%d applications that are mostly not mitigated, not 1", len(p.Data))
	}
	if names := send(t, console, "GET", risks+"/aggregated-applications?name__contains=VIEW", "").page(t).column("name"); len(names) != 1 {
		t.Errorf("by a part of the name: %s", names)
	}
}

func TestCVEs(t *testing.T) {
	t.Parallel()
	console := startRisks(t, simulator.Behaviour{})
	ofOld, ofNew := "applicationIds="+editors(t, console, "1.4"), "applicationIds="+editors(t, console, "1.5")
	editor, viewer := "applicationName=Editor&applicationVendor=Example", "applicationName=Viewer&applicationVendor=Other Example"
	one, two, three := "CVE-2025-1001", "CVE-2025-2002", "CVE-2025-3003"
	for query, want := range map[string][]string{
		ofOld:  {one, three},
		ofNew:  {one}, // The other one is gone.
		editor: {one, three},
		ofOld + "," + strings.TrimPrefix(ofNew, "applicationIds="): {one, three},
		viewer: {two},
		"applicationName=Editor&applicationVendor=Other Example": {},
		"applicationIds=1900000000000000001":                     {},
		editor + "&groupIds=" + servers:                          {one, three},
		editor + "&siteIds=" + laboratory:                        {},
		editor + "&applicationVersions=1.5":                      {one},
		editor + "&severities=NONE":                              {three},
		editor + "&cveId__contains=cve-2025-3":                   {three},
		editor + "&exploitedInTheWild=Yes":                       {one},
		editor + "&exploitCodeMaturity=Proof of Concept":         {one},
		editor + "&remediationLevels=Official Fix":               {one},
		editor + "&reportConfidence=Confirmed":                   {one},
		editor + "&analystVerdict=False Positive":                {},
		viewer + "&analystVerdict=False Positive":                {two},
		viewer + "&publishedDate__gt=2026-04-01T00:00:00Z":       {two},
		viewer + "&publishedDate__lt=2026-04-01T00:00:00Z":       {},
		editor + "&sortBy=cveId&sortOrder=desc":                  {three, one},
		editor + "&sortBy=severity":                              {three, one},
		editor + "&sortBy=nvdBaseScore":                          {three, one},
		editor + "&sortBy=riskScore":                             {three, one},
		editor + "&sortBy=exploitedInTheWild":                    {three, one},
		editor + "&sortBy=exploitCodeMaturity":                   {three, one},
		editor + "&sortBy=remediationLevel":                      {three, one},
		editor + "&sortBy=reportConfidence":                      {three, one},
		editor + "&sortBy=publishedDate":                         {one, three},
	} {
		got := send(t, console, "GET", risks+"/cves?"+encoded(query), "").page(t)
		if diff := cmp.Diff(want, got.column("cveId")); diff != "" || got.Pagination.TotalItems != len(want) {
			t.Errorf("%s: %d items (-want +got):\n%s", query, got.Pagination.TotalItems, diff)
		}
	}
	want := []map[string]any{{
		"cveId": two, "severity": "MEDIUM", "nvdBaseScore": "4.30", "cvssVersion": "3.1", "riskScore": "2.00",
		"exploitedInTheWild": "Unknown", "exploitCodeMaturity": "High", "remediationLevel": "Workaround",
		"reportConfidence": "Reasonable", "description": "", "publishedDate": "2026-04-13T08:00:00Z",
		"mitreUrl": "https://cve.mitre.org/cgi-bin/cvename.cgi?name=" + two, "nvdUrl": "https://nvd.nist.gov/vuln/detail/" + two,
		"fpFnMarks": []any{map[string]any{
			"type": "False Positive", "reason": "not built in", "markedBy": "Jane", "markedDate": "2026-06-09T08:00:00.987654Z",
			"markedOnScope": map[string]any{"id": "", "name": "Global", "type": "tenant"},
		}},
	}}
	if diff := cmp.Diff(want, send(t, console, "GET", risks+"/cves?"+encoded(viewer), "").page(t).Data); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
}

// TestUnrated sorts a vulnerability that nobody has rated before one that is harmless.
func TestUnrated(t *testing.T) {
	t.Parallel()
	seed := riskSeed()
	seed.Risks = slices.Repeat(seed.Risks[:1], 2)
	seed.Risks[0].CVEID, seed.Risks[0].BaseScore, seed.Risks[0].RiskScore = "CVE-2025-0000", new(0.0), new(0.0)
	seed.Risks[1].BaseScore, seed.Risks[1].RiskScore = nil, nil
	console := simulator.Start(t, simulator.WithSeed(seed))
	for _, column := range []string{"nvdBaseScore", "riskScore"} {
		target := risks + "/cves?applicationName=Editor&applicationVendor=Example&sortBy=" + column
		got := send(t, console, "GET", target, "").page(t).column("cveId")
		if diff := cmp.Diff([]string{"CVE-2025-1001", "CVE-2025-0000"}, got); diff != "" {
			t.Errorf("by %s (-want +got):\n%s", column, diff)
		}
	}
	if got := send(t, console, "GET", risks+"?riskScore__between=0-10", "").page(t).column("baseScore"); len(got) != 1 {
		t.Errorf("rated: %s", got)
	}
}

func TestRiskyEndpoints(t *testing.T) {
	t.Parallel()
	console := startRisks(t, simulator.Behaviour{})
	old := "applicationIds=" + editors(t, console, "1.4")
	editor, viewer := "applicationName=Editor&applicationVendor=Example&", "applicationName=Viewer&applicationVendor=Other Example&"
	laptop, desktop := []string{"HQ-Laptop"}, []string{"hq-desktop"}
	for query, want := range map[string][]string{
		old:    {"server", "beside"},
		editor: {"HQ-Laptop", "server", "beside"},
		viewer: desktop,
		"applicationName=Editor&applicationVendor=Other Example": {},
		editor + "accountIds=" + europe:                          {"HQ-Laptop", "server"},
		editor + "groupIds=" + servers:                           {"server"},
		editor + "applicationVersions=1.5":                       laptop,
		editor + "osTypes=macos":                                 laptop,
		viewer + "osVersions=Windows 11 26100":                   desktop,
		editor + "endpointTypes=laptop":                          laptop,
		editor + "domains=corp.example":                          laptop,
		editor + "domain__contains=corp":                         laptop,
		editor + "endpointId__contains=0901":                     laptop,
		editor + "endpointName__contains=lap":                    laptop,
		editor + "endpointUuid__contains=aa":                     laptop,
		editor + "lastScanResults=Failed":                        {},
		viewer + "lastScanResults=Failed":                        desktop,
		editor + "statuses=On hold":                              laptop,
		editor + "statuses=ON_HOLD":                              laptop,
		editor + "statusMessage__contains=REPL":                  laptop,
		editor + "statusMessage__contains=soon":                  {}, // It has changed since.
		editor + "daysFromDetection=28":                          {"HQ-Laptop", "server", "beside"},
		viewer + "daysFromDetection=11":                          {},
		editor + "detectionDate__gt=2026-03-03T00:00:00Z":        laptop,
		editor + "lastScanDate__gt=2026-04-01T00:00:00Z":         laptop,
		editor + "sortBy=name&sortOrder=desc":                    {"server", "beside", "HQ-Laptop"},
		editor + "sortBy=osType":                                 {"HQ-Laptop", "server", "beside"},
		editor + "sortBy=osVersion":                              {"server", "beside", "HQ-Laptop"},
		editor + "sortBy=endpointType":                           {"HQ-Laptop", "server", "beside"},
		editor + "sortBy=domain":                                 {"server", "beside", "HQ-Laptop"},
		editor + "sortBy=account":                                {"beside", "HQ-Laptop", "server"},
		editor + "sortBy=site":                                   {"beside", "HQ-Laptop", "server"},
		editor + "sortBy=group&sortOrder=desc":                   {"server", "beside", "HQ-Laptop"},
		editor + "sortBy=applicationVersion":                     {"server", "beside", "HQ-Laptop"},
		editor + "sortBy=lastScanResult":                         {"HQ-Laptop", "server", "beside"},
		editor + "sortBy=status":                                 {"server", "beside", "HQ-Laptop"},
		editor + "sortBy=detectionDate":                          {"server", "beside", "HQ-Laptop"},
		editor + "sortBy=daysDetected":                           {"HQ-Laptop", "beside", "server"},
		editor + "sortBy=lastScanDate":                           {"server", "beside", "HQ-Laptop"},
	} {
		got := send(t, console, "GET", risks+"/endpoints?"+encoded(query), "").page(t)
		if diff := cmp.Diff(want, got.column("endpointName")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	change := func(before, after any, at, by, reason string) map[string]any {
		keys := map[any]any{nil: nil, "To be patched": "TO_BE_PATCHED", "On hold": "ON_HOLD"}
		return map[string]any{
			"previousKey": keys[before], "previousLabel": before, "currentKey": keys[after], "currentLabel": after,
			"changedAt": at, "changedBy": by, "reason": reason,
		}
	}
	want := []map[string]any{{
		"endpointId": "1900000000000000901", "endpointName": "HQ-Laptop", "endpointUuid": "aa01", "endpointType": "laptop",
		"osType": "macos", "osVersion": "macOS Tahoe", "domain": "corp.example", "accountName": "Example Europe",
		"siteName": "Headquarters", "groupName": "Default Group", "applicationVersion": "1.5",
		"applicationDetectionDate": "2026-03-04T08:00:00.987654Z", "applicationDaysDetected": 100.0,
		"lastScanDate": "2026-04-23T08:00:00Z", "lastScanResult": "Succeeded", "ticket": nil,
		"externalTicketSystem": map[string]any{"available": false, "type": ""},
		"statusHistory": []any{
			change(nil, "To be patched", "2026-05-03T08:00:00.987654Z", "Jane", "soon"),
			change("To be patched", "On hold", "2026-05-04T08:00:00.987654Z", "Joe", "replaced"),
		},
	}}
	if diff := cmp.Diff(want, send(t, console, "GET", risks+"/endpoints?limit=1&"+editor, "").page(t).Data); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
}
