package simulator_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// tagBody is the body that creates a firewall tag.
func tagBody(filter, data string) string {
	return `{"data":{"type":"firewall",` + data + `},"filter":{` + filter + `}}`
}

// tagSeed has a tag on each level, and two that differ in everything that can be filtered. Two rules are linked to the
// first, and one site has selected it.
func tagSeed() simulator.State {
	s := simulator.Demo()
	first, second := "1900000000000000401", "1900000000000000402"
	s.Tags = []simulator.Tag{
		{ID: first, Scope: "site", ScopeID: headquarters, Name: "Servers", Description: new("old"), Kind: new("special")},
		{ID: second, Scope: "site", ScopeID: headquarters, Name: "devices", Type: "device-inventory"},
		{Scope: "group", ScopeID: servers, Name: "of a group"},
		{Scope: "account", ScopeID: europe, Name: "of europe"},
		{Scope: "global", Name: "of all"},
		{Scope: "site", ScopeID: branch, Name: "beside"},
	}
	s.Rules = []simulator.Rule{
		{Scope: "site", ScopeID: headquarters, Name: "both", TagIDs: []string{first, second}},
		{Scope: "site", ScopeID: headquarters, Name: "one", TagIDs: []string{first}},
	}
	s.Configurations[1].SelectedTags = []string{second, first}
	return s
}

func TestTagFilters(t *testing.T) {
	t.Parallel()
	seed := tagSeed()
	seed.Users = append(seed.Users, simulator.User{Token: "site", ID: "1900000000000000009", Scope: "site", ScopeID: headquarters})
	console := simulator.Start(t, simulator.WithSeed(seed))
	admin, types := console.Token(), "device-inventory,firewall,network-quarantine"
	own := types + "&siteIds=" + headquarters
	all := []string{"Servers", "devices", "of a group", "of europe", "of all", "beside"}
	tests := []struct {
		token, query string
		want         []string
	}{
		{admin, types, all},
		{admin, "firewall", []string{"Servers", "of a group", "of europe", "of all", "beside"}},
		{admin, "device-inventory", []string{"devices"}},
		{admin, "network-quarantine", []string{}},
		{admin, own, []string{"Servers", "devices", "of europe", "of all"}},
		{admin, types + "&groupIds=" + servers, []string{"Servers", "devices", "of a group", "of europe", "of all"}},
		{admin, types + "&accountIds=" + europe, []string{"of europe", "of all"}},
		{admin, types + "&tenant=true", []string{"of all"}},
		{admin, own + "&onlyParents=true", []string{"of europe", "of all"}},
		{admin, own + "&onlyParents=false&scope=site", []string{"Servers", "devices"}},
		{admin, types + "&onlyParents=true", []string{}},
		{"site", types, []string{"Servers", "devices", "of a group"}},
		{"site", types + "&onlyParents=true", []string{"of europe", "of all"}},
		{admin, own + "&kind=special", []string{"Servers"}},
		{admin, own + "&name__contains=SERV,dev", []string{"Servers", "devices"}},
		{admin, own + "&query=EUR", []string{"of europe"}},
		{admin, own + "&ids=1900000000000000402,1999999999999999999", []string{"devices"}},
		{admin, own + "&sortBy=query&sortOrder=desc", []string{"of europe", "of all", "devices", "Servers"}},
		{admin, own + "&sortBy=type&limit=1", []string{"devices"}},
		{admin, own + "&sortBy=scope&limit=2", []string{"of europe", "of all"}},
		{admin, own + "&countOnly=true", []string{}},
	}
	for _, test := range tests {
		got := sendAs(t, console, "ApiToken "+test.token, "GET", "/tags?type="+test.query, "").page(t).column("name")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s of %s (-want +got):\n%s", test.query, test.token, diff)
		}
	}
	if diff := cmp.Diff(all, walk(t, console, "/tags?limit=2&type="+types, "name", nil)); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	console.Change(func(s *simulator.State) {
		s.Configurations = append(s.Configurations, simulator.Configuration{Scope: "account", ScopeID: europe})
	})
	for query, want := range map[string][]string{
		own:                       {"Servers", "devices", "of europe"},
		own + "&onlyParents=true": {"of europe", "of all"},
	} {
		got := send(t, console, "GET", "/tags?type="+query, "").page(t).column("name")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("europe does not inherit: %s (-want +got):\n%s", query, diff)
		}
	}
}

