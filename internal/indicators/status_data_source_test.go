package indicators_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// status is an instance of the data source, with these attributes.
func status(name string, attributes ...string) string {
	return fmt.Sprintf("data \"sentinelone_indicator_status\" %q {\n  %s\n}\n", name, strings.Join(attributes, "\n  "))
}

func statusOf(name, attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.sentinelone_indicator_status."+name, tfjsonpath.New(attribute), want)
}

// verdicts checks an instance's statuses, as "ID" for what is enforced, else as "[ID] [after ID]: REASON".
func verdicts(name string, want map[string]string) resource.TestCheckFunc {
	return func(state *terraform.State) error {
		attributes := state.RootModule().Resources["data.sentinelone_indicator_status."+name].Primary.Attributes
		var statuses map[string]struct {
			Enforced  bool
			CoveredBy *struct{ ID string } `json:"covered_by"`
			AllowedBy *string              `json:"allowed_by"`
			Reason    *string
		}
		if err := json.Unmarshal([]byte(attributes["statuses"]), &statuses); err != nil {
			return err
		}
		got, reasons := map[string]string{}, map[string]string{}
		for value, s := range statuses {
			if s.CoveredBy != nil {
				got[value] = s.CoveredBy.ID
			}
			if s.AllowedBy != nil {
				got[value] += " after " + *s.AllowedBy
			}
			if (s.Reason == nil) != s.Enforced {
				return fmt.Errorf("%s: enforced is %t, and the reason %s", value, s.Enforced, text(s.Reason))
			}
			if !s.Enforced {
				got[value], reasons[value] = strings.TrimSpace(got[value]+": "+*s.Reason), *s.Reason
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			return fmt.Errorf("%s (-want +got):\n%s", name, diff)
		}
		composed, err := json.Marshal(reasons)
		if err != nil || attributes["not_enforced"] != string(composed) || attributes["enforced"] != fmt.Sprint(len(reasons) == 0) {
			return fmt.Errorf("%s: enforced is %s, and what is not %s", name, attributes["enforced"], attributes["not_enforced"])
		}
		return nil
	}
}

// id makes the id of a seeded rule or entry.
func id(n int) string { return fmt.Sprintf("19000000000000009%02d", n) }

// layered is a console with rules and entries at all levels. The first site inherits; the second one does not, and has
// Firewall Control on, too; the third one inherits from its account, where it is off.
func layered() simulator.State {
	seed := simulator.Demo()
	first, second, third := seed.Sites[0], seed.Sites[1], seed.Sites[2]
	seed.Configurations = append(seed.Configurations, simulator.Configuration{Scope: "site", ScopeID: second.ID, Enabled: true})
	add := func(n int, scope, scopeID, host string, change ...func(*simulator.Rule)) {
		rule := simulator.Rule{
			ID: id(n), Order: n, Name: fmt.Sprint("rule ", n), Scope: scope, ScopeID: scopeID, Action: "Block", Status: "Enabled",
			RemoteHosts: []simulator.Host{{Type: "addresses", Values: []string{host}}},
		}
		for _, f := range change {
			f(&rule)
		}
		seed.Rules = append(seed.Rules, rule)
	}
	allow := func(r *simulator.Rule) { r.Action = "Allow" }
	add(1, "global", "", "203.0.113.1")
	add(2, "account", first.AccountID, "203.0.113.2")
	add(3, "site", first.ID, "203.0.113.3")
	add(4, "group", "1900000000000000305", "203.0.113.4")
	add(5, "group", "1900000000000000305", "203.0.113.2", allow)
	add(6, "global", "", "203.0.113.3", allow)
	add(10, "site", first.ID, "203.0.113.10", allow)
	add(11, "site", first.ID, "203.0.113.10")
	add(12, "site", first.ID, "203.0.113.12")
	add(13, "site", first.ID, "203.0.113.12", allow)
	add(20, "site", first.ID, "203.0.113.20", func(r *simulator.Rule) { r.Status = "Disabled" })
	add(21, "site", first.ID, "203.0.113.21", func(r *simulator.Rule) { r.Protocol = "TCP" })
	add(22, "site", first.ID, "203.0.113.22", func(r *simulator.Rule) { r.Direction = "inbound" })
	add(23, "site", first.ID, "203.0.113.23", func(r *simulator.Rule) { r.OSTypes = []string{"windows"} })
	add(24, "site", first.ID, "", func(r *simulator.Rule) {
		r.RemoteHosts = []simulator.Host{{Type: "cidr", Values: []string{"198.51.100.0/24"}}, {Type: "fqdn", Values: []string{"evil.example"}}}
	})
	add(31, "site", second.ID, "203.0.113.31")
	add(41, "site", third.ID, "203.0.113.41")
	block := func(n int, scope, scopeID, osType, hash string) {
		entry := simulator.Restriction{ID: id(n), Scope: scope, ScopeID: scopeID, OSType: osType}
		if len(hash) == len(sha1) {
			entry.Value = &hash
		} else {
			entry.SHA256Value = &hash
		}
		seed.Restrictions = append(seed.Restrictions, entry)
	}
	block(50, "account", first.AccountID, "linux", sha1)
	block(51, "global", "", "macos", sha1)
	block(52, "site", first.ID, "windows", sha1)
	block(53, "site", first.ID, "windows", sha256)
	return seed
}

// What enforces what in which scope, and why not.
func TestStatus(t *testing.T) {
	t.Parallel()
	seed := layered()
	console := simulator.Start(t, simulator.WithSeed(seed))
	const none = ": no firewall rule that applies in this scope blocks it"
	const notOn = ": no entry of the Blocklist blocks it on "
	site := seed.Sites[0].ID
	block := func(n int, scope string) string {
		return fmt.Sprintf("the Block rule \"rule %d\" (id %s) of %s", n, id(n), scope)
	}
	allow := func(n int, scope string) string { return strings.Replace(block(n, scope), "Block", "Allow", 1) }
	short := func(n int, why string) string { return ": " + block(n, "site "+site) + " does not suffice: " + why }
	ask := func(want map[string]string) string {
		var values []string
		for value := range want {
			values = append(values, fmt.Sprintf("%q", value))
		}
		return "values = [" + strings.Join(values, ", ") + "]"
	}
	here := map[string]string{
		"203.0.113.1":    id(1),
		"203.0.113.2":    id(2),
		"203.0.113.3":    id(3), // the tenant's Allow rule comes after it
		"203.0.113.4":    none,
		"203.0.113.10":   id(11) + " after " + id(10) + ": " + allow(10, "site "+site) + " comes before " + block(11, "site "+site),
		"203.0.113.12":   id(12),
		"203.0.113.20":   short(20, "it is disabled"),
		"203.0.113.21":   short(21, "it is narrowed by its protocol"),
		"203.0.113.22":   short(22, "it is for inbound connections only"),
		"203.0.113.23":   short(23, "it is for windows only"),
		"198.51.100.77":  id(24),
		"evil.example":   id(24),
		"b.evil.example": none,
		sha1:             id(50),
		sha256:           notOn + "linux, macos",
	}
	group := map[string]string{
		"203.0.113.1": id(1),
		"203.0.113.2": id(2) + " after " + id(5) + ": " + allow(5, "group 1900000000000000305") + " comes before " +
			block(2, "account "+seed.Sites[0].AccountID),
		"203.0.113.3": id(3),
		"203.0.113.4": id(4),
		sha1:          id(50),
	}
	windows := map[string]string{"203.0.113.23": id(23), sha256: id(53)}
	inbound := map[string]string{"203.0.113.22": id(22), "203.0.113.3": id(3)}
	alone := map[string]string{
		"203.0.113.1": none, "203.0.113.2": none, "203.0.113.3": none, "203.0.113.31": id(31), sha1: notOn + "windows",
	}
	off := map[string]string{
		"203.0.113.41": id(41) + ": Firewall Control is off in this scope",
		"203.0.113.1":  id(1) + ": Firewall Control is off in this scope",
		"203.0.113.2":  none,
		sha1:           notOn + "linux, windows",
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, status("here", ask(here))+
				status("group", ask(group), `scope = { group_id = "1900000000000000305" }`)+
				status("windows", ask(windows), `os_types = ["windows"]`)+
				status("inbound", ask(inbound), `direction = "inbound"`)+
				status("alone", ask(alone), `scope = { site_id = "`+seed.Sites[1].ID+`" }`)+
				status("off", ask(off), `scope = { site_id = "`+seed.Sites[2].ID+`" }`)),
			Check: resource.ComposeAggregateTestCheckFunc(verdicts("here", here), verdicts("group", group),
				verdicts("windows", windows), verdicts("inbound", inbound), verdicts("alone", alone), verdicts("off", off)),
			ConfigStateChecks: []statecheck.StateCheck{
				statusOf("here", "firewall_enabled", knownvalue.Bool(true)),
				statusOf("off", "firewall_enabled", knownvalue.Bool(false)),
				statusOf("here", "direction", knownvalue.StringExact("outbound")),
				statusOf("here", "os_types", knownvalue.SetSizeExact(3)),
				statusOf("here", "scope", knownvalue.ObjectPartial(map[string]knownvalue.Check{"site_id": knownvalue.StringExact(site)})),
			},
		}},
	})
}

