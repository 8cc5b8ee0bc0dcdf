package simulator_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// TestClientsInTheField makes calls the way that public integrations do, which real consoles are known to serve.
func TestClientsInTheField(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(ruleSeed()))
	block := func(filter, value, source string) string {
		return hashBody(filter, `"osType":"windows","description":"","source":"`+source+`","value":"`+value+`"`)
	}
	upper := strings.ToUpper(sha1)
	tests := []struct {
		name, method, target, body, has string
	}{
		{"a playbook blocks for all", "POST", "/restrictions", block(`"tenant":true`, upper, "XSOAR"), `"scope":{"tenant":true}`},
		{"it names no source", "POST", "/restrictions", block(`"tenant":true`, strings.Repeat("b", 40), ""), `"source":"user"`},
		{"it blocks for a site", "POST", "/restrictions", block(site(branch)+`,"tenant":true`, sha1, "connector"), `[{"id":"2100000000000000011"`},
		{"and for the next", "POST", "/restrictions", block(site(laboratory)+`,"tenant":true`, sha1, "connector"), `"siteIds":["` + laboratory + `"]`},
		{"it finds one in any case", "GET", "/restrictions?tenant=True&skip=0&limit=4&sortBy=updatedAt&sortOrder=asc&value__contains=" + sha1, "", upper},
		{"a script exports all", "GET", "/restrictions?limit=100&includeChildren=True&includeParents=True", "", `"totalItems":4`},
		{"a plug-in finds by hash", "GET", "/restrictions?type=black_hash&includeChildren=True&includeParents=True&value=" + sha1, "", `"totalItems":2`},
		{"it deletes nothing", "DELETE", "/restrictions", `{"data":{"type":"black_hash","ids":[]}}`, `"affected":0`},
		{"a sweep counts rules", "GET", "/firewall-control?limit=1&actions=Allow,Block", "", `"totalItems":6`},
		{
			"a script has floats only", "POST", "/firewall-control",
			ruleBody(branch, `"name":"x","localPort":{"type":"ports","values":[80.0,4.43e2]}`), `"values":[80,443]`,
		},
		{"it takes a word for a category", "GET", "/firewall-control/endpoint?limit=1&actions=Allow,Block", "", `"totalItems":7`},
		{"it takes an id for a path", "GET", "/firewall-control/2100000000000000001?limit=1&actions=Allow,Block", "", `"totalItems":7`},
		{"a script reads settings", "GET", "/firewall-control/configuration", "", `"inheritSettings":false`},
	}
	for _, test := range tests {
		got := send(t, console, test.method, test.target, test.body)
		if got.Status != http.StatusOK || !strings.Contains(string(got.Body), test.has) {
			t.Errorf("%s: %d without %s: %s", test.name, got.Status, test.has, got.Body)
		}
	}
	again := send(t, console, "POST", "/restrictions", block(`"tenant":true`, sha1, "XSOAR"))
	want := `{"errors":[{"code":4000030,"detail":"hash ` + sha1 + ` already exists","title":"Already Exists Error"}]}`
	if diff := cmp.Diff(want, string(again.Body)); diff != "" {
		t.Errorf("a duplicate (-want +got):\n%s", diff)
	}
}

