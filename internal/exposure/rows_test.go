package exposure_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/exposure"
	"terraform-provider-sentinelone/internal/simulator"
)

// row checks the first row of a data source.
func row(source, rows string, want map[string]knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.sentinelone_"+source, tfjsonpath.New(rows).AtSliceIndex(0),
		knownvalue.ObjectPartial(want))
}

const allRisks = `
data "sentinelone_application_risks" "x" {}
data "sentinelone_vulnerabilities" "x" {}
data "sentinelone_application_cves" "x" {
  application_ids = [data.sentinelone_application_risks.x.applications[0].application_id]
}
data "sentinelone_application_endpoints" "x" {
  application_ids            = [data.sentinelone_application_risks.x.applications[0].application_id]
  application_name           = data.sentinelone_application_risks.x.applications[0].name
  application_vendor         = data.sentinelone_application_risks.x.applications[0].vendor
  include_installation_paths = true
}

# What a person writes who prioritises.
output "first" {
  value = [
    for a in data.sentinelone_application_risks.x.applications : a.name
    if a.exploited_in_the_wild == "Yes" || coalesce(a.highest_risk_score, a.highest_nvd_base_score, 0) >= 9 && a.days_detected > 30
  ]
}
output "worst" {
  value = [
    for v in data.sentinelone_vulnerabilities.x.vulnerabilities : v.cve_id if coalesce(v.risk_score, v.base_score, 0) >= 8
  ]
}
`

// The rows are the same with the vulnerability licence and without: what is missing is null, and never zero.
func TestRowsByLicence(t *testing.T) {
	t.Parallel()
	exactly, null := knownvalue.StringExact, knownvalue.Null()
	for license, lists := range map[string][2]bool{ // which lists have the licence's fields: vulnerabilities, the others
		"": {false, true}, "none": {false, false}, "full": {true, true},
	} {
		for _, lacking := range []string{"", "null"} {
			t.Run(fmt.Sprintf("%q %q", license, lacking), func(t *testing.T) {
				t.Parallel()
				s := seed()
				s.Behaviour.RiskLicense, s.Behaviour.LackingFields = license, lacking
				if license != "full" {
					s.Behaviour.UnlicensedRisks = "refuse"
				}
				with := func(has bool, check knownvalue.Check) knownvalue.Check {
					if has {
						return check
					}
					return null
				}
				vulnerabilities := func(check knownvalue.Check) knownvalue.Check { return with(lists[0], check) }
				others := func(check knownvalue.Check) knownvalue.Check { return with(lists[1], check) }
				resource.UnitTest(t, resource.TestCase{
					ProtoV6ProviderFactories: acctest.Factories(),
					Steps: []resource.TestStep{{
						Config: acctest.Config(start(t, s), allRisks),
						ConfigStateChecks: []statecheck.StateCheck{
							row("application_risks.x", "applications", map[string]knownvalue.Check{
								"name": exactly("Editor"), "vendor": exactly("Example"), "highest_severity": exactly("CRITICAL"),
								"highest_nvd_base_score": knownvalue.Float64Exact(9.8), "cve_count": knownvalue.Int64Exact(1),
								"endpoint_count": knownvalue.Int64Exact(1), "days_detected": knownvalue.Int64Exact(100),
								"detection_date": exactly("2026-03-04T08:00:00Z"), "estimate": knownvalue.Bool(false),
								"mitigation_statuses": knownvalue.MapExact(map[string]knownvalue.Check{"On hold": knownvalue.Int64Exact(1)}),
								"highest_risk_score":  others(knownvalue.Float64Exact(8.25)), "exploited_in_the_wild": others(exactly("Yes")),
								"exploit_code_maturity": others(exactly("Proof of Concept")), "remediation_level": others(exactly("Official Fix")),
								"application_type": others(exactly("Application")), "endpoints_without_ticket": others(knownvalue.Int64Exact(0)),
							}),
							row("vulnerabilities.x", "vulnerabilities", map[string]knownvalue.Check{
								"cve_id": exactly("CVE-2025-1001"), "severity": exactly("CRITICAL"), "base_score": knownvalue.Float64Exact(9.8),
								"cvss_version": exactly("3.1"), "application": exactly("Editor 1.5"), "application_version": exactly("1.5"),
								"endpoint_id": exactly(laptop), "endpoint_name": exactly("laptop"), "os_type": exactly("macos"),
								"status": exactly("Detected"), "days_detected": knownvalue.Int64Exact(100), "mark_type": null, "marked_by": null,
								"published_date": exactly("2026-02-22T08:00:00Z"), "last_scan_result": exactly("Succeeded"),
								"risk_score": vulnerabilities(knownvalue.Float64Exact(8.25)), "report_confidence": vulnerabilities(exactly("Confirmed")),
								"mitigation_status": vulnerabilities(exactly("On hold")), "mitigation_status_reason": vulnerabilities(exactly("replaced")),
								"mitigation_status_changed_by":  vulnerabilities(exactly("Joe")),
								"mitigation_status_change_time": vulnerabilities(exactly("2026-05-04T08:00:00Z")),
							}),
							row("application_cves.x", "cves", map[string]knownvalue.Check{
								"cve_id": exactly("CVE-2025-1001"), "nvd_base_score": knownvalue.Float64Exact(9.8), "description": exactly("Runs code."),
								"nvd_url": exactly("https://nvd.nist.gov/vuln/detail/CVE-2025-1001"), "marks": knownvalue.ListExact(nil),
								"risk_score": others(knownvalue.Float64Exact(8.25)), "exploited_in_the_wild": others(exactly("Yes")),
							}),
							row("application_endpoints.x", "endpoints", map[string]knownvalue.Check{
								"endpoint_name": exactly("laptop"), "site_name": exactly("Headquarters"), "application_version": exactly("1.5"),
								"days_detected": knownvalue.Int64Exact(100), "mitigation_status": others(exactly("On hold")),
								"mitigation_status_changed_by": others(exactly("Joe")),
								"installation_paths":           knownvalue.ListExact([]knownvalue.Check{exactly("/Applications/Editor.app")}),
							}),
							statecheck.ExpectKnownOutputValue("first", knownvalue.ListExact([]knownvalue.Check{exactly("Editor")})),
							statecheck.ExpectKnownOutputValue("worst", knownvalue.ListExact([]knownvalue.Check{exactly("CVE-2025-1001")})),
						},
					}},
				})
			})
		}
	}
}

