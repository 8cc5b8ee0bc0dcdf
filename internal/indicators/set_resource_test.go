package indicators_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const (
	address = "sentinelone_indicator_set.test"

	sha1   = "3395856ce81f2b7382dee72602f798b642f14140"
	sha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f"
)

// code is a set called feed, with these indicators and attributes.
func code(document string, attributes ...string) string {
	return fmt.Sprintf(`
resource "sentinelone_indicator_set" "test" {
  name       = "feed"
  indicators = jsonencode(%s)
  %s
}
`, document, strings.Join(attributes, "\n  "))
}

// holds checks what the console holds: rules as "NAME status direction hosts", entries as "os hash description".
func holds(console *simulator.Console, want ...string) func(*terraform.State) error {
	return func(*terraform.State) error {
		slices.Sort(want)
		if diff := cmp.Diff(want, contents(console), cmpopts.EquateEmpty()); diff != "" {
			return fmt.Errorf("the console holds other things (-want +got):\n%s", diff)
		}
		return nil
	}
}

func contents(console *simulator.Console) (got []string) {
	state := console.State()
	for _, rule := range state.Rules {
		for _, host := range rule.RemoteHosts {
			got = append(got, strings.Join(append([]string{rule.Name, rule.Status, rule.Direction}, host.Values...), " "))
		}
	}
	for _, entry := range state.Restrictions {
		hash := text(entry.Value) + text(entry.SHA256Value)
		got = append(got, strings.Join([]string{entry.OSType, hash[:8], text(entry.Description)}, " "))
	}
	slices.Sort(got)
	return got
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// writes checks how many calls have changed something since the statistics were reset.
func writes(console *simulator.Console, want int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		got := 0
		for route, n := range console.Stats().Requests {
			if !strings.HasPrefix(route, "GET ") {
				got += n
			}
		}
		if got != want {
			return fmt.Errorf("%d writes instead of %d: %v", got, want, console.Stats().Requests)
		}
		return nil
	}
}

// expect is a check of an attribute of the set.
func expect(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), want)
}

func counted(end, kind string, n int64) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New("summary").AtMapKey(end).AtMapKey(kind), knownvalue.Int64Exact(n))
}

var (
	updated = acctest.Planned(plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate))
	nothing = acctest.Planned(plancheck.ExpectEmptyPlan())
)

// Each attribute, from its creation over its changes to its clearing.
func TestSetLifecycle(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	const document = `{ "203.0.113.7" = "scanner", "evil.example" = "", "` + sha1 + `" = "" }`
	const marker = "[managed by terraform: set 99767719]"
	windows := `os_types = ["windows"]`
	reset := func() { console.ResetStats() }
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		CheckDestroy:             holds(console),
		Steps: []resource.TestStep{
			{
				Config: acctest.Config(console, code(document, windows)),
				Check: resource.ComposeTestCheckFunc(writes(console, 3), holds(console,
					"feed (addresses 1) Enabled outbound 203.0.113.7",
					"feed (domains 1) Enabled outbound evil.example",
					"windows 3395856c feed "+marker)),
				ConfigStateChecks: []statecheck.StateCheck{
					expect("id", knownvalue.StringExact("99767719")), expect("skipped", knownvalue.StringExact("{}")),
					expect("failed", knownvalue.StringExact("{}")), expect("firewall_rule_ids", knownvalue.ListSizeExact(2)),
					counted("enforced", "ipv4", 1), counted("enforced", "sha1", 1), counted("enforced", "cidr", 0),
				},
			},
			{ // respelled, and in another order
				Config: acctest.Config(console, code(
					`{ "EVIL[.]example." = "", "`+strings.ToUpper(sha1)+`" = "", "203[.]0.113.7/32" = "scanner" }`, windows)),
				ConfigPlanChecks: nothing,
			},
			{ // a note and an expiry, which the state alone has
				PreConfig: reset,
				Config: acctest.Config(console, code(strings.Replace(document, `"scanner"`,
					`{ note = "a scanner", expires = "2099-01-01T00:00:00Z" }`, 1), windows)),
				ConfigPlanChecks: updated,
				Check:            writes(console, 0),
			},
			{
				ResourceName:            address,
				ImportState:             true,
				ImportStateIdFunc:       func(*terraform.State) (string, error) { return "site/" + acctest.Site(console) + "/set/feed", nil },
				ImportStateVerify:       true,
				ImportStateVerifyIgnore: []string{"indicators"}, // notes
			},
			{ // described, renamed, and for another direction
				PreConfig: reset,
				Config: acctest.Config(console, strings.Replace(
					code(document, windows, `description = "case 4711"`, `direction = "any"`), `"feed"`, `"phishing"`, 1)),
				ConfigPlanChecks: updated,
				Check: resource.ComposeTestCheckFunc(writes(console, 3), holds(console,
					"phishing (addresses 1) Enabled any 203.0.113.7",
					"phishing (domains 1) Enabled any evil.example",
					"windows 3395856c phishing: case 4711 "+marker)),
				ConfigStateChecks: []statecheck.StateCheck{expect("id", knownvalue.StringExact("99767719"))},
			},
			{ // cleared, disabled, on another operating system, too
				PreConfig:        reset,
				Config:           acctest.Config(console, code(document, `status = "Disabled"`, `os_types = ["linux", "windows"]`)),
				ConfigPlanChecks: updated,
				Check: resource.ComposeTestCheckFunc(writes(console, 4), holds(console,
					"feed (addresses 1) Disabled outbound 203.0.113.7",
					"feed (domains 1) Disabled outbound evil.example",
					"linux 3395856c feed "+marker, "windows 3395856c feed "+marker)),
			},
			{ // one out, one in, one in each
				PreConfig: reset,
				Config: acctest.Config(console, code(
					`{ "203.0.113.8" = "", "evil.example" = "", "198.51.100.0/24" = "", "`+sha256+`" = "" }`, windows)),
				ConfigPlanChecks: updated,
				Check: resource.ComposeTestCheckFunc(writes(console, 5), holds(console,
					"feed (addresses 1) Enabled outbound 203.0.113.8",
					"feed (domains 1) Enabled outbound evil.example",
					"feed (networks 1) Enabled outbound 198.51.100.0/24",
					"windows 275a021b feed "+marker)),
			},
		},
	})
}

