package simulator_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/simulator"
)

// orderSeed has four rules in headquarters, a to d, and one rule each above, below and beside it.
func orderSeed() simulator.State {
	s := simulator.Demo()
	rule := func(n int, scope, id, name string) {
		s.Rules = append(s.Rules, simulator.Rule{ID: ruleID(n), Scope: scope, ScopeID: id, Name: name})
	}
	for i, name := range []string{"a", "b", "c", "d"} {
		rule(i+1, "site", headquarters, name)
	}
	rule(5, "account", europe, "above")
	rule(6, "group", servers, "below")
	rule(7, "site", branch, "beside")
	return s
}

func ruleID(n int) string { return fmt.Sprintf("19000000000000006%02d", n) }

// orderBody asks for places in headquarters: pairs of a rule's number and the place.
func orderBody(pairs ...int) string {
	var items []string
	for i := 0; i < len(pairs); i += 2 {
		items = append(items, fmt.Sprintf(`{"id":"%s","order":%d}`, ruleID(pairs[i]), pairs[i+1]))
	}
	return `{"data":[` + strings.Join(items, ",") + `],"filter":{"siteIds":["` + headquarters + `"]}}`
}

// order lists a site's own rules in their order, and holds the numbers in the answer to it.
func order(t *testing.T, console *simulator.Console) string {
	t.Helper()
	p := send(t, console, "GET", "/firewall-control?scopes=site&sortBy=order&disablePagination=true&siteIds="+headquarters, "").page(t)
	for i, row := range p.Data {
		if row["order"] != float64(i+1) {
			t.Errorf("rule %d has order %v", i+1, row["order"])
		}
	}
	return strings.Join(p.column("name"), "")
}

func TestReorder(t *testing.T) {
	t.Parallel()
	tests := []struct {
		body, want string
	}{
		{orderBody(4, 1, 3, 2, 2, 3, 1, 4), "dcba"},
		{orderBody(1, 4, 2, 3, 3, 2, 4, 1), "dcba"}, // The numbers count, not the order of the list.
		{orderBody(2, 70, 4, 10, 3, 30, 1, 20), "dacb"},
		{orderBody(4, 1), "dabc"},
		{orderBody(1, 4), "bcda"},
		{orderBody(1, 3), "bcad"},
		{orderBody(2, 2), "abcd"},
		{orderBody(4, 2, 1, 3), "bdac"},
		{orderBody(1, 9, 2, 8), "cdba"},
		{orderBody(4, 1, 3, 1), "dcab"}, // Who asks first goes first.
		{orderBody(3, 1, 4, 1), "cdab"},
		{orderBody(), "abcd"},
		{strings.Replace(orderBody(4, 1), `"filter":{`, `"filter":{"osTypes":["linux"],`, 1), "dabc"},
		{strings.Replace(orderBody(4, 1), `"order":1`, `"order":1.0`, 1), "dabc"},
		{strings.Replace(orderBody(1, 1), `"order":1`, `"order":1e30`, 1), "bcda"},
	}
	for _, test := range tests {
		console := simulator.Start(t, simulator.WithSeed(orderSeed()), simulator.WithClock(ticking()))
		if got := send(t, console, "PUT", "/firewall-control/reorder", test.body).data(t); got["success"] != true {
			t.Errorf("%s: %v", test.body, got)
		}
		for range 2 { // The order outlives a reload of the state.
			if got := order(t, console); got != test.want {
				t.Errorf("%s: %s, not %s", test.body, got, test.want)
			}
			console.Change(func(*simulator.State) {})
		}
		for i, r := range console.State().Rules {
			seeded := orderSeed().Rules[i]
			if r.ID != seeded.ID || r.Name != seeded.Name || r.ScopeID != seeded.ScopeID || !r.UpdatedAt.Equal(r.CreatedAt) {
				t.Errorf("%s: more than the order has changed: %+v", test.body, r)
			}
		}
	}
}

