package simulator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// TestRecordedErrors holds error answers to the bytes that live consoles sent.
func TestRecordedErrors(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Users = append(seed.Users,
		simulator.User{Token: "expired", ID: "1900000000000000004", TokenExpiresAt: time.Now().Add(-time.Second)},
		simulator.User{Token: "nobody", ID: "1900000000000000002", Permissions: []string{}},
		simulator.User{Token: "account", ID: "1449449408854677414", Scope: "account", ScopeID: europe},
	)
	console := simulator.Start(t, simulator.WithSeed(seed), simulator.AllowUnknownRoutes())
	admin := "ApiToken " + console.Token()
	tests := map[string]struct {
		authorization, method, target, body string
		status                              int
		recorded                            string
	}{
		"no token":       {"", "GET", "/sites", "", 401, "real_error_401.json"},
		"wrong token":    {"ApiToken wrong", "GET", "/sites", "", 401, "real_error_401.json"},
		"wrong scheme":   {"Bearer " + console.Token(), "GET", "/sites", "", 401, "real_error_401.json"},
		"no permission":  {"ApiToken nobody", "GET", "/sites", "", 403, "real_error_403.json"},
		"unknown route":  {admin, "GET", "/unheard-of", "", 404, "real_error_404.json"},
		"unknown path":   {admin, "DELETE", "/sites/" + branch + "/policy", "", 404, "real_error_404.json"},
		"not served":     {admin, "DELETE", "/sites/" + branch, "", 501, "real_error_501.json"},
		"wrong method":   {admin, "PATCH", "/sites", "", 501, "real_error_501.json"},
		"expired token":  {"ApiToken expired", "GET", "/sites", "", 401, "real_error_401.json"},
		"unknown tag":    {admin, "PUT", "/tags/1999999999999999999", `{"data":{}}`, 404, "real_error_404.json"},
		"no such tag":    {admin, "DELETE", "/tags/1999999999999999999", "", 404, "real_error_404.json"},
		"unknown rule":   {admin, "PUT", "/firewall-control/1999999999999999999", `{"data":{}}`, 404, "real_error_404.json"},
		"scope too high": {"ApiToken account", "POST", "/firewall-control", `{"data":{"name":"x","action":"Block","status":"Enabled"},"filter":{"tenant":true}}`, 400, "real_error_400_higher_scope.json"},
		"unknown field":  {admin, "POST", "/restrictions", `{"data":{"type":"black_hash","osType":"linux","pages":1},"filter":{"tenant":true}}`, 400, "real_error_400_unknown_field.json"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := sendAs(t, console, test.authorization, test.method, test.target, test.body)
			if got.Status != test.status {
				t.Errorf("status %d, not %d", got.Status, test.status)
			}
			// The JSON around the texts of the 400s was rebuilt by their recorder, so the order of its keys tells nothing.
			sorted := test.status == http.StatusBadRequest
			if diff := cmp.Diff(compact(t, recorded(t, test.recorded), sorted), compact(t, got.Body, sorted)); diff != "" {
				t.Errorf("body (-recorded +got):\n%s", diff)
			}
		})
	}
}

