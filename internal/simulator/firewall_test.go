package simulator_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// ruleSeed has a rule on each level, and two that differ in everything that can be filtered.
func ruleSeed() simulator.State {
	s := simulator.Demo()
	s.Tags = []simulator.Tag{{ID: "1900000000000000401", Name: "Crown jewels", Scope: "site", ScopeID: headquarters, Description: new("to guard")}}
	s.Locations = []simulator.Location{{ID: "1900000000000000501", Name: "office", Scope: "global"}}
	s.Rules = []simulator.Rule{
		{
			Scope: "site", ScopeID: headquarters, Name: "first", Action: "Block", Direction: "inbound", OSTypes: []string{"linux"},
			Protocol: "TCP", TagIDs: []string{"1900000000000000401"},
			Application: simulator.Application{Type: "path", Values: []string{`C:\Curl.exe`}},
			Location:    simulator.RuleLocation{Type: "specific", IDs: []string{"1900000000000000501"}},
		},
		{
			Scope: "site", ScopeID: headquarters, Name: "second", Action: "Allow", Status: "Disabled", Direction: "outbound",
			OSTypes: []string{"windows", "macos"}, Protocol: "UDP", Tag: "old words",
		},
		{Scope: "group", ScopeID: servers, Name: "of a group"},
		{Scope: "account", ScopeID: europe, Name: "of europe"},
		{Scope: "global", Name: "of all"},
		{Scope: "site", ScopeID: branch, Name: "beside"},
	}
	return s
}