// An analyst's corrections come with the CVE and with each place that has it.
func TestMarks(t *testing.T) {
	t.Parallel()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(start(t, seed()), `
data "sentinelone_vulnerabilities" "x" { analyst_verdicts = ["False Positive"] }
data "sentinelone_application_cves" "x" {
  application_name   = "Viewer"
  application_vendor = "Other, Inc."
}`),
			ConfigStateChecks: []statecheck.StateCheck{
				row("vulnerabilities.x", "vulnerabilities", map[string]knownvalue.Check{
					"mark_type": knownvalue.StringExact("False Positive"), "marked_by": knownvalue.StringExact("Jane"),
					"reason": knownvalue.StringExact("not built in"), "marked_date": knownvalue.StringExact("2026-06-09T08:00:00Z"),
				}),
				row("application_cves.x", "cves", map[string]knownvalue.Check{
					"marks": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
						"type": knownvalue.StringExact("False Positive"), "reason": knownvalue.StringExact("not built in"),
						"marked_by": knownvalue.StringExact("Jane"), "marked_date": knownvalue.StringExact("2026-06-09T08:00:00Z"),
					})}),
				}),
			},
		}},
	})
}

// As a vulnerability is patched and vanishes, the data sources say so together.
func TestAgeing(t *testing.T) {
	t.Parallel()
	console := start(t, seed())
	code := acctest.Config(console, `
data "sentinelone_application_risks" "x" { application_contains = ["Editor"] }
data "sentinelone_vulnerabilities" "x" { cve_id_contains = ["CVE-2025-1001"] }
data "sentinelone_vulnerabilities" "ever" {
  cve_id_contains  = ["CVE-2025-1001"]
  include_removals = true
}
data "sentinelone_application_endpoints" "x" {
  application_name   = "Editor"
  application_vendor = "Example"
}`)
	step := func(change func(*simulator.State), present int64, ever knownvalue.Check) resource.TestStep {
		counted := func(source, name string, n int64) statecheck.StateCheck {
			return statecheck.ExpectKnownValue("data.sentinelone_"+source, tfjsonpath.New(name), knownvalue.Int64Exact(n))
		}
		return resource.TestStep{
			PreConfig: func() { console.Change(change) },
			Config:    code,
			ConfigStateChecks: []statecheck.StateCheck{
				counted("application_risks.x", "total", present), counted("vulnerabilities.x", "total", present),
				counted("application_endpoints.x", "total", present),
				statecheck.ExpectKnownValue("data.sentinelone_vulnerabilities.ever", tfjsonpath.New("vulnerabilities"), ever),
			},
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		}
	}
	with := func(status string) knownvalue.Check {
		return knownvalue.ListExact([]knownvalue.Check{
			knownvalue.ObjectPartial(map[string]knownvalue.Check{"status": knownvalue.StringExact(status)}),
		})
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			step(func(*simulator.State) {}, 1, with("Detected")),
			step(func(s *simulator.State) { s.Applications[0].RemovalDate = new(day(99)) }, 0, with("Removed")),
			step(func(s *simulator.State) { s.Applications = s.Applications[1:] }, 0, knownvalue.ListExact(nil)),
		},
	})
}