func compact(t *testing.T, document []byte, sorted bool) string {
	t.Helper()
	if sorted {
		var value any
		if err := json.Unmarshal(document, &value); err != nil {
			t.Fatal(err)
		}
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		return string(encoded)
	}
	var out bytes.Buffer
	if err := json.Compact(&out, document); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestMissingFields holds the text for missing fields to the recorded one, which names the fields of another endpoint.
func TestMissingFields(t *testing.T) {
	t.Parallel()
	var want struct {
		Errors []struct {
			Detail string `json:"detail"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(recorded(t, "real_error_400_missing_fields.json"), &want); err != nil {
		t.Fatal(err)
	}
	rename := strings.NewReplacer("type:", "name:", "key:", "action:", "value:", "status:")
	got := send(t, simulator.Start(t), "POST", "/firewall-control", `{"data":{},"filter":{"tenant":true}}`).detail(t, 400)
	if diff := cmp.Diff(rename.Replace(want.Errors[0].Detail), got); diff != "" {
		t.Errorf("detail (-recorded +got):\n%s", diff)
	}
}

// TestInheritedSettings holds the refusal to change what is inherited to the recorded one, of which the title is not
// known.
func TestInheritedSettings(t *testing.T) {
	t.Parallel()
	type refusal struct {
		Errors []struct {
			Code   int    `json:"code"`
			Detail string `json:"detail"`
		} `json:"errors"`
	}
	var want, got refusal
	if err := json.Unmarshal(recorded(t, "real_error_400_firewall_config_inherited.json"), &want); err != nil {
		t.Fatal(err)
	}
	body := `{"data":{"enabled":true},"filter":{` + site(laboratory) + `}}`
	send(t, simulator.Start(t), "PUT", "/firewall-control/configuration", body).decode(t, 400, &got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("refusal (-recorded +got):\n%s", diff)
	}
}

// TestSiteUsers holds the refusal of accounts to a site's user to the recorded one, of which the title is not known.
func TestSiteUsers(t *testing.T) {
	t.Parallel()
	type refusal struct {
		Errors []struct {
			Code   int    `json:"code"`
			Detail string `json:"detail"`
		} `json:"errors"`
	}
	var want, got refusal
	if err := json.Unmarshal(recorded(t, "real_error_403_detail.json"), &want); err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t, simulator.WithSeed(scopedUsers()))
	sendAs(t, console, "ApiToken site", "GET", "/accounts", "").decode(t, 403, &got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("refusal (-recorded +got):\n%s", diff)
	}
}

// TestRecordedKeys holds answers to the names that a sweep of a live tenant noted.
func TestRecordedKeys(t *testing.T) {
	t.Parallel()
	var keys map[string]any
	if err := json.Unmarshal(recorded(t, "real_shapes_live_tenant_2026-04.json"), &keys); err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t)
	for call, target := range map[string]string{
		"GET /firewall-control/configuration data": "/firewall-control/configuration?tenant=true",
		"GET /groups/{id} data":                    "/groups/" + servers,
		"GET /sites data":                          "/sites",
		"GET /system/info data":                    "/system/info",
		"GET /system/status data":                  "/system/status",
		"GET /users/{id}/api-token-details data":   "/users/1900000000000000001/api-token-details",
	} {
		got := []any{}
		for _, name := range slices.Sorted(maps.Keys(send(t, console, "GET", target, "").data(t))) {
			got = append(got, name)
		}
		if diff := cmp.Diff(keys[call], any(got)); diff != "" {
			t.Errorf("%s (-recorded +got):\n%s", call, diff)
		}
	}
}

// TestRecordedShapes holds answers to recorded ones: the same keys, the same kinds of values.
func TestRecordedShapes(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Sites[1].Description = nil
	seed.Tags = []simulator.Tag{
		{ID: "1900000000000000401", Name: "servers", Scope: "site", ScopeID: headquarters},
		{ID: "1900000000000000404", Name: "gone", Scope: "global"},
	}
	seed.Locations = []simulator.Location{{ID: "1900000000000000501", Name: "office", Scope: "global"}}
	seed.Sites = append(seed.Sites, simulator.Site{ID: "225494730938493804", Name: "Of the samples", AccountID: europe})
	for _, id := range []string{"225494730938493804", "225494730938493915"} {
		seed.Rules = append(seed.Rules, simulator.Rule{ID: id, Scope: "site", ScopeID: "225494730938493804", Name: "x"})
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	item := strings.ReplaceAll(string(recorded(t, "client_restrictions_post_body.json")), "225494730938493804", headquarters)
	item = strings.Replace(item, `"blocked"`, "null", 1)
	item = strings.Replace(item, `"siteIds"`, `"groupIds"`, 1)
	item = strings.Replace(item, headquarters, servers, 1)
	tests := []struct {
		method, target, body, recorded string
	}{
		{"GET", "/sites?siteIds=" + headquarters + "," + laboratory, "", "real_sites_list_200.json"},
		{"GET", "/firewall-control/configuration?siteIds=" + headquarters, "", "real_firewall_configuration_own.json"},
		{"GET", "/firewall-control/configuration?siteIds=" + laboratory, "", "real_firewall_configuration_inherited.json"},
		{"POST", "/restrictions", item, "real_restrictions_post_200.json"},
		{"PUT", "/firewall-control/configuration", string(recorded(t, "doc_firewall_configuration_put_body.json")), "real_firewall_configuration_own.json"},
		{"PUT", "/firewall-control/reorder", string(recorded(t, "doc_firewall_reorder_body.json")), "doc_success_200.json"},
		{"PUT", "/firewall-control/enable", string(recorded(t, "doc_firewall_enable_body.json")), "doc_affected_200.json"},
		{"POST", "/restrictions/validate", `{"data":{"osType":"linux","value":"` + sha1 + `"}}`, "doc_restrictions_validate_200.json"},
		{"DELETE", "/restrictions", string(recorded(t, "doc_restrictions_delete_body.json")), "real_restrictions_delete_200.json"},
		{"DELETE", "/firewall-control", string(recorded(t, "doc_firewall_delete_body.json")), "doc_affected_200.json"},
		{"POST", "/tags", tagBody(site(headquarters), `"name":"xx","description":"x","kind":"x"`), "doc_tag_response.json"},
		{"DELETE", "/tags/1900000000000000404", "", "doc_affected_200.json"},
		{
			"POST", "/firewall-control",
			ruleBody(headquarters, `"name":"x","tagIds":["1900000000000000401"],"remoteHosts":[{"type":"addresses","values":["192.0.2.1"]}],
				"location":{"type":"specific","values":[{"id":"1900000000000000501"}]},"description":"x"`),
			"doc_firewall_rule_swagger_example.json",
		},
	}
	for _, test := range tests {
		var want, got any
		send(t, console, test.method, test.target, test.body).decode(t, 200, &got)
		if err := json.Unmarshal(recorded(t, test.recorded), &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(shape(want), shape(got)); diff != "" {
			t.Errorf("%s %s (-recorded +got):\n%s", test.method, test.target, diff)
		}
	}
}

// shape lists the paths of a document with the kinds of their values; the items of a list are taken together.
func shape(document any) []string {
	found := map[string]bool{}
	var walk func(path string, value any)
	walk = func(path string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for name, v := range value {
				walk(path+"."+name, v)
			}
			if strings.HasSuffix(path, ".application") || strings.HasSuffix(path, "Host") || strings.HasSuffix(path, "Port") {
				delete(found, path+".type: string") // Their contents are not in the documented example.
				delete(found, path+".values: list")
				for p := range found {
					if strings.HasPrefix(p, path+".") {
						delete(found, p)
					}
				}
			}
		case []any:
			found[path+": list"] = true
			for _, v := range value {
				walk(path+"[]", v)
			}
		default:
			found[path+": "+kind(value)] = true
		}
	}
	walk("", document)
	return slices.Sorted(maps.Keys(found))
}

func kind(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "bool"
	case float64:
		return "number"
	default:
		return fmt.Sprintf("%T", value)
	}
}

// TestConfiguration holds values, not only shapes: what a site inherits is what its parent has.
func TestConfiguration(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	seed.Configurations = append(seed.Configurations, simulator.Configuration{
		Scope: "account", ScopeID: europe, Enabled: true, LocationAware: true, ReportBlocked: true, InheritAllFirewallRules: true,
	})
	seed.Behaviour.ReportBlocked = true
	console := simulator.Start(t, simulator.WithSeed(seed))
	got := send(t, console, "GET", "/firewall-control/configuration?siteIds="+laboratory, "").data(t)
	want := map[string]any{
		"enabled": true, "locationAware": true, "reportBlocked": true, "inherits": true, "inheritedFrom": nil,
		"inheritSettings": true, "inheritAllFirewallRules": true, "selectedTags": []any{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("inherited (-want +got):\n%s", diff)
	}
	for _, query := range []string{"", "?tenant=false", "?tenant=true"} { // Without a scope it is the caller's.
		got := send(t, console, "GET", "/firewall-control/configuration"+query, "").data(t)
		if got["inheritSettings"] != false || got["enabled"] != false {
			t.Errorf("%q: not the tenant's: %v", query, got)
		}
	}
	for _, query := range []string{"?siteIds=" + headquarters + "," + branch, "?tenant=true&siteIds=" + branch} {
		send(t, console, "GET", "/firewall-control/configuration"+query, "").detail(t, http.StatusBadRequest)
	}
}
