package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// Where the seed has what the tests below change.
const (
	archiverOnLaptop, unpackerOnLaptop, archiverOnServer = 0, 1, 4 // in Applications
	archiverCVE, databaseCVE                             = 0, 2    // in Risks
)

// exploited is a console with three CVEs of two applications that are used in attacks. The archiver has two more, of
// which one is not exploited, and the other is not grave.
func exploited() simulator.State {
	seed := simulator.Demo()
	more := func(cve string, score float64, exploited string) {
		risk := seed.Risks[archiverCVE]
		risk.CVEID, risk.BaseScore, risk.RiskScore, risk.ExploitedInTheWild = cve, new(score), new(score), exploited
		seed.Risks = append(seed.Risks, risk)
	}
	more("CVE-2024-11477", 7.8, "Yes")
	more("CVE-2023-52168", 7.2, "Unknown")
	more("CVE-2023-52169", 3.9, "Yes")
	return seed
}

// patching is a workspace that uses the module, on a console.
type patching struct {
	*testing.T
	*acctest.Workspace
	dir     string
	console *simulator.Console
}

func newPatching(t *testing.T, mirror acctest.Mirror, seed simulator.State, arguments string) patching {
	t.Helper()
	console := simulator.Start(t, simulator.WithSeed(seed))
	dir := t.TempDir()
	p := patching{t, newWorkspaceIn(t, dir, mirror, console, `retry_timeout = "1s"`), dir, console}
	if err := p.Add(os.DirFS(filepath.Join(root, "examples", "modules"))); err != nil {
		t.Fatal(err)
	}
	p.use(arguments)
	succeed(t, p.Workspace, "init")
	return p
}

// use gives the module other arguments.
func (p patching) use(arguments string) {
	p.Helper()
	code := "module \"virtual_patch\" {\n  source = \"./virtual-patch\"\n" + arguments + "\n}\n"
	if err := os.WriteFile(filepath.Join(p.dir, "main.tf"), []byte(code), 0o600); err != nil {
		p.Fatal(err)
	}
}

// plan plans a number of changes, and returns what else it says, without line breaks.
func (p patching) plan(add, change, destroy int) string {
	p.Helper()
	want := fmt.Sprintf("Plan: %d to add, %d to change, %d to destroy.", add, change, destroy)
	if add+change+destroy == 0 {
		want = "No changes."
	}
	said := flowing(succeed(p.T, p.Workspace, "plan"))
	if !strings.Contains(said, want) {
		p.Fatalf("not %q:\n%s", want, said)
	}
	return said
}

func (p patching) apply() { p.Helper(); succeed(p.T, p.Workspace, "apply", "-auto-approve") }

// rules are the descriptions of the console's rules, without the marker, by name.
func (p patching) rules() map[string]string {
	rules := map[string]string{}
	for _, rule := range p.console.State().Rules {
		rules[rule.Name] = strings.TrimSuffix(*rule.Description, " [managed by terraform]")
	}
	return rules
}

// rule is the console's rule of a name.
func (p patching) rule(name string) simulator.Rule {
	p.Helper()
	rules := p.console.State().Rules
	i := slices.IndexFunc(rules, func(r simulator.Rule) bool { return r.Name == name })
	if i < 0 {
		p.Fatalf("no rule %s", name)
	}
	return rules[i]
}

func (p patching) mustHold(want map[string]string) {
	p.Helper()
	if diff := cmp.Diff(want, p.rules()); diff != "" {
		p.Fatalf("the rules on the console (-want +got):\n%s", diff)
	}
}

// mustSay checks an output for texts, in any order.
func (p patching) mustSay(output string, texts ...string) {
	p.Helper()
	for _, text := range texts {
		if !strings.Contains(output, text) {
			p.Errorf("not said: %s\n%s", text, output)
		}
	}
}

func (p patching) mustNotSay(output string, texts ...string) {
	p.Helper()
	for _, text := range texts {
		if strings.Contains(output, text) {
			p.Errorf("said: %s\n%s", text, output)
		}
	}
}

// flowing is text on one line: the CLI breaks lines where it likes.
func flowing(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestVirtualPatch(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]func(*testing.T, acctest.Mirror){
		"lifecycle": testVirtualPatchLifecycle,
		"doubt":     testVirtualPatchInDoubt,
		"choice":    testVirtualPatchByChoice,
		"arguments": testVirtualPatchArguments,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, mirror)
		})
	}
}

