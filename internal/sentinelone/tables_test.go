package sentinelone

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// compareScores lets go-cmp look into scores.
var compareScores = cmp.AllowUnexported(Score{})

// score returns a score of a number.
func score(value float64) Score { return Score{&value} }

// sample returns what a table makes of a recorded body, by one call.
func sample[Q TableQuery, T any](t *testing.T, file string, table func(*Client) Table[Q, T]) []T {
	t.Helper()
	c, _ := recorder(t, readFile(t, file))
	var all Q
	rows, total, err := table(c).First(t.Context(), all, Order{}, 1000)
	if err != nil || total != int64(len(rows)) {
		t.Fatalf("%s: %d rows of %d, %v", file, len(rows), total, err)
	}
	return rows
}

// Numbers that come as text are numbers; what the vulnerability licence lacks is none.
func TestVulnerabilities(t *testing.T) {
	t.Parallel()
	table := func(c *Client) Table[VulnerabilityQuery, Vulnerability] { return c.Vulnerabilities }
	days := int64(59)
	plain := Vulnerability{
		ID: "2222222222222222221", CVEID: "CVE-2025-0411", Severity: "HIGH", BaseScore: score(7), CVSSVersion: "3.1",
		Application: "7-Zip 22.01", ApplicationName: "7-Zip", ApplicationVendor: "Igor Pavlov", ApplicationVersion: "22.01",
		EndpointID: "1111111111111111111", EndpointName: "laptop.corp.example", EndpointType: "desktop", OSType: "windows",
		Status: "Detected", DetectionDate: "2026-06-02T04:46:51.710569Z", DaysDetected: &days,
		PublishedDate: "2025-01-20T07:04:04Z", LastScanDate: "2026-07-29T19:25:47Z", LastScanResult: "Succeeded",
	}
	licensed := plain
	licensed.BaseScore, licensed.NVDBaseScore, licensed.RiskScore = Score{}, score(7), score(8.25)
	licensed.NVDCVSSVersion, licensed.ExploitCodeMaturity, licensed.RemediationLevel = "3.1", "Functional", "Official Fix"
	licensed.ReportConfidence, licensed.MitigationStatus = "Confirmed", "Not mitigated"
	for file, want := range map[string]Vulnerability{
		"real_vulnerabilities_200.json": plain, "doc_vulnerabilities_licensed_200.json": licensed,
	} {
		if diff := cmp.Diff(want, sample(t, file, table)[0], compareScores); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
	marked := sample(t, "doc_vulnerabilities_licensed_200.json", table)[1]
	if marked.MarkType != "False Positive" || marked.MarkedBy != "Jane Doe" || marked.Status != "Removed" ||
		marked.NVDBaseScore.Pointer() != nil || marked.RiskScore.Pointer() != nil {
		t.Errorf("got %+v", marked)
	}
}

func TestApplicationTables(t *testing.T) {
	t.Parallel()
	risks := sample(t, "doc_application_risks_200.json",
		func(c *Client) Table[ApplicationRiskQuery, ApplicationRisk] { return c.ApplicationRisks })
	first, second := risks[0], risks[1]
	if *first.HighestRiskScore.Pointer() != 10 || *first.HighestNVDBaseScore.Pointer() != 7 || first.ExploitedInTheWild != "Yes" ||
		*first.DaysDetected != 59 || *first.EndpointsWithoutTicket != 12 || first.Statuses[1] != (MitigationStatusCount{"On hold", 2}) {
		t.Errorf("got %+v", first)
	}
	if second.HighestRiskScore.Pointer() != nil || second.ExploitedInTheWild != "" || second.EndpointsWithoutTicket != nil ||
		second.CVECount != 3 || second.EndpointCount != 12 {
		t.Errorf("without the licence: got %+v", second)
	}
	cves := sample(t, "doc_application_cves_200.json",
		func(c *Client) Table[ApplicationCVEQuery, ApplicationCVE] { return c.ApplicationCVEs })
	want := []Mark{{"False Positive", "Not built in", "Jane Doe", "2026-08-01T10:00:00.000001Z"}}
	if diff := cmp.Diff(want, cves[0].Marks); diff != "" || cves[1].Marks != nil || cves[1].RiskScore.Pointer() != nil {
		t.Errorf("got %+v; marks (-want +got):\n%s", cves, diff)
	}
	endpoints := sample(t, "doc_application_endpoints_200.json",
		func(c *Client) Table[ApplicationEndpointQuery, ApplicationEndpoint] { return c.ApplicationEndpoints })
	if len(endpoints) != 2 || endpoints[0].StatusHistory[0].Status != "To be patched" || endpoints[0].DetectionDate == "" ||
		*endpoints[0].DaysDetected != 59 || endpoints[1].OSType != "" { // two versions of an application on one endpoint
		t.Errorf("got %+v", endpoints)
	}
	installations := sample(t, "doc_installations_200.json",
		func(c *Client) Table[InstallationQuery, Installation] { return c.Installations })
	if got, want := installations[0], (Installation{
		"5555555555555555555", "1111111111111111111", "windows", "22.01", `C:\Program Files\7-Zip`,
	}); got != want {
		t.Errorf("got %+v", got)
	}
}

// An agent comes without what is secret or personal: there is no field for it.
func TestAgents(t *testing.T) {
	t.Parallel()
	agent := sample(t, "real_agents_200.json", func(c *Client) Table[AgentQuery, Agent] { return c.Agents })[0]
	if agent.ID != "1111111111111111111" || agent.Name != "server.corp.example" || !agent.FirewallEnabled || agent.IsActive ||
		agent.NetworkStatus != "connecting" || agent.LastIPToConsole != "" || agent.Locations != nil {
		t.Errorf("got %+v", agent)
	}
	if text := fmt.Sprintf("%+v", agent); strings.Contains(text, "licence") || strings.Contains(text, "jane") {
		t.Errorf("got %s", text)
	}
}

// Words are the same in filters and in answers; the API has another spelling for some.
func TestTableQueries(t *testing.T) {
	t.Parallel()
	c, last := recorder(t, `{"data":[],"pagination":{"totalItems":0}}`)
	const since, before = "2026-01-31T12:00:00Z", "2026-02-28T12:00:00Z"
	in, days, include := Scope{LevelSite, "1"}, int64(12), true
	at := func(text string) *string { return &text }
	for name, tt := range map[string]struct {
		ask  func() error
		want url.Values
	}{
		"vulnerabilities": {func() error {
			_, _, err := c.Vulnerabilities.First(t.Context(), VulnerabilityQuery{
				Scope: in, MitigationStatus: []string{"Not mitigated", "On hold"}, ExploitedInTheWild: []string{"Unknown", "Yes", "Not Defined"},
				RemediationLevels: []string{"Official Fix"}, ReportConfidence: []string{"Reasonable"}, Severities: []string{"HIGH"},
				ExploitCodeMaturity: []string{"Proof of Concept"}, AnalystVerdict: []string{"False Positive"}, IncludeRemovals: &include,
				Updated: TimeFilter{Since: at(since), Before: at(before)}, Detected: TimeFilter{After: at(since), Until: at(before)},
			}, Order{"riskScore", Descending}, 100)
			return err
		}, url.Values{
			"siteIds": {"1"}, "mitigationStatus": {"NOT_MITIGATED,ON_HOLD"}, "exploitedInTheWild": {"EXPLOITED_UNKNOWN,YES,NOT_DEFINED"},
			"remediationLevels": {"OFFICIAL_FIX"}, "reportConfidence": {"REASONABLE"}, "exploitCodeMaturity": {"PROOF_OF_CONCEPT"},
			"severities": {"HIGH"}, "analystVerdict": {"False Positive"}, "includeRemovals": {"true"}, "riskUpdatedDate__gte": {since},
			"riskUpdatedDate__lt": {before}, "detectionDate__gt": {since}, "detectionDate__lte": {before}, "sortBy": {"riskScore"},
			"sortOrder": {"desc"}, "limit": {"100"},
		}},
		"application risks": {func() error {
			_, err := c.ApplicationRisks.Count(t.Context(), ApplicationRiskQuery{
				Scope: Scope{Level: LevelTenant}, MostCommonStatuses: []string{"To be patched"}, ExploitedInTheWild: []string{"Unknown"},
				MinDaysDetected: &days,
			})
			return err
		}, url.Values{
			"mostCommonStatuses": {"TO_BE_PATCHED"}, "exploitedInTheWild": {"Unknown"}, "daysFromDetection": {"12"}, "countOnly": {"true"},
		}},
		"endpoints": {func() error {
			_, err := Collect(c.Agents.List(t.Context(), AgentQuery{Scope: Scope{LevelGroup, "7"}, LocationIDs: []string{"1", "2"}}))
			return err
		}, url.Values{"groupIds": {"7"}, "locationIds": {"1,2"}, "limit": {"1000"}}},
	} {
		if err := tt.ask(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(tt.want, last.query); diff != "" {
			t.Errorf("%s: query (-want +got):\n%s", name, diff)
		}
	}
}

// The first rows of a table take as many pages as they must, each as large as it must be.
func TestFirst(t *testing.T) {
	t.Parallel()
	const there = 2300
	for most, want := range map[int64]string{100: "100", 1000: "1000", 2100: "1000,1000,100", 5000: "1000,1000,1000", 0: ""} {
		var asked []string
		c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
			limit := r.URL.Query().Get("limit")
			asked = append(asked, limit)
			first, _ := strconv.Atoi(r.URL.Query().Get("cursor"))
			size, err := strconv.Atoi(limit)
			if err != nil {
				t.Error(err)
			}
			last, next := min(first+size, there), "null"
			if last < there {
				next = fmt.Sprintf(`"%d"`, last)
			}
			var rows []string
			for id := first; id < last; id++ {
				rows = append(rows, fmt.Sprintf(`{"id":"%d"}`, id))
			}
			answer(w, http.StatusOK, fmt.Sprintf(`{"data":[%s],"pagination":{"totalItems":%d,"nextCursor":%s}}`,
				strings.Join(rows, ","), there, next))
		})
		rows, total, err := c.Vulnerabilities.First(t.Context(), VulnerabilityQuery{}, Order{}, most)
		if int64(len(rows)) != min(most, there) || err != nil || most > 0 && total != there {
			t.Errorf("%d: %d rows of %d, %v", most, len(rows), total, err)
		}
		if got := strings.Join(asked, ","); got != want {
			t.Errorf("%d: pages of %s, not %s", most, got, want)
		}
	}
}

