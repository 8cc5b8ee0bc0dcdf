package simulator_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

var (
	sha1   = strings.Repeat("0123456789abcdef", 3)[:40]
	sha256 = strings.Repeat("0123456789abcdef", 4)
)

func hashBody(filter, data string) string {
	return `{"data":{"type":"black_hash",` + data + `},"filter":{` + filter + `}}`
}

func site(id string) string { return `"siteIds":["` + id + `"]` }

func restrictionSeed() simulator.State {
	s := simulator.Demo()
	s.Restrictions = []simulator.Restriction{
		{Scope: "site", ScopeID: headquarters, Value: new(sha1), Description: new("first"), OSType: "linux"},
		{
			Scope: "site", ScopeID: headquarters, SHA256Value: new(sha256), OSType: "macos", Source: "cloud", Imported: true,
			Description: new("second"), UserID: "1900000000000000007", UserName: "Jane", NotRecommended: "Not recommended",
		},
		{Scope: "group", ScopeID: servers, Value: new(sha1), Description: new("of a group")},
		{Scope: "account", ScopeID: europe, Value: new(sha1), Description: new("of europe")},
		{Scope: "global", Value: new(sha1), Description: new("of all")},
		{Scope: "site", ScopeID: branch, Value: new(sha1), Description: new("beside")},
	}
	return s
}

func TestRestrictionFilters(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(restrictionSeed()), simulator.WithClock(ticking()))
	item := console.State().Restrictions[0]
	created := item.CreatedAt.UTC().Format("2006-01-02T15:04:05.000000Z")
	millis := item.CreatedAt.UnixMilli()
	own := "siteIds=" + headquarters + "&"
	tests := map[string][]string{
		own:                                {"first", "second"},
		own + "includeParents=true":        {"first", "second", "of europe", "of all"},
		own + "includeChildren=true":       {"first", "second", "of a group"},
		"tenant=true":                      {"of all"},
		"tenant=true&includeChildren=true": {"first", "second", "of a group", "of europe", "of all", "beside"},
		"":                                 {"of all"},
		"includeChildren=True":             {"first", "second", "of a group", "of europe", "of all", "beside"},
		"ids=" + item.ID:                   {},
		"ids=" + item.ID + "&includeChildren=true":                    {"first"},
		own + "ids=" + item.ID:                                        {"first"},
		own + "value=" + sha1:                                         {"first"},
		own + "value=" + strings.ToUpper(sha1):                        {},
		own + "value__contains=" + sha256[20:]:                        {"second"},
		own + "value__contains=ABCDEF":                                {"first", "second"},
		own + "description__contains=FIRS":                            {"first"},
		own + "user__contains=jan":                                    {"second"},
		own + "userIds=1900000000000000007":                           {"second"},
		own + "osTypes=linux":                                         {"first"},
		own + "source=cloud,catalog":                                  {"second"},
		own + "recommendations=NONE":                                  {"first"},
		own + "imported=true":                                         {"second"},
		own + "imported=true,false":                                   {"first", "second"},
		own + "query=jane":                                            {"second"},
		own + "type=black_hash&types=black_hash&unified=true":         {"first", "second"},
		own + "modes=suppress":                                        {},
		own + "createdAt__lt=" + created:                              {},
		own + "updatedAt__lte=" + created:                             {"first"},
		own + "createdAt__gt=" + created:                              {"second"},
		own + "updatedAt__gte=" + created:                             {"first", "second"},
		own + fmt.Sprintf("updatedAt__between=%d-%d", millis, millis): {"first"},
		own + "sortBy=description&sortOrder=desc":                     {"second", "first"},
		own + "sortBy=osType":                                         {"first", "second"},
		own + "sortBy=userName":                                       {"second", "first"},
		own + "sortBy=createdAt&sortOrder=desc":                       {"second", "first"},
		own + "sortBy=imported&sortOrder=desc":                        {"second", "first"},
		"includeChildren=true&sortBy=scopePath&limit=2":               {"of all", "beside"},
	}
	for query, want := range tests {
		got := send(t, console, "GET", "/restrictions?"+query, "").page(t).column("description")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestRestrictionLifecycle(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithClock(ticking()))
	var created, changed struct {
		Data []map[string]any `json:"data"`
	}
	two := `"siteIds":["` + headquarters + `","` + branch + `"]`
	send(t, console, "POST", "/restrictions", hashBody(two, `"osType":"linux","value":"`+sha1+`"`)).decode(t, 200, &created)
	var scopes []any
	for _, item := range created.Data {
		scopes = append(scopes, item["scope"])
	}
	want := []any{
		map[string]any{"siteIds": []any{headquarters}},
		map[string]any{"siteIds": []any{branch}},
	}
	if diff := cmp.Diff(want, scopes); diff != "" {
		t.Fatalf("one item per scope (-want +got):\n%s", diff)
	}

	id, _ := created.Data[0]["id"].(string)
	change := `"id":"` + id + `","osType":"linux","sha256Value":"` + sha256 + `","description":"why"`
	send(t, console, "PUT", "/restrictions", `{"data":{"type":"black_hash",`+change+`}}`).decode(t, 200, &changed)
	if len(changed.Data) != 1 || changed.Data[0]["value"] != sha1 || changed.Data[0]["sha256Value"] != sha256 || changed.Data[0]["description"] != "why" {
		t.Errorf("changed: %v", changed.Data)
	}
	again := hashBody(site(headquarters), `"osType":"linux","sha256Value":"`+sha256+`"`)
	send(t, console, "POST", "/restrictions", again).detail(t, http.StatusBadRequest)
	path := send(t, console, "GET", "/restrictions?siteIds="+headquarters+"&ids="+id, "").page(t).column("scopePath")
	if diff := cmp.Diff([]string{`Global\Example Europe\Headquarters`}, path); diff != "" {
		t.Errorf("scopePath (-want +got):\n%s", diff)
	}

	for _, n := range []float64{1, 0} {
		got := send(t, console, "DELETE", "/restrictions", `{"data":{"ids":["`+id+`","`+id+`"],"type":"black_hash"}}`).data(t)
		if got["affected"] != n {
			t.Errorf("deleted %v, not %v", got["affected"], n)
		}
	}
	send(t, console, "PUT", "/restrictions", `{"data":{"type":"black_hash",`+change+`}}`).detail(t, http.StatusNotFound)
	send(t, console, "POST", "/restrictions", hashBody(site(headquarters), `"osType":"linux","value":"`+sha1+`"`)).decode(t, 200, &created)
}

