package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

const risks = "/application-management/risks"

// riskDay is the day of riskSeed; its console's clock stands at noon a hundred days later.
var riskDay = time.Date(2026, time.March, 4, 8, 0, 0, 987654000, time.UTC)

func riskClock() time.Time { return riskDay.AddDate(0, 0, 100).Add(4 * time.Hour) }

// riskSeed has two vulnerabilities, of the laptop and of the desktop, that differ in everything that can be filtered.
// Besides, the server and the branch office have what the laptop has, but for an older version, and the laptop has
// another vulnerability that is gone.
func riskSeed() simulator.State {
	s := agentSeed()
	at := func(days int) time.Time { return riskDay.AddDate(0, 0, days) }
	s.Agents[1].OSRevision = "26100"
	s.Applications = []simulator.Software{
		{
			ID: "1900000000000000801", AgentID: "1900000000000000901", Name: "Editor", Vendor: "Example", Version: "1.5",
			DetectionDate: at(0), LastScanDate: at(50), Size: 300, InstallationPath: "/Applications/Editor.app",
			Mitigations: []simulator.Mitigation{
				{Status: "To be patched", Reason: "soon", ChangedBy: "Jane", ChangedAt: at(60)},
				{Status: "On hold", Reason: "replaced", ChangedBy: "Joe", ChangedAt: at(61)},
			},
		},
		{
			ID: "1900000000000000802", AgentID: "1900000000000000902", Name: "Viewer", Vendor: "Other Example", Version: "7",
			DetectionDate: at(90), LastScanDate: at(95), LastScanResult: "Failed", Size: 200, Type: "Library",
			InstallationPath: `C:\Viewer`, InstallationDate: at(-1), CPE: new("cpe:2.3:a:other:viewer:7"),
		},
		{ID: "1900000000000000803", AgentID: "1900000000000000903", Name: "Editor", Vendor: "Example", Version: "1.4", DetectionDate: at(-3)},
		{ID: "1900000000000000805", AgentID: "1900000000000000905", Name: "Editor", Vendor: "Example", Version: "1.4", DetectionDate: at(-2)},
	}
	s.Risks = []simulator.Risk{
		{
			CVEID: "CVE-2025-1001", ApplicationName: "Editor", ApplicationVendor: "Example", ApplicationVersion: "1.5",
			BaseScore: new(9.8), RiskScore: new(8.25), ExploitedInTheWild: "Yes", ExploitCodeMaturity: "Proof of Concept",
			RemediationLevel: "Official Fix", ReportConfidence: "Confirmed", Description: "Runs code.",
			PublishedDate: at(-10), DetectionDate: at(-5), RiskUpdatedDate: at(70),
		},
		{
			CVEID: "CVE-2025-2002", ApplicationName: "Viewer", ApplicationVendor: "Other Example", ApplicationVersion: "7",
			BaseScore: new(4.3), RiskScore: new(2.0), ExploitedInTheWild: "Unknown", ExploitCodeMaturity: "High",
			RemediationLevel: "Workaround", ReportConfidence: "Reasonable", PublishedDate: at(40), DetectionDate: at(80),
			Mark: &simulator.Mark{Type: "False Positive", Reason: "not built in", MarkedBy: "Jane", MarkedDate: at(97)},
		},
		{
			CVEID: "CVE-2025-1001", ApplicationName: "Editor", ApplicationVendor: "Example", ApplicationVersion: "1.4",
			BaseScore: new(9.8), RiskScore: new(1.5), ExploitedInTheWild: "Yes", PublishedDate: at(-10), DetectionDate: at(-5),
		},
		{
			CVEID: "CVE-2025-3003", ApplicationName: "Editor", ApplicationVendor: "Example", ApplicationVersion: "1.4",
			RiskScore: new(3.5), PublishedDate: at(-10), DetectionDate: at(-1),
		},
		{
			CVEID: "CVE-2025-4004", ApplicationName: "Editor", ApplicationVendor: "Example", ApplicationVersion: "1.5",
			BaseScore: new(3.0), Status: "Removed", PublishedDate: at(-10), DetectionDate: at(-1),
		},
	}
	return s
}