func TestRuleFilters(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(ruleSeed()), simulator.WithClock(ticking()))
	first := console.State().Rules[0]
	created := first.CreatedAt.UTC().Format("2006-01-02T15:04:05.000000Z")
	millis := first.CreatedAt.UnixMilli()
	tests := map[string][]string{
		"name=first":                               {"first"},
		"name=FIRST":                               {},
		"name__contains=FIR,eco":                   {"first", "second"},
		"actions=Allow":                            {"second"},
		"statuses=Disabled":                        {"second"},
		"osTypes=linux":                            {"first"},
		"osTypes=linux,macos":                      {"first", "second"},
		"directions=inbound":                       {"first"},
		"protocols=UDP":                            {"second"},
		"protocol__contains=cp":                    {"first"},
		`applications=C:\Curl.exe`:                 {"first"},
		"application__contains=curl":               {"first"},
		"service__contains=curl":                   {"first"},
		"tagIds=1900000000000000401":               {"first"},
		"tagName__contains=jewel":                  {"first"},
		"locationIds=1900000000000000501":          {"first"},
		"query=jewels":                             {"first"},
		"query=OLD":                                {"second"},
		"ids=" + first.ID + ",1999999999999999999": {"first"},
		"createdAt__lt=" + created:                 {},
		"createdAt__lte=" + created:                {"first"},
		"createdAt__gt=" + created:                 {"second"},
		"createdAt__gte=" + created:                {"first", "second"},
		fmt.Sprintf("createdAt__between=%d-%d", millis, millis):         {"first"},
		fmt.Sprintf("createdAt__between=%d-%d", millis+1, millis+90000): {"second"},
		"scopes=site&name=second&actions=Allow,Block":                   {"second"},
	}
	for query, want := range tests {
		got := send(t, console, "GET", "/firewall-control?scopes=site&siteIds="+headquarters+"&"+strings.TrimPrefix(query, "scopes=site&"), "")
		if diff := cmp.Diff(want, got.page(t).column("name")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestRuleScopes(t *testing.T) {
	t.Parallel()
	seed := ruleSeed()
	seed.Users = append(seed.Users, simulator.User{Token: "site", ID: "1900000000000000009", Scope: "site", ScopeID: headquarters})
	console := simulator.Start(t, simulator.WithSeed(seed))
	tests := []struct {
		token, query string
		want         []string // with a * when editable
	}{
		{console.Token(), "siteIds=" + headquarters, []string{"first*", "second*", "of europe", "of all"}},
		{console.Token(), "groupIds=" + servers, []string{"first", "second", "of a group*", "of europe", "of all"}},
		{console.Token(), "accountIds=" + europe, []string{"of europe*", "of all"}},
		{console.Token(), "tenant=true", []string{"of all*"}},
		{console.Token(), "siteIds=" + headquarters + "," + branch + "&scopes=site", []string{"first*", "second*", "beside*"}},
		{console.Token(), "siteIds=" + headquarters + "&scopes=global,account", []string{"of europe", "of all"}},
		{console.Token(), "actions=Allow,Block", []string{"first*", "second*", "of a group*", "of europe*", "of all*", "beside*"}},
		{"site", "actions=Allow,Block", []string{"first*", "second*", "of a group*"}},
		{"site", "siteIds=" + headquarters, []string{"first*", "second*", "of europe", "of all"}},
	}
	for _, test := range tests {
		p := sendAs(t, console, "apitoken "+test.token, "GET", "/firewall-control?"+test.query, "").page(t)
		got := p.column("name")
		for i, row := range p.Data {
			if row["editable"] == true {
				got[i] += "*"
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s of %s (-want +got):\n%s", test.query, test.token, diff)
		}
	}
	console.Change(func(s *simulator.State) {
		s.Configurations = append(s.Configurations, simulator.Configuration{Scope: "account", ScopeID: europe})
	})
	got := send(t, console, "GET", "/firewall-control?siteIds="+headquarters, "").page(t).column("name")
	if diff := cmp.Diff([]string{"first", "second", "of europe"}, got); diff != "" {
		t.Errorf("europe does not inherit rules (-want +got):\n%s", diff)
	}
}

// TestRuleQueryNeedsAFilter holds the requirement of the swagger, which ids alone don't meet. With the switch, any
// query is answered.
func TestRuleQueryNeedsAFilter(t *testing.T) {
	t.Parallel()
	console, lenient := simulator.Start(t), behaving(t, simulator.Behaviour{RuleFilterOptional: true})
	for query, want := range map[string]int{
		"": 400, "?ids=1900000000000000001": 400, "?name__contains=xx": 400, "?tenant=false": 400, "?limit=5": 400,
		"?name=x": 200, "?tenant=true": 200, "?osTypes=linux": 200, "?statuses=Enabled&ids=1900000000000000001": 200,
	} {
		if got := send(t, console, "GET", "/firewall-control"+query, ""); got.Status != want {
			t.Errorf("%q: %d, not %d", query, got.Status, want)
		}
		if got := send(t, lenient, "GET", "/firewall-control"+query, ""); got.Status != http.StatusOK {
			t.Errorf("%q with the switch: %d", query, got.Status)
		}
	}
}

func TestRuleLifecycle(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithClock(ticking()))
	body := strings.ReplaceAll(string(recorded(t, "client_firewall_post_body.json")), "225494730938493804", headquarters)
	created := send(t, console, "POST", "/firewall-control", body).data(t)
	id, _ := created["id"].(string)
	listed := send(t, console, "GET", "/firewall-control?siteIds="+headquarters+"&ids="+id, "").page(t)
	if diff := cmp.Diff([]map[string]any{created}, listed.Data); diff != "" {
		t.Errorf("listed (-created +listed):\n%s", diff)
	}

	change := `{"data":{"name":"new name","description":"why","action":null,"remotePort":{"type":"ports","values":[443]}}}`
	changed := send(t, console, "PUT", "/firewall-control/"+id, change).data(t)
	want := maps.Clone(created)
	want["name"], want["description"] = "new name", "why"
	want["remotePort"] = map[string]any{"type": "ports", "values": []any{443.0}}
	want["updatedAt"] = changed["updatedAt"]
	if diff := cmp.Diff(want, changed); diff != "" || changed["updatedAt"] == created["updatedAt"] {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	if got := send(t, console, "PUT", "/firewall-control/"+id, `{"data":{"description":null}}`).data(t); got["description"] != nil {
		t.Errorf("a cleared description: %v", got["description"])
	}

	for _, n := range []float64{1, 0} {
		got := send(t, console, "DELETE", "/firewall-control", `{"filter":{"ids":["`+id+`"]}}`).data(t)
		if got["affected"] != n {
			t.Errorf("deleted %v, not %v", got["affected"], n)
		}
	}
	again, _ := send(t, console, "POST", "/firewall-control", body).data(t)["id"].(string)
	if again == id {
		t.Error("an id was used twice")
	}
}

// TestDeprecatedRuleFields holds what the singular fields do beside the plural ones.
func TestDeprecatedRuleFields(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	tests := []struct {
		data, field string
		want        any
	}{
		{`"osType":"macos"`, "osTypes", []any{"macos"}},
		{`"osType":"macos","osTypes":["linux","windows"]`, "osTypes", []any{"linux", "windows"}},
		{`"osType":"macos","osTypes":null`, "osType", "macos"},
		{`"osTypes":[]`, "osTypes", []any{"windows", "macos", "linux"}},
		{`"tag":"words"`, "tag", "words"},
		{`"tag":null`, "tag", ""},
		{`"protocol":null`, "protocol", ""},
		{`"direction":null`, "direction", "any"},
		{`"location":{"type":"all","values":[]}`, "location", map[string]any{"type": "all", "values": nil}},
		{
			`"remoteHost":{"type":"fqdn","values":["a.example"]},"remoteHosts":[{"type":"cidr","values":["192.0.2.0/24"]}]`,
			"remoteHosts",
			[]any{map[string]any{"type": "fqdn", "values": []any{"a.example"}}},
		},
		{
			`"remoteHosts":[{"type":"cidr","values":["192.0.2.0/24"]},{"type":"addresses","values":[]}]`,
			"remoteHost",
			map[string]any{"type": "cidr", "values": []any{"192.0.2.0/24"}},
		},
	}
	for _, test := range tests {
		got := send(t, console, "POST", "/firewall-control", ruleBody(branch, `"name":"x",`+test.data)).data(t)
		if diff := cmp.Diff(test.want, got[test.field]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.data, diff)
		}
	}
}

func TestRuleRefusals(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	tests := map[string]string{
		ruleBody(branch, `"name":"x","id":"1900000000000000001"`):                                             "data: dict_values(['id']): Unknown field",
		ruleBody(branch, `"name":"x","order":1`):                                                              "data: dict_values(['order']): Unknown field",
		ruleBody(branch, `"name":"`+strings.Repeat("x", 201)+`"`):                                             "data: name: Longer than maximum length 200.",
		ruleBody(branch, `"name":null`):                                                                       "data: name: Field may not be null.",
		ruleBody(branch, `"name":"x","localHost":null`):                                                       "data: localHost: Field may not be null.",
		ruleBody(branch, `"name":"x","localPort":{"type":"ports","values":[65536]}`):                          "data: localPort: values: 0: Must be less than or equal to 65535.",
		ruleBody(branch, `"name":"x","tagIds":["1900000000000000404"]`):                                       "invalid tag(s) for this scope",
		ruleBody(branch, `"name":"x","location":{"type":"specific","values":[{"id":"1900000000000000404"}]}`): "invalid location(s) for this scope",
		ruleBody("12", `"name":"x"`):                                                                          "filter: siteIds: 0: Must be greater than or equal to 100000000000000000.",
		`{"data":{"name":"x","action":"Block","status":"Enabled"},"filter":{}}`:                               "filter: Missing data for required field.",
		`{"data":{"name":"x","action":"Block","status":"Enabled"},"filter":{"ids":[],"a":1}}`:                 "filter: a: Unknown field, ids: Unknown field",
		`{"data":[]}`: "data: Invalid input type., filter: Missing data for required field.",
		`{`:           "Invalid input type.",
		`[]`:          "Invalid input type.",
		``:            "data: Missing data for required field.",
	}
	for body, want := range tests {
		if got := send(t, console, "POST", "/firewall-control", body).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s\n got %q\nwant %q", body, got, want)
		}
	}
	for _, body := range []string{``, `"filter":{}`, `"filter":{"ids":["1"]}`, `"filter":null`, `"filter":{"ids":[]}`, `"filter":{"tenant":false}`} {
		send(t, console, "DELETE", "/firewall-control", `{`+body+`}`).detail(t, http.StatusBadRequest)
		body = strings.TrimSuffix(`{"data":{"status":"Enabled"},`+body, ",") + `}`
		send(t, console, "PUT", "/firewall-control/enable", body).detail(t, http.StatusBadRequest)
	}
	for body, want := range map[string]string{
		`{"data":{"status":"On"},"filter":{"tenant":true}}`: `data: status: "On" is not a valid choice.`,
		`{"data":{},"filter":{"tenant":true}}`:              "data: status: Missing data for required field.",
		`{"data":{"status":"Enabled"}}`:                     "filter: Missing data for required field.",
	} {
		if got := send(t, console, "PUT", "/firewall-control/enable", body).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("enable %s\n got %q\nwant %q", body, got, want)
		}
	}
	if n := len(console.State().Rules); n != 0 {
		t.Errorf("refused bodies made %d rules", n)
	}
}