// What happens on the console, and what comes of it: see the table in the set's documentation of behaviour.
func TestSetEvents(t *testing.T) {
	t.Parallel()
	two := code(`{ "203.0.113.7" = "one", "203.0.113.8" = "two", "evil.example" = "" }`)
	rule := func(s *simulator.State, name string) *simulator.Rule {
		return &s.Rules[slices.IndexFunc(s.Rules, func(r simulator.Rule) bool { return r.Name == name })]
	}
	addresses := func(s *simulator.State) *simulator.Rule { return rule(s, "feed (addresses 1)") }
	everything := []string{
		"feed (addresses 1) Enabled outbound 203.0.113.7 203.0.113.8", "feed (domains 1) Enabled outbound evil.example",
	}
	for name, event := range map[string]struct {
		happens func(*simulator.State)
		writes  int
	}{
		"a value is removed": {
			func(s *simulator.State) { addresses(s).RemoteHosts[0].Values = []string{"203.0.113.8"} }, 1,
		},
		"a value is added": {
			func(s *simulator.State) {
				addresses(s).RemoteHosts[0].Values = []string{"203.0.113.7", "203.0.113.8", "203.0.113.9"}
			}, 1,
		},
		"a rule is disabled": {func(s *simulator.State) { addresses(s).Status = "Disabled" }, 1},
		"a rule is narrowed": {func(s *simulator.State) { addresses(s).Protocol = "TCP" }, 1},
		"a rule allows":      {func(s *simulator.State) { addresses(s).Action = "Allow" }, 1},
		"a rule is for any host": {
			func(s *simulator.State) {
				addresses(s).RemoteHosts = []simulator.Host{{Type: "any", Values: []string{}}}
			}, 1,
		},
		"a rule is renamed": {func(s *simulator.State) { addresses(s).Name = "by hand" }, 1},
		"a rule is described": {func(s *simulator.State) {
			addresses(s).Description = new("by hand [managed by terraform: set 99767719]")
		}, 1},
		"a rule is deleted":      {func(s *simulator.State) { s.Rules = s.Rules[1:] }, 1},
		"both rules are deleted": {func(s *simulator.State) { s.Rules = nil }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t)
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
				CheckDestroy:             holds(console),
				Steps: []resource.TestStep{
					{Config: acctest.Config(console, two), Check: holds(console, everything...)},
					{
						PreConfig:        func() { console.Change(event.happens); console.ResetStats() },
						Config:           acctest.Config(console, two),
						ConfigPlanChecks: updated,
						Check:            resource.ComposeTestCheckFunc(writes(console, event.writes), holds(console, everything...)),
					},
				},
			})
		})
	}
}

