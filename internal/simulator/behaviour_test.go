package simulator_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// behaving starts a console with one rule and one blocklist item, both in headquarters.
func behaving(t *testing.T, b simulator.Behaviour) *simulator.Console {
	t.Helper()
	seed := simulator.Demo()
	seed.Behaviour = b
	seed.Rules = []simulator.Rule{{
		ID: "1900000000000000601", Scope: "site", ScopeID: headquarters, Name: "there", Description: new("old"), Protocol: "TCP",
	}}
	seed.Restrictions = []simulator.Restriction{{Scope: "site", ScopeID: headquarters, OSType: "linux", Value: new(sha1)}}
	return simulator.Start(t, simulator.WithSeed(seed))
}

func TestPutRule(t *testing.T) {
	t.Parallel()
	want := map[string]map[string]any{
		"":        {"name": "there", "description": "new", "protocol": "TCP"},
		"replace": {"name": "there", "description": "new", "protocol": ""},
	}
	for value, fields := range want {
		console := behaving(t, simulator.Behaviour{PutRule: value})
		got := send(t, console, "PUT", "/firewall-control/1900000000000000601", `{"data":{"description":"new"}}`).data(t)
		for field, want := range fields {
			if got[field] != want {
				t.Errorf("%q: %s is %v, not %v", value, field, got[field], want)
			}
		}
	}
}

func TestNewRuleAt(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][]string{"": {"there", "one", "two"}, "top": {"two", "one", "there"}} {
		console := behaving(t, simulator.Behaviour{NewRuleAt: value})
		for _, name := range []string{"one", "two"} {
			send(t, console, "POST", "/firewall-control", ruleBody(headquarters, `"name":"`+name+`"`)).data(t)
		}
		for range 2 { // The order outlives a reload of the state.
			p := send(t, console, "GET", "/firewall-control?sortBy=order&siteIds="+headquarters, "").page(t)
			if diff := cmp.Diff(want, p.column("name")); diff != "" {
				t.Errorf("%q (-want +got):\n%s", value, diff)
			}
			for i, row := range p.Data {
				if row["order"] != float64(i+1) {
					t.Errorf("%q: rule %d has order %v", value, i+1, row["order"])
				}
			}
			console.Change(func(*simulator.State) {})
		}
	}
}

func TestReorderSwitch(t *testing.T) {
	t.Parallel()
	some, all := orderBody(4, 1), orderBody(4, 1, 1, 2, 3, 3, 2, 4)
	tests := []struct {
		value, body string
		status      int
		want        string
	}{
		{"", some, 200, "dabc"},
		{"", all, 200, "dacb"},
		{"ignore", some, 200, "abcd"},
		{"ignore", all, 200, "abcd"},
		{"ignore", orderBody(4, 1, 4, 2), 400, "abcd"},
		{"strict", some, 400, "abcd"},
		{"strict", orderBody(), 400, "abcd"},
		{"strict", all, 200, "dacb"},
	}
	for _, test := range tests {
		seed := orderSeed()
		seed.Behaviour.Reorder = test.value
		console := simulator.Start(t, simulator.WithSeed(seed))
		if got := send(t, console, "PUT", "/firewall-control/reorder", test.body); got.Status != test.status {
			t.Errorf("%q: %s: %d, not %d", test.value, test.body, got.Status, test.status)
		}
		if got := order(t, console); got != test.want {
			t.Errorf("%q: %s: %s, not %s", test.value, test.body, got, test.want)
		}
	}
}

func TestUniqueRuleNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		b      simulator.Behaviour
		site   string
		status int
	}{
		{simulator.Behaviour{}, headquarters, http.StatusOK},
		{simulator.Behaviour{UniqueRuleNames: true}, branch, http.StatusOK},
		{simulator.Behaviour{UniqueRuleNames: true}, headquarters, http.StatusBadRequest},
		{simulator.Behaviour{UniqueRuleNames: true, DuplicateStatus: 409}, headquarters, http.StatusConflict},
	}
	for _, test := range tests {
		console := behaving(t, test.b)
		got := send(t, console, "POST", "/firewall-control", ruleBody(test.site, `"name":"there"`))
		if got.Status != test.status {
			t.Errorf("%+v: %d, not %d", test.b, got.Status, test.status)
		}
		if got := send(t, console, "PUT", "/firewall-control/1900000000000000601", `{"data":{"name":"there"}}`); got.Status != 200 {
			t.Errorf("%+v: a rule that keeps its name: %d", test.b, got.Status)
		}
	}
}