// The paths are those of the vulnerable versions, by operating system, ready for a firewall rule.
func TestInstallationPaths(t *testing.T) {
	t.Parallel()
	s := seed()
	install := func(id, agent, version, path string) {
		s.Applications = append(s.Applications, simulator.Software{
			ID: id, AgentID: agent, Name: "Editor", Vendor: "Example", Version: version, InstallationPath: path, DetectionDate: day(1),
		})
	}
	install("1900000000000000821", desktop, "1.5", `C:\Editor`)
	install("1900000000000000822", desktop, "2.0", `C:\Patched`)
	install("1900000000000000823", server, "1.5", "/elsewhere")
	s.Agents = append(s.Agents, simulator.Agent{ID: "1900000000000000915", ComputerName: "bare", SiteID: s.Sites[0].ID, OSType: "linux"})
	install("1900000000000000824", "1900000000000000915", "1.5", "")
	console := start(t, s)
	const config = `
data "sentinelone_application_risks" "x" { application_contains = ["Editor 1.5"] }
data "sentinelone_application_endpoints" "x" {
  application_ids            = [data.sentinelone_application_risks.x.applications[0].application_id]
  application_name           = data.sentinelone_application_risks.x.applications[0].name
  application_vendor         = data.sentinelone_application_risks.x.applications[0].vendor
  include_installation_paths = true
}
data "sentinelone_application_endpoints" "all_versions" {
  application_name           = "Editor"
  application_vendor         = "Example"
  scope                      = { tenant = true }
  include_installation_paths = true
}
data "sentinelone_application_endpoints" "not_asked" {
  application_name   = "Editor"
  application_vendor = "Example"
}
data "sentinelone_application_endpoints" "none" {
  application_name           = "Unheard of"
  application_vendor         = "Nobody"
  include_installation_paths = true
}
resource "sentinelone_firewall_rule" "x" {
  name        = "Editor on Windows"
  action      = "Block"
  os_types    = ["windows"]
  application = { paths = data.sentinelone_application_endpoints.x.installation_paths["windows"] }
}`
	paths := func(texts ...string) knownvalue.Check {
		checks := []knownvalue.Check{}
		for _, text := range texts {
			checks = append(checks, knownvalue.StringExact(text))
		}
		return knownvalue.ListExact(checks)
	}
	const address = "data.sentinelone_application_endpoints.x"
	on := func(i int, name string, texts ...string) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(address, tfjsonpath.New("endpoints").AtSliceIndex(i), knownvalue.ObjectPartial(
			map[string]knownvalue.Check{"endpoint_name": knownvalue.StringExact(name), "installation_paths": paths(texts...)}))
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, config),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("installation_paths"), knownvalue.MapExact(map[string]knownvalue.Check{
					"macos": paths("/Applications/Editor.app"), "windows": paths(`C:\Editor`),
				})),
				on(0, "bare"), on(1, "desktop", `C:\Editor`), on(2, "laptop", "/Applications/Editor.app"),
				statecheck.ExpectKnownValue("data.sentinelone_application_endpoints.all_versions", tfjsonpath.New("installation_paths"),
					knownvalue.MapExact(map[string]knownvalue.Check{
						"macos": paths("/Applications/Editor.app", "/elsewhere", "/opt/editor"), "windows": paths(`C:\Editor`),
					})),
				statecheck.ExpectKnownValue("data.sentinelone_application_endpoints.not_asked", tfjsonpath.New("installation_paths"),
					knownvalue.Null()),
				row("application_endpoints.not_asked", "endpoints", map[string]knownvalue.Check{"installation_paths": knownvalue.Null()}),
				statecheck.ExpectKnownValue("data.sentinelone_application_endpoints.none", tfjsonpath.New("installation_paths"),
					knownvalue.MapExact(nil)),
			},
			Check: func(*terraform.State) error {
				if paths := console.State().Rules[0].Application.Values; len(paths) != 1 || paths[0] != `C:\Editor` {
					return fmt.Errorf("the rule is about %q", paths)
				}
				return nil
			},
		}},
	})
}