func startRisks(t *testing.T, b simulator.Behaviour) *simulator.Console {
	t.Helper()
	seed := riskSeed()
	seed.Behaviour = b
	seed.Users = append(seed.Users, simulator.User{Token: "europe", ID: "1900000000000000009", Scope: "account", ScopeID: europe})
	return simulator.Start(t, simulator.WithSeed(seed), simulator.WithClock(riskClock))
}

// encoded writes a query's spaces as a URL has them.
func encoded(query string) string { return strings.ReplaceAll(query, " ", "%20") }

// pairs returns computers and CVEs of a list of risks, in the order of the alphabet.
func pairs(p page) []string {
	list := []string{}
	for _, row := range p.Data {
		list = append(list, fmt.Sprint(row["endpointName"], " ", row["cveId"]))
	}
	slices.Sort(list)
	return list
}

func TestRiskFilters(t *testing.T) {
	t.Parallel()
	console := startRisks(t, simulator.Behaviour{})
	laptop, desktop := []string{"HQ-Laptop CVE-2025-1001"}, []string{"hq-desktop CVE-2025-2002"}
	server := []string{"server CVE-2025-1001", "server CVE-2025-3003"}
	both := slices.Concat(laptop, desktop)
	europes := slices.Concat(both, server)
	beside := []string{"beside CVE-2025-1001", "beside CVE-2025-3003"}
	gone := []string{"HQ-Laptop CVE-2025-4004"}
	two := "domains=corp.example,WORKGROUP&"
	moment := func(days int) string { return riskDay.AddDate(0, 0, days).Format(time.RFC3339Nano) }
	between := func(days int) string {
		ms := riskDay.AddDate(0, 0, days).UnixMilli()
		return fmt.Sprintf("%d-%d", ms, ms)
	}
	tests := map[string][]string{
		"":                                                   slices.Concat(europes, beside),
		"accountIds=" + europe:                               europes,
		"siteIds=" + headquarters:                            europes,
		"siteIds=" + branch:                                  beside,
		"siteIds=" + laboratory:                              {},
		"groupIds=" + servers:                                server,
		"includeRemovals=true":                               slices.Concat(europes, beside, gone),
		"includeRemovals=false":                              slices.Concat(europes, beside),
		"includeRemovals=true&severities=LOW":                gone,
		two:                                                  both,
		two + "applicationNames=Editor":                      laptop,
		two + "vendors=Other Example":                        desktop,
		two + "severities=CRITICAL,LOW":                      laptop,
		two + "severities=MEDIUM":                            desktop,
		two + "endpointTypes=laptop":                         laptop,
		two + "osTypes=windows":                              desktop,
		two + "osVersions=Windows 11 26100":                  desktop,
		two + "osVersions=Windows 11":                        {},
		"domains=WORKGROUP":                                  desktop,
		two + "exploitCodeMaturity=PROOF_OF_CONCEPT":         laptop,
		two + "exploitedInTheWild=EXPLOITED_UNKNOWN":         desktop,
		two + "exploitedInTheWild=YES":                       laptop,
		two + "exploitedInTheWild=Yes":                       {},
		two + "remediationLevels=OFFICIAL_FIX,TEMPORARY_FIX": laptop,
		two + "reportConfidence=REASONABLE":                  desktop,
		two + "mitigationStatus=ON_HOLD":                     laptop,
		two + "mitigationStatus=NOT_MITIGATED":               desktop,
		two + "mitigationStatus=TO_BE_PATCHED":               {},
		two + "analystVerdict=False Positive":                desktop,
		two + "analystVerdict=Default,Added CVE":             laptop,
		two + "lastScanResults=Failed":                       desktop,
		two + "cveId__contains=cve-2025-2":                   desktop,
		two + "application__contains=editor 1":               laptop,
		two + "applicationVendor__contains=OTHER":            desktop,
		two + "endpointName__contains=lap":                   laptop,
		two + "domain__contains=work":                        desktop,
		two + "riskScore__between=2-8.24":                    desktop,
		"riskScore__between=3.5-9&groupIds=" + servers:       {"server CVE-2025-3003"},
		two + "riskScore__between=8.25-8.25":                 laptop,
		"riskScore__between=0-10":                            slices.Concat(europes, beside),
		two + "daysFromCveDetection=10":                      both,
		two + "daysFromCveDetection=11":                      laptop,
		two + "detectionDate__lt=" + moment(0):               {},
		two + "detectionDate__lte=" + moment(0):              laptop,
		two + "detectionDate__gt=" + moment(0):               desktop,
		two + "detectionDate__gte=" + moment(0):              both,
		two + "detectionDate__between=" + between(90):        desktop,
		two + "publishedDate__lt=" + moment(40):              laptop,
		two + "publishedDate__gte=" + moment(40):             desktop,
		two + "publishedDate__between=" + between(-10):       laptop,
		two + "riskUpdatedDate__gte=" + moment(71):           desktop, // It was installed after that.
		two + "riskUpdatedDate__lte=" + moment(70):           laptop,
	}
	for query, want := range tests {
		slices.Sort(want)
		got := send(t, console, "GET", risks+"?"+encoded(query), "").page(t)
		if diff := cmp.Diff(want, pairs(got)); diff != "" || got.Pagination.TotalItems != len(want) {
			t.Errorf("%s: %d items (-want +got):\n%s", query, got.Pagination.TotalItems, diff)
		}
	}
	slices.Sort(europes)
	if diff := cmp.Diff(europes, pairs(sendAs(t, console, "ApiToken europe", "GET", risks, "").page(t))); diff != "" {
		t.Errorf("of a user (-want +got):\n%s", diff)
	}
}

