package exposure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/simulator"
)

// manyTies has rows that differ in every column, most of them in a few values only.
func manyTies() simulator.State {
	s := simulator.Demo()
	s.Behaviour.RiskLicense = "full"
	s.Agents, s.Applications, s.Risks = nil, nil, nil
	day := func(n int) time.Time { return time.Date(2026, time.March, 4+n, 8, 0, 0, 0, time.UTC) }
	pick := func(i int, words ...string) string { return words[i%len(words)] }
	for i := range 30 {
		application, version, n := pick(i, "Editor", "Suite"), pick(i, "1", "2", "3"), i/6
		r := simulator.Risk{
			CVEID: fmt.Sprintf("CVE-2025-%d", 10_000+n), ApplicationName: application, ApplicationVendor: "Vendor of " + application,
			ApplicationVersion: version, BaseScore: new(float64(3*n%11) - 0.5*float64(i%2)),
			ExploitedInTheWild:  pick(n, "Yes", "Unknown", "Not Defined"),
			ExploitCodeMaturity: pick(n, "High", "Proof of Concept", "Unproven"),
			RemediationLevel:    pick(n, "Official Fix", "Workaround"), ReportConfidence: pick(n, "Confirmed", "Reasonable"),
			PublishedDate: day(-n), DetectionDate: day(n),
		}
		if n%2 == 1 {
			r.RiskScore = new(float64(n))
		}
		if i%2 == 1 && n > 2 { // so that all that is summed up differs
			r.ExploitedInTheWild, r.ExploitCodeMaturity, r.RemediationLevel, r.Status = "", "", "", "Removed"
		}
		s.Risks = append(s.Risks, r)
	}
	s.Risks = slices.DeleteFunc(s.Risks, func(r simulator.Risk) bool {
		return r.ApplicationName == "Suite" && (r.ExploitedInTheWild == "Yes" || r.RemediationLevel == "Official Fix")
	})
	for i := range 14 {
		id := fmt.Sprint(1900000000001000000 + i)
		s.Agents = append(s.Agents, simulator.Agent{
			ID: id, ComputerName: pick(i, "alpha", "beta", "Gamma"), SiteID: s.Sites[i%3].ID, Domain: pick(i/2, "", "corp.example"),
			OSType: pick(i/2, "windows", "linux"), OSName: pick(i, "Windows 11", "Debian", "Windows 10"), OSArch: pick(i, "64 bit", "ARM64"),
			MachineType: pick(i/2, "server", "laptop"), AgentVersion: pick(i, "24.1", "25.1"), IsUpToDate: i%3 == 0, IsActive: i%2 == 0,
			ActiveThreats: i % 3, NetworkStatus: pick(i, "connected", "disconnected"), FirewallEnabled: i%4 == 0,
			NetworkQuarantineEnabled: i%5 == 0, OperationalState: pick(i, "na", "disabled"),
			AppsVulnerabilityStatus: pick(i, "up_to_date", "patch_required"), LastActiveDate: day(i % 4), UpdatedAt: day(i % 3),
			RegisteredAt: day(i % 2),
		})
		application := pick(i, "Editor", "Suite")
		software := simulator.Software{
			ID: fmt.Sprint(1900000000002000000 + i), AgentID: id, Name: application, Vendor: "Vendor of " + application,
			Version: pick(i, "1", "2", "3"), Type: pick(i, "Application", "Library"), DetectionDate: day(i),
			LastScanDate: day(50 + i/2%2), LastScanResult: pick(i/2, "Succeeded", "Failed"),
		}
		if i%4 < 2 {
			software.Mitigations = []simulator.Mitigation{
				{Status: pick(i, "On hold", "To be patched"), ChangedBy: "Jane", ChangedAt: day(60)},
			}
		}
		s.Applications = append(s.Applications, software)
	}
	group := s.Groups[4]
	s.Agents[0].GroupID = group.ID
	return s
}

// Each column is one that the console sorts by, and means to us what it means to the console.
func TestColumns(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(manyTies()))
	client, err := sentinelone.New(sentinelone.Config{Host: console.URL(), Token: console.Token(), RequestsPerSecond: 1000})
	if err != nil {
		t.Fatal(err)
	}
	checkColumns(t, client.ApplicationRisks, sentinelone.ApplicationRiskQuery{}, applicationRiskColumns())
	checkColumns(t, client.Vulnerabilities, sentinelone.VulnerabilityQuery{}, vulnerabilityColumns())
	checkColumns(t, client.Agents, sentinelone.AgentQuery{}, endpointColumns())
	editor, vendor := "Editor", "Vendor of Editor"
	checkColumns(t, client.ApplicationCVEs, sentinelone.ApplicationCVEQuery{
		ApplicationName: &editor, ApplicationVendor: &vendor,
	}, applicationCVEColumns())
	checkColumns(t, client.ApplicationEndpoints, sentinelone.ApplicationEndpointQuery{
		ApplicationName: &editor, ApplicationVendor: &vendor,
	}, applicationEndpointColumns())
}

func checkColumns[Q sentinelone.TableQuery, T any](
	t *testing.T, table sentinelone.Table[Q, T], query Q, sorting columns[T],
) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	for _, name := range sorting.names() {
		for _, direction := range []string{sentinelone.Ascending, sentinelone.Descending} {
			order := sorting.order(&name, &direction)
			rows, _, err := table.First(t.Context(), query, order.asked(), 1000)
			if err != nil {
				t.Fatalf("%T by %s: %v", query, name, err)
			}
			if !slices.ContainsFunc(rows, func(row T) bool { return order.compare(rows[0], row) != 0 }) {
				t.Errorf("%T: all rows are equal by %s, which proves nothing", query, name)
			}
			if !slices.IsSortedFunc(rows, func(a, b T) int {
				if direction == sentinelone.Descending {
					a, b = b, a
				}
				return order.compare(a, b)
			}) {
				t.Errorf("%T: the console sorts otherwise by %s %s", query, name, direction)
			}
			order.sort(rows)
			mixed := slices.Clone(rows)
			random.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			order.sort(mixed)
			score := cmp.Comparer(func(a, b sentinelone.Score) bool {
				x, y := a.Pointer(), b.Pointer()
				return x == y || x != nil && y != nil && *x == *y
			})
			if diff := cmp.Diff(rows, mixed, score, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%T by %s %s: the order depends on the console's:\n%s", query, name, direction, diff)
			}
		}
	}
}
