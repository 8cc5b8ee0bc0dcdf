package firewall_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const configurationAddress = "sentinelone_firewall_configuration.test"

func configurationConfig(lines ...string) string {
	return "resource \"sentinelone_firewall_configuration\" \"test\" {\n  " + strings.Join(lines, "\n  ") + "\n}\n"
}

// inheriting returns a seed whose first site inherits its settings, with location awareness and reports on, from the
// account above it.
func inheriting() simulator.State {
	seed := simulator.Demo()
	site := seed.Sites[0]
	seed.Tags = []simulator.Tag{
		{ID: tagIDs[0], Name: "shared 0", Scope: "account", ScopeID: site.AccountID},
		{ID: tagIDs[1], Name: "shared 1", Scope: "global"},
	}
	seed.Configurations = []simulator.Configuration{{
		Scope: "account", ScopeID: site.AccountID, LocationAware: true, ReportBlocked: true,
	}}
	return seed
}

// siteConfiguration is what the console holds for the first site itself.
func siteConfiguration(console *simulator.Console) (c simulator.Configuration) {
	for _, c := range console.State().Configurations {
		if c.ScopeID == acctest.Site(console) {
			return c
		}
	}
	return c
}

func configurationIs(name string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(configurationAddress, tfjsonpath.New(name), value)
}

func TestConfigurationLifecycle(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]simulator.Behaviour{
		"decoupled and set in one call":  {},
		"decoupled first":                {Decouple: "first"},
		"decoupled, and all off":         {Decouple: "first", DecoupledSettings: "reset", ReportBlocked: true},
		"a console that tells of blocks": {ReportBlocked: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := inheriting()
			seed.Behaviour = behaviour
			console := simulator.Start(t, simulator.WithSeed(seed))
			site := acctest.Site(console)
			holds := func(want simulator.Configuration) resource.TestCheckFunc {
				want.Scope, want.ScopeID = "site", site
				return func(*terraform.State) error { return differs(siteConfiguration(console), want) }
			}
			update := acctest.Planned(plancheck.ExpectResourceAction(configurationAddress, plancheck.ResourceActionUpdate))
			config := func(lines ...string) string { return acctest.Config(console, configurationConfig(lines...)) }
			last := simulator.Configuration{Enabled: true, LocationAware: false, ReportBlocked: true, InheritAllFirewallRules: true}
			byHand := last
			byHand.LocationAware = true
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				CheckDestroy:             func(s *terraform.State) error { return holds(byHand)(s) }, // and stays
				Steps: []resource.TestStep{
					{ // as it is: nothing is written
						PreConfig:         console.ResetStats,
						Config:            config(),
						ConfigStateChecks: []statecheck.StateCheck{configurationIs("enabled", knownvalue.Null()), configurationIs("inherit_settings", knownvalue.Bool(true))},
						Check: func(*terraform.State) error {
							return differs(console.Stats().Requests["PUT /web/api/v2.1/firewall-control/configuration"], 0)
						},
					},
					{ // what was in force stays in force, but for what is set
						Config: config(`enabled = true`), ConfigPlanChecks: update,
						ConfigStateChecks: []statecheck.StateCheck{
							configurationIs("inherit_settings", knownvalue.Bool(false)),
							configurationIs("enabled", knownvalue.Bool(true)),
							configurationIs("location_aware", knownvalue.Bool(true)),
						},
						Check: holds(simulator.Configuration{
							Enabled: true, LocationAware: true, ReportBlocked: true, InheritAllFirewallRules: true,
						}),
					},
					{
						ResourceName: configurationAddress, ImportState: true, ImportStateId: "site/" + site,
						ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "scope.site_id",
					},
					{
						Config:           config(`location_aware = false`, `report_blocked = false`, `selected_tag_ids = ["`+tagIDs[1]+`", "`+tagIDs[0]+`"]`),
						ConfigPlanChecks: update,
						Check: holds(simulator.Configuration{
							Enabled: true, InheritAllFirewallRules: true, SelectedTags: tagIDs,
						}),
					},
					{
						Config:           config(`inherit_all_firewall_rules = false`, `selected_tag_ids = []`, `report_blocked = true`),
						ConfigPlanChecks: update,
						Check:            holds(simulator.Configuration{Enabled: true, ReportBlocked: true}),
					},
					{ // drift
						PreConfig: func() {
							console.Change(func(s *simulator.State) {
								for i := range s.Configurations {
									if s.Configurations[i].ScopeID == site {
										s.Configurations[i].Enabled = false
									}
								}
							})
						},
						Config: config(`enabled = true`, `inherit_all_firewall_rules = true`), ConfigPlanChecks: update,
						Check: holds(last),
					},
					{ // drift: the scope inherits again
						PreConfig: func() {
							console.Change(func(s *simulator.State) { s.Configurations = s.Configurations[:1] })
						},
						Config: config(`enabled = true`, `report_blocked = true`, `location_aware = false`), ConfigPlanChecks: update,
						Check: holds(last),
					},
					{ // no drift: the code leaves it out
						PreConfig: func() {
							console.Change(func(s *simulator.State) {
								for i := range s.Configurations {
									if s.Configurations[i].ScopeID == site {
										s.Configurations[i].LocationAware = true
									}
								}
							})
						},
						Config:            config(`enabled = true`),
						ConfigPlanChecks:  acctest.Planned(plancheck.ExpectEmptyPlan()),
						ConfigStateChecks: []statecheck.StateCheck{configurationIs("location_aware", knownvalue.Bool(true))},
						Check:             holds(byHand),
					},
				},
			})
		})
	}
}