func TestRiskRefusals(t *testing.T) {
	t.Parallel()
	console := startRisks(t, simulator.Behaviour{})
	chosen := "Both applicationName and applicationVendor must be specified when not querying by applicationIds"
	for query, want := range map[string]string{
		"?siteIds=" + headquarters + "," + branch:                                                  "siteIds: Longer than maximum length 1.",
		"?siteIds=" + headquarters + "&accountIds=" + europe:                                       "Exactly one scope is required.",
		"/endpoints?applicationIds=1900000000000000001&groupIds=" + servers + "&siteIds=" + branch: "Exactly one scope is required.",
		"?tenant=true":                         "tenant: Unknown field",
		"?mitigationStatus=Not mitigated":      `mitigationStatus: 0: "Not mitigated" is not a valid choice.`,
		"?cveId__contains=CVE-2025":            "cveId__contains: 0: Shorter than minimum length 9.",
		"?daysFromCveDetection=29":             "daysFromCveDetection: Must be less than or equal to 28.",
		"?riskScore__between=high":             "riskScore__between: String does not match expected pattern.",
		"?analystVerdict=false positive":       `analystVerdict: 0: "false positive" is not a valid choice.`,
		"/applications?exploitedInTheWild=YES": `exploitedInTheWild: 0: "YES" is not a valid choice.`,
		"/cves":                                chosen,
		"/cves?applicationName=Editor":         chosen,
		"/endpoints?applicationVendor=x":       chosen,
		"/endpoints?applicationVersions=1.5":   chosen,
	} {
		if got := send(t, console, "GET", risks+encoded(query), "").detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s\n got %q\nwant %q", query, got, want)
		}
	}
	for _, path := range []string{"?", "/applications?", "/aggregated-applications?", "/cves?applicationIds=1900000000000000001&", "/endpoints?applicationIds=1900000000000000001&"} {
		if got := sendAs(t, console, "ApiToken europe", "GET", risks+path+"siteIds="+branch, ""); got.Status != http.StatusForbidden {
			t.Errorf("%s: a site beside: %d", path, got.Status)
		}
	}
}