func TestUnknownProtocol(t *testing.T) {
	t.Parallel()
	tests := []struct {
		value, protocol string
		status          int
	}{
		{"", "WXYZ", 200},
		{"", "tcp", 200},
		{"", "", 200},
		{"", "TCP", 200},
		{"refuse", "WXYZ", 400},
		{"refuse", "tcp", 400},
		{"refuse", "", 200},
		{"refuse", "TCP", 200},
		{"refuse", "IPv6-ICMP", 200},
	}
	for _, test := range tests {
		console := behaving(t, simulator.Behaviour{UnknownProtocol: test.value})
		field := `"protocol":"` + test.protocol + `"`
		for call, got := range map[string]answer{
			"POST": send(t, console, "POST", "/firewall-control", ruleBody(branch, `"name":"x",`+field)),
			"PUT":  send(t, console, "PUT", "/firewall-control/1900000000000000601", `{"data":{`+field+`}}`),
		} {
			if got.Status != test.status {
				t.Errorf("%q: %s of %q: %d, not %d", test.value, call, test.protocol, got.Status, test.status)
			}
			if want := `data: protocol: "` + test.protocol + `" is not a valid choice.`; test.status == 400 && got.detail(t, 400) != want {
				t.Errorf("%q: %s of %q: %s", test.value, call, test.protocol, got.Body)
			}
		}
	}
}

func TestHostValues(t *testing.T) {
	t.Parallel()
	sent := `["192.0.2.77/24","2001:DB8:0::1","Evil.Example","10.0.0.9-10.0.0.10"]`
	want := map[string][]any{
		"":          {"192.0.2.77/24", "2001:DB8:0::1", "Evil.Example", "10.0.0.9-10.0.0.10"},
		"canonical": {"10.0.0.9-10.0.0.10", "192.0.2.0/24", "2001:db8::1", "evil.example"},
		"shuffled":  {"Evil.Example", "2001:DB8:0::1", "192.0.2.77/24", "10.0.0.9-10.0.0.10"},
	}
	for value, hosts := range want {
		console := behaving(t, simulator.Behaviour{HostValues: value})
		got := send(t, console, "POST", "/firewall-control", ruleBody(branch, `"name":"x","remoteHosts":[{"type":"addresses","values":`+sent+`}]`))
		first := send(t, console, "GET", "/firewall-control?siteIds="+branch, "").page(t).Data[0]
		for _, rule := range []map[string]any{got.data(t), first} {
			if diff := cmp.Diff(map[string]any{"type": "addresses", "values": hosts}, rule["remoteHost"]); diff != "" {
				t.Errorf("%q (-want +got):\n%s", value, diff)
			}
		}
	}
}

func TestEmptyFields(t *testing.T) {
	t.Parallel()
	none, empty := any(nil), any([]any{})
	tests := map[string]struct{ absent, blank, hosts, ports, location any }{
		"":      {nil, "", empty, empty, none},
		"null":  {nil, nil, none, none, none},
		"empty": {"", "", empty, empty, empty},
	}
	for value, want := range tests {
		console := behaving(t, simulator.Behaviour{EmptyFields: value})
		hosts := `"localPort":{"type":"any","values":[]},"remoteHosts":[{"type":"any"}]`
		absent := send(t, console, "POST", "/firewall-control", ruleBody(branch, `"name":"x",`+hosts)).data(t)
		blank := send(t, console, "POST", "/firewall-control", ruleBody(branch, `"name":"x","description":""`)).data(t)
		got := map[string]any{
			"description": absent["description"], "blank description": blank["description"],
			"remoteHost": absent["remoteHost"], "remoteHosts": absent["remoteHosts"], "localPort": absent["localPort"],
			"location": absent["location"],
		}
		anyHost := map[string]any{"type": "any", "values": want.hosts}
		wanted := map[string]any{
			"description": want.absent, "blank description": want.blank,
			"remoteHost": anyHost, "remoteHosts": []any{anyHost},
			"localPort": map[string]any{"type": "any", "values": want.ports},
			"location":  map[string]any{"type": "all", "values": want.location},
		}
		if diff := cmp.Diff(wanted, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", value, diff)
		}
		item := send(t, console, "GET", "/restrictions?siteIds="+headquarters, "").page(t).Data[0]
		if item["description"] != want.absent {
			t.Errorf("%q: description of an item: %v", value, item["description"])
		}
		tag := send(t, console, "POST", "/tags", tagBody(site(branch), `"name":"xx","kind":""`)).data(t)
		if tag["description"] != want.absent || tag["kind"] != want.blank {
			t.Errorf("%q: description and kind of a tag: %v, %v", value, tag["description"], tag["kind"])
		}
	}
}

