package organization

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
)

func listed(sites ...sentinelone.Site) iter.Seq2[sentinelone.Site, error] {
	return func(yield func(sentinelone.Site, error) bool) {
		for _, site := range sites {
			if !yield(site, nil) {
				return
			}
		}
	}
}

func failing(err error) iter.Seq2[sentinelone.Site, error] {
	return func(yield func(sentinelone.Site, error) bool) { yield(sentinelone.Site{}, err) }
}

func byName(name string) search[sentinelone.Site] {
	return search[sentinelone.Site]{
		kind: "site", name: types.StringValue(name), nameOf: func(site sentinelone.Site) string { return site.Name },
	}
}

// A console that finds names in part does not make one match another.
func TestSearchIsExact(t *testing.T) {
	t.Parallel()
	asked := listed(
		sentinelone.Site{ID: "1", Name: "HQ north"}, sentinelone.Site{ID: "2", Name: "HQ"}, sentinelone.Site{ID: "3", Name: "hq"},
	)
	found, err := byName("HQ").in(asked, failing(errors.New("this was not to be read")))
	if err != nil || found.ID != "2" {
		t.Errorf("got %v, %v", found, err)
	}
	_, err = byName("HQ ").in(asked, asked)
	if _, ok := errors.AsType[*choiceError](err); !ok {
		t.Errorf("got %v", err)
	}
}

// However many there are, an error names ten, in the order of their ids.
func TestSearchNamesTen(t *testing.T) {
	t.Parallel()
	var many []sentinelone.Site
	for i := range 12 {
		many = append(many, sentinelone.Site{ID: fmt.Sprint(112 - i), Name: "HQ", AccountID: "7"})
	}
	for name, tt := range map[string]struct {
		asked   iter.Seq2[sentinelone.Site, error]
		summary string
	}{
		"several": {listed(many...), "Several sites: 12 sites have"},
		"none":    {listed(), "No such site: "},
	} {
		_, err := byName("HQ").in(tt.asked, listed(many...))
		choice, ok := errors.AsType[*choiceError](err)
		if !ok || !strings.HasPrefix(choice.Error(), tt.summary) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if !strings.Contains(choice.detail, `:`+"\n  - site \"HQ\" (id 101) in account 7\n") ||
			strings.Count(choice.detail, "\n  - ") != 10 || !strings.HasSuffix(choice.detail, "\n  and 2 more") {
			t.Errorf("%s: got %s", name, choice.detail)
		}
	}
}

// What the console fails with is no proof that there is nothing.
func TestSearchFails(t *testing.T) {
	t.Parallel()
	failure := errors.New("the console failed")
	for name, lists := range map[string][2]iter.Seq2[sentinelone.Site, error]{
		"asked": {failing(failure), listed()}, "around": {listed(), failing(failure)},
	} {
		if _, err := byName("HQ").in(lists[0], lists[1]); !errors.Is(err, failure) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
