package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// What is answered, and how, is the caller's choice.
func testVirtualPatchByChoice(t *testing.T, mirror acctest.Mirror) {
	t.Helper()
	seed := exploited()
	seed.Applications[unpackerOnLaptop].InstallationPath = ""
	long := seed.Applications[archiverOnLaptop]
	long.ID, long.Name, long.Version = "1900000000000000899", strings.Repeat("Suite ", 40)+"7", "1"
	ofLong := seed.Risks[archiverCVE]
	ofLong.CVEID, ofLong.ApplicationName, ofLong.ApplicationVersion, ofLong.RiskScore = "CVE-2024-0001", long.Name, long.Version, nil
	ofLong.BaseScore = new(7.1)
	seed.Applications, seed.Risks = append(seed.Applications, long), append(seed.Risks, ofLong)
	for name, description := range map[string]string{"Shield: by hand": "", "Old Shield: x": " [managed by terraform]"} {
		seed.Rules = append(seed.Rules, simulator.Rule{
			Name: name, Description: &description, Action: "Allow", Status: "Enabled", Scope: "global", OSTypes: []string{"linux"},
		})
	}
	const arguments = `
  scope          = { tenant = true }
  name           = "Shield"
  min_severity   = "MEDIUM"
  exploited_only = false
  min_score      = 7.1
  except         = ["PostgreSQL Global Development Group/PostgreSQL"]
  paths          = { "Igor Pavlov/7-Zip" = ["C:\\7-Zip\\7zG.exe", "C:\\7-Zip\\7z.exe"] }
  review_after   = "2026-12-31"
`
	p := newPatching(t, mirror, seed, arguments+`  remote_hosts = { cidrs = ["203.0.113.0/24"] }`)
	p.apply()
	p.mustHold(map[string]string{
		"Shield: by hand": "", "Old Shield: x": "",
		"Shield: Igor Pavlov/7-Zip":                                 "CVE-2023-52168, CVE-2024-11477; review by 2026-12-31",
		"Shield: Igor Pavlov/" + strings.Repeat("Suite ", 30)[:179]: "CVE-2024-0001; review by 2026-12-31",
	})
	archiver := func() simulator.Rule { return p.rule("Shield: Igor Pavlov/7-Zip") }
	rule := archiver()
	got := []any{rule.Scope, rule.Application.Values, rule.RemoteHosts}
	want := []any{
		"global",
		[]string{`C:\7-Zip\7z.exe`, `C:\7-Zip\7zG.exe`},
		[]simulator.Host{{Type: "cidr", Values: []string{"203.0.113.0/24"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the rule (-want +got):\n%s", diff)
	}
	said := p.plan(0, 0, 0)
	p.mustSay(said, "Not blocked, because the inventory knows no path.", "except: - win.rar GmbH/WinRAR: CVE-2023-38831")
	p.mustNotSay(said, "No longer needed", "Overdue")
	p.console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, simulator.Rule{
			Name: "Shield: y", Description: new("[managed by terraform]"), Action: "Allow", Status: "Enabled", Scope: "global",
			OSTypes: []string{"linux"},
		})
	})
	p.mustSay(p.plan(0, 0, 0), "made it: - Shield: y") // by another workspace
	p.console.Change(func(s *simulator.State) { s.Rules = s.Rules[:len(s.Rules)-1] })
	p.use(arguments) // no hosts any more: all
	p.plan(0, 2, 0)
	p.apply()
	if hosts := archiver().RemoteHosts; len(hosts) != 1 || hosts[0].Type != "any" {
		t.Errorf("the rule is about %+v", hosts)
	}
	p.console.Change(func(s *simulator.State) {
		for i := range 20 {
			risk := s.Risks[archiverCVE]
			risk.RiskScore = new(9.0)
			risk.CVEID = fmt.Sprint("CVE-2030-", 1000000+i)
			s.Risks = append(s.Risks, risk)
		}
	})
	p.apply()
	if text := *archiver().Description; len(text) > 256 || !strings.Contains(text, "CVE-2030-1000005 and 14 more; review by") {
		t.Errorf("described in %d characters: %s", len(text), text)
	}
}

// Wrong arguments are refused by words that tell what is right.
func testVirtualPatchArguments(t *testing.T, mirror acctest.Mirror) {
	t.Helper()
	p := newPatching(t, mirror, exploited(), "")
	for argument, want := range map[string]string{
		`min_severity = "NONE"`:     "The severity is one of LOW, MEDIUM, HIGH and CRITICAL.",
		`min_score = 11`:            "A score is 0 to 10.",
		`name = "x"`:                "2 to 50 characters",
		`except = ["7-Zip"]`:        "An application is its vendor, a slash and its name.",
		`limit = 0`:                 "The limit is a whole number from 1 on.",
		`paths = { "a/b" = [] }`:    "An application has at least one path.",
		`review_after = "tomorrow"`: "A day is written as 2026-12-31.",
		`review_after_days = 0`:     "a whole one from 1 on",
		`today = "22.11.2026"`:      "A day is written as 2026-12-31.",
		"min_severity = \"HIGH\"\n remote_hosts = { cidrs = [] }": "Nothing to match",
		`min_severity = "high"`:                                   "The severity is one of",
		`review_after = "2026-2-31"`:                              "A day is written as 2026-12-31.",
	} {
		p.use(argument)
		code, output := execute(t.Context(), t, p.Workspace, "plan")
		if code == 0 {
			t.Errorf("%s is taken", argument)
		}
		p.mustSay(flowing(output), want)
	}
}