func TestTagLifecycle(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Users = append(seed.Users, simulator.User{Token: "jane", ID: "1900000000000000009", Name: "Jane"})
	console := simulator.Start(t, simulator.WithSeed(seed), simulator.WithClock(ticking()))
	created := send(t, console, "POST", "/tags", tagBody(site(headquarters), `"name":"new","description":"why","kind":"k"`)).data(t)
	id, _ := created["id"].(string)
	want := map[string]any{
		"id": id, "name": "new", "description": "why", "kind": "k", "type": "firewall", "linkedRules": 0.0,
		"affectedScopes": 0.0, "scope": "site", "scopeId": headquarters, "scopeName": "Headquarters",
		"creator": "Terraform service user", "creatorId": "1900000000000000001",
		"updater": "Terraform service user", "updaterId": "1900000000000000001",
		"createdAt": created["createdAt"], "updatedAt": created["createdAt"],
	}
	if diff := cmp.Diff(want, created); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	listed := send(t, console, "GET", "/tags?type=firewall&siteIds="+headquarters+"&ids="+id, "").page(t)
	if diff := cmp.Diff([]map[string]any{created}, listed.Data); diff != "" {
		t.Errorf("listed (-created +listed):\n%s", diff)
	}

	for _, change := range []map[string]any{{"name": "renamed"}, {"description": ""}, {"kind": "other"}} {
		body := `{"data":{`
		for field, value := range change {
			text, _ := value.(string)
			body += `"` + field + `":"` + text + `"`
		}
		changed := sendAs(t, console, "ApiToken jane", "PUT", "/tags/"+id, body+`}}`).data(t)
		maps.Copy(want, change)
		if changed["updatedAt"] == want["updatedAt"] {
			t.Errorf("%v: still updated at %v", change, want["updatedAt"])
		}
		want["updater"], want["updaterId"], want["updatedAt"] = "Jane", "1900000000000000009", changed["updatedAt"]
		if diff := cmp.Diff(want, changed); diff != "" {
			t.Errorf("changed (-want +got):\n%s", diff)
		}
	}

	if n := send(t, console, "DELETE", "/tags/"+id, "").data(t)["affected"]; n != 1.0 {
		t.Errorf("deleted %v, not 1", n)
	}
	send(t, console, "DELETE", "/tags/"+id, "").detail(t, http.StatusNotFound)
	if got := send(t, console, "POST", "/tags", tagBody(`"tenant":true`, `"name":"all"`)).data(t); got["scopeId"] != nil || got["scopeName"] != "Global" || got["id"] == id {
		t.Errorf("a tag of the tenant: %v", got)
	}
}

// TestDeletedTagIsUnlinked counts the links to a tag, and follows them when it goes.
func TestDeletedTagIsUnlinked(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(tagSeed()))
	links := func() map[string]any {
		found := map[string]any{}
		for _, tag := range send(t, console, "GET", "/tags?type=firewall,device-inventory&siteIds="+headquarters, "").page(t).Data {
			name, _ := tag["name"].(string)
			found[name] = []any{tag["linkedRules"], tag["affectedScopes"]}
		}
		for _, rule := range send(t, console, "GET", "/firewall-control?siteIds="+headquarters, "").page(t).Data {
			name, _ := rule["name"].(string)
			found[name] = rule["tagNames"]
		}
		settings := send(t, console, "GET", "/firewall-control/configuration?siteIds="+headquarters, "").data(t)
		found["selected"] = settings["selectedTags"]
		return found
	}
	want := map[string]any{
		"Servers": []any{2.0, 1.0}, "devices": []any{1.0, 1.0}, "of europe": []any{0.0, 0.0}, "of all": []any{0.0, 0.0},
		"both": []any{"Servers", "devices"}, "one": []any{"Servers"},
		"selected": []any{"1900000000000000402", "1900000000000000401"},
	}
	if diff := cmp.Diff(want, links()); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	send(t, console, "DELETE", "/tags/1900000000000000401", "").data(t)
	delete(want, "Servers")
	want["both"], want["one"], want["selected"] = []any{"devices"}, []any{}, []any{"1900000000000000402"}
	if diff := cmp.Diff(want, links()); diff != "" {
		t.Errorf("links after the deletion (-want +got):\n%s", diff)
	}
	send(t, console, "PUT", "/firewall-control/"+console.State().Rules[0].ID, `{"data":{"name":"new"}}`).data(t)
}

