package blocklist_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// Each filter selects one of two entries, and the reach of a listing the entries above and below.
func TestEntries(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	site := seed.Sites[0]
	made := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	hash := func(n int) *string { return new(fmt.Sprintf("%040d", n)) }
	seed.Restrictions = []simulator.Restriction{
		{
			ID: "200000000000000001", OSType: "linux", Value: hash(1), Description: new("Created by Another Product"),
			Source: "cloud", Imported: true, UserID: "1900000000000000777", UserName: "Alice", Scope: "site", ScopeID: site.ID,
			CreatedAt: made, UpdatedAt: made,
		},
		{
			ID: "200000000000000002", OSType: "windows", Value: hash(2), Description: new("x [managed by terraform]"),
			Source: "user", UserID: "1900000000000000778", UserName: "Bob", Scope: "site", ScopeID: site.ID,
			CreatedAt: made.Add(time.Hour), UpdatedAt: made.Add(time.Hour),
		},
		{ID: "200000000000000003", OSType: "linux", Value: hash(3), Scope: "global", CreatedAt: made, UpdatedAt: made},
		{ID: "200000000000000004", OSType: "linux", Value: hash(4), Scope: "account", ScopeID: site.AccountID},
	}
	console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(2), simulator.WithShuffle(4))
	var config strings.Builder
	var checks []statecheck.StateCheck
	add := func(body string, ids ...string) {
		name := fmt.Sprint("case_", len(checks))
		fmt.Fprintf(&config, "data \"sentinelone_blocklist_entries\" %q {\n  %s\n}\n", name, body)
		rows := []knownvalue.Check{}
		for _, id := range ids {
			rows = append(rows, knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"id": knownvalue.StringExact("20000000000000000" + id),
			}))
		}
		checks = append(checks, statecheck.ExpectKnownValue(
			"data.sentinelone_blocklist_entries."+name, tfjsonpath.New("entries"), knownvalue.ListExact(rows)))
	}
	add(``, "1", "2")
	add(`inherited = true`, "1", "2", "3", "4")
	add("scope = { tenant = true }", "3")
	add("scope = { tenant = true }\n  include_children = true", "1", "2", "3", "4")
	for _, filter := range []string{
		`ids = ["200000000000000001"]`, `query = "Another"`, `os_types = ["linux"]`, `sources = ["cloud"]`, `imported = true`,
		`creator_ids = ["1900000000000000777"]`, `creator_contains = ["Ali"]`, `hash_contains = ["0001"]`,
		`created_before = "2026-03-01T13:00:00Z"`, `created_until = "2026-03-01T12:00:00Z"`,
		`updated_before = "2026-03-01T13:00:00Z"`, `updated_until = "2026-03-01T12:00:00Z"`,
		`managed = false`, `description_contains = "Created by Another"`,
	} {
		add(filter, "1")
	}
	for _, filter := range []string{
		`managed = true`, `imported = false`, `created_after = "2026-03-01T12:00:00Z"`, `created_since = "2026-03-01T13:00:00Z"`,
		`updated_after = "2026-03-01T12:00:00Z"`, `updated_since = "2026-03-01T13:00:00Z"`,
	} {
		add(filter, "2")
	}
	add(`recommendations = ["Not allowed"]`)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps:                    []resource.TestStep{{Config: acctest.Config(console, config.String()), ConfigStateChecks: checks}},
	})
}
