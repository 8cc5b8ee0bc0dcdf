package blocklist_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

func TestEntryThatExists(t *testing.T) {
	t.Parallel()
	const id = "225494730938493801"
	seed := simulator.Demo()
	byHand := simulator.Restriction{
		ID: id, Scope: "site", ScopeID: seed.Sites[0].ID, OSType: "windows", Value: new(strings.ToUpper(eicarSHA1)),
		Description: new("by hand"), Imported: true,
	}
	elsewhere := byHand // another operating system is another entry, and so is another scope
	elsewhere.ID, elsewhere.OSType = "225494730938493802", "linux"
	seed.Restrictions = []simulator.Restriction{byHand, elsewhere}
	seed.Behaviour.HashCase = "upper"
	console := simulator.Start(t, simulator.WithSeed(seed))
	wanted := []string{`os_type = "windows"`, `sha1 = "` + eicarSHA1 + `"`}
	left := "site linux " + strings.ToUpper(eicarSHA1) + " - by hand"
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		CheckDestroy:             holds(console, left), // what was adopted is deleted
		Steps: []resource.TestStep{
			{
				Config:      acctest.Config(console, entry(wanted...)),
				ExpectError: regexp.MustCompile(`(?s)import \{\s+to = sentinelone_blocklist_entry\.NAME\s+id = "` + id + `"\s+\}`),
			},
			{
				Config:            acctest.Config(console, entry(append(wanted, `on_existing = "adopt"`)...)),
				ConfigStateChecks: []statecheck.StateCheck{expect("id", knownvalue.StringExact(id)), expect("imported", knownvalue.Bool(true))},
				Check:             holds(console, "site windows "+strings.ToUpper(eicarSHA1)+" - [managed by terraform]", left),
			},
			{ // what Terraform manages is no stranger to it
				Config:           acctest.Config(console, entry(wanted...)),
				Taint:            []string{entryAddress},
				ConfigPlanChecks: acctest.Planned(plancheck.ExpectResourceAction(entryAddress, plancheck.ResourceActionDestroyBeforeCreate)),
			},
		},
	})
}

// An entry that blocks another file, too, is not what the code says: it is named, and stays as it is.
func TestEntryThatBlocksMore(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Restrictions = []simulator.Restriction{{
		ID: "225494730938493801", Scope: "site", ScopeID: seed.Sites[0].ID, OSType: "windows",
		Value: new(eicarSHA1), SHA256Value: new(eicarSHA256),
	}}
	console := simulator.Start(t, simulator.WithSeed(seed))
	adopt := []string{`os_type = "windows"`, `on_existing = "adopt"`}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config:      acctest.Config(console, entry(append(adopt, `sha1 = "`+eicarSHA1+`"`)...)),
				ExpectError: regexp.MustCompile(`(?s)Object exists already.*` + eicarSHA256 + `.*id = "225494730938493801"`),
			},
			{
				Config: acctest.Config(console, entry(append(adopt, `sha1 = "`+eicarSHA1+`"`, `sha256 = "`+eicarSHA256+`"`)...)),
				Check:  holds(console, "site windows "+eicarSHA1+" "+eicarSHA256+" [managed by terraform]"),
			},
		},
	})
}

// Whatever becomes of the answer, a create makes one entry: also where the console refuses a second one.
func TestEntryIsCreatedOnce(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"drop-after-commit", "drop-before", "502-html", "truncate"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: kind, Method: "POST", Times: 2}))
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				CheckDestroy:             holds(console),
				Steps: []resource.TestStep{{
					Config: acctest.Config(console, entry(`os_type = "macos"`, `sha256 = "`+eicarSHA256+`"`)),
					Check:  holds(console, "site macos - "+eicarSHA256+" [managed by terraform]"),
				}},
			})
		})
	}
}