func TestRestrictionRefusals(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(restrictionSeed()))
	tests := map[string]string{
		hashBody(site(branch), `"osType":"linux"`):                                                     "data: value: Missing data for required field.",
		hashBody(site(branch), `"osType":"linux","value":"d41d8cd98f00b204e9800998ecf8427e"`):          "data: value: String does not match expected pattern.",
		hashBody(site(branch), `"osType":"ALL","value":"`+sha1+`"`):                                    `data: osType: "ALL" is not a valid choice.`,
		hashBody(site(branch), `"osType":"linux","value":null`):                                        "data: value: Field may not be null.",
		hashBody(site(headquarters), `"osType":"linux","value":"`+strings.ToUpper(sha1)+`"`):           "hash " + sha1 + " already exists",
		hashBody(site(headquarters), `"osType":"macos","value":"`+sha1+`","sha256Value":"`+sha256+`"`): "hash " + sha256 + " already exists",
		hashBody(`"siteIds":["`+laboratory+`","`+branch+`"]`, `"osType":"windows","value":"`+sha1+`"`): "hash " + sha1 + " already exists",
		hashBody(site("1999999999999999999"), `"osType":"windows","value":"`+sha1+`"`):                 "Cannot find blocklist or exclusion for the requested scope [1999999999999999999]",
		hashBody(site(branch), `"osType":"linux","value":"da39a3ee5e6b4b0d3255bfef95601890afd80709"`):  "hash da39a3ee5e6b4b0d3255bfef95601890afd80709 is not allowed",
		hashBody("", `"osType":"linux","value":"`+sha1+`"`):                                            "filter: Missing data for required field.",
	}
	for body, want := range tests {
		if got := send(t, console, "POST", "/restrictions", body).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s\n got %q\nwant %q", body, got, want)
		}
	}
	first := console.State().Restrictions[0]
	moved := `{"data":{"type":"black_hash","id":"` + first.ID + `","osType":"macos","sha256Value":"` + sha256 + `"}}`
	if got := send(t, console, "PUT", "/restrictions", moved).detail(t, 400); got != "hash "+sha256+" already exists" {
		t.Errorf("taking another item's hash: %q", got)
	}
	if n := len(console.State().Restrictions); n != len(restrictionSeed().Restrictions) {
		t.Errorf("%d items after refusals", n)
	}
}

func TestSiteFilters(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	demo := console.State()
	tests := map[string][]string{
		"":                                             {"Headquarters", "Laboratory", "Branch office", "Closed plant"},
		"siteIds=" + branch:                            {"Branch office"},
		"siteIds=1999999999999999999":                  {},
		"accountIds=" + americas:                       {"Branch office", "Closed plant"},
		"accountId=" + europe:                          {"Headquarters", "Laboratory"},
		"name=Laboratory":                              {"Laboratory"},
		"name__contains=QUART,office":                  {"Headquarters", "Branch office"},
		"accountName__contains=americas":               {"Branch office", "Closed plant"},
		"description=Offices+and+data+centre":          {"Headquarters"},
		"description__contains=DATA":                   {"Headquarters"},
		"query=europe":                                 {"Headquarters", "Laboratory"},
		"isDefault=true":                               {"Headquarters"},
		"healthStatus=false":                           {},
		"siteType=Trial":                               {},
		"expiration=2025-03-04T08:15:30.123456Z":       {"Closed plant"},
		"createdAt=2024-03-05T08:15:30.123456Z":        {"Headquarters"},
		"updatedAt=2024-04-06T10:15:30.123456%2B02:00": {"Laboratory"},
		"totalLicenses=200":                            {"Laboratory"},
		"activeLicenses=21":                            {"Branch office"},
		"externalId=crm-4711":                          {"Headquarters"},
		"state=expired":                                {"Closed plant"},
		"states=active,deleted":                        {"Headquarters", "Laboratory", "Branch office"},
		"statesNin=active":                             {"Closed plant"},
		"suite=Control":                                {"Laboratory", "Branch office"},
		"sku=complete":                                 {"Headquarters"},
		"features=firewall-control":                    {"Headquarters", "Laboratory", "Branch office"},
		"features=ioc":                                 {"Headquarters"},
		"module=star,ranger&limit=1":                   {"Headquarters"},
		"module=star":                                  {},
		"adminOnly=true&availableMoveSites=true&name=Laboratory": {"Laboratory"},
		"registrationToken=" + demo.Sites[2].RegistrationToken:   {"Branch office"},
		"sortBy=name&limit=2":                         {"Branch office", "Closed plant"},
		"sortBy=totalLicenses&sortOrder=desc&limit=1": {"Closed plant"},
		"sortBy=expiration&sortOrder=desc&limit=1":    {"Closed plant"},
		"sortBy=usageType&limit=1":                    {"Headquarters"},
		"countOnly=true":                              {},
	}
	for query, want := range tests {
		if diff := cmp.Diff(want, siteNames(t, send(t, console, "GET", "/sites?"+query, ""))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}
