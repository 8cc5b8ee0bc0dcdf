package firewall

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/simulator"
	"terraform-provider-sentinelone/internal/tfkit"
)

// orderOn returns the resource, configured for a console.
func orderOn(t *testing.T, console *simulator.Console) *ruleOrderResource {
	t.Helper()
	client, err := sentinelone.New(sentinelone.Config{
		Host: console.URL(), Token: console.Token(), RequestsPerSecond: 1e6,
	})
	if err != nil {
		t.Fatal(err)
	}
	var r ruleOrderResource
	r.Provider = &tfkit.Provider{Console: client, Rules: NewRuleInventory(client)}
	return &r
}

// Whatever the order was, one call brings the listed rules to the front and leaves the others in the order that they
// had, and a second apply calls nothing. Rules of other scopes are not touched.
func TestAnyOrderHolds(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Behaviour.Reorder = "strict"
	console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithPageSize(2), simulator.WithShuffle(7))
	site := seed.Sites[0]
	in := sentinelone.Scope{Level: sentinelone.LevelSite, ID: site.ID}
	r := orderOn(t, console)
	order := func() (own, others []string) {
		rules := console.State().Rules
		slices.SortStableFunc(rules, func(a, b simulator.Rule) int { return cmp.Compare(a.Order, b.Order) })
		for _, rule := range rules {
			if rule.Scope == "site" {
				own = append(own, rule.ID)
			} else {
				others = append(others, rule.ID)
			}
		}
		return own, others
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "rules")
		console.Change(func(s *simulator.State) {
			s.Rules = nil
			for i := range n {
				for _, owner := range []simulator.Rule{
					{Scope: "site", ScopeID: site.ID}, {Scope: "account", ScopeID: site.AccountID}, {Scope: "global"},
				} {
					owner.Name, owner.Action, owner.Status = "the same", "Block", "Enabled"
					owner.ID = fmt.Sprintf("2%017d%d", i, len(s.Rules)%3)
					s.Rules = append(s.Rules, owner)
				}
			}
		})
		before, othersBefore := order()
		wanted := rapid.Permutation(before).Draw(t, "permutation")[:rapid.IntRange(1, n).Draw(t, "listed")]
		for apply, calls := range []int{1, 0} {
			current, _ := order()
			if slices.Equal(current[:len(wanted)], wanted) {
				calls = 0
			}
			console.ResetStats()
			arrange(t, r, in, wanted)
			if got := console.Stats().Requests["PUT /web/api/v2.1/firewall-control/reorder"]; got != calls {
				t.Fatalf("apply %d: %d calls instead of %d", apply+1, got, calls)
			}
		}
		after, othersAfter := order()
		if diff := gocmp.Diff(slices.Concat(wanted, without(before, wanted)), after); diff != "" {
			t.Fatalf("order (-want +got):\n%s", diff)
		}
		if diff := gocmp.Diff(othersBefore, othersAfter); diff != "" {
			t.Fatalf("rules of other scopes (-want +got):\n%s", diff)
		}
	})
}

func arrange(t *rapid.T, r *ruleOrderResource, in sentinelone.Scope, wanted []string) {
	ids, diags := types.ListValueFrom(t.Context(), types.StringType, wanted)
	r.arrange(t.Context(), ruleOrderModel{Scope: tfkit.NewScope(in), RuleIDs: ids}, &diags)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
}

// What is read is about the listed rules: as they are where they come first, with what is in the way where not.
func TestHead(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ current, listed, want string }{
		"in order":               {"a b c d", "a b", "a b"},
		"another order":          {"b a c d", "a b", "b a"},
		"one in the way":         {"x a y b z", "a b", "x a y b"},
		"one gone":               {"b c", "a b", "b"},
		"one gone, one between":  {"b x c", "a b c", "b x c"},
		"all gone":               {"x y", "a b", ""},
		"all, as after a create": {"c b a", "a b c", "c b a"},
	} {
		got := strings.Join(head(strings.Fields(tt.current), strings.Fields(tt.listed)), " ")
		if got != tt.want {
			t.Errorf("%s: %q instead of %q", name, got, tt.want)
		}
	}
}

// Where somebody else orders the same rules, the console takes the order and keeps another: one call, and a warning
// that names the rules.
func TestContestedOrder(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Behaviour.Reorder = "ignore"
	for i, name := range []string{"first", "second", "third"} {
		seed.Rules = append(seed.Rules, simulator.Rule{
			ID: fmt.Sprint(200000000000000000 + i), Name: name, Action: "Block", Status: "Enabled",
			Scope: "site", ScopeID: seed.Sites[0].ID,
		})
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	ids, diags := types.ListValueFrom(t.Context(), types.StringType, []string{seed.Rules[2].ID, seed.Rules[0].ID})
	in := sentinelone.Scope{Level: sentinelone.LevelSite, ID: seed.Sites[0].ID}
	orderOn(t, console).arrange(t.Context(), ruleOrderModel{Scope: tfkit.NewScope(in), RuleIDs: ids}, &diags)
	if diags.HasError() || len(diags) != 1 || diags[0].Severity() != diag.SeverityWarning {
		t.Fatal(diags)
	}
	for _, want := range []string{
		`"first" (id 200000000000000000) is at place 1 instead of 2`,
		`"second" (id 200000000000000001) is at place 2, and is not listed`,
		`"third" (id 200000000000000002) is at place 3 instead of 1`,
	} {
		if !strings.Contains(diags[0].Detail(), want) {
			t.Errorf("the warning does not say %q:\n%s", want, diags[0].Detail())
		}
	}
	if calls := console.Stats().Requests["PUT /web/api/v2.1/firewall-control/reorder"]; calls != 1 {
		t.Errorf("%d calls", calls)
	}
}