func TestReorderRefusals(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(orderSeed()))
	scoped := func(filter string) string {
		return `{"data":[{"id":"` + ruleID(1) + `","order":1}],"filter":{` + filter + `}}`
	}
	tests := map[string]string{
		orderBody(4, 1, 5, 2):  "data: 1: id: rule " + ruleID(5) + " is not in this scope", // inherited
		orderBody(4, 1, 6, 2):  "data: 1: id: rule " + ruleID(6) + " is not in this scope",
		orderBody(4, 1, 7, 2):  "data: 1: id: rule " + ruleID(7) + " is not in this scope",
		orderBody(4, 1, 99, 2): "data: 1: id: rule " + ruleID(99) + " is not in this scope",
		orderBody(4, 1, 4, 2):  "data: 1: id: rule " + ruleID(4) + " is given twice",
		orderBody(4, 0):        "data: 0: order: Must be greater than or equal to 1.",
		scoped(``):             "filter: Missing data for required field.",
		scoped(`"tenant":true,"siteIds":["` + headquarters + `"]`):      "Exactly one scope is required.",
		scoped(`"siteIds":["` + headquarters + `","` + branch + `"]`):   "Exactly one scope is required.",
		scoped(`"siteIds":["` + headquarters + `"],"name":"a"`):         "filter: name: Unknown field",
		`{"data":[{"id":"` + ruleID(1) + `"}],"filter":{}}`:             "data: 0: order: Missing data for required field.",
		`{"data":[{"order":1,"id":"` + ruleID(1) + `","name":"x"}]}`:    "data: 0: name: Unknown field, filter: Missing data for required field.",
		`{"data":{"id":"` + ruleID(1) + `","order":1},"filter":{}}`:     "data: Not a valid list.",
		`{"data":[{"id":"` + ruleID(1) + `","order":1.5}],"filter":{}}`: "data: 0: order: Not a valid integer.",
	}
	for body, want := range tests {
		if got := send(t, console, "PUT", "/firewall-control/reorder", body).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s\n got %q\nwant %q", body, got, want)
		}
	}
	if got := order(t, console); got != "abcd" {
		t.Errorf("refused calls left %s", got)
	}
}

// TestReorderIsOfOneScope reorders the rules of each level, and those of the others stay.
func TestReorderIsOfOneScope(t *testing.T) {
	t.Parallel()
	scopes := []struct{ level, id, filter string }{
		{"global", "", `"tenant":true`},
		{"account", europe, `"accountIds":["` + europe + `"]`},
		{"site", headquarters, site(headquarters)},
		{"group", servers, `"groupIds":["` + servers + `"]`},
	}
	seed := simulator.Demo()
	for _, s := range scopes {
		for order, name := range map[int]string{5: "a", 9: "b"} {
			seed.Rules = append(seed.Rules, simulator.Rule{Scope: s.level, ScopeID: s.id, Order: order, Name: name})
		}
	}
	for _, s := range scopes {
		console := simulator.Start(t, simulator.WithSeed(seed))
		for _, r := range console.State().Rules {
			if r.Scope == s.level && r.Name == "b" {
				send(t, console, "PUT", "/firewall-control/reorder", `{"data":[{"id":"`+r.ID+`","order":1}],"filter":{`+s.filter+`}}`).data(t)
			}
		}
		for _, r := range console.State().Rules {
			if first := r.Order == 5; first != ((r.Name == "b") == (r.Scope == s.level)) {
				t.Errorf("reordered %s: rule %s of %s has number %d", s.level, r.Name, r.Scope, r.Order)
			}
		}
	}
}

// TestReorderAmongOthers mixes reordering with creating and deleting, against a plain list.
func TestReorderAmongOthers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		top := rapid.Bool().Draw(r, "top")
		seed := simulator.Demo()
		if top {
			seed.Behaviour.NewRuleAt = "top"
		}
		console := simulator.Start(t, simulator.WithSeed(seed))
		var want []string // ids
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			switch step := rapid.IntRange(0, 4).Draw(r, "step"); {
			case step == 0 && len(want) > 0:
				gone := rapid.IntRange(0, len(want)-1).Draw(r, "gone")
				send(t, console, "DELETE", "/firewall-control", `{"filter":{"ids":["`+want[gone]+`"]}}`).data(t)
				want = slices.Delete(want, gone, gone+1)
			case step == 1 && len(want) > 0:
				from := rapid.IntRange(0, len(want)-1).Draw(r, "from")
				to := rapid.IntRange(0, len(want)-1).Draw(r, "to")
				id := want[from]
				want = slices.Insert(slices.Delete(want, from, from+1), to, id)
				body := fmt.Sprintf(`{"data":[{"id":"%s","order":%d}],"filter":{%s}}`, id, to+1, site(headquarters))
				send(t, console, "PUT", "/firewall-control/reorder", body).data(t)
			case step == 2:
				want = rapid.Permutation(want).Draw(r, "order")
				var items []string
				for i, id := range want {
					items = append(items, fmt.Sprintf(`{"id":"%s","order":%d}`, id, i+1))
				}
				body := `{"data":[` + strings.Join(items, ",") + `],"filter":{` + site(headquarters) + `}}`
				send(t, console, "PUT", "/firewall-control/reorder", body).data(t)
			default:
				id, _ := send(t, console, "POST", "/firewall-control", ruleBody(headquarters, `"name":"x"`)).data(t)["id"].(string)
				if top {
					want = slices.Insert(want, 0, id)
				} else {
					want = append(want, id)
				}
			}
		}
		p := send(t, console, "GET", "/firewall-control?sortBy=order&limit=100&siteIds="+headquarters, "").page(t)
		if diff := cmp.Diff(append([]string{}, want...), p.column("id")); diff != "" {
			r.Fatalf("order (-want +got):\n%s", diff)
		}
	})
}