// TestCreateInSeveralScopes creates one rule for each scope, and answers with the first.
func TestCreateInSeveralScopes(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	body := `{"data":{"name":"x","action":"Block","status":"Enabled"},"filter":{"siteIds":["` + branch + `","` + headquarters + `"]}}`
	if got := send(t, console, "POST", "/firewall-control", body).data(t); got["scopeId"] != branch {
		t.Errorf("answered with the rule of %v", got["scopeId"])
	}
	if n := len(console.State().Rules); n != 2 {
		t.Errorf("%d rules, not 2", n)
	}
}

// TestDeleteByFilter deletes what a filter finds in the scope itself, and nothing that the scope inherits.
func TestDeleteByFilter(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(ruleSeed()))
	got := send(t, console, "DELETE", "/firewall-control", `{"filter":{"siteIds":["`+headquarters+`"],"actions":["Block"]}}`).data(t)
	if got["affected"] != 1.0 {
		t.Errorf("deleted %v, not 1", got["affected"])
	}
	left := send(t, console, "GET", "/firewall-control?actions=Allow,Block", "").page(t)
	if diff := cmp.Diff([]string{"second", "of a group", "of europe", "of all", "beside"}, left.column("name")); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	if left.Data[0]["order"] != 1.0 {
		t.Errorf("the second rule moved up to %v, not 1", left.Data[0]["order"])
	}
}

