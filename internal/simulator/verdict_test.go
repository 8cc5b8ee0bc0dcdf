package simulator_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

var (
	risky, riskySHA256 = strings.Repeat("a", 40), strings.Repeat("a", 64)
	banned             = strings.Repeat("b", 40)
)

// verdictSeed is restrictionSeed with verdicts on hashes, spelled in either case.
func verdictSeed() simulator.State {
	s := restrictionSeed()
	s.Verdicts = map[string]string{
		strings.ToUpper(risky): "Not recommended", riskySHA256: "Not recommended", banned: "Not allowed",
	}
	return s
}

func TestValidateRestriction(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(verdictSeed()))
	console.Change(func(s *simulator.State) { // The verdicts outlive a reload of the state.
		s.Restrictions = append(s.Restrictions, simulator.Restriction{
			Scope: "site", ScopeID: headquarters, OSType: "macos", Value: new(strings.Repeat("c", 40)), SHA256Value: new(strings.Repeat("c", 64)),
		}, simulator.Restriction{Scope: "site", ScopeID: headquarters, OSType: "linux", Value: new(banned)})
	})
	value, long := `"value":"`, `"sha256Value":"`
	there := strings.Repeat("C", 40) + `",` + long + strings.Repeat("c", 64)
	tests := []struct{ data, filter, want string }{
		{`"osType":"linux",` + value + strings.Repeat("d", 40), site(headquarters), "NONE"},
		{`"osType":"linux",` + value + risky, site(headquarters), "Not recommended"},
		{value + strings.ToUpper(risky), "", "Not recommended"},
		{`"value":null,` + long + riskySHA256, "", "Not recommended"},
		{value + risky + `",` + long + sha256, "", "Not recommended"},
		{value + risky + `",` + long + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "", "Not allowed"},
		{value + banned + `",` + long + riskySHA256, "", "Not allowed"},
		{`"osType":"linux",` + value + banned, site(headquarters), "Not allowed"},
		{`"osType":"linux",` + value + sha1, site(headquarters), "duplicated_value_sha1"},
		{`"osType":"linux",` + value + sha1, site(branch), "NONE"},
		{`"osType":"windows",` + value + sha1, site(branch), "duplicated_value_sha1"},
		{`"osType":"windows",` + value + sha1, "", "duplicated_value_sha1"},
		{value + sha1, "", "NONE"},
		{`"osType":"macos",` + long + sha256, site(laboratory) + `,"tenant":true`, "NONE"},
		{`"osType":"macos",` + long + sha256, `"siteIds":["` + laboratory + `","` + headquarters + `"]`, "duplicated_value_sha256"},
		{`"osType":"macos",` + value + there, site(headquarters), "duplicated_value_sha1_sha256"},
	}
	for _, test := range tests {
		got := send(t, console, "POST", "/restrictions/validate", `{"data":{`+test.data+`"},"filter":{`+test.filter+`}}`).data(t)
		if diff := cmp.Diff(map[string]any{"status": test.want, "details": []any{}}, got); diff != "" {
			t.Errorf("%s in %s (-want +got):\n%s", test.data, test.filter, diff)
		}
	}
	refused := map[string]string{
		`{"data":{"osType":"linux"}}`:                           "data: value: Missing data for required field.",
		`{"data":{"value":null}}`:                               "data: value: Missing data for required field.",
		`{"data":{"value":"cafe"}}`:                             "data: value: String does not match expected pattern.",
		`{"data":{"type":"black_hash","value":"` + sha1 + `"}}`: "data: dict_values(['type']): Unknown field",
		`{"filter":{}}`:                                         "data: Missing data for required field.",
	}
	for body, want := range refused {
		if got := send(t, console, "POST", "/restrictions/validate", body).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s\n got %q\nwant %q", body, got, want)
		}
	}
	if n := len(console.State().Restrictions); n != 8 {
		t.Errorf("%d items, not 8: validating made some", n)
	}
}

// TestVerdictsOnItems holds what a verdict does to an item: it is refused, or marked for as long as it has that hash.
func TestVerdictsOnItems(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(verdictSeed()))
	write := func(method, data string) string {
		t.Helper()
		var answer struct {
			Data []struct {
				ID             string `json:"id"`
				NotRecommended string `json:"notRecommended"`
			} `json:"data"`
		}
		send(t, console, method, "/restrictions", hashBody(site(branch), `"osType":"linux",`+data)).decode(t, http.StatusOK, &answer)
		listed := send(t, console, "GET", "/restrictions?siteIds="+branch+"&ids="+answer.Data[0].ID, "").page(t).column("notRecommended")
		if diff := cmp.Diff([]string{answer.Data[0].NotRecommended}, listed); diff != "" {
			t.Errorf("%s: listed (-answered +listed):\n%s", data, diff)
		}
		return answer.Data[0].ID + " " + answer.Data[0].NotRecommended
	}
	id, mark, _ := strings.Cut(write("POST", `"value":"`+risky+`"`), " ")
	if mark != "Not recommended" {
		t.Errorf("created: %s", mark)
	}
	for _, step := range []struct{ data, want string }{
		{`"description":"why"`, "Not recommended"},
		{`"value":"` + sha1 + `"`, "NONE"},
		{`"sha256Value":"` + riskySHA256 + `"`, "Not recommended"},
	} {
		if got := write("PUT", `"id":"`+id+`",`+step.data); got != id+" "+step.want {
			t.Errorf("%s: %s", step.data, got)
		}
	}
	want := "hash " + banned + " is not allowed"
	for method, data := range map[string]string{"POST": "", "PUT": `"id":"` + id + `",`} {
		body := hashBody(site(branch), data+`"osType":"linux","value":"`+strings.ToUpper(banned)+`"`)
		if got := send(t, console, method, "/restrictions", body).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s: %q, not %q", method, got, want)
		}
	}
	second := console.State().Restrictions[1] // A mark that a seed gives stays while the hash does.
	send(t, console, "PUT", "/restrictions", `{"data":{"type":"black_hash","osType":"linux","id":"`+second.ID+`"}}`)
	if got := console.State().Restrictions[1]; got.OSType != "linux" || got.NotRecommended != "Not recommended" {
		t.Errorf("a seeded mark: %q for %s", got.NotRecommended, got.OSType)
	}
}
