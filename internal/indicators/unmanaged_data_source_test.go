package indicators_test

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

func unmanaged(name string, attributes ...string) string {
	return fmt.Sprintf("data \"sentinelone_unmanaged_indicators\" %q {\n  %s\n}\n", name, strings.Join(attributes, "\n  "))
}

func unmanagedOf(name, attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.sentinelone_unmanaged_indicators."+name, tfjsonpath.New(attribute), want)
}

// grown is a console on which people and another product have worked for years.
func grown() simulator.State {
	seed := simulator.Demo()
	site := seed.Sites[0]
	const product = "Created by Another Product"
	add := func(n int, creator, description, kind, host string, change ...func(*simulator.Rule)) {
		rule := simulator.Rule{
			ID: id(n), Order: n, Name: fmt.Sprint("rule ", n), Description: &description, Scope: "site", ScopeID: site.ID,
			Action: "Block", Status: "Enabled", Creator: creator, CreatorID: "1900000000000000001",
			RemoteHosts: []simulator.Host{{Type: kind, Values: strings.Fields(host)}},
		}
		for _, f := range change {
			f(&rule)
		}
		seed.Rules = append(seed.Rules, rule)
	}
	add(2, "Product", product+" v2", "addresses", "203.0.113.7 203.0.113.8")
	add(1, "Ada", "", "fqdn", "Evil.Example intranet")
	add(3, "Ada", "the same once more", "range", "203.0.113.8-203.0.113.8")
	add(10, "Ada", "", "fqdn", "narrowed.example", func(r *simulator.Rule) { r.Protocol = "TCP" })
	add(11, "Ada", "", "fqdn", "narrowed-too.example", func(r *simulator.Rule) {
		r.Application = simulator.Application{Type: "path", Values: []string{"/bin/x"}}
	})
	add(12, "Ada", "", "fqdn", "disabled.example", func(r *simulator.Rule) { r.Status = "Disabled" })
	add(13, "Ada", "", "fqdn", "allowed.example", func(r *simulator.Rule) { r.Action = "Allow" })
	add(14, "Ada", "", "any", "", func(r *simulator.Rule) { r.Protocol = "UDP" })
	add(15, "Ada", "", "fqdn", "account.example", func(r *simulator.Rule) { r.Scope, r.ScopeID = "account", site.AccountID })
	add(16, "Ada", "", "fqdn", "group.example", func(r *simulator.Rule) { r.Scope, r.ScopeID = "group", "1900000000000000305" })
	add(17, "Ada", "[managed by terraform]", "fqdn", "ours.example")
	add(18, "Ada", "x [managed by terraform: set 99767719]", "fqdn", "of-a-set.example")
	block := func(n int, creator, description, osType string, scope ...string) {
		entry := simulator.Restriction{
			ID: id(n), Scope: "site", ScopeID: site.ID, OSType: osType, UserName: creator, UserID: "1900000000000000001",
			Description: &description,
		}
		if hash := sha1; n < 25 {
			entry.Value = &hash
		} else {
			hash = sha256
			entry.SHA256Value = &hash
		}
		if len(scope) == 2 {
			entry.Scope, entry.ScopeID = scope[0], scope[1]
		}
		seed.Restrictions = append(seed.Restrictions, entry)
	}
	block(21, "Product", product, "windows")
	block(20, "Ada", "", "linux")
	block(22, "Product", "[managed by terraform: set 99767719]", "macos")
	block(25, "Ada", "", "windows", "account", site.AccountID)
	return seed
}

