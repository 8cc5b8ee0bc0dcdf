package indicators_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// A rule that was opened to any host has to go even when nothing that it held is wanted any longer.
func TestSetRuleForAnyHost(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		CheckDestroy:             holds(console),
		Steps: []resource.TestStep{
			{Config: acctest.Config(console, code(`{ "203.0.113.7" = "", "evil.example" = "" }`))},
			{
				PreConfig: func() {
					console.Change(func(s *simulator.State) {
						s.Rules[0].RemoteHosts = []simulator.Host{{Type: "any", Values: []string{}}}
					})
				},
				Config:           acctest.Config(console, code(`{ "evil.example" = "" }`)),
				ConfigPlanChecks: updated,
				Check:            holds(console, "feed (domains 1) Enabled outbound evil.example"),
			},
		},
	})
}

// A marker that somebody removes is no drift; the next change puts it back.
func TestSetMarkerRemoved(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		CheckDestroy:             holds(console),
		Steps: []resource.TestStep{
			{Config: acctest.Config(console, code(`{ "evil.example" = "" }`))},
			{
				PreConfig:        func() { console.Change(func(s *simulator.State) { s.Rules[0].Description = nil }) },
				Config:           acctest.Config(console, code(`{ "evil.example" = "" }`)),
				ConfigPlanChecks: nothing,
			},
			{
				Config: acctest.Config(console, code(`{ "evil.example" = "noted" }`)),
				Check: func(*terraform.State) error {
					if got := text(console.State().Rules[0].Description); got != "[managed by terraform: set 99767719]" {
						return fmt.Errorf("described as %q", got)
					}
					return nil
				},
			},
		},
	})
}

// What a feed that breaks looks like is stopped before anything is changed, also when it was not known at plan.
func TestSetRemovals(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	hosts := func(n int) string { return fmt.Sprintf(`{ for i in range(%d) : "host-${i}.example" => "" }`, n) }
	later := func(document string) string {
		return "resource \"terraform_data\" \"feed\" {\n  input = jsonencode(" + document + ")\n}\n" +
			strings.Replace(code(document), "jsonencode("+document+")", "terraform_data.feed.output", 1)
	}
	stopped := func(config, why string) resource.TestStep {
		return resource.TestStep{Config: acctest.Config(console, config), ExpectError: regexp.MustCompile(why)}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		CheckDestroy:             holds(console),
		Steps: []resource.TestStep{
			{Config: acctest.Config(console, later(hosts(30)))},
			stopped(later(hosts(14)), `(?s)Too many removals.*16 of 30`),
			stopped(later(`{}`), `(?s)Set would be emptied.*30 indicators`),
			stopped(code(hosts(14)), `Too many removals`),
			stopped(code(`{}`), `Set would be emptied`),
			stopped(code(hosts(0), `max_removals = 30`), `Set would be emptied`),
			stopped(code(hosts(28), `max_removals = 1`), `Too many removals`),
			{Config: acctest.Config(console, code(hosts(14), `max_removals = 16`))},
			{Config: acctest.Config(console, code(hosts(1)))}, // a small set may lose what it will
		},
	})
}

// What can't be read, or would hurt, is refused at plan, with the reason for each.
func TestSetRefusesAtPlan(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		code(`["evil.example"]`): `jsonencode\(\{ for`,
		code(`{ "invoice.exe" = "", "0123456789abcdef0123456789abcdef" = "" }`):                                                   `(?s)is an MD5.*"invoice.exe" is no domain`,
		code(`{ "10.0.0.1" = "", "8.8.8.8" = "" }`):                                                                               `(?s)2 of the indicators.*10.0.0.1 lies in.*8.8.8.8 is a public`,
		code(`{ "evil.example" = "" }`, `protected = ["evil.example"]`):                                                           `evil.example is protected`,
		code(`{ "evil.example" = "" }`, `protected = ["no such thing"]`):                                                          `(?s)Invalid value.*no such thing`,
		code(`{ "evil.example" = "" }`, `allow = ["10.0.0.1.2"]`):                                                                 `Invalid value`,
		strings.Replace(code(`{ "evil.example" = "" }`), `"feed"`, `"a: b"`, 1):                                                   `colon before a space`,
		code(`{ "evil.example" = "" }`, `values_per_rule = 5001`):                                                                 `between 1 and 5000`,
		code(`{ "evil.example" = "" }`) + strings.Replace(code(`{}`), "test", "other", 1):                                         `Two sets of one name`,
		code(`{ "`+sha1+`" = "" }`) + strings.NewReplacer("test", "other", "feed", "second").Replace(code(`{ "`+sha1+`" = "" }`)): `(?s)Hashes in two sets.*"(feed|second)" and\s+"(feed|second)"`,
	} {
		console := simulator.Start(t)
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories(),
			Steps:                    []resource.TestStep{{Config: acctest.Config(console, config), ExpectError: regexp.MustCompile(want)}},
		})
		if n := maps.Clone(console.Stats().Requests)["POST /web/api/v2.1/firewall-control"]; n > 0 {
			t.Errorf("%d rules were made all the same", n)
		}
	}
	console := simulator.Start(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		Steps: []resource.TestStep{
			{Config: acctest.Config(console, code(`{ "10.0.0.1" = "" }`, `allow = ["10[.]0.0.1"]`))},
		},
	})
}