// TestOperationsAreNoRules makes sure that what follows /firewall-control/ is taken for a rule's id only where there is no
// operation of that name.
func TestOperationsAreNoRules(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	for name, want := range map[string]string{
		"configuration": "filter: Missing data for required field.",
		"enable":        "data: status: Missing data for required field., filter: Missing data for required field.",
		"reorder":       "data: Not a valid list., filter: Missing data for required field.",
		"protocols":     "rule_id: Not a valid Identifier.",
	} {
		if got := send(t, console, "PUT", "/firewall-control/"+name, `{"data":{}}`).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	for _, name := range []string{"export", "network-quarantine"} {
		send(t, console, "GET", "/firewall-control/"+name+"?tenant=true", "").detail(t, http.StatusNotImplemented)
	}
}

// TestPutStateRefusals holds the control route to a clear answer for each thing that a state can't be.
func TestPutStateRefusals(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	user, id := `"users":[{"id":"1900000000000000001"}],`, `"id":"1900000000000000002"`
	site := user + `"accounts":[{"id":"` + europe + `"}],"sites":[{"id":"` + branch + `","accountId":"` + europe + `"`
	tests := map[string]string{
		"":                          "JSON: EOF",
		`[]`:                        "JSON: json: cannot unmarshal array",
		`{"rulez":[]}`:              `unknown field "rulez"`,
		`{} {}`:                     "something follows the document",
		`{"accounts":[{}]}`:         `account "": not an identifier`,
		`{"accounts":[{"id":"7"}]}`: `account "7": a number too small for an identifier`,
		`{` + site + `},{"id":"` + branch + `"}]}`:                                                    "site " + branch + " is there twice",
		`{` + site + `,"sku":"Gold"}]}`:                                                               `site ` + branch + `: sku: "Gold" is not a valid choice.`,
		`{` + user + `"accounts":[{"id":"` + europe + `","usageType":"own"}]}`:                        `account ` + europe + `: usageType: "own" is not a valid choice.`,
		`{` + site + `}],"groups":[{"id":"` + servers + `","siteId":"` + branch + `","type":"odd"}]}`: `group ` + servers + `: type: "odd" is not a valid choice.`,
		`{"users":[{"id":"1","scope":"site"}]}`:                                                       `user 1 is in an unknown site ""`,
		`{"configurations":[{"scope":"site"}]}`:                                                       `a configuration is in an unknown site ""`,
		`{"tags":[{"id":"1900000000000000401"}]}`:                                                     `tag 1900000000000000401 is in an unknown  ""`,
		`{"locations":[{"id":"1","scope":"world"}]}`:                                                  `location 1 is in an unknown world ""`,
		`{` + user + `"rules":[{"id":"1"}]}`:                                                          "rule 1: id: Must be greater than",
		`{` + user + `"rules":[{` + id + `,"action":"Drop"}]}`:                                        `rule 1900000000000000002: action: "Drop" is not a valid choice.`,
		`{"rules":[{"id":"1","tagIds":["2"]}]}`:                                                       `rule 1 has an unknown tag "2"`,
		`{"rules":[{"id":"1","location":{"ids":["2"]}}]}`:                                             `rule 1 has an unknown location "2"`,
		`{` + user + `"rules":[{` + id + `,"localPort":{"values":[70000]}}]}`:                         "rule 1900000000000000002: localPort: values: 0: Must be less than",
		`{` + user + `"restrictions":[{` + id + `,"value":"cafe"}]}`:                                  "restriction 1900000000000000002: value: String does not match",
		`{"users":[{"id":"1"}]}`:                                                                      "user 1: id: Must be greater than",
		`{"users":[{` + id + `,"roleId":"admin"}]}`:                                                   "user 1900000000000000002: scopeRoles: 0: roleId: Not a valid Identifier.",
		`{` + site + `}],"groups":[{` + id + `,"siteId":"` + branch + `"}],"agents":[{"id":"1900000000000000003","groupId":"1900000000000000002","osType":"amiga"}]}`: `agent 1900000000000000003: osType: "amiga" is not a valid choice.`,
		`{"agents":[{"id":"1"}]}`:                        `agent 1 is in an unknown group ""`,
		`{"behaviour":{"unscopedRules":"some"}}`:         `behaviour: unscopedRules is "some"`,
		`{"behaviour":{"ownUser":"some"}}`:               `behaviour: ownUser is "some"`,
		`{"behaviour":{"serviceUsers":"some"}}`:          `behaviour: serviceUsers is "some"`,
		`{"behaviour":{"tenantUserRole":"some"}}`:        `behaviour: tenantUserRole is "some"`,
		`{"behaviour":{"permissionIdentifiers":"some"}}`: `behaviour: permissionIdentifiers is "some"`,
		`{"behaviour":{"unknownTokenStatus":500}}`:       `behaviour: unknownTokenStatus is "500"`,
		`{"behaviour":{"siteUserAccounts":"some"}}`:      `behaviour: siteUserAccounts is "some"`,
		`{"behaviour":{"reorder":"some"}}`:               `behaviour: reorder is "some"`,
		`{"behaviour":{"unknownProtocol":"some"}}`:       `behaviour: unknownProtocol is "some"`,
		`{"behaviour":{"decouple":"some"}}`:              `behaviour: decouple is "some"`,
	}
	for body, want := range tests {
		got := sendAs(t, console, "", "PUT", "/_simulator/state", body)
		if text := string(got.Body); got.Status != http.StatusBadRequest || !strings.Contains(text, want) || len(text) > 300 {
			t.Errorf("%s\n got %d %s\nwant %s", body, got.Status, text, want)
		}
	}
	if n := len(console.State().Sites); n != 4 {
		t.Errorf("a refused state left %d sites", n)
	}
}