// Handing the settings back to the scope above is a change like any other.
func TestConfigurationInheritsAgain(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config:            acctest.Config(console, configurationConfig(`enabled = true`)),
				ConfigStateChecks: []statecheck.StateCheck{configurationIs("inherit_settings", knownvalue.Bool(false))},
			},
			{
				Config: acctest.Config(console, configurationConfig(`inherit_settings = true`)),
				ConfigPlanChecks: acctest.Planned(
					plancheck.ExpectResourceAction(configurationAddress, plancheck.ResourceActionUpdate)),
				ConfigStateChecks: []statecheck.StateCheck{
					configurationIs("inherit_settings", knownvalue.Bool(true)),
					configurationIs("enabled", knownvalue.Null()),
				},
				Check: func(*terraform.State) error {
					return differs(siteConfiguration(console).InheritSettings, true)
				},
			},
			{ // and the settings of the scope above are none of ours
				PreConfig: func() {
					console.Change(func(s *simulator.State) { s.Configurations[0].Enabled = true })
				},
				Config:           acctest.Config(console, configurationConfig(`inherit_settings = true`)),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectEmptyPlan()),
			},
		},
	})
}

func TestConfigurationRefuses(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	for name, tt := range map[string]struct{ config, message string }{
		"a setting of a scope that inherits": {
			configurationConfig(`inherit_settings = true`, `enabled = true`), `(?s)Setting of a scope that inherits.*enabled`,
		},
		"a tenant that inherits": {
			configurationConfig(`inherit_settings = true`, `scope = { tenant = true }`), `Nothing to inherit`,
		},
		"two for one scope": {
			configurationConfig(`enabled = true`) +
				"resource \"sentinelone_firewall_configuration\" \"other\" {\n  enabled = false\n}\n",
			`Two resources for one scope`,
		},
		"a tag that the scope can't select": {
			configurationConfig(`selected_tag_ids = ["225494730938493999"]`), `(?s)Cannot update firewall configuration.*225494730938493999`,
		},
		"a scope id that can't be read": {
			configurationConfig() + "import {\n  to = " + configurationAddress + "\n  id = \"Headquarters\"\n}\n",
			`(?s)Invalid import.*none of tenant, account/ID`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{Config: acctest.Config(console, tt.config), ExpectError: regexp.MustCompile(tt.message)},
				},
			})
		})
	}
}

// A console that takes a change and does not make it is an error, not a plan that never ends.
func TestConfigurationSilentlyUnchanged(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: "unstored", Method: "PUT"}))
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config:      acctest.Config(console, configurationConfig(`enabled = false`, `location_aware = true`)),
			ExpectError: regexp.MustCompile(`(?s)Firewall configuration not changed.*enabled,\s+locationAware`),
		}},
	})
}

// What is not known at plan may come out either way.
func TestConfigurationOfWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ before, after, value string }{
		"to inherit no longer":    {`inherit_settings = true`, `inherit_settings = terraform_data.later.output`, "false"},
		"to inherit":              {`enabled = true`, `inherit_settings = terraform_data.later.output`, "true"},
		"a setting":               {`inherit_settings = true`, `enabled = terraform_data.later.output`, "true"},
		"a setting that is none":  {`inherit_settings = true`, `enabled = terraform_data.later.output`, "null"},
		"a setting that was set":  {`enabled = true`, `enabled = terraform_data.later.output`, "null"},
		"whether, with a setting": {`enabled = true`, "inherit_settings = terraform_data.later.output\nenabled = true", "false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t)
			later := "resource \"terraform_data\" \"later\" {\n  input = " + tt.value + "\n}\n"
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{Config: acctest.Config(console, configurationConfig(tt.before))},
					{Config: acctest.Config(console, later+configurationConfig(tt.after))},
				},
			})
		})
	}
}