// A set that is there already is taken over by its name, unless it holds too much else to be of this one.
func TestSetTakesOver(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	site := acctest.Site(console)
	var names []string
	for i := range 30 {
		names = append(names, fmt.Sprintf("host-%d.example", i))
	}
	console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, simulator.Rule{
			Name: "feed (domains 1)", Description: new("[managed by terraform: set 0badcafe]"), Action: "Block", Status: "Enabled",
			Scope: "site", ScopeID: site, Direction: "outbound", OSTypes: []string{"linux", "macos", "windows"},
			RemoteHosts: []simulator.Host{{Type: "fqdn", Values: names}},
		})
	})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		CheckDestroy:             holds(console),
		Steps: []resource.TestStep{
			{
				Config:      acctest.Config(console, code(`{ "evil.example" = "" }`)),
				ExpectError: regexp.MustCompile(`(?s)Too many removals.*30 of 30 indicators`),
			},
			{
				Config: acctest.Config(console, code(`{ for i in range(20) : "host-${i}.example" => "" }`)),
				Check: resource.ComposeTestCheckFunc(writes(console, 1), func(*terraform.State) error {
					if n := len(console.State().Rules[0].RemoteHosts[0].Values); n != 20 {
						return fmt.Errorf("%d hosts", n)
					}
					return nil
				}),
				ConfigStateChecks: []statecheck.StateCheck{expect("id", knownvalue.StringExact("0badcafe"))},
			},
		},
	})
}

// An import holds what the console holds, without notes; giving those back writes nothing.
func TestSetImported(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	site := acctest.Site(console)
	marker := "[managed by terraform: set 0badcafe]"
	console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, simulator.Rule{
			Name: "feed (domains 1)", Description: &marker, Action: "Block", Status: "Enabled", Scope: "site", ScopeID: site,
			Direction: "outbound", OSTypes: []string{"linux", "macos", "windows"},
			RemoteHosts: []simulator.Host{{Type: "fqdn", Values: []string{"evil.example", "worse.example"}}},
		})
	})
	block := "import {\n  to = " + address + "\n  id = \"site/" + site + "/set/feed\"\n}\n"
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		CheckDestroy:             holds(console),
		Steps: []resource.TestStep{
			{
				Config:           acctest.Config(console, block+code(`{ "evil.example" = "phishing", "worse.example" = "" }`)),
				ConfigPlanChecks: updated,
				Check:            writes(console, 0),
				ConfigStateChecks: []statecheck.StateCheck{
					expect("id", knownvalue.StringExact("0badcafe")), counted("enforced", "domain", 2),
				},
			},
		},
	})
}

// What other objects of the provider enforce is not skipped: an address is blocked by both, and a hash, of which a scope can
// have one entry, fails.
func TestSetBesideItsOwnKind(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	site, hash := acctest.Site(console), sha1
	marker := "[managed by terraform]"
	console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, simulator.Rule{
			Name: "rule", Description: &marker, Action: "Block", Status: "Enabled", Scope: "site", ScopeID: site, Direction: "any",
			OSTypes:     []string{"linux", "macos", "windows"},
			RemoteHosts: []simulator.Host{{Type: "addresses", Values: []string{"203.0.113.7"}}},
		})
		s.Restrictions = append(s.Restrictions, simulator.Restriction{
			Scope: "site", ScopeID: site, OSType: "windows", Value: &hash, Description: &marker,
		})
	})
	others := []string{"rule Enabled any 203.0.113.7", "windows 3395856c [managed by terraform]"}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		CheckDestroy:             holds(console, others...),
		Steps: []resource.TestStep{{
			Config:             acctest.Config(console, code(`{ "203.0.113.7" = "", "`+sha1+`" = "" }`, `os_types = ["windows"]`)),
			ExpectNonEmptyPlan: true,
			Check:              holds(console, append([]string{"feed (addresses 1) Enabled outbound 203.0.113.7"}, others...)...),
			ConfigStateChecks: []statecheck.StateCheck{
				expect("failed", knownvalue.StringRegexp(regexp.MustCompile(`which is managed on its own`))),
				expect("skipped", knownvalue.StringExact("{}")),
			},
		}},
	})
}

