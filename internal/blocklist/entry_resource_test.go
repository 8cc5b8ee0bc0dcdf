package blocklist_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const (
	entryAddress = "sentinelone_blocklist_entry.test"

	eicarSHA1   = "3395856ce81f2b7382dee72602f798b642f14140"
	eicarSHA256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f"
)

func entry(attributes ...string) string {
	return "resource \"sentinelone_blocklist_entry\" \"test\" {\n  " + strings.Join(attributes, "\n  ") + "\n}\n"
}

func TestEntryLifecycle(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	windows, sha1 := `os_type = "windows"`, `sha1 = "`+eicarSHA1+`"`
	described := entry(windows, sha1, `description = "EICAR"`)
	id := statecheck.CompareValue(compare.ValuesSame())
	sameID := func() []statecheck.StateCheck {
		return []statecheck.StateCheck{id.AddStateValue(entryAddress, tfjsonpath.New("id"))}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		CheckDestroy:             holds(console),
		Steps: []resource.TestStep{
			{
				Config: acctest.Config(console, described),
				ConfigStateChecks: append(sameID(),
					expect("description", knownvalue.StringExact("EICAR")),
					expect("sha256", knownvalue.Null()),
					expect("source", knownvalue.StringExact("user")),
					expect("not_recommended", knownvalue.StringExact("NONE")),
					expect("imported", knownvalue.Bool(false)),
					expect("creator", knownvalue.StringExact("Terraform service user")),
				),
				Check: holds(console, "site windows "+eicarSHA1+" - EICAR [managed by terraform]"),
			},
			{ // the same in other words
				Config:           acctest.Config(console, strings.Replace(described, eicarSHA1, strings.ToUpper(eicarSHA1), 1)),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectEmptyPlan()),
			},
			{
				ResourceName:      entryAddress,
				ImportState:       true,
				ImportStateVerify: true,
			},
			{
				Config:            acctest.Config(console, strings.Replace(described, "EICAR", "test file", 1)),
				ConfigPlanChecks:  acctest.Planned(plancheck.ExpectResourceAction(entryAddress, plancheck.ResourceActionUpdate)),
				ConfigStateChecks: sameID(),
				Check:             holds(console, "site windows "+eicarSHA1+" - test file [managed by terraform]"),
			},
			{ // cleared
				Config:            acctest.Config(console, entry(windows, sha1)),
				ConfigPlanChecks:  acctest.Planned(plancheck.ExpectResourceAction(entryAddress, plancheck.ResourceActionUpdate)),
				ConfigStateChecks: append(sameID(), expect("description", knownvalue.Null())),
				Check:             holds(console, "site windows "+eicarSHA1+" - [managed by terraform]"),
			},
			{ // drift: described in the console, by a bulk import
				PreConfig: func() {
					console.Change(func(s *simulator.State) {
						s.Restrictions[0].Description, s.Restrictions[0].Imported = new("by hand"), true
					})
				},
				Config:            acctest.Config(console, entry(windows, sha1)),
				ConfigPlanChecks:  acctest.Planned(plancheck.ExpectResourceAction(entryAddress, plancheck.ResourceActionUpdate)),
				ConfigStateChecks: append(sameID(), expect("imported", knownvalue.Bool(true))),
				Check:             holds(console, "site windows "+eicarSHA1+" - [managed by terraform]"),
			},
			{ // vanished
				PreConfig:        func() { console.Change(func(s *simulator.State) { s.Restrictions = nil }) },
				Config:           acctest.Config(console, entry(windows, sha1)),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(entryAddress, plancheck.ResourceActionCreate)),
			},
			{ // another hash is another entry
				Config: acctest.Config(console, entry(windows, sha1, `sha256 = "`+eicarSHA256+`"`)),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(
					entryAddress, plancheck.ResourceActionDestroyBeforeCreate)),
				Check: holds(console, "site windows "+eicarSHA1+" "+eicarSHA256+" [managed by terraform]"),
			},
			{
				Config: acctest.Config(console, entry(`os_type = "linux"`, `sha256 = "`+eicarSHA256+`"`)),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(
					entryAddress, plancheck.ResourceActionDestroyBeforeCreate)),
				Check: holds(console, "site linux - "+eicarSHA256+" [managed by terraform]"),
			},
			{
				Config: acctest.Config(console, entry(`os_type = "linux"`, `sha256 = "`+eicarSHA256+`"`,
					`scope = { tenant = true }`)),
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(
					entryAddress, plancheck.ResourceActionDestroyBeforeCreate)),
				Check: holds(console, "global linux - "+eicarSHA256+" [managed by terraform]"),
			},
		},
	})
}