// What others enforce is left to them for as long as they do.
func TestSetSkips(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	site := acctest.Site(console)
	theirs := func(status string) simulator.Rule {
		return simulator.Rule{
			ID: "1900000000000000901", Name: "theirs", Action: "Block", Status: status, Scope: "site", ScopeID: site,
			Direction: "any", OSTypes: []string{"linux", "macos", "windows"},
			RemoteHosts: []simulator.Host{{Type: "cidr", Values: []string{"203.0.113.0/24"}}},
		}
	}
	hash := sha1
	console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, theirs("Enabled"))
		s.Restrictions = append(s.Restrictions, simulator.Restriction{Scope: "site", ScopeID: site, OSType: "windows", Value: &hash})
	})
	document := `{ "203.0.113.7" = "", "evil.example" = "", "` + sha1 + `" = "" }`
	ours := "feed (domains 1) Enabled outbound evil.example"
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		CheckDestroy:             holds(console, "theirs Disabled any 203.0.113.0/24", "windows 3395856c "),
		Steps: []resource.TestStep{
			{
				Config:      acctest.Config(console, code(document, `os_types = ["windows"]`, `on_existing = "error"`)),
				ExpectError: regexp.MustCompile(`(?s)Indicators enforced already.*203.0.113.7: by firewall_rule 1900000000000000901`),
			},
			{
				Config: acctest.Config(console, code(document, `os_types = ["windows"]`)),
				Check:  holds(console, ours, "theirs Enabled any 203.0.113.0/24", "windows 3395856c "),
				ConfigStateChecks: []statecheck.StateCheck{
					expect("skipped", knownvalue.StringRegexp(regexp.MustCompile(
						`^\{"203.0.113.7":\{"kind":"firewall_rule","id":"1900000000000000901","scope":"site/`+site+`","creator":"[^"]*"\},"`+sha1+`":\{"kind":"blocklist_entry",`))),
					counted("skipped", "ipv4", 1), counted("skipped", "sha1", 1), counted("enforced", "domain", 1),
				},
			},
			{Config: acctest.Config(console, code(document, `os_types = ["windows"]`)), ConfigPlanChecks: nothing},
			{ // no longer covered
				PreConfig: func() {
					console.Change(func(s *simulator.State) {
						s.Rules[slices.IndexFunc(s.Rules, func(r simulator.Rule) bool { return r.Name == "theirs" })] = theirs("Disabled")
					})
					console.ResetStats()
				},
				Config:           acctest.Config(console, code(document, `os_types = ["windows"]`)),
				ConfigPlanChecks: updated,
				Check: resource.ComposeTestCheckFunc(writes(console, 1), holds(console, ours,
					"feed (addresses 1) Enabled outbound 203.0.113.7", "theirs Disabled any 203.0.113.0/24", "windows 3395856c ")),
			},
		},
	})
}

// An indicator expires by the clock: planned once, then silence.
func TestSetExpires(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	config := acctest.Config(console, code(`{ "203.0.113.7" = { expires = "2027-01-02T00:00:00Z" }, "203.0.113.8" = "" }`, `max_removals = 0`))
	both, one := "feed (addresses 1) Enabled outbound 203.0.113.7 203.0.113.8", "feed (addresses 1) Enabled outbound 203.0.113.8"
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0), acctest.WithClock(func() time.Time { return now })),
		CheckDestroy:             holds(console),
		Steps: []resource.TestStep{
			{Config: config, Check: holds(console, both)},
			{
				PreConfig: func() { now = now.AddDate(0, 0, 1); console.ResetStats() },
				Config:    config,
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
					plancheck.ExpectUnknownValue(address, tfjsonpath.New("summary"))),
				Check:             resource.ComposeTestCheckFunc(writes(console, 1), holds(console, one)),
				ConfigStateChecks: []statecheck.StateCheck{counted("expired", "ipv4", 1), counted("enforced", "ipv4", 1)},
			},
			{Config: config, ConfigPlanChecks: nothing},
			{ // gone from the feed at last
				Config: acctest.Config(console, code(`{ "203.0.113.8" = "" }`, `max_removals = 0`)),
				Check:  holds(console, one),
			},
		},
	})
}

// One of 500 that the console refuses does not keep the others from being enforced.
func TestSetOneRefused(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	console.Change(func(s *simulator.State) { s.Behaviour.RefusedHost = "host-77.example" })
	document := `{ for i in range(500) : "host-${i}.example" => "" }`
	names := make([]string, 0, 500)
	for i := range 500 {
		if i != 77 {
			names = append(names, fmt.Sprintf("host-%d.example", i))
		}
	}
	slices.Sort(names)
	others := "feed (domains 1) Enabled outbound " + strings.Join(names, " ")
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		CheckDestroy:             holds(console),
		Steps: []resource.TestStep{
			{
				Config:             acctest.Config(console, code(document)),
				ExpectNonEmptyPlan: true,
				Check:              holds(console, others),
				ConfigStateChecks: []statecheck.StateCheck{
					expect("failed", knownvalue.StringRegexp(regexp.MustCompile(`^\{"host-77.example":"HTTP 400`))),
					counted("failed", "domain", 1), counted("enforced", "domain", 499),
				},
			},
			{ // the console takes it now
				PreConfig:        func() { console.Change(func(s *simulator.State) { s.Behaviour.RefusedHost = "" }) },
				Config:           acctest.Config(console, code(document)),
				ConfigPlanChecks: updated,
				ConfigStateChecks: []statecheck.StateCheck{
					expect("failed", knownvalue.StringExact("{}")), counted("enforced", "domain", 500),
				},
			},
		},
	})
}