// What is not known at plan refuses nothing there: it is looked at when it is known.
func TestSetPlansWithWhatIsNotKnownYet(t *testing.T) {
	t.Parallel()
	unknown := func(input string) string {
		return "resource \"terraform_data\" \"later\" {\n  input = " + input + "\n}\n"
	}
	hosts := func(n int) string { return fmt.Sprintf(`{ for i in range(%d) : "host-${i}.example" => "" }`, n) }
	for name, tt := range map[string]struct{ before, after string }{
		"an element of allow": {
			"", unknown(`"10.0.0.1"`) + code(`{ "10.0.0.1" = "" }`, `allow = [terraform_data.later.output]`),
		},
		"max_removals": {
			code(hosts(30)), unknown("29") + code(hosts(1), `max_removals = terraform_data.later.output`),
		},
		"os_types": {
			"", unknown(`["linux"]`) + code(`{ "203.0.113.7" = "" }`, `on_existing = "error"`, `os_types = terraform_data.later.output`),
		},
		"an element of os_types": {
			"", unknown(`"linux"`) + code(`{ "203.0.113.7" = "" }`, `on_existing = "error"`, `os_types = [terraform_data.later.output]`),
		},
		"direction": {
			"", unknown(`"inbound"`) + code(`{ "203.0.113.8" = "" }`, `on_existing = "error"`, `direction = terraform_data.later.output`),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t)
			site := acctest.Site(console)
			console.Change(func(s *simulator.State) {
				for address, on := range map[string]struct {
					direction string
					osTypes   []string
				}{"203.0.113.7": {"any", []string{"windows"}}, "203.0.113.8": {"outbound", []string{"linux", "macos", "windows"}}} {
					s.Rules = append(s.Rules, simulator.Rule{
						Name: "theirs", Action: "Block", Status: "Enabled", Scope: "site", ScopeID: site,
						Direction: on.direction, OSTypes: on.osTypes,
						RemoteHosts: []simulator.Host{{Type: "addresses", Values: []string{address}}},
					})
				}
			})
			var steps []resource.TestStep
			for _, config := range []string{tt.before, tt.after} {
				if config != "" {
					steps = append(steps, resource.TestStep{Config: acctest.Config(console, config)})
				}
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)), Steps: steps,
			})
		})
	}
}

// What has expired is enforced by nobody: it makes no set larger, and stands in nobody's way.
func TestSetsPassOverWhatHasExpired(t *testing.T) {
	t.Parallel()
	const gone = `{ expires = "2020-01-01T00:00:00Z" }`
	hosts := func(live, expired int) string {
		return fmt.Sprintf(`merge({ for i in range(%d) : "host-${i}.example" => "" }, { for i in range(%d) : "old-${i}.example" => %s })`,
			live, expired, gone)
	}
	second := strings.NewReplacer(`"test"`, `"other"`, `"feed"`, `"second"`)
	for name, tt := range map[string]struct {
		before, after string
		refused       string // why, "" when it is not
	}{
		"a live part that breaks": {code(hosts(30, 100)), code(hosts(1, 0)), `29 of 30 indicators`},
		"a small live part":       {code(hosts(15, 100)), code(hosts(1, 0)), ""},
		"what others enforce":     {"", code(`{ "203.0.113.7" = `+gone+` }`, `on_existing = "error"`), ""},
		"a hash of another set": {
			"", code(`{ "`+sha1+`" = `+gone+` }`) + second.Replace(code(`{ "`+sha1+`" = "" }`)), "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t)
			site := acctest.Site(console)
			console.Change(func(s *simulator.State) {
				s.Rules = append(s.Rules, simulator.Rule{
					Name: "theirs", Action: "Block", Status: "Enabled", Scope: "site", ScopeID: site,
					Direction: "any", OSTypes: []string{"linux", "macos", "windows"},
					RemoteHosts: []simulator.Host{{Type: "addresses", Values: []string{"203.0.113.7"}}},
				})
			})
			last := resource.TestStep{Config: acctest.Config(console, tt.after)}
			if tt.refused != "" {
				last.ExpectError = regexp.MustCompile(tt.refused)
			}
			steps := []resource.TestStep{last}
			if tt.before != "" {
				steps = []resource.TestStep{{Config: acctest.Config(console, tt.before)}, last}
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)), Steps: steps,
			})
		})
	}
}
