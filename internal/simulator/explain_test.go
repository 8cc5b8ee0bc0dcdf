package simulator_test

import (
	"net/http"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/simulator"
)

// TestQueryRefusals holds the texts for what can be wrong with a query; the first three kinds were recorded.
func TestQueryRefusals(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	tests := map[string]string{
		"/sites?siteType=ALL":                                       `siteType: "ALL" is not a valid choice.`,
		"/firewall-control?osTypes=linux,ALL":                       `osTypes: 1: "ALL" is not a valid choice.`,
		"/sites?name__contains=x,yy":                                "name__contains: 0: Shorter than minimum length 2.",
		"/sites?colour=red":                                         "colour: Unknown field",
		"/sites?siteIds=12":                                         "siteIds: 0: Must be greater than or equal to 100000000000000000.",
		"/sites?accountId=europe":                                   "accountId: Not a valid Identifier.",
		"/sites?siteIds=" + branch + "&siteIds=" + headquarters:     "siteIds: Given more than once.",
		"/sites?name=%zz":                                           "Invalid input.",
		"/sites?siteIds=":                                           "siteIds: Not a valid list.",
		"/sites?totalLicenses=many":                                 "totalLicenses: Not a valid integer.",
		"/sites?isDefault=perhaps":                                  "isDefault: Not a valid boolean.",
		"/sites?isDefault=":                                         "isDefault: Not a valid boolean.",
		"/sites?createdAt=yesterday":                                "createdAt: Not a valid datetime.",
		"/restrictions?createdAt__between=1":                        "createdAt__between: String does not match expected pattern.",
		"/sites?name__contains=" + strings.Repeat("xx,", 10) + "xx": "name__contains: Longer than maximum length 10.",
		"/sites?siteIds=" + strings.Repeat("1900000000000000001,", 500) + headquarters: "siteIds: Longer than maximum length 500.",
		"/sites?limit=0&siteType=ALL":           `limit: Must be greater than or equal to 1., siteType: "ALL" is not a valid choice.`,
		"/firewall-control/configuration?ids=1": "ids: Unknown field",
		"/restrictions?type=white_hash":         `type: "white_hash" is not a valid choice.`,
		"/restrictions?imported=true,perhaps":   "imported: Not a valid list.",
		"/tags?type=ALL":                        `type: 0: "ALL" is not a valid choice.`,
		"/tags":                                 "type: Missing data for required field.",
		"/tags?type=":                           "type: Not a valid list.",
	}
	for target, want := range tests {
		if got := send(t, console, "GET", target, "").detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s\n got %q\nwant %q", target, got, want)
		}
	}
	if got := send(t, console, "GET", "/sites?isDefault=True", ""); got.Status != http.StatusOK {
		t.Errorf("Python's True: %d %s", got.Status, got.Body)
	}
}

// TestBodyRefusals holds the texts for bodies that firewall_test.go and restrictions_test.go have no use for.
func TestBodyRefusals(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	rule := "/firewall-control/1900000000000000001"
	tests := []struct{ target, body, want string }{
		{rule, `{"data":{"name":1}}`, "data: name: Not a valid string."},
		{rule, `{"data":{"osTypes":"linux"}}`, "data: osTypes: Not a valid list."},
		{rule, `{"data":{"localPort":{"values":["80"]}}}`, "data: localPort: values: 0: Not a valid integer."},
		{rule, `{"data":{"remoteHosts":[{"kind":"any"}]}}`, "data: remoteHosts: 0: kind: Unknown field"},
		{rule, `{"data":{"a":1,"b":2,"action":"Drop"}}`, `data: dict_values(['a', 'b']): Unknown field, action: "Drop" is not a valid choice.`},
		{rule, `{"data":{},"filter":{}}`, "filter: Unknown field"},
		{rule, `{"data":{"location":{}}}`, "data: location: type: Missing data for required field."},
		{rule, `{"data":{"localPort":{"values":[-1]}}}`, "data: localPort: values: 0: Must be greater than or equal to 0."},
		{rule, `{"data":{}} {}`, "Invalid input type."},
		{rule, `{"data":{}}}`, "Invalid input type."},
		{"/firewall-control/first", `{"data":{}}`, "rule_id: Not a valid Identifier."},
		{"/restrictions", `{"data":{"type":"black_hash","osType":"linux","id":"1"}}`, "data: id: Must be greater than or equal to 100000000000000000."},
	}
	for _, test := range tests {
		if got := send(t, console, "PUT", test.target, test.body).detail(t, http.StatusBadRequest); got != test.want {
			t.Errorf("%s\n got %q\nwant %q", test.body, got, test.want)
		}
	}
}
