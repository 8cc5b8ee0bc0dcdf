package provider_test

import (
	"testing"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// What is not known for sure stops the plan. No rule goes.
func testVirtualPatchInDoubt(t *testing.T, mirror acctest.Mirror) {
	t.Helper()
	const usual = `min_severity = "HIGH"`
	p := newPatching(t, mirror, exploited(), usual)
	p.apply()
	before, sound := p.rules(), p.console.State()
	type doubt struct {
		fault     simulator.Fault
		change    func(*simulator.State)
		arguments string
		want      string
	}
	fails := func(kind, path, want string) doubt {
		return doubt{fault: simulator.Fault{Kind: kind, Path: path}, want: want}
	}
	const (
		applications = "/application-management/risks/applications"
		cves         = "/application-management/risks/cves"
		endpoints    = "/application-management/risks/endpoints"
		inventory    = "/application-management/inventory"
	)
	for name, what := range map[string]doubt{
		"applications are refused":            fails("403", applications, "Applications: View Risks"),
		"applications fail":                   fails("500", applications, "500"),
		"applications are cut off":            fails("truncate", applications, "Cannot list application risks"),
		"applications are left out":           fails("empty-page", applications, "Cannot list"),
		"applications are fewer than counted": fails("wrong-total", applications, "Cannot list"),
		"CVEs are refused":                    fails("403", cves, "Applications: View Risks"),
		"CVEs fail":                           fails("500", cves, "500"),
		"CVEs are left out":                   fails("empty-page", cves, "Cannot list"),
		"endpoints fail":                      fails("500", endpoints, "500"),
		"endpoints are left out":              fails("empty-page", endpoints, "Cannot list"),
		"paths are refused":                   fails("403", inventory, "Applications: View"),
		"paths fail":                          fails("500", inventory, "500"),
		"rules are refused":                   fails("403", "/firewall-control", "Firewall: View"),
		"more applications than told":         {arguments: "limit = 1", want: "There are 2 vulnerable applications, and only 1 were read"},
		"more CVEs than told": {
			arguments: "limit = 1\napplication_contains = [\"7-Zip\"]",
			want:      "Igor Pavlov/7-Zip has 3 CVEs, and only 1 were read",
		},
		"more endpoints than told": {
			arguments: "limit = 1\napplication_contains = [\"7-Zip\"]",
			change:    func(s *simulator.State) { s.Risks = s.Risks[archiverCVE : archiverCVE+1] },
			want:      "Igor Pavlov/7-Zip is on 2 endpoints, and only 1 were read",
		},
		"the licence ends": {
			change: func(s *simulator.State) { s.Behaviour.RiskLicense = "none" },
			want:   "The console does not tell what is exploited",
		},
		"the licence ends, and the console says so": {
			change: func(s *simulator.State) { s.Behaviour.RiskLicense, s.Behaviour.UnlicensedRisks = "none", "refuse" },
		},
		"the inventory forgets the paths": {
			change: func(s *simulator.State) {
				s.Applications[archiverOnLaptop].InstallationPath, s.Applications[archiverOnServer].InstallationPath = "", ""
			},
			want: "no path any more of what is still vulnerable: Igor Pavlov/7-Zip",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := p
			p.T = t
			if what.fault.Kind != "" {
				p.console.Fail(what.fault)
			}
			if what.change != nil {
				p.console.Change(what.change)
			}
			p.use(usual + "\n" + what.arguments)
			code, output := execute(t.Context(), t, p.Workspace, "apply", "-auto-approve")
			if code == 0 {
				t.Errorf("applied:\n%s", output)
			}
			p.mustSay(flowing(output), what.want)
			p.mustHold(before)
			p.console.ClearFaults()
			p.console.Change(func(s *simulator.State) { *s = sound })
		})
	}
	p.use(usual)
	p.plan(0, 0, 0)
}
