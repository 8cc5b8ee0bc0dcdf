package exposure_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/exposure"
	"terraform-provider-sentinelone/internal/simulator"
)

// ofADemoTenant is how many vulnerabilities a real console was seen to hold.
const ofADemoTenant = 294_709

// manyRisks returns a seed with so many vulnerabilities: a hundred of one application on each of many endpoints, and what
// remains on one more.
func manyRisks(n int) simulator.State {
	s := simulator.Demo()
	s.Agents, s.Applications, s.Risks = nil, nil, nil
	const each = 100
	for i := range each {
		s.Risks = append(s.Risks, simulator.Risk{
			CVEID: fmt.Sprintf("CVE-2025-%d", 10_000+i), ApplicationName: "Suite", ApplicationVendor: "Example",
			ApplicationVersion: "1", BaseScore: new(float64(i) / 10), DetectionDate: day(0),
		})
	}
	for i := range n % each {
		r := s.Risks[i]
		r.ApplicationVersion = "2"
		s.Risks = append(s.Risks, r)
	}
	install := func(i int, version string) {
		id := fmt.Sprint(1900000000001000000 + i)
		s.Agents = append(s.Agents, simulator.Agent{
			ID: id, SiteID: s.Sites[0].ID, ComputerName: fmt.Sprintf("computer-%05d", i), IsActive: true,
		})
		s.Applications = append(s.Applications, simulator.Software{
			ID: fmt.Sprint(1900000000002000000 + i), AgentID: id, Name: "Suite", Vendor: "Example", Version: version, DetectionDate: day(1),
		})
	}
	for i := range n / each {
		install(i, "1")
	}
	if n%each > 0 {
		install(n/each, "2")
	}
	return s
}

// However much there is, a hundred rows take one call, and the number alone takes one.
func TestOneCallForAFewOfVeryMany(t *testing.T) {
	t.Parallel()
	console := start(t, manyRisks(ofADemoTenant))
	const listRisks = "GET /web/api/v2.1/application-management/risks"
	for name, tt := range map[string]struct {
		config map[string]tftypes.Value
		rows   int
		warns  bool
	}{
		"rows":   {map[string]tftypes.Value{"limit": number(100)}, 100, true},
		"number": {map[string]tftypes.Value{"count_only": yes()}, 0, false},
	} {
		console.ResetStats()
		state, diags := read(t, console, exposure.NewVulnerabilitiesDataSource(), tt.config)
		if diags.HasError() {
			t.Fatal(diags)
		}
		if diff := cmp.Diff(map[string]int{listRisks: 1}, console.Stats().Requests); diff != "" {
			t.Errorf("%s: calls (-want +got):\n%s", name, diff)
		}
		if total, rows := totalOf(t, state), rowsAt(t, state, "vulnerabilities"); total != ofADemoTenant || rows != tt.rows {
			t.Errorf("%s: %d rows of %d", name, rows, total)
		}
		if (diags.WarningsCount() > 0) != tt.warns {
			t.Errorf("%s: got %v", name, diags)
		}
		for _, d := range diags {
			for _, part := range []string{
				"Vulnerabilities in site ", "there are 294709", "brings the first 100 of them", "leaves out the other 294609",
				"severities or cve_id_contains", "raise limit", "count_only = true",
			} {
				if !strings.Contains(d.Detail(), part) {
					t.Errorf("the warning does not say %q: %s", part, d.Detail())
				}
			}
		}
	}
}

// Pages are as large as they have to be, and no larger; the default is a thousand rows.
func TestLimit(t *testing.T) {
	t.Parallel()
	seed := manyRisks(2500)
	for name, tt := range map[string]struct {
		limit       int64 // 0 for none
		pageSize    int   // of the console
		rows, calls int
		warns       bool
	}{
		"default":       {0, 1000, 1000, 1, true},
		"several pages": {2300, 1000, 2300, 3, true},
		"all":           {2500, 1000, 2500, 3, false},
		"more than all": {9000, 1000, 2500, 3, false},
		"one":           {1, 1000, 1, 1, true},
		"smaller pages": {1000, 400, 1000, 3, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			console := start(t, seed, simulator.WithPageSize(tt.pageSize))
			config := map[string]tftypes.Value{}
			if tt.limit > 0 {
				config["limit"] = number(tt.limit)
			}
			state, diags := read(t, console, exposure.NewVulnerabilitiesDataSource(), config)
			if diags.HasError() {
				t.Fatal(diags)
			}
			if rows := rowsAt(t, state, "vulnerabilities"); rows != tt.rows || console.Stats().Total != tt.calls {
				t.Errorf("%d rows by %d calls", rows, console.Stats().Total)
			}
			if totalOf(t, state) != 2500 || (diags.WarningsCount() > 0) != tt.warns {
				t.Errorf("total %d, %v", totalOf(t, state), diags)
			}
		})
	}
}

// Each data source counts without a row.
func TestCountOnly(t *testing.T) {
	t.Parallel()
	console := start(t, manyRisks(2500))
	application := map[string]tftypes.Value{"application_name": text("Suite"), "application_vendor": text("Example")}
	for rows, tt := range map[string]struct {
		source datasource.DataSource
		config map[string]tftypes.Value
		total  int64
	}{
		"applications":    {exposure.NewApplicationRisksDataSource(), nil, 1},
		"vulnerabilities": {exposure.NewVulnerabilitiesDataSource(), nil, 2500},
		"cves":            {exposure.NewApplicationCVEsDataSource(), application, 100},
		"endpoints":       {exposure.NewApplicationEndpointsDataSource(), application, 25},
	} {
		config := map[string]tftypes.Value{"count_only": yes()}
		maps.Copy(config, tt.config)
		console.ResetStats()
		state, diags := read(t, console, tt.source, config)
		if len(diags) > 0 || console.Stats().Total != 1 {
			t.Errorf("%s: %d calls, %v", rows, console.Stats().Total, diags)
		}
		if totalOf(t, state) != tt.total || rowsAt(t, state, rows) != 0 {
			t.Errorf("%s: %d rows of %d", rows, rowsAt(t, state, rows), totalOf(t, state))
		}
	}
	console.ResetStats()
	state, diags := read(t, console, exposure.NewEndpointsDataSource(), map[string]tftypes.Value{"count_only": yes()})
	if len(diags) > 0 || console.Stats().Total != 1 || totalOf(t, state) != 25 || rowsAt(t, state, "endpoints") != 0 {
		t.Errorf("endpoints: %d calls, total %d, %v", console.Stats().Total, totalOf(t, state), diags)
	}
}