func TestHashCase(t *testing.T) {
	t.Parallel()
	mixed := strings.ToUpper(sha1[:20]) + sha1[20:]
	for value, want := range map[string]string{"": mixed, "lower": sha1, "upper": strings.ToUpper(sha1)} {
		console := behaving(t, simulator.Behaviour{HashCase: value})
		send(t, console, "POST", "/restrictions", hashBody(site(branch), `"osType":"linux","value":"`+mixed+`"`))
		got := send(t, console, "GET", "/restrictions?siteIds="+branch, "").page(t).column("value")
		if diff := cmp.Diff([]string{want}, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", value, diff)
		}
	}
}

func TestFoldValueFilter(t *testing.T) {
	t.Parallel()
	for fold, want := range map[bool]int{false: 0, true: 1} {
		console := behaving(t, simulator.Behaviour{FoldValueFilter: fold})
		if got := send(t, console, "GET", "/restrictions?includeChildren=true&value="+strings.ToUpper(sha1), "").page(t); len(got.Data) != want {
			t.Errorf("%v: %d items, not %d", fold, len(got.Data), want)
		}
	}
}

func TestStatusSwitches(t *testing.T) {
	t.Parallel()
	twice := hashBody(site(headquarters), `"osType":"linux","value":"`+sha1+`"`)
	tests := []struct {
		b                    simulator.Behaviour
		method, target, body string
		status               int
	}{
		{simulator.Behaviour{}, "POST", "/restrictions", twice, 400},
		{simulator.Behaviour{DuplicateStatus: 409}, "POST", "/restrictions", twice, 409},
		{simulator.Behaviour{}, "POST", "/restrictions", hashBody(site("1999999999999999999"), `"osType":"linux","value":"`+sha1+`"`), 400},
		{simulator.Behaviour{UnknownScopeStatus: 403}, "POST", "/restrictions", hashBody(site("1999999999999999999"), `"osType":"linux","value":"`+sha1+`"`), 403},
		{simulator.Behaviour{}, "GET", "/sites?color=red", "", 400},
		{simulator.Behaviour{IgnoreUnknownQuery: true}, "GET", "/sites?color=red", "", 200},
		{simulator.Behaviour{}, "GET", "/restrictions?siteIds=1999999999999999999", "", 403},
		{simulator.Behaviour{UnknownScopeStatus: 404}, "GET", "/restrictions?siteIds=1999999999999999999", "", 404},
		{simulator.Behaviour{}, "GET", "/sites?name=" + strings.Repeat("x", 9000), "", 200},
		{simulator.Behaviour{URLLimit: 8192}, "GET", "/sites?name=" + strings.Repeat("x", 9000), "", 414},
	}
	for _, test := range tests {
		if got := send(t, behaving(t, test.b), test.method, test.target, test.body); got.Status != test.status {
			t.Errorf("%+v: %d, not %d", test.b, got.Status, test.status)
		}
	}
}

func TestCountSkipped(t *testing.T) {
	t.Parallel()
	for counted, want := range map[bool]int{false: 0, true: 1} {
		console := behaving(t, simulator.Behaviour{CountSkipped: counted})
		if got := send(t, console, "GET", "/restrictions?skipCount=true&siteIds="+headquarters, "").page(t).Pagination.TotalItems; got != want {
			t.Errorf("%v: totalItems %d, not %d", counted, got, want)
		}
	}
}