// TestEnableByFilter changes the status of what a filter finds in the scope itself, and nothing else of a rule.
func TestEnableByFilter(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(ruleSeed()), simulator.WithClock(ticking()))
	before := console.State().Rules
	enable := func(status, filter string, want float64) {
		t.Helper()
		body := `{"data":{"status":"` + status + `"},"filter":{` + filter + `}}`
		if n := send(t, console, "PUT", "/firewall-control/enable", body).data(t)["affected"]; n != want {
			t.Errorf("%s: %v rules, not %v", filter, n, want)
		}
	}
	enable("Disabled", `"siteIds":["`+headquarters+`"]`, 2) // One of them is disabled already.
	enable("Disabled", `"ids":["`+before[4].ID+`","1999999999999999999"]`, 1)
	enable("Enabled", `"siteIds":["`+headquarters+`"],"name":"second"`, 1)
	after := console.State().Rules
	want := slices.Clone(before)
	for i, status := range map[int]string{0: "Disabled", 1: "Enabled", 4: "Disabled"} {
		if !after[i].UpdatedAt.After(before[i].UpdatedAt) {
			t.Errorf("%s was updated at %v", after[i].Name, after[i].UpdatedAt)
		}
		want[i].Status, want[i].UpdatedAt = status, after[i].UpdatedAt
	}
	if diff := cmp.Diff(want, after); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}
