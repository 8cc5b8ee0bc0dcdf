package simulator

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

// TestContractAndRouterAgree holds the operations served to those described, one for one. That the description itself
// is valid OpenAPI is checked whenever it is loaded.
func TestContractAndRouterAgree(t *testing.T) {
	t.Parallel()
	k, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	described := slices.Sorted(maps.Keys(k.routes))
	served := slices.Sorted(maps.Keys(operations()))
	if diff := cmp.Diff(described, served); diff != "" {
		t.Errorf("operations (-described +served):\n%s", diff)
	}
}

// TestEveryFilterFilters makes sure that no parameter is accepted and then ignored.
func TestEveryFilterFilters(t *testing.T) {
	t.Parallel()
	k, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	s := &store{}
	c := &call{store: s}
	elsewhere := []string{ // Read by paging.go and scope.go.
		"skip", "limit", "cursor", "countOnly", "skipCount", "disablePagination", "sortBy", "sortOrder",
		"accountIds", "siteIds", "groupIds", "tenant", "includeParents", "includeChildren",
		"onlyParents", // Read by tags.go.
		"unified",     // Without effect, see restrictionFilters.
	}
	for route, have := range map[string][]string{
		"GET /firewall-control":           slices.Collect(maps.Keys(s.ruleFilters())),
		"GET /firewall-control/{rule_id}": slices.Collect(maps.Keys(s.ruleFilters())),
		"GET /firewall-control/protocols": slices.Collect(maps.Keys(protocolFilters())),
		"GET /accounts":                   slices.Collect(maps.Keys(c.accountFilters())),
		"GET /agents":                     slices.Collect(maps.Keys(agentFilters())),
		"GET /agents/count":               slices.Collect(maps.Keys(agentFilters())),
		"GET /groups":                     slices.Collect(maps.Keys(s.groupFilters())),
		"GET /locations":                  slices.Collect(maps.Keys(s.locationFilters(locationUse{}))),
		"GET /rbac/roles":                 slices.Collect(maps.Keys(roleFilters())),
		"GET /restrictions":               slices.Collect(maps.Keys(s.behaviour.restrictionFilters())),
		"GET /sites":                      slices.Collect(maps.Keys(c.siteFilters())),
		"GET /tags":                       slices.Collect(maps.Keys(tagFilters())),
	} {
		var described []string
		for _, p := range k.routes[route].Operation.Parameters {
			if p.Value.In == openapi3.ParameterInQuery {
				described = append(described, p.Value.Name)
			}
		}
		for _, name := range described {
			if !slices.Contains(have, name) && !slices.Contains(elsewhere, name) {
				t.Errorf("%s accepts %s and ignores it", route, name)
			}
		}
		for _, name := range have {
			if !slices.Contains(described, name) {
				t.Errorf("%s has a filter %s that the contract does not have", route, name)
			}
		}
	}
	for route, have := range map[string][]string{
		"DELETE /firewall-control":     slices.Collect(maps.Keys(s.ruleFilters())),
		"PUT /firewall-control/enable": slices.Collect(maps.Keys(s.ruleFilters())),
		"DELETE /tags":                 slices.Collect(maps.Keys(tagFilters())),
	} {
		body := k.routes[route].Operation.RequestBody.Value.Content.Get("application/json").Schema.Value
		for _, name := range have {
			if body.Properties["filter"].Value.Properties[name] == nil {
				t.Errorf("%s does not take %s", route, name)
			}
		}
	}
}

// TestEverySortSorts makes sure that each sortBy has a column.
func TestEverySortSorts(t *testing.T) {
	t.Parallel()
	k, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	for route, have := range map[string][]string{
		"GET /firewall-control":           slices.Collect(maps.Keys(ruleListing().columns)),
		"GET /firewall-control/protocols": slices.Collect(maps.Keys(protocolListing().columns)),
		"GET /accounts":                   slices.Collect(maps.Keys(accountListing().columns)),
		"GET /agents":                     slices.Collect(maps.Keys((&store{}).agentListing().columns)),
		"GET /groups":                     slices.Collect(maps.Keys(groupListing().columns)),
		"GET /locations":                  slices.Collect(maps.Keys(locationListing().columns)),
		"GET /rbac/roles":                 slices.Collect(maps.Keys(roleListing().columns)),
		"GET /restrictions":               slices.Collect(maps.Keys(restrictionListing(scopeTree{}).columns)),
		"GET /sites":                      append(slices.Collect(maps.Keys((&store{}).siteListing().columns)), "usageType"),
		"GET /tags":                       slices.Collect(maps.Keys(tagListing().columns)),
	} {
		p := k.routes[route].Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, "sortBy")
		var described []string
		for _, name := range p.Schema.Value.Enum {
			if text, ok := name.(string); ok && text != "id" {
				described = append(described, text)
			}
		}
		slices.Sort(described)
		slices.Sort(have)
		if diff := cmp.Diff(described, have); diff != "" {
			t.Errorf("%s (-described +served):\n%s", route, diff)
		}
	}
}

// TestPermissionTable makes sure that roles show every permission that an operation asks for, and each once.
func TestPermissionTable(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, p := range permissions() {
		if known[p.String()] {
			t.Errorf("%s is there twice", p)
		}
		known[p.String()] = true
	}
	if !known["Users.view"] { // Asked for by seenUser.
		t.Error("no Users.view")
	}
	for route, op := range operations() {
		for _, p := range op.anyOneOf {
			if !known[p] {
				t.Errorf("%s asks for %s, which no role shows", route, p)
			}
		}
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for text, valid := range map[string]bool{
		"100000000000000000": true, "1900000000000000001": true, "99999999999999999": false, "012345678901234567": false,
		"": false, "10000000000000000x": false, "-100000000000000000": false,
	} {
		if got := checkIdentifier(text) == nil; got != valid {
			t.Errorf("identifier %q: %v", text, got)
		}
	}
	for text, valid := range map[string]bool{
		"2018-02-27T04:49:26.257525Z": true, "2018-02-27T04:49:26Z": true, "2018-02-27": false, "": false,
	} {
		if got := checkTimestamp(text) == nil; got != valid {
			t.Errorf("timestamp %q: %v", text, got)
		}
	}
}

// TestTimestamps holds times to the forms that were recorded: with microseconds, unless there are none.
func TestTimestamps(t *testing.T) {
	t.Parallel()
	east := time.FixedZone("", 3600)
	for nanoseconds, want := range map[int]string{
		0: "2022-01-11T08:00:00Z", 999: "2022-01-11T08:00:00Z", 1000: "2022-01-11T08:00:00.000001Z", 5e8: "2022-01-11T08:00:00.500000Z",
	} {
		got, err := timestamp(time.Date(2022, time.January, 11, 9, 0, 0, nanoseconds, east)).MarshalText()
		if err != nil || string(got) != want {
			t.Errorf("%d nanoseconds: %s, %v; want %s", nanoseconds, got, err, want)
		}
	}
}
