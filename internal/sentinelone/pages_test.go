package sentinelone

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var cmpEmpty = cmpopts.EquateEmpty()

// pagesOf serves pages of sites by cursor: the page after "" is the first.
func pagesOf(t *testing.T, pages map[string]string) http.HandlerFunc {
	t.Helper()
	return func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Query().Get("cursor")]
		if !ok {
			answer(w, http.StatusBadRequest, `{"errors":[{"code":1,"title":"no such page"}]}`)
			return
		}
		answer(w, http.StatusOK, page)
	}
}

func sitesPage(total int, next string, ids ...int) string {
	rows := ""
	for i, id := range ids {
		if i > 0 {
			rows += ","
		}
		rows += fmt.Sprintf(`{"id":"%d"}`, id)
	}
	if next != "null" {
		next = `"` + next + `"`
	}
	return fmt.Sprintf(`{"data":{"sites":[%s]},"pagination":{"totalItems":%d,"nextCursor":%s}}`, rows, total, next)
}

func TestListing(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		pages      map[string]string
		want       []string
		incomplete bool
		fails      bool
	}{
		"one page":    {map[string]string{"": sitesPage(2, "null", 1, 2)}, []string{"1", "2"}, false, false},
		"no row":      {map[string]string{"": sitesPage(0, "null")}, nil, false, false},
		"three pages": {map[string]string{"": sitesPage(3, "a", 1), "a": sitesPage(3, "b", 2), "b": sitesPage(3, "null", 3)}, []string{"1", "2", "3"}, false, false},
		"a row twice": {map[string]string{"": sitesPage(2, "a", 1), "a": sitesPage(2, "null", 1, 2)}, []string{"1", "2"}, false, false},
		"rows missing": {
			map[string]string{"": sitesPage(3, "null", 1, 2)},
			[]string{"1", "2"},
			true, true,
		},
		"rows removed meanwhile": {
			map[string]string{"": sitesPage(3, "a", 1, 2), "a": sitesPage(2, "null", 3)},
			[]string{"1", "2", "3"},
			false, false,
		},
		"a cursor in a circle": {
			map[string]string{"": sitesPage(3, "a", 1), "a": sitesPage(3, "a", 2)},
			[]string{"1", "2"},
			true, true,
		},
		"a page that fails": {map[string]string{"": sitesPage(3, "a", 1)}, []string{"1"}, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := newTestClient(t, pagesOf(t, tt.pages))
			got, err := collectSites(t.Context(), c)
			if diff := cmp.Diff(tt.want, got, cmpEmpty); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			var incomplete *IncompleteError
			if errors.As(err, &incomplete) != tt.incomplete || (err != nil) != tt.fails {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A listing that did not come whole is begun again; rows that came before don't come twice.
func TestListingIsBegunAgain(t *testing.T) {
	t.Parallel()
	pages := []string{sitesPage(3, "null", 1, 2), sitesPage(3, "null", 2, 3)}
	calls := 0
	c, _ := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, pages[min(calls, 1)])
		calls++
	})
	got, err := collectSites(t.Context(), c)
	if diff := cmp.Diff([]string{"1", "2", "3"}, got); diff != "" || err != nil {
		t.Errorf("%v, rows (-want +got):\n%s", err, diff)
	}
}

// A page that is too long to read is asked for again in smaller pages, down to a single row.
func TestListingOfLargeRows(t *testing.T) {
	t.Parallel()
	rows := []string{"1", "2", "3"}
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		first, _ := strconv.Atoi(r.URL.Query().Get("cursor"))
		limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
		if err != nil {
			t.Error(err)
		}
		last, next := min(first+limit, len(rows)), "null"
		if last < len(rows) {
			next = fmt.Sprintf(`"%d"`, last)
		}
		body := ""
		for _, id := range rows[first:last] {
			body += fmt.Sprintf(`,{"id":%q,"name":%q}`, id, strings.Repeat("x", 1000))
		}
		answer(w, http.StatusOK, fmt.Sprintf(
			`{"data":{"sites":[%s]},"pagination":{"totalItems":3,"nextCursor":%s}}`, body[1:], next))
	})
	c.transport.longestAnswer = 1500
	got, err := collectSites(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rows, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	c.transport.longestAnswer = 500
	if _, err := collectSites(t.Context(), c); !errors.Is(err, errTooLong) {
		t.Errorf("a row that is too long by itself: %v", err)
	}
}

// Pages are fetched as they are used: who stops early asks no further.
func TestListingIsLazy(t *testing.T) {
	t.Parallel()
	calls := 0
	pages := pagesOf(t, map[string]string{"": sitesPage(2, "a", 1), "a": sitesPage(2, "null", 2)})
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		calls++
		pages(w, r)
	})
	for _, err := range c.Sites.List(t.Context(), SiteQuery{}) {
		if err != nil {
			t.Error(err)
		}
		break
	}
	if calls != 1 {
		t.Errorf("%d calls for the first row", calls)
	}
}
