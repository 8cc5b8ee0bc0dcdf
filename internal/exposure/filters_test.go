package exposure_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// table is the list of rows of a data source, and what tells its rows apart.
type table struct{ source, rows, key string }

// selections are filters by the keys, joined by commas, of what they select.
type selections map[string][]string

// check applies each filter to a data source of its own.
func (of table) check(t *testing.T, console *simulator.Console, all selections) {
	t.Helper()
	var config strings.Builder
	var checks []statecheck.StateCheck
	for keys, filters := range all {
		want := []knownvalue.Check{}
		for key := range strings.SplitSeq(keys, ",") {
			if key != "" {
				want = append(want, knownvalue.ObjectPartial(map[string]knownvalue.Check{of.key: knownvalue.StringExact(key)}))
			}
		}
		for _, filter := range filters {
			name := fmt.Sprint("case_", len(checks)/2)
			fmt.Fprintf(&config, "data \"sentinelone_%s\" %q {\n%s\n}\n", of.source, name, filter)
			address := fmt.Sprintf("data.sentinelone_%s.%s", of.source, name)
			checks = append(checks,
				statecheck.ExpectKnownValue(address, tfjsonpath.New(of.rows), knownvalue.ListExact(want)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("total"), knownvalue.Int64Exact(int64(len(want)))))
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps:                    []resource.TestStep{{Config: acctest.Config(console, config.String()), ConfigStateChecks: checks}},
	})
}

// mixed starts a console with small pages and rows in no order: they have to come whole, and be sorted.
func mixed(t *testing.T, s simulator.State) *simulator.Console {
	t.Helper()
	return start(t, s, simulator.WithPageSize(2), simulator.WithShuffle(3))
}

// around returns the four filters by a time that tell a row of one day from another of a later day: the first two select
// the earlier row, the others the later one.
func around(name string, earlier, later int) (first, last []string) {
	at := func(suffix string, n int) string {
		return fmt.Sprintf("%s_%s = %q", name, suffix, day(n).Format("2006-01-02T15:04:05Z"))
	}
	return []string{at("before", later), at("until", earlier)}, []string{at("after", earlier), at("since", later)}
}

// in adds lines to each of several filters.
func in(filters []string, lines string) (all []string) {
	for _, filter := range filters {
		all = append(all, filter+"\n"+lines)
	}
	return all
}

func TestApplicationRiskFilters(t *testing.T) {
	t.Parallel()
	early, late := around("detected", 0, 90)
	table{"application_risks", "applications", "name"}.check(t, mixed(t, seed()), selections{
		"Editor,Viewer": {``}, // the worst first
		"Editor": append(early,
			`highest_severities = ["CRITICAL"]`, `exploited_in_the_wild = ["Yes"]`, `exploit_code_maturities = ["Proof of Concept"]`,
			`remediation_levels = ["Official Fix"]`, `most_common_statuses = ["On hold"]`, `application_types = ["Application"]`,
			`application_contains = ["ditor 1.5"]`, `vendors = ["Example"]`, `vendor_contains = ["xamp"]`,
			`cve_id_contains = ["CVE-2025-1001"]`, `domains = ["corp.example"]`, `endpoint_types = ["laptop"]`,
			`endpoint_name_contains = ["lap"]`, `endpoint_uuid_contains = ["aaaa1111"]`, `os_types = ["macos"]`,
			`min_days_detected = 28`,
		),
		"Viewer": append(late, `highest_severities = ["LOW", "MEDIUM"]`, `exploited_in_the_wild = ["Unknown"]`,
			`vendor_contains = ["Other"]`),
		"":              {`highest_severities = ["LOW"]`, `most_common_statuses = ["To be patched"]`},
		"Editor,Editor": {"vendors = [\"Example\"]\nscope = { tenant = true }"},
	})
}