// What the public evidence leaves open about the real console makes no difference.
func TestEntryOnEveryConsole(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]simulator.Behaviour{
		"hashes in lower case":   {HashCase: "lower"},
		"hashes in upper case":   {HashCase: "upper"},
		"null for empty fields":  {EmptyFields: "null"},
		"empty for empty fields": {EmptyFields: "empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := simulator.Demo()
			seed.Behaviour = behaviour
			console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(1), simulator.WithShuffle(1))
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				CheckDestroy:             holds(console),
				Steps: []resource.TestStep{
					{Config: acctest.Config(console, entry(`os_type = "macos"`, `sha1 = "`+strings.ToUpper(eicarSHA1)+`"`))},
					{Config: acctest.Config(console, entry(`os_type = "macos"`, `sha1 = "`+eicarSHA1+`"`, `description = "x"`))},
					{
						ResourceName:            entryAddress,
						ImportState:             true,
						ImportStateVerify:       true,
						ImportStateVerifyIgnore: []string{"sha1"}, // in the console's case, which means the same
					},
				},
			})
		})
	}
}

func TestEntryRejectsBadInputAtPlan(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	for body, message := range map[string]string{
		`os_type = "windows"`: `At least one attribute out of`,
		`os_type = "beos"
		sha1 = "` + eicarSHA1 + `"`: `value must be one of`,
		`os_type = "windows"
		sha1 = "` + eicarSHA256 + `"`: `it takes\s+40`,
		`os_type = "windows"
		sha256 = "` + eicarSHA1 + `"`: `it takes\s+64`,
		`os_type = "windows"
		description = ""
		sha1 = "` + eicarSHA1 + `"`: `at least 1`,
	} {
		t.Run(message, func(t *testing.T) {
			t.Parallel()
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config:      acctest.Config(console, entry(body)),
					PlanOnly:    true,
					ExpectError: regexp.MustCompile(message),
				}},
			})
		})
	}
}

func TestEntryIdentity(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	resource.UnitTest(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: acctest.Config(console, entry(`os_type = "windows"`, `sha1 = "`+eicarSHA1+`"`)),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectIdentityValueMatchesState(entryAddress, tfjsonpath.New("id")),
				},
			},
			{
				ResourceName:    entryAddress,
				ImportState:     true,
				ImportStateKind: resource.ImportBlockWithResourceIdentity,
			},
		},
	})
}

func expect(attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(entryAddress, tfjsonpath.New(attribute), value)
}

// holds compares the console's blocklist: level, OS, hashes and description of each entry.
func holds(console *simulator.Console, want ...string) func(*terraform.State) error {
	return func(*terraform.State) error {
		var got []string
		for _, r := range console.State().Restrictions {
			got = append(got, fmt.Sprintf("%s %s %s %s %s",
				r.Scope, r.OSType, orDash(r.Value), orDash(r.SHA256Value), orDash(r.Description)))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			return fmt.Errorf("the console's blocklist (-want +got):\n%s", diff)
		}
		return nil
	}
}

func orDash(text *string) string {
	if text == nil {
		return "-"
	}
	return *text
}