// Rules come and go with the vulnerabilities that they answer, and with nothing else. All along, the checks name what is
// left to do.
func testVirtualPatchLifecycle(t *testing.T, mirror acctest.Mirror) {
	t.Helper()
	const (
		arguments = "min_severity = \"HIGH\"\n  today = "
		archiver  = "Virtual patch: Igor Pavlov/7-Zip"
		unpacker  = "Virtual patch: win.rar GmbH/WinRAR"
		database  = "Virtual patch: PostgreSQL Global Development Group/PostgreSQL"
		removed   = "No longer needed"
		overdue   = "Overdue for review"
	)
	p := newPatching(t, mirror, exploited(), arguments+`"2025-04-04"`)

	p.apply() // three CVEs, two rules
	both := map[string]string{
		archiver: "CVE-2024-11477, CVE-2025-0411; review by 2025-04-04",
		unpacker: "CVE-2023-38831; review by 2025-04-05",
	}
	p.mustHold(both)
	rule := p.rule(archiver)
	tag := p.console.State().Tags[len(p.console.State().Tags)-1]
	got := []any{rule.Action, rule.Status, rule.Direction, rule.OSTypes, rule.Application.Values, len(rule.RemoteHosts), rule.TagIDs, tag.Name}
	want := []any{
		"Block", "Enabled", "any", []string{"windows"}, []string{`C:\Program Files\7-Zip`}, 1, []string{tag.ID}, "Virtual patch",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the rule (-want +got):\n%s", diff)
	}
	said := p.plan(0, 0, 0)
	p.mustSay(said, "Still detected: - CVE-2023-38831 on 1 endpoint: win.rar GmbH/WinRAR "+
		"- CVE-2024-11477 on 2 endpoints: Igor Pavlov/7-Zip - CVE-2025-0411 on 2 endpoints: Igor Pavlov/7-Zip")
	p.mustNotSay(said, removed, overdue)

	p.console.Change(func(s *simulator.State) { s.Risks[archiverCVE].Severity = "CRITICAL" }) // gets worse
	p.plan(0, 0, 0)

	installed, risks := p.console.State().Applications, p.console.State().Risks
	p.console.Change(func(s *simulator.State) { // beside an older version that has one of the CVEs, too
		older, risk := installed[archiverOnLaptop], risks[archiverCVE]
		older.ID, older.Version, risk.ApplicationVersion = "1900000000000000898", "21.07", "21.07"
		s.Applications, s.Risks = append(s.Applications, older), append(s.Risks, risk)
	})
	p.mustSay(p.plan(0, 0, 0), "CVE-2025-0411 on 2 endpoints: Igor Pavlov/7-Zip")
	p.console.Change(func(s *simulator.State) { s.Applications, s.Risks = installed, risks })

	now := time.Now()
	p.console.Change(func(s *simulator.State) { s.Applications[unpackerOnLaptop].RemovalDate = &now }) // patched
	said = p.plan(0, 0, 1)
	p.mustSay(said, `this["win.rar GmbH/WinRAR"] will be destroyed`,
		"Still detected: - CVE-2024-11477 on 2 endpoints: Igor Pavlov/7-Zip - CVE-2025-0411 on 2 endpoints: Igor Pavlov/7-Zip ",
		removed+", and removed where this workspace made it: - "+unpacker+": CVE-2023-38831; review by 2025-04-05")
	p.mustHold(both)
	p.apply()
	p.mustHold(map[string]string{archiver: both[archiver]})
	p.mustNotSay(p.plan(0, 0, 0), removed, "CVE-2023-38831")

	p.console.Change(func(s *simulator.State) { s.Risks[databaseCVE].ExploitedInTheWild = "Yes" }) // appears
	p.mustSay(p.plan(1, 0, 0), "CVE-2024-10979 on 1 endpoint: PostgreSQL Global Development Group/PostgreSQL")
	p.apply()
	p.mustHold(map[string]string{archiver: both[archiver], database: "CVE-2024-10979; review by 2025-04-07"})

	p.console.Change(func(s *simulator.State) { s.Applications[archiverOnServer].Version = "25.00" }) // patched here, not there
	p.mustSay(p.plan(0, 0, 0), "CVE-2025-0411 on 1 endpoint:")
	p.use(arguments + `"2025-04-05"`)
	said = p.plan(0, 0, 0)
	p.mustSay(said, overdue+": - "+archiver+": since 2025-04-04")
	p.mustNotSay(said, database+": since")

	p.console.Change(func(s *simulator.State) {
		s.Risks[archiverCVE].Mark = &simulator.Mark{Type: "False Positive", MarkedDate: now}
	})
	p.plan(0, 1, 0)
	p.apply()
	p.mustHold(map[string]string{archiver: "CVE-2024-11477; review by 2025-04-04", database: "CVE-2024-10979; review by 2025-04-07"})

	p.console.Change(func(s *simulator.State) { s.Risks = nil }) // vanishes
	p.plan(0, 0, 2)
	p.apply()
	p.mustHold(map[string]string{})
	p.mustNotSay(p.plan(0, 0, 0), "Warning")
}
