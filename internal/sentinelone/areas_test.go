package sentinelone

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// seen is what a call sent.
type seen struct {
	method, path string
	query        url.Values
	body         any
}

// recorder answers every call with one body and keeps what was sent last.
func recorder(t *testing.T, body string) (*Client, *seen) {
	t.Helper()
	last := &seen{}
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		*last = seen{method: r.Method, path: r.URL.Path, query: r.URL.Query()}
		if text, err := io.ReadAll(r.Body); err != nil || len(text) > 0 && json.Unmarshal(text, &last.body) != nil {
			t.Errorf("unreadable body %q: %v", text, err)
		}
		answer(w, http.StatusOK, body)
	})
	return c, last
}

func decoded(t *testing.T, text string) (value any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// The bodies of creates are those of a working integration.
func TestCreateBodies(t *testing.T) {
	t.Parallel()
	site := Scope{LevelSite, "225494730938493804"}
	t.Run("firewall rule", func(t *testing.T) {
		t.Parallel()
		c, last := recorder(t, readFile(t, "doc_firewall_rule_swagger_example.json"))
		rule, err := c.FirewallRules.Create(t.Context(), site, FirewallRuleFields{
			Name: "Block bad-ip", Description: "case 4711", OSTypes: []string{"windows", "macos", "linux"}, TagIDs: []string{}, Action: ActionBlock,
			Status: StatusEnabled, Direction: DirectionAny,
			Application: Target{TypeAny, []string{}}, LocalHost: Target{TypeAny, []string{}},
			LocalPort: PortTarget{TypeAny, []int64{}}, RemotePort: PortTarget{TypeAny, []int64{}},
			RemoteHosts: []Target{{HostAddresses, []string{"203.0.113.7"}}}, Location: LocationTarget{Type: LocationAll},
		})
		if err != nil {
			t.Fatal(err)
		}
		if rule.ID != "225494730938493804" || rule.Scope() != (Scope{LevelTenant, "225494730938493804"}) {
			t.Errorf("got %+v", rule)
		}
		body := strings.Replace(readFile(t, "client_firewall_post_body.json"),
			`"description": null`, `"description": "case 4711"`, 1)
		if diff := cmp.Diff(decoded(t, body), last.body); diff != "" {
			t.Errorf("body (-want +got):\n%s", diff)
		}
	})
	t.Run("blocklist entry", func(t *testing.T) {
		t.Parallel()
		c, last := recorder(t, readFile(t, "real_restrictions_post_200.json"))
		entry, err := c.Restrictions.Create(t.Context(), site, RestrictionFields{
			OSType: "windows", SHA1: "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", Description: "blocked",
		})
		if err != nil {
			t.Fatal(err)
		}
		if want := (Scope{LevelGroup, "3333333333333333333"}); entry.Scope() != want || entry.SHA256 != "" {
			t.Errorf("got %+v", entry)
		}
		if diff := cmp.Diff(decoded(t, readFile(t, "client_restrictions_post_body.json")), last.body); diff != "" {
			t.Errorf("body (-want +got):\n%s", diff)
		}
	})
}

func TestQueriesNameTheScope(t *testing.T) {
	t.Parallel()
	const empty = `{"data":[],"pagination":{"totalItems":0,"nextCursor":null}}`
	for name, tt := range map[string]struct {
		in   Scope
		want url.Values
	}{
		"tenant":  {Scope{Level: LevelTenant}, url.Values{"tenant": {"true"}, "ids": {"7"}, "limit": {"1000"}}},
		"account": {Scope{LevelAccount, "1"}, url.Values{"accountIds": {"1"}, "ids": {"7"}, "limit": {"1000"}}},
		"site":    {Scope{LevelSite, "1"}, url.Values{"siteIds": {"1"}, "ids": {"7"}, "limit": {"1000"}}},
		"group":   {Scope{LevelGroup, "1"}, url.Values{"groupIds": {"1"}, "ids": {"7"}, "limit": {"1000"}}},
		// An id alone does not satisfy the API.
		"none": {Scope{}, url.Values{"actions": {"Allow,Block"}, "ids": {"7"}, "limit": {"1000"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, last := recorder(t, empty)
			if found, err := c.FirewallRules.Find(t.Context(), tt.in, "7"); err != nil || len(found) > 0 {
				t.Errorf("found %v, %v", found, err)
			}
			if diff := cmp.Diff(tt.want, last.query); diff != "" {
				t.Errorf("query (-want +got):\n%s", diff)
			}
		})
	}
}

// An empty selection would delete everything in the scope.
func TestDeletesNameTheObject(t *testing.T) {
	t.Parallel()
	in := Scope{LevelSite, "1"}
	c, last := recorder(t, `{"data":{"affected":1}}`)
	if n, err := c.FirewallRules.Delete(t.Context(), in, "7", "8"); err != nil || n != 1 {
		t.Error(n, err)
	}
	if diff := cmp.Diff(decoded(t, `{"filter":{"siteIds":["1"],"ids":["7","8"]}}`), last.body); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if n, err := c.Restrictions.Delete(t.Context(), in, "7"); err != nil || n != 1 {
		t.Error(n, err)
	}
	if diff := cmp.Diff(decoded(t, `{"data":{"type":"black_hash","ids":["7"]}}`), last.body); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

// Without ids, a delete would be about everything: it is not sent.
func TestDeleteOfNothing(t *testing.T) {
	t.Parallel()
	c, last := recorder(t, `{"data":{"affected":9}}`)
	for name, remove := range map[string]func(context.Context, Scope, ...string) (int, error){
		"rules": c.FirewallRules.Delete, "tags": c.FirewallTags.Delete, "entries": c.Restrictions.Delete,
	} {
		if n, err := remove(t.Context(), Scope{LevelSite, "1"}); n != 0 || err == nil || last.body != nil {
			t.Errorf("%s: %d, %v, sent %v", name, n, err, last.body)
		}
	}
}

// Ids go in calls of 300, and in smaller ones where the console finds the URL too long.
func TestFindInChunks(t *testing.T) {
	t.Parallel()
	for longest, calls := range map[int]int{1000: 3, 300: 3, 100: 12} {
		asked := 0
		c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
			asked++
			ids := strings.Split(r.URL.Query().Get("ids"), ",")
			if len(ids) > longest {
				w.WriteHeader(http.StatusRequestURITooLong)
				return
			}
			rows := `{"id":"` + strings.Join(ids, `"},{"id":"`) + `"}`
			answer(w, http.StatusOK, fmt.Sprintf(`{"data":[%s],"pagination":{"totalItems":%d}}`, rows, len(ids)))
		})
		var ids []string
		for i := range 700 {
			ids = append(ids, fmt.Sprint(i))
		}
		found, err := c.Restrictions.Find(t.Context(), Scope{LevelSite, "1"}, ids...)
		if err != nil || len(found) != len(ids) || asked != calls {
			t.Errorf("at most %d: %d found by %d calls, %v", longest, len(found), asked, err)
		}
	}
}

func TestSitesDropTheSecret(t *testing.T) {
	t.Parallel()
	c, last := recorder(t, readFile(t, "real_sites_list_200.json"))
	name := "Default site"
	var got []Site
	for site, err := range c.Sites.List(t.Context(), SiteQuery{Name: &name, States: []string{"active", "expired"}}) {
		if err != nil { // the sample was shortened: two rows of three
			break
		}
		got = append(got, site)
	}
	if len(got) != 2 || got[0].ID != "1286405255257023125" || !got[0].IsDefault || got[0].Expiration != nil {
		t.Errorf("got %+v", got)
	}
	want := url.Values{"name": {name}, "states": {"active,expired"}, "limit": {"1000"}}
	if diff := cmp.Diff(want, last.query); diff != "" {
		t.Errorf("query (-want +got):\n%s", diff)
	}
}

// Groups and accounts come with their filters, and a group's secret stays behind: there is no field for it.
func TestGroupsAndAccounts(t *testing.T) {
	t.Parallel()
	c, last := recorder(t, `{"data":[{"id":"7","siteId":"1","rank":3,"filterId":null,"registrationToken":"secret"}],
		"pagination":{"totalItems":1}}`)
	rank, never := int64(3), false
	groups, err := Collect(c.Groups.List(t.Context(), GroupQuery{
		GroupIDs: []string{"7", "8"}, Types: []string{"dynamic"}, Rank: &rank, IsDefault: &never,
	}))
	if err != nil || len(groups) != 1 || groups[0].Parent() != (Scope{LevelSite, "1"}) || *groups[0].Rank != rank ||
		strings.Contains(fmt.Sprintf("%+v", groups), "secret") {
		t.Errorf("got %+v, %v", groups, err)
	}
	want := url.Values{
		"groupIds": {"7,8"}, "types": {"dynamic"}, "rank": {"3"}, "isDefault": {"false"}, "limit": {"1000"},
	}
	if diff := cmp.Diff(want, last.query); diff != "" {
		t.Errorf("query (-want +got):\n%s", diff)
	}
	accounts, err := Collect(c.Accounts.List(t.Context(), AccountQuery{AccountIDs: []string{"7"}, Modules: []string{"star", "rso"}}))
	if err != nil || len(accounts) != 1 || accounts[0].Parent() != (Scope{Level: LevelTenant}) {
		t.Errorf("got %+v, %v", accounts, err)
	}
	want = url.Values{"accountIds": {"7"}, "module": {"star,rso"}, "limit": {"1000"}}
	if diff := cmp.Diff(want, last.query); diff != "" {
		t.Errorf("query (-want +got):\n%s", diff)
	}
}