func TestVulnerabilityFilters(t *testing.T) {
	t.Parallel()
	detectedEarly, detectedLate := around("detected", 0, 90)
	publishedEarly, publishedLate := around("published", -10, 40)
	updatedEarly, updatedLate := around("updated", 70, 90)
	var editors, viewers []string
	editors = append(append(append(editors, detectedEarly...), publishedEarly...), updatedEarly...)
	viewers = append(append(append(viewers, detectedLate...), publishedLate...), updatedLate...)
	table{"vulnerabilities", "vulnerabilities", "cve_id"}.check(t, mixed(t, seed()), selections{
		"CVE-2025-1001,CVE-2025-2002": {
			``, `severities = ["MEDIUM", "CRITICAL"]`, `mitigation_statuses = ["On hold", "Not mitigated"]`,
		},
		"CVE-2025-1001": append(editors,
			`cve_id_contains = ["CVE-2025-1"]`, `severities = ["CRITICAL"]`, `exploited_in_the_wild = ["Yes"]`,
			`exploit_code_maturities = ["Proof of Concept"]`, `remediation_levels = ["Official Fix"]`,
			`report_confidences = ["Confirmed"]`, `mitigation_statuses = ["On hold"]`, `analyst_verdicts = ["Default"]`,
			`risk_score_between = "8-10"`, `application_names = ["Editor"]`, `application_contains = ["Editor 1.5"]`,
			`vendors = ["Example"]`, `vendor_contains = ["Exam"]`, `domains = ["corp.example"]`, `domain_contains = ["corp"]`,
			`endpoint_types = ["laptop"]`, `endpoint_name_contains = ["lap"]`, `os_types = ["macos"]`,
			`os_versions = ["macOS Tahoe"]`, `last_scan_results = ["Succeeded"]`, `min_days_detected = 28`,
		),
		"CVE-2025-2002": append(viewers,
			`exploited_in_the_wild = ["Unknown"]`, `mitigation_statuses = ["Not mitigated"]`, `analyst_verdicts = ["False Positive"]`,
			`risk_score_between = "1.5-2"`, `last_scan_results = ["Failed"]`, `os_versions = ["Windows 11 26100"]`,
		),
		"CVE-2025-1001,CVE-2025-2002,CVE-2025-4004": {`include_removals = true`},
		"CVE-2025-3003": {"scope = { account_id = \"1900000000000000102\" }"},
		"CVE-2025-1001,CVE-2025-3003,CVE-2025-2002": {"scope = { tenant = true }"},
		"": {`severities = ["LOW"]`, `mitigation_statuses = ["To be patched"]`},
	})
}

func TestApplicationCVEFilters(t *testing.T) {
	t.Parallel()
	s := seed()
	s.Risks[1].ApplicationName, s.Risks[1].ApplicationVendor, s.Risks[1].ApplicationVersion = "Editor", "Example", "1.4"
	const all = "application_name = \"Editor\"\napplication_vendor = \"Example\"\nscope = { tenant = true }\n"
	early, late := around("published", -10, 40)
	with := func(filters ...string) []string { return in(filters, all) }
	table{"application_cves", "cves", "cve_id"}.check(t, mixed(t, s), selections{
		"CVE-2025-1001,CVE-2025-3003,CVE-2025-2002": with(""),
		"CVE-2025-1001": with(`cve_id_contains = ["CVE-2025-1"]`, `severities = ["CRITICAL"]`, `exploited_in_the_wild = ["Yes"]`,
			`exploit_code_maturities = ["Proof of Concept"]`, `remediation_levels = ["Official Fix"]`,
			`report_confidences = ["Confirmed"]`, `application_versions = ["1.5"]`),
		"CVE-2025-2002":               append(with(late...), with(`analyst_verdicts = ["False Positive"]`)...),
		"CVE-2025-1001,CVE-2025-3003": append(with(early...), with(`analyst_verdicts = ["Default"]`)...),
		"":                            with(`severities = ["LOW"]`),
	})
}

func TestApplicationEndpointFilters(t *testing.T) {
	t.Parallel()
	s := seed()
	s.Applications[1].Name, s.Applications[1].Vendor, s.Applications[1].Version = "Editor", "Example", "1.4"
	const editor = "application_name = \"Editor\"\napplication_vendor = \"Example\"\n"
	detectedEarly, detectedLate := around("detected", 0, 90)
	scannedEarly, scannedLate := around("scanned", 50, 95)
	table{"application_endpoints", "endpoints", "endpoint_name"}.check(t, mixed(t, s), selections{
		"desktop,laptop":        {editor},
		"desktop,laptop,server": {editor + `scope = { tenant = true }`},
		"laptop": in(append(append(detectedEarly, scannedEarly...),
			`application_versions = ["1.5"]`, `domains = ["corp.example"]`, `domain_contains = ["corp"]`,
			`endpoint_types = ["laptop"]`, `endpoint_id_contains = ["`+laptop+`"]`, `endpoint_name_contains = ["lap"]`,
			`endpoint_uuid_contains = ["aaaa1111"]`, `os_types = ["macos"]`, `os_versions = ["macOS Tahoe"]`,
			`last_scan_results = ["Succeeded"]`, `mitigation_statuses = ["On hold"]`,
			`mitigation_status_reason_contains = ["replac"]`, `min_days_detected = 28`,
		), editor),
		"desktop": in(append(append(detectedLate, scannedLate...), `mitigation_statuses = ["Not mitigated"]`), editor),
		"":        in([]string{`mitigation_statuses = ["To be patched"]`}, editor),
	})
}