// The console is not asked for the installations of versions that are not vulnerable.
func TestInstallationPathsOfOneVersion(t *testing.T) {
	t.Parallel()
	s := seed()
	for i := range 5 {
		s.Applications = append(s.Applications, simulator.Software{
			ID: fmt.Sprint(1900000000000000830 + i), AgentID: desktop, Name: "Editor", Vendor: "Example", Version: "2.0",
			InstallationPath: `C:\Patched`, DetectionDate: day(1),
		})
	}
	console := start(t, s, simulator.WithPageSize(1))
	_, diags := read(t, console, exposure.NewApplicationEndpointsDataSource(), map[string]tftypes.Value{
		"application_name": text("Editor"), "application_vendor": text("Example"), "include_installation_paths": yes(),
	})
	if calls := console.Stats().Total; calls != 2 || len(diags) > 0 {
		t.Errorf("%d calls for one endpoint and one installation, %v", calls, diags)
	}
}

// Endpoints come with what decides about a firewall rule, and with nothing secret or personal.
func TestEndpoints(t *testing.T) {
	t.Parallel()
	console := start(t, seed())
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, `data "sentinelone_endpoints" "x" { name = "laptop" }`),
			ConfigStateChecks: []statecheck.StateCheck{row("endpoints.x", "endpoints", map[string]knownvalue.Check{
				"id": knownvalue.StringExact(laptop), "name": knownvalue.StringExact("laptop"), "os_type": knownvalue.StringExact("macos"),
				"site_name": knownvalue.StringExact("Headquarters"), "group_name": knownvalue.StringExact("Default Group"),
				"firewall_enabled": knownvalue.Bool(true), "network_status": knownvalue.StringExact("connected"),
				"last_active_date": knownvalue.StringExact("2026-03-07T08:00:00Z"), "os_revision": knownvalue.Null(),
				"agent_version": knownvalue.StringExact("25.1.3.334"), "active_threats": knownvalue.Int64Exact(0),
				"last_ip_to_console": knownvalue.StringExact("192.0.2.7"),
				"location_ids":       knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(console.State().Locations[1].ID)}),
			})},
			Check: func(state *terraform.State) error {
				encoded, err := json.Marshal(state)
				if err == nil && strings.Contains(string(encoded), "jane.doe") {
					err = fmt.Errorf("the state tells who logged in: %s", encoded)
				}
				return err
			},
		}},
	})
}

// A refusal names the permission that is missing: for the paths it is another one.
func TestForbidden(t *testing.T) {
	t.Parallel()
	s := seed()
	s.Users[0].Permissions = []string{"Applications Page.viewRisks"}
	console := start(t, s)
	const application = "  application_name   = \"Editor\"\n  application_vendor = \"Example\"\n"
	refused := func(code, text string) resource.TestStep {
		pattern := strings.Join(strings.Fields(regexp.QuoteMeta(text)), `[\s│]+`)
		return resource.TestStep{Config: acctest.Config(console, code), ExpectError: regexp.MustCompile(pattern)}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: acctest.Config(console, "data \"sentinelone_application_endpoints\" \"x\" {\n"+application+"}")},
			refused(`data "sentinelone_endpoints" "x" {}`, "needs the permission Endpoints: View for that scope"),
			refused("data \"sentinelone_application_endpoints\" \"x\" {\n"+application+"  include_installation_paths = true\n}",
				"needs the permission Applications: View for that scope"),
		},
	})
	if _, diags := read(t, console, exposure.NewVulnerabilitiesDataSource(), nil); diags.HasError() {
		t.Error(diags)
	}
	console.Change(func(s *simulator.State) { s.Users[0].Permissions = []string{} })
	_, diags := read(t, console, exposure.NewVulnerabilitiesDataSource(), nil)
	if !diags.HasError() || !strings.Contains(diags[0].Detail(), "Applications: View Risks") {
		t.Error(diags)
	}
}