// Whose the object is that covers: the set's, the provider's, or anybody's. And all of a set's indicators are enforced once it
// is applied, without those that have expired.
func TestStatusOfSet(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	site := acctest.Site(console)
	const of, set = `"scope":"site/SITE","creator":"Terraform service user"`, `"99767719"`
	covered := func(kind, id, managed, set string) string {
		return `{"enforced":true,"covered_by":{"kind":"` + kind + `","id":"` + id + `",` +
			strings.Replace(of, "SITE", site, 1) + `,"managed":` + managed + `,"set":` + set +
			`},"allowed_by":null,"reason":null}`
	}
	console.Change(func(s *simulator.State) {
		for n, description := range []string{"by hand", "[managed by terraform]"} {
			s.Rules = append(s.Rules, simulator.Rule{
				ID: id(n), Scope: "site", ScopeID: site, Name: "x", Description: &description,
				RemoteHosts: []simulator.Host{{Type: "fqdn", Values: []string{fmt.Sprintf("%d.example", n)}}},
			})
		}
	})
	document := `{ "203.0.113.7" = "", "EVIL[.]example" = { expires = "2020-01-01T00:00:00Z" }, "` + sha1 + `" = "" }`
	verified := code(document, `os_types = ["windows"]`) + status("set", "indicators = sentinelone_indicator_set.test.indicators",
		`os_types = ["windows"]`, "depends_on = [sentinelone_indicator_set.test]") +
		status("others", `values = ["0.example", "1.example"]`)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0), acctest.WithClock(func() time.Time {
			return time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
		})),
		Steps: []resource.TestStep{
			{
				Config: acctest.Config(console, verified),
				Check: func(s *terraform.State) error {
					state := console.State()
					want := `{"203.0.113.7":` + covered("firewall_rule", state.Rules[2].ID, "true", set) + `,"` + sha1 + `":` +
						covered("blocklist_entry", state.Restrictions[0].ID, "true", set) + `}`
					return resource.TestCheckResourceAttr("data.sentinelone_indicator_status.set", "statuses", want)(s)
				},
				ConfigStateChecks: []statecheck.StateCheck{
					statusOf("set", "enforced", knownvalue.Bool(true)),
					statusOf("set", "not_enforced", knownvalue.StringExact("{}")),
					statusOf("others", "statuses", knownvalue.StringExact(
						`{"0.example":`+covered("firewall_rule", id(0), "false", "null")+
							`,"1.example":`+covered("firewall_rule", id(1), "true", "null")+`}`)),
				},
			},
			{
				PreConfig: func() { console.Change(func(s *simulator.State) { s.Rules[2].Status = "Disabled" }) },
				Config:    acctest.Config(console, status("set", "indicators = jsonencode("+document+")", `os_types = ["windows"]`)),
				ConfigStateChecks: []statecheck.StateCheck{
					statusOf("set", "enforced", knownvalue.Bool(false)),
					statusOf("set", "not_enforced", knownvalue.StringRegexp(regexp.MustCompile(`^\{"203.0.113.7":"the Block rule [^{}]* does not suffice: it is disabled"\}$`))),
				},
			},
		},
	})
}

