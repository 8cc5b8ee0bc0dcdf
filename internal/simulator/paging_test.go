package simulator_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/simulator"
)

// walk follows the cursors of a list and returns the column's values; between two pages it calls meanwhile.
func walk(t testing.TB, c *simulator.Console, target, column string, meanwhile func(seen []string)) []string {
	t.Helper()
	var all []string
	for cursor := ""; ; {
		p := send(t, c, "GET", target+cursor, "").page(t)
		all = append(all, p.column(column)...)
		if p.Pagination.NextCursor == nil {
			return all
		}
		cursor = "&cursor=" + url.QueryEscape(*p.Pagination.NextCursor)
		if meanwhile != nil {
			meanwhile(all)
		}
	}
}

func TestPagesHoldEachRowOnce(t *testing.T) {
	t.Parallel()
	seed := seedWithRules(23)
	for i := range seed.Rules {
		seed.Rules[i].Name = fmt.Sprintf("rule, %02d", i*7%23/2) // Names repeat, out of order, with a cursor's own separator.
	}
	for _, size := range []int{1, 2, 7, 23, 1000} {
		for _, sort := range []string{"", "&sortBy=name", "&sortBy=name&sortOrder=desc", "&sortBy=order", "&sortBy=status&sortOrder=desc"} {
			for _, shuffle := range []bool{false, true} {
				t.Run(fmt.Sprintf("%d%s/shuffle=%v", size, sort, shuffle), func(t *testing.T) {
					t.Parallel()
					opts := []simulator.Option{simulator.WithSeed(seed)}
					if shuffle {
						opts = append(opts, simulator.WithShuffle(7))
					}
					console := simulator.Start(t, opts...)
					target := fmt.Sprintf("/firewall-control?siteIds=%s&limit=%d%s", headquarters, size, sort)
					got := walk(t, console, target, "id", nil)
					slices.Sort(got)
					want := []string{}
					for _, r := range console.State().Rules {
						want = append(want, r.ID)
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("ids (-want +got):\n%s", diff)
					}
				})
			}
		}
	}
}

// TestPagesWhileRowsComeAndGo deletes and creates rules between pages: of those that were there all the time, each is
// seen once.
func TestPagesWhileRowsComeAndGo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		seed := seedWithRules(rapid.IntRange(0, 15).Draw(r, "rules"))
		size := rapid.SampledFrom([]int{1, 2, 7}).Draw(r, "size")
		sort := rapid.SampledFrom([]string{"id", "name", "order", "action"}).Draw(r, "sort")
		direction := rapid.SampledFrom([]string{"asc", "desc"}).Draw(r, "direction")
		console := simulator.Start(t, simulator.WithSeed(seed))
		staying := map[string]bool{}
		for _, rule := range console.State().Rules {
			staying[rule.ID] = true
		}
		target := fmt.Sprintf("/firewall-control?siteIds=%s&limit=%d&sortBy=%s&sortOrder=%s", headquarters, size, sort, direction)
		seen := walk(t, console, target, "id", func([]string) {
			rules := console.State().Rules
			gone := rules[rapid.IntRange(0, len(rules)-1).Draw(r, "gone")].ID
			delete(staying, gone)
			send(t, console, "DELETE", "/firewall-control", `{"filter":{"ids":["`+gone+`"]}}`).data(t)
			if len(rules) < 20 && rapid.Bool().Draw(r, "create") {
				name := rapid.SampledFrom([]string{"aaa", "rule 000003", "zzz"}).Draw(r, "name")
				send(t, console, "POST", "/firewall-control", ruleBody(headquarters, `"name":"`+name+`"`)).data(t)
			}
		})
		count := map[string]int{}
		for _, id := range seen {
			if count[id]++; count[id] > 1 {
				r.Fatalf("%s was listed twice", id)
			}
		}
		for id := range staying {
			if count[id] == 0 {
				r.Fatalf("%s was not listed", id)
			}
		}
	})
}

func TestPageParameters(t *testing.T) {
	t.Parallel()
	seed := seedWithRules(23)
	console := simulator.Start(t, simulator.WithSeed(seed))
	base := "/firewall-control?siteIds=" + headquarters
	tests := map[string]struct{ rows, total int }{
		"":                          {10, 23},
		"&limit=1000":               {23, 23},
		"&limit=5&skip=20":          {3, 23},
		"&skip=1000":                {0, 23},
		"&countOnly=true":           {0, 23},
		"&countOnly=false":          {10, 23},
		"&skipCount=true":           {10, 0},
		"&disablePagination=true":   {23, 23},
		"&limit=3&name=rule+000005": {1, 1},
	}
	for query, want := range tests {
		p := send(t, console, "GET", base+query, "").page(t)
		if len(p.Data) != want.rows || p.Pagination.TotalItems != want.total {
			t.Errorf("%q: %d rows of %d, not %d of %d", query, len(p.Data), p.Pagination.TotalItems, want.rows, want.total)
		}
	}
	refused := map[string]string{
		"&limit=0":                         "limit: Must be greater than or equal to 1.",
		"&limit=1001":                      "limit: Must be less than or equal to 1000.",
		"&limit=many":                      "limit: Not a valid integer.",
		"&skip=1001":                       "skip: Must be less than or equal to 1000.",
		"&sortBy=color":                    `sortBy: "color" is not a valid choice.`,
		"&cursor=!":                        "cursor: Not a valid cursor.",
		"&cursor=c2l0ZV9pZDox":             "cursor: Not a valid cursor.", // of sites
		"&sortBy=name&cursor=cnVsZV9pZDox": "cursor: Not a valid cursor.", // of the ids' order
		"&sortBy=name&cursor=cnVsZV9pZDoxLG5hbWU6eDp5": "cursor: Not a valid cursor.",
	}
	for query, want := range refused {
		if got := send(t, console, "GET", base+query, "").detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%q: %q, not %q", query, got, want)
		}
	}
}

func TestPageSizeOption(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(seedWithRules(5)), simulator.WithPageSize(2))
	target := "/firewall-control?limit=1000&siteIds=" + headquarters
	if p := send(t, console, "GET", target, "").page(t); len(p.Data) != 2 {
		t.Errorf("%d rows on a page, not 2", len(p.Data))
	}
	if got := walk(t, console, target, "id", nil); len(got) != 5 {
		t.Errorf("%d rows on all pages, not 5", len(got))
	}
	p := send(t, console, "GET", "/firewall-control?disablePagination=true&limit=1&sortBy=order&siteIds="+headquarters, "").page(t)
	if len(p.Data) != 5 || p.Pagination.NextCursor != nil {
		t.Errorf("%d rows without pages, not 5", len(p.Data))
	}
}
