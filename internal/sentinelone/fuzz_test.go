package sentinelone

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"
)

// ask makes each kind of call to a console that always gives the same answer, and returns the errors.
func ask(t *testing.T, status int, body string) (failures []error) {
	t.Helper()
	c, err := New(Config{Host: "example.sentinelone.net", Token: testToken, RetryTimeout: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	c.transport.next = roundTrip(func(req *http.Request) (*http.Response, error) {
		return respond(req, status, nil, body), nil
	})
	ctx, in := t.Context(), Scope{LevelSite, "1"}
	add := func(err error) { failures = append(failures, err) }
	_, err = c.FirewallRules.Find(ctx, in, "7")
	add(err)
	_, err = c.FirewallRules.Create(ctx, in, FirewallRuleFields{})
	add(err)
	_, err = c.FirewallRules.Delete(ctx, in, "7")
	add(err)
	_, err = c.Restrictions.Find(ctx, in, "7")
	add(err)
	_, err = c.Restrictions.Create(ctx, in, RestrictionFields{})
	add(err)
	_, err = c.FirewallConfigurations.Get(ctx, in)
	add(err)
	_, err = collectSites(ctx, c)
	add(err)
	user, err := c.Users.Current(ctx)
	_, _ = user.Scopes(), user.RoleNames()
	add(err)
	_, err = c.Users.Token(ctx)
	add(err)
	role, err := c.Roles.Get(ctx, "7")
	_, _ = role.Grants(viewFirewall)
	add(err)
	_, err = c.Sites.RegistrationToken(ctx, "7")
	add(err)
	_, _, err = c.Vulnerabilities.First(ctx, VulnerabilityQuery{Scope: in}, Order{}, 10)
	add(err)
	_, _, err = c.Agents.First(ctx, AgentQuery{Scope: in}, Order{}, 10)
	add(err)
	return failures
}

// Whatever the console answers, the client returns: a value or an error, never a panic.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `[]`, `{}`, `{"data":null}`, `{"data":{}}`, `{"data":[]}`, `{"data":[null]}`, `{"data":{"sites":[null]}}`,
		`{"data":{"affected":-1}}`, `{"data":[{"id":"7","scope":null}],"pagination":null}`, `{"errors":[]}`, `{"errors":[null]}`,
		`{"data":[{"id":"7","remoteHosts":[{"type":null,"values":[null]}]}],"pagination":{"nextCursor":"x","totalItems":-3}}`,
	} {
		f.Add(200, seed)
		f.Add(400, seed)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		ask(t, 100+max(status%500, -status%500), body)
	})
}

// Each field of a recorded answer may be absent, null or of another type: the client returns all the same.
func TestAnswersWithFieldsSpoiled(t *testing.T) {
	t.Parallel()
	for _, sample := range []string{
		"real_sites_list_200.json", "real_restrictions_post_200.json", "doc_firewall_rule_swagger_example.json",
		"real_firewall_configuration_inherited.json", "real_error_401.json", "real_vulnerabilities_200.json",
	} {
		var spoiled int
		spoil(decoded(t, readFile(t, sample)), func(whole any) {
			text, err := json.Marshal(whole)
			if err != nil {
				t.Fatal(err)
			}
			spoiled++
			if failures := ask(t, http.StatusOK, string(text)); !slices.ContainsFunc(failures, func(err error) bool { return err != nil }) {
				t.Errorf("%s is an answer to everything", text)
			}
		})
		if spoiled < 10 {
			t.Errorf("%s: only %d spoiled answers", sample, spoiled)
		}
	}
}

// spoil calls a function with a document in which one field at a time is absent, null or of another type.
func spoil(document any, use func(whole any)) {
	var walk func(node any)
	walk = func(node any) {
		switch node := node.(type) {
		case map[string]any:
			for name, value := range node {
				delete(node, name)
				use(document)
				for _, other := range []any{nil, "text", 17, true, []any{}, map[string]any{}} {
					node[name] = other
					use(document)
				}
				node[name] = value
				walk(value)
			}
		case []any:
			for _, value := range node {
				walk(value)
			}
		}
	}
	walk(document)
}