// What others enforce, told by who made it, and what is left out.
func TestUnmanaged(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(grown()), simulator.WithShuffle(7))
	texts := func(values ...string) knownvalue.Check {
		list := []knownvalue.Check{}
		for _, value := range values {
			list = append(list, knownvalue.StringExact(value))
		}
		return knownvalue.ListExact(list)
	}
	by := func(creator, document string, rules, entries knownvalue.Check) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"creator": knownvalue.StringExact(creator), "indicators": knownvalue.StringExact(document),
			"rule_ids": rules, "entry_ids": entries,
		})
	}
	const note1, note2, note3 = `"firewall rule \"rule 1\""`, `"firewall rule \"rule 2\""`, `"firewall rule \"rule 3\""`
	product := by("Product", `{"203.0.113.7":`+note2+`,"203.0.113.8":`+note2+`,"`+sha1+`":"Created by Another Product"}`,
		texts(id(2)), texts(id(21)))
	checks := []statecheck.StateCheck{
		unmanagedOf("all", "indicators", knownvalue.StringExact(`{"203.0.113.7":`+note2+`,"203.0.113.8":`+note2+
			`,"`+sha1+`":"blocklist entry `+id(20)+`","evil.example":`+note1+`}`)),
		unmanagedOf("all", "by_creator", knownvalue.ListExact([]knownvalue.Check{
			by("Ada", `{"203.0.113.8":`+note3+`,"`+sha1+`":"blocklist entry `+id(20)+`","evil.example":`+note1+`}`,
				texts(id(1), id(3)), texts(id(20))),
			product,
		})),
		unmanagedOf("all", "narrowed_rule_ids", texts(id(10), id(11))),
		unmanagedOf("all", "unreadable", texts("intranet")),
		unmanagedOf("product", "by_creator", knownvalue.ListExact([]knownvalue.Check{product})),
		unmanagedOf("product", "narrowed_rule_ids", texts()),
		unmanagedOf("product", "unreadable", texts()),
		unmanagedOf("creator", "by_creator", knownvalue.ListExact([]knownvalue.Check{product})),
		unmanagedOf("both", "indicators", knownvalue.StringExact(`{"203.0.113.8":`+note3+`}`)),
		unmanagedOf("nobody", "indicators", knownvalue.StringExact(`{}`)),
		unmanagedOf("nobody", "by_creator", texts()),
		unmanagedOf("group", "indicators", knownvalue.StringExact(`{"group.example":"firewall rule \"rule 16\""}`)),
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Config(console, unmanaged("all")+
				unmanaged("product", `description_contains = "Created by Another"`)+
				unmanaged("creator", `creator = "Product"`)+
				unmanaged("both", `creator = "Ada"`, `description_contains = "once more"`)+
				unmanaged("nobody", `creator = "product"`)+
				unmanaged("group", `scope = { group_id = "1900000000000000305" }`)),
			ConfigStateChecks: checks,
		}},
	})
}

// The document is ready for a set, which enforces itself what the others stop enforcing.
func TestUnmanagedIntoSet(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(grown()))
	var document string
	handed := func() string { return strings.Replace(code("{}"), "jsonencode({})", fmt.Sprintf("%q", document), 1) }
	read := unmanaged("product", `creator = "Product"`, `description_contains = " v2"`)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		Steps: []resource.TestStep{
			{
				PreConfig: console.ResetStats,
				Config: acctest.Config(console, read+strings.Replace(code("{}"), "jsonencode({})",
					"data.sentinelone_unmanaged_indicators.product.indicators", 1)),
				Check: resource.ComposeTestCheckFunc(writes(console, 0), resource.TestCheckResourceAttrWith(
					"data.sentinelone_unmanaged_indicators.product", "indicators", func(value string) error { document = value; return nil })),
				ConfigStateChecks: []statecheck.StateCheck{counted("skipped", "ipv4", 2)},
			},
		},
	})
	console.Change(func(s *simulator.State) { s.Rules = s.Rules[3:] })
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(acctest.WithSettle(0)),
		Steps: []resource.TestStep{{
			Config:            acctest.Config(console, handed()),
			ConfigStateChecks: []statecheck.StateCheck{counted("enforced", "ipv4", 2), counted("skipped", "ipv4", 0)},
		}},
	})
}

// Both parts are needed: a document without the hashes would look complete.
func TestUnmanagedForbidden(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	step := func(why string, permissions ...string) resource.TestStep {
		return resource.TestStep{
			PreConfig:   func() { console.Change(func(s *simulator.State) { s.Users[0].Permissions = permissions }) },
			Config:      acctest.Config(console, unmanaged("all")),
			ExpectError: regexp.MustCompile(why),
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			step(`Cannot list blocklist entries`, "Firewall Control.view", "Sites.view"),
			step(`Cannot list firewall rules`, "Blacklist.view", "Sites.view"),
		},
	})
}
