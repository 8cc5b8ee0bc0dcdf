package simulator_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"terraform-provider-sentinelone/internal/simulator"
)

// The scopes of Demo.
const (
	europe       = "1900000000000000101"
	americas     = "1900000000000000102"
	headquarters = "1900000000000000201" // in europe
	laboratory   = "1900000000000000202" // in europe
	branch       = "1900000000000000203" // in americas
	servers      = "1900000000000000305" // a group of headquarters
)

// answer is what came back from the console.
type answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// page is a list answer.
type page struct {
	Data       []map[string]any `json:"data"`
	Pagination struct {
		TotalItems int     `json:"totalItems"`
		NextCursor *string `json:"nextCursor"`
	} `json:"pagination"`
}

// send makes a call as the first user; a target that starts with / is below the API prefix.
func send(t testing.TB, c *simulator.Console, method, target, body string) answer {
	t.Helper()
	return sendAs(t, c, "ApiToken "+c.Token(), method, target, body)
}

func sendAs(t testing.TB, c *simulator.Console, authorization, method, target, body string) answer {
	t.Helper()
	got, err := attempt(t, c, authorization, method, target, body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, target, err)
	}
	return got
}

func attempt(t testing.TB, c *simulator.Console, authorization, method, target, body string) (answer, error) {
	t.Helper()
	if !strings.HasPrefix(target, "/_simulator/") {
		target = "/web/api/v2.1" + target
	}
	r, err := http.NewRequestWithContext(t.Context(), method, c.URL()+target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", authorization)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return answer{}, err
	}
	defer w.Body.Close()
	read, err := io.ReadAll(w.Body)
	return answer{w.StatusCode, w.Header, read}, err
}

// detail returns the text of an error answer, and fails the test when the status is another one.
func (a answer) detail(t testing.TB, status int) string {
	t.Helper()
	var body struct {
		Errors []struct {
			Detail string `json:"detail"`
		} `json:"errors"`
	}
	a.decode(t, status, &body)
	if len(body.Errors) != 1 {
		t.Fatalf("not one error: %s", a.Body)
	}
	return body.Errors[0].Detail
}

func (a answer) decode(t testing.TB, status int, into any) {
	t.Helper()
	if a.Status != status {
		t.Fatalf("status %d, not %d: %s", a.Status, status, a.Body)
	}
	if err := json.Unmarshal(a.Body, into); err != nil {
		t.Fatalf("%v: %s", err, a.Body)
	}
}

// data returns the single object of an answer.
func (a answer) data(t testing.TB) map[string]any {
	t.Helper()
	var body struct {
		Data map[string]any `json:"data"`
	}
	a.decode(t, http.StatusOK, &body)
	return body.Data
}

func (a answer) page(t testing.TB) page {
	t.Helper()
	var p page
	a.decode(t, http.StatusOK, &p)
	return p
}

// column returns a column of the list, in the order of the rows.
func (p page) column(name string) []string {
	values := []string{}
	for _, row := range p.Data {
		text, _ := row[name].(string)
		values = append(values, text)
	}
	return values
}

func recorded(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// ruleBody is the body that creates a rule in a site, with more fields when data has them.
func ruleBody(site, data string) string {
	return `{"data":{"action":"Block","status":"Enabled",` + data + `},"filter":{"siteIds":["` + site + `"]}}`
}

// ticking is a clock that moves a second with each look.
func ticking() func() time.Time {
	now := time.Date(2026, time.May, 4, 12, 0, 0, 987654000, time.UTC)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

// seedWithRules returns Demo with n rules in its first site.
func seedWithRules(n int) simulator.State {
	s := simulator.Demo()
	site := s.Sites[0].ID
	for i := range n {
		s.Rules = append(s.Rules, simulator.Rule{
			Scope: "site", ScopeID: site, Name: fmt.Sprintf("rule %06d", i), Action: "Block", Status: "Enabled",
			RemoteHosts: []simulator.Host{{Type: "addresses", Values: []string{"203.0.113.7"}}},
		})
	}
	return s
}

// siteNames returns the names of the sites that an answer lists.
func siteNames(t testing.TB, a answer) []string {
	t.Helper()
	var body struct {
		Data struct {
			Sites []struct {
				Name string `json:"name"`
			} `json:"sites"`
		} `json:"data"`
	}
	a.decode(t, http.StatusOK, &body)
	names := []string{}
	for _, s := range body.Data.Sites {
		names = append(names, s.Name)
	}
	return names
}

// scopedUsers returns Demo with a user for each level, whose token is the level's name or that of the account.
func scopedUsers() simulator.State {
	s := simulator.Demo()
	s.Users[0].Token = "admin"
	s.Users = append(s.Users,
		simulator.User{Token: "europe", ID: "1900000000000000009", Scope: "account", ScopeID: europe},
		simulator.User{Token: "site", ID: "1900000000000000010", Scope: "site", ScopeID: headquarters},
	)
	return s
}