func TestUnscopedRules(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]int{"": 1, "all": 1, "own": 0} {
		console := behaving(t, simulator.Behaviour{UnscopedRules: value}) // Its rule lies in a site, its user does not.
		if got := send(t, console, "GET", "/firewall-control?actions=Allow,Block", "").page(t); len(got.Data) != want {
			t.Errorf("%q: %d rules, not %d", value, len(got.Data), want)
		}
		console.Change(func(s *simulator.State) { s.Tags = s.Tags[1:] }) // One is left, in the site.
		if got := send(t, console, "GET", "/tags?type=firewall", "").page(t); len(got.Data) != want {
			t.Errorf("%q: %d tags, not %d", value, len(got.Data), want)
		}
	}
}

func TestUniqueTagNames(t *testing.T) {
	t.Parallel()
	unique := simulator.Behaviour{UniqueTagNames: true}
	tests := []struct {
		b                    simulator.Behaviour
		site, category, name string
		status               int
	}{
		{simulator.Behaviour{}, headquarters, "firewall", "there", 200},
		{unique, headquarters, "firewall", "there", 400},
		{simulator.Behaviour{UniqueTagNames: true, DuplicateStatus: 409}, headquarters, "firewall", "there", 409},
		{unique, headquarters, "firewall", "There", 200},
		{unique, headquarters, "device-inventory", "there", 200},
		{unique, branch, "firewall", "there", 200},
	}
	for _, test := range tests {
		console := behaving(t, test.b)
		console.Change(func(s *simulator.State) {
			s.Tags = []simulator.Tag{
				{ID: "1900000000000000401", Name: "there", Scope: "site", ScopeID: headquarters},
				{ID: "1900000000000000402", Name: "other", Scope: "site", ScopeID: test.site, Type: test.category},
			}
		})
		name := `"name":"` + test.name + `"`
		if got := send(t, console, "PUT", "/tags/1900000000000000402", `{"data":{`+name+`}}`); got.Status != test.status {
			t.Errorf("%+v: renamed: %d", test, got.Status)
		}
		send(t, console, "PUT", "/tags/1900000000000000402", `{"data":{"name":"another"}}`).data(t)
		body := strings.Replace(tagBody(site(test.site), name), "firewall", test.category, 1)
		if got := send(t, console, "POST", "/tags", body); got.Status != test.status {
			t.Errorf("%+v: created: %d", test, got.Status)
		}
		if got := send(t, console, "PUT", "/tags/1900000000000000401", `{"data":{"name":"there","kind":"x"}}`); got.Status != 200 {
			t.Errorf("%+v: a tag that keeps its name: %d", test, got.Status)
		}
	}
}

func TestTagKind(t *testing.T) {
	t.Parallel()
	for value, status := range map[string]int{"": 200, "accept": 200, "refuse": 400} {
		console := behaving(t, simulator.Behaviour{TagKind: value})
		id, _ := send(t, console, "POST", "/tags", tagBody(site(branch), `"name":"xx"`)).data(t)["id"].(string)
		for _, got := range []answer{
			send(t, console, "POST", "/tags", tagBody(site(branch), `"name":"xx","kind":"x"`)),
			send(t, console, "PUT", "/tags/"+id, `{"data":{"kind":"x"}}`),
		} {
			if got.Status != status || status == 400 && got.detail(t, status) != "data: dict_values(['kind']): Unknown field" {
				t.Errorf("%q: %d %s", value, got.Status, got.Body)
			}
		}
	}
}

func TestHideDecommissioned(t *testing.T) {
	t.Parallel()
	for hidden, want := range map[bool][]int{false: {4, 1, 3, 4}, true: {3, 1, 3, 4}} {
		console := behaving(t, simulator.Behaviour{HideDecommissioned: hidden})
		console.Change(func(s *simulator.State) { s.Agents[0].IsDecommissioned = true })
		var got []int
		for _, query := range []string{"", "isDecommissioned=true", "isDecommissioned=false", "isDecommissioned=true,false"} {
			got = append(got, send(t, console, "GET", "/agents?"+query, "").page(t).Pagination.TotalItems)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", hidden, diff)
		}
	}
}