// All of no indicators are enforced.
func TestStatusOfNothing(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, status("document", `indicators = "{}"`)+status("list", "values = []")),
			ConfigStateChecks: []statecheck.StateCheck{
				statusOf("document", "enforced", knownvalue.Bool(true)),
				statusOf("document", "statuses", knownvalue.StringExact("{}")),
				statusOf("list", "enforced", knownvalue.Bool(true)),
			},
		}},
	})
}

// What can't be asked is refused with its place, and what the token may not view with the permission.
func TestStatusRefuses(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	fails := func(why string, attributes ...string) resource.TestStep {
		return resource.TestStep{Config: acctest.Config(console, status("x", attributes...)), ExpectError: regexp.MustCompile(why)}
	}
	may := func(permissions ...string) func() {
		return func() { console.Change(func(s *simulator.State) { s.Users[0].Permissions = permissions }) }
	}
	forbidden := fails(`(?s)Cannot list blocklist entries.*Blocklist: View`, `values = ["`+sha1+`"]`)
	forbidden.PreConfig = may("Firewall Control.view", "Sites.view")
	blind := fails(`Firewall: View`, `values = ["evil.example"]`)
	blind.PreConfig = may("Blacklist.view", "Sites.view")
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			fails(`Missing Attribute Configuration`),
			fails(`Invalid Attribute Combination`, `values = ["evil.example"]`, `indicators = "{}"`),
			fails(`(?s)indicators.*"invoice.exe" is no domain`, `indicators = jsonencode({ "invoice.exe" = "" })`),
			fails(`(?s)Invalid value.*"invoice.exe" is no domain`, `values = ["evil.example", "invoice.exe"]`),
			fails(`value must be one of`, `values = ["evil.example"]`, `direction = "up"`),
			fails(`at least 1`, `values = ["evil.example"]`, `os_types = []`),
			forbidden,
			{ // where there are no hashes, nobody has to view the Blocklist
				Config:            acctest.Config(console, status("x", `values = ["evil.example"]`)),
				ConfigStateChecks: []statecheck.StateCheck{statusOf("x", "enforced", knownvalue.Bool(false))},
			},
			blind,
		},
	})
}
