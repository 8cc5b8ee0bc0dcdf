package sentinelone

import (
	"errors"
	"fmt"
	"net/http"
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