func TestEndpointFilters(t *testing.T) {
	t.Parallel()
	s := seed()
	s.Agents = append(s.Agents, simulator.Agent{
		ID: "1900000000000000914", ComputerName: "retired", SiteID: s.Sites[0].ID, IsDecommissioned: true,
		OSType: "linux", CreatedAt: day(40), UpdatedAt: day(40), LastActiveDate: day(40),
	})
	activeEarly, activeLate := around("active", 3, 13)
	registeredEarly, registeredLate := around("registered", 1, 11)
	updatedEarly, updatedLate := around("updated", 2, 12)
	var laptops, desktops []string
	laptops = append(append(append(laptops, activeEarly...), registeredEarly...), updatedEarly...)
	desktops = append(append(append(desktops, activeLate...), registeredLate...), updatedLate...)
	for _, hides := range []bool{false, true} { // whether decommissioned ones are listed unless asked for is not known
		s.Behaviour.HideDecommissioned = hides
		table{"endpoints", "endpoints", "name"}.check(t, mixed(t, s), selections{
			"desktop,laptop":        {``},
			"desktop,laptop,server": {`scope = { tenant = true }`},
			"retired":               {`is_decommissioned = true`},
			"laptop": append(laptops,
				`ids = ["`+laptop+`"]`, `uuids = ["aaaa1111aaaa1111aaaa1111aaaa1111"]`, `name = "laptop"`, `name_contains = ["lap"]`,
				`external_ip_contains = ["198.51"]`, `query = "Tahoe"`, `domains = ["corp.example"]`, `os_types = ["macos"]`,
				`machine_types = ["laptop"]`, `agent_versions = ["25.1.3.334"]`, `network_statuses = ["connected"]`,
				`operational_states = ["na"]`, `apps_vulnerability_statuses = ["patch_required"]`,
				`location_ids = ["`+s.Locations[1].ID+`"]`, `is_active = true`, `is_uninstalled = false`,
				`is_pending_uninstall = false`, `is_up_to_date = true`, `infected = false`, `firewall_enabled = true`,
				`network_quarantine_enabled = true`, `location_enabled = true`,
			),
			"desktop": append(desktops, `network_statuses = ["disconnected"]`, `is_active = false`, `is_uninstalled = true`,
				`is_pending_uninstall = true`, `is_up_to_date = false`, `infected = true`, `firewall_enabled = false`,
				`network_quarantine_enabled = false`, `location_enabled = false`),
		})
	}
}

// What a console would refuse, or take for something else, is refused before it is asked.
func TestRefusedConfigurations(t *testing.T) {
	t.Parallel()
	console := start(t, seed())
	var steps []resource.TestStep
	for code, texts := range map[string][]string{
		`data "sentinelone_vulnerabilities" "x" { severities = ["critical"] }`:            {"severities", "CRITICAL"},
		`data "sentinelone_vulnerabilities" "x" { mitigation_statuses = ["ON_HOLD"] }`:    {"mitigation_statuses", "On hold"},
		`data "sentinelone_vulnerabilities" "x" { cve_id_contains = ["CVE-2025"] }`:       {"cve_id_contains", "at least 9"},
		`data "sentinelone_vulnerabilities" "x" { vendors = ["Other, Inc."] }`:            {"vendors", "comma"},
		`data "sentinelone_vulnerabilities" "x" { risk_score_between = "9-7" }`:           {"risk_score_between", "no range of scores"},
		`data "sentinelone_vulnerabilities" "x" { min_days_detected = 29 }`:               {"min_days_detected", "between 0 and 28"},
		`data "sentinelone_vulnerabilities" "x" { limit = 0 }`:                            {"limit", "at least 1"},
		`data "sentinelone_vulnerabilities" "x" { sort_by = "reason" }`:                   {"sort_by", "risk_score"},
		`data "sentinelone_vulnerabilities" "x" { sort_order = "desc" }`:                  {"sort_by"},
		`data "sentinelone_application_cves" "x" {}`:                                      {"Exactly one"},
		`data "sentinelone_application_cves" "x" { application_name = "Editor" }`:         {"application_vendor"},
		`data "sentinelone_application_endpoints" "x" {}`:                                 {"At least one"},
		`data "sentinelone_application_endpoints" "x" { application_vendor = "Example" }`: {"application_name"},
		`data "sentinelone_application_endpoints" "x" {
  application_ids            = ["1900000000000000001"]
  include_installation_paths = true
}`: {"application_name"},
	} {
		pattern := "(?s)"
		for _, text := range texts {
			pattern += strings.Join(strings.Fields(regexp.QuoteMeta(text)), `[\s│]+`) + ".*"
		}
		steps = append(steps, resource.TestStep{Config: acctest.Config(console, code), ExpectError: regexp.MustCompile(pattern)})
	}
	resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: acctest.Factories(), Steps: steps})
	if calls := console.Stats().Total; calls > 0 {
		t.Errorf("%d calls", calls)
	}
}