// A console that gives larger pages than it was asked for makes no more rows.
func TestFirstOfLargerPages(t *testing.T) {
	t.Parallel()
	c, _ := recorder(t, readFile(t, "real_vulnerabilities_200.json"))
	rows, total, err := c.Vulnerabilities.First(t.Context(), VulnerabilityQuery{}, Order{}, 1)
	if len(rows) != 1 || total != 2 || err != nil {
		t.Errorf("%d rows of %d, %v", len(rows), total, err)
	}
}

// A page that fails is no short answer.
func TestFirstFailsWhole(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("cursor") != "" {
			answer(w, http.StatusForbidden, `{"errors":[{"code":4030010,"title":"Insufficient permissions"}]}`)
			return
		}
		answer(w, http.StatusOK, `{"data":[{"id":"1"}],"pagination":{"totalItems":2,"nextCursor":"x"}}`)
	})
	if rows, _, err := c.Vulnerabilities.First(t.Context(), VulnerabilityQuery{}, Order{}, 10); err == nil || rows != nil {
		t.Errorf("got %v, %v", rows, err)
	}
}

func TestScore(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]any{
		`"7.00"`: 7.0, `"10.00"`: 10.0, `"0.00"`: 0.0, `8.25`: 8.25, `null`: nil, `""`: nil, `"n/a"`: "error", `true`: "error", `{}`: "error",
	} {
		var row struct{ Score Score }
		var got any
		err := json.Unmarshal([]byte(`{"Score":`+text+`}`), &row)
		switch value := row.Score.Pointer(); {
		case err != nil:
			got = "error"
		case value != nil:
			got = *value
		}
		if got != want {
			t.Errorf("%s is %v, not %v", text, got, want)
		}
	}
}