// TestDeleteTagsByFilter deletes what a filter finds in the scope itself, and nothing that the scope inherits.
func TestDeleteTagsByFilter(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(tagSeed()))
	for _, test := range []struct {
		filter   string
		affected any
	}{
		{`"type":["firewall"],` + site(headquarters), 1.0},
		{`"type":["firewall"],` + site(headquarters), 0.0},
		{`"type":["firewall"],"ids":["1900000000000000402","1999999999999999999"]`, 0.0},
		{`"type":["firewall","device-inventory"],"ids":["1900000000000000402","1900000000000000402"]`, 1.0},
		{`"type":["firewall"],"query":"EUROPE"`, 1.0},
		{`"type":["firewall"],"tenant":true`, 1.0},
	} {
		if got := send(t, console, "DELETE", "/tags", `{"filter":{`+test.filter+`}}`).data(t)["affected"]; got != test.affected {
			t.Errorf("%s: deleted %v, not %v", test.filter, got, test.affected)
		}
	}
	left := send(t, console, "GET", "/tags?type=firewall,device-inventory", "").page(t).column("name")
	if diff := cmp.Diff([]string{"of a group", "beside"}, left); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	for _, body := range []string{
		`{}`, `{"filter":null}`, `{"filter":{"ids":["1900000000000000402"]}}`, `{"filter":{"type":["firewall"]}}`,
		`{"filter":{"type":["firewall"],"ids":[]}}`, `{"filter":{"type":["firewall"],"tenant":false}}`,
		`{"filter":{"type":[],"tenant":true}}`, `{"filter":{"type":["firewall"],"tenant":true,"onlyParents":true}}`,
	} {
		send(t, console, "DELETE", "/tags", body).detail(t, http.StatusBadRequest)
	}
	if n := len(console.State().Tags); n != 2 {
		t.Errorf("%d tags after refusals, not 2", n)
	}
}

func TestTagRefusals(t *testing.T) {
	t.Parallel()
	seed := tagSeed()
	seed.Users = append(seed.Users, simulator.User{Token: "site", ID: "1900000000000000009", Scope: "site", ScopeID: headquarters})
	console := simulator.Start(t, simulator.WithSeed(seed))
	two := `"siteIds":["` + headquarters + `","` + branch + `"]`
	tests := []struct{ token, method, target, body, want string }{
		{"", "POST", "/tags", `{"data":{},"filter":{"tenant":true}}`, "data: name: Missing data for required field., type: Missing data for required field."},
		{"", "POST", "/tags", tagBody(site(branch), `"name":"x"`), "data: name: Shorter than minimum length 2."},
		{"", "POST", "/tags", tagBody(site(branch), `"name":"`+strings.Repeat("x", 257)+`"`), "data: name: Longer than maximum length 256."},
		{"", "POST", "/tags", tagBody(site(branch), `"name":"xx","description":"`+strings.Repeat("x", 257)+`"`), "data: description: Longer than maximum length 256."},
		{"", "POST", "/tags", tagBody(site(branch), `"name":"xx","kind":"`+strings.Repeat("x", 65)+`"`), "data: kind: Longer than maximum length 64."},
		{"", "POST", "/tags", tagBody(site(branch), `"name":"xx","description":null`), "data: description: Field may not be null."},
		{"", "POST", "/tags", tagBody(site(branch), `"name":"xx","scope":"site"`), "data: dict_values(['scope']): Unknown field"},
		{"", "POST", "/tags", tagBody("", `"name":"xx"`), "filter: Missing data for required field."},
		{"", "POST", "/tags", tagBody(two, `"name":"xx"`), "Exactly one scope is required."},
		{"site", "POST", "/tags", tagBody(`"tenant":true`, `"name":"xx"`), "User 1900000000000000009:site can not create tag with higher scope None:tenant"},
		{"", "PUT", "/tags/1900000000000000401", `{"data":{"type":"firewall"}}`, "data: dict_values(['type']): Unknown field"},
		{"", "PUT", "/tags/1900000000000000401", `{"data":{"name":null}}`, "data: name: Field may not be null."},
		{"", "PUT", "/tags/1900000000000000401", `{"data":{},"filter":{}}`, "filter: Unknown field"},
		{"", "PUT", "/tags/first", `{"data":{}}`, "tag_id: Not a valid Identifier."},
		{"", "DELETE", "/tags/12", "", "tag_id: Must be greater than or equal to 100000000000000000."},
	}
	for _, test := range tests {
		if test.token == "" {
			test.token = console.Token()
		}
		if got := sendAs(t, console, "ApiToken "+test.token, test.method, test.target, test.body).detail(t, http.StatusBadRequest); got != test.want {
			t.Errorf("%s %s\n got %q\nwant %q", test.target, test.body, got, test.want)
		}
	}
	if n := len(console.State().Tags); n != 6 {
		t.Errorf("%d tags after refusals, not 6", n)
	}
}