func TestRiskOrder(t *testing.T) {
	t.Parallel()
	console := startRisks(t, simulator.Behaviour{})
	for sort, want := range map[string]string{ // the first of the laptop's and the desktop's
		"accountId": "HQ-Laptop", "siteId": "HQ-Laptop", "cveId": "HQ-Laptop", "endpointName": "HQ-Laptop",
		"application": "HQ-Laptop", "applicationVendor": "HQ-Laptop", "baseScore": "hq-desktop", "nvdBaseScore": "hq-desktop",
		"riskScore": "hq-desktop", "severity": "hq-desktop", "daysDetected": "hq-desktop", "detectionDate": "HQ-Laptop",
		"publishedDate": "HQ-Laptop", "lastScanDate": "HQ-Laptop", "lastScanResult": "hq-desktop",
		"exploitCodeMaturity": "HQ-Laptop", "remediationLevel": "hq-desktop", "reportConfidence": "hq-desktop",
		"mitigationStatus": "hq-desktop",
	} {
		query := risks + "?domains=corp.example,WORKGROUP&limit=1&sortBy=" + sort
		first := send(t, console, "GET", query, "").page(t).column("endpointName")
		last := send(t, console, "GET", query+"&sortOrder=desc", "").page(t).column("endpointName")
		if sort == "accountId" || sort == "siteId" { // These are the same.
			continue
		}
		if first[0] != want || last[0] == want {
			t.Errorf("%s: %s is the first, %s the last", sort, first, last)
		}
	}
	for _, sort := range []string{"accountId", "siteId"} {
		got := send(t, console, "GET", risks+"?sortOrder=desc&limit=2&sortBy="+sort, "").page(t)
		if diff := cmp.Diff([]string{"beside", "beside"}, got.column("endpointName")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sort, diff)
		}
	}
}

// TestRecordedRisks builds what live consoles were recorded with, and holds the rows to the recorded ones, but for their
// ids.
func TestRecordedRisks(t *testing.T) {
	t.Parallel()
	var one map[string]any
	var more []map[string]any
	if err := json.Unmarshal(recorded(t, "real_application_risks_list_item.json"), &one); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(recorded(t, "real_application_risks_more_items.json"), &more); err != nil {
		t.Fatal(err)
	}
	for _, want := range append(more, one) {
		text := func(name string) string { s, _ := want[name].(string); return s }
		moment := func(name string) time.Time {
			at, err := time.Parse(time.RFC3339Nano, text(name))
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
		var score float64
		if _, err := fmt.Sscan(text("baseScore"), &score); err != nil {
			t.Fatal(err)
		}
		seed := simulator.Demo()
		seed.Agents = []simulator.Agent{{
			ID: text("endpointId"), ComputerName: text("endpointName"), MachineType: text("endpointType"),
			OSType: text("osType"), SiteID: branch,
		}}
		seed.Applications = []simulator.Software{{
			AgentID: text("endpointId"), Name: text("applicationName"), Vendor: text("applicationVendor"),
			Version: text("applicationVersion"), DetectionDate: moment("detectionDate"), LastScanDate: moment("lastScanDate"),
		}}
		seed.Risks = []simulator.Risk{{
			CVEID: text("cveId"), ApplicationName: text("applicationName"), ApplicationVendor: text("applicationVendor"),
			ApplicationVersion: text("applicationVersion"), BaseScore: &score, PublishedDate: moment("publishedDate"),
			DetectionDate: moment("publishedDate"),
		}}
		clock := func() time.Time { return time.Date(2025, time.July, 31, 19, 0, 0, 0, time.UTC) }
		console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithClock(clock))
		got := send(t, console, "GET", risks, "").page(t).Data[0]
		if id, _ := got["id"].(string); len(id) != 19 {
			t.Errorf("id %v", got["id"])
		}
		delete(got, "id")
		delete(want, "id")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-recorded +got):\n%s", want["cveId"], diff)
		}
	}
}
