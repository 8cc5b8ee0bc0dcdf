package sentinelone

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestErrorsSurviveEveryBody(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status            int
		contentType, body string
		want              APIError
	}{
		"recorded 401": {
			401, "application/json", readFile(t, "real_error_401.json"),
			APIError{Code: 4010010, Title: "Authentication Failed"},
		},
		"recorded 403": {
			403, "application/json", readFile(t, "real_error_403_detail.json"),
			APIError{Code: 4030010, Detail: "Action is not allowed to site users"},
		},
		"several errors": {
			400, "application/json", `{"errors":[{"code":1,"title":"A","detail":null},{"title":"B","detail":"c"}]}`,
			APIError{Code: 1, Title: "A", Detail: "B c"},
		},
		"HTML": {
			400, "text/html; charset=utf-8", readFile(t, "real_error_429_nginx.html"),
			APIError{Text: "429 Too Many Requests"},
		},
		"HTML without a title": {418, "text/html", "<p>short\n and stout", APIError{Text: "<p>short and stout"}},
		"plain text":           {404, "text/plain", "404 page not found\n", APIError{Text: "404 page not found"}},
		"JSON of another API":  {400, "application/json", `{"message":"no"}`, APIError{Text: `{"message":"no"}`}},
		"nothing":              {400, "", "", APIError{}},
		"a page instead of an answer": {
			200, "text/html", "<html><title>Log in</title></html>", APIError{Text: "Log in"},
		},
		"success without data": {200, "application/json", `{"data":null}`, APIError{Text: `{"data":null}`}},
		"an error of another form": {
			403, "application/json", `{"errors":[{"title":"No","detail":{"name":["short"]}}]}`,
			APIError{Title: "No", Text: `{"errors":[{"title":"No","detail":{"name":["short"]}}]}`},
		},
		"a token in an answer": {
			400, "application/json", `{"errors":[{"code":1,"title":"to\"ken+50%/^.*$"}]}`,
			APIError{Code: 1, Title: redacted},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", tt.contentType)
				w.Header().Set("X-RQID", "request-1")
				w.WriteHeader(tt.status)
				if _, err := w.Write([]byte(tt.body)); err != nil {
					t.Error(err)
				}
			})
			_, err := collectSites(t.Context(), c)
			var got *APIError
			if !errors.As(err, &got) {
				t.Fatalf("%T is no APIError: %v", err, err)
			}
			want := tt.want
			want.Status, want.RequestID = tt.status, "request-1"
			if diff := cmp.Diff(&want, got, cmpopts.IgnoreFields(APIError{}, "Operation")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if text := err.Error(); !strings.Contains(text, "request-1") || strings.Contains(text, "ken+50") {
				t.Errorf("the error reads: %s", text)
			}
		})
	}
}

// An answer of an unexpected form is an error that names the field, never a panic and never an empty success.
func TestMistypedAnswer(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, `{"data":{"sites":[{"id":17}]},"pagination":{"totalItems":1,"nextCursor":null}}`)
	})
	if _, err := collectSites(t.Context(), c); err == nil || !strings.Contains(err.Error(), "sites.id") {
		t.Errorf("got %v", err)
	}
}

// An answer that breaks off is not quoted: it may hold a secret.
func TestAnswerThatBreaksOff(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, `{"data":{"token":"registration-secret"`)
	})
	_, err := c.Sites.RegistrationToken(t.Context(), "7")
	if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "unexpected end") {
		t.Errorf("got %v", err)
	}
}

// A score is a number from which Terraform can make one.
func TestScoresThatAreNone(t *testing.T) {
	t.Parallel()
	for _, score := range []string{"NaN", "Infinity", "high"} {
		c, _ := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
			answer(w, http.StatusOK, `{"data":[{"id":"7","baseScore":"`+score+`"}],"pagination":{"totalItems":1,"nextCursor":null}}`)
		})
		_, err := Collect(c.Vulnerabilities.List(t.Context(), VulnerabilityQuery{}))
		if err == nil || !strings.Contains(err.Error(), `unexpected form: "`+score+`" is no score`) {
			t.Errorf("%s: got %v", score, err)
		}
	}
}

// The token goes to the host it is meant for and to no other.
func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere, _ := newTestClient(t, func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") })
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.base.String(), http.StatusFound)
	})
	_, err := collectSites(t.Context(), c)
	var got *APIError
	if !errors.As(err, &got) || got.Location != elsewhere.base.String() {
		t.Errorf("got %v", err)
	}
}

func TestOnlyTheConsolesWordProvesAbsence(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status int
		body   string
		gone   bool
	}{
		"an empty page":          {200, `{"data":[],"pagination":{"totalItems":0,"nextCursor":null}}`, true},
		"a row of another scope": {200, `{"data":[{"id":"7","scope":"account","scopeId":"1"}],"pagination":{"totalItems":1}}`, false},
		"a row not asked for":    {200, `{"data":[{"id":"8","scope":"site","scopeId":"1"}],"pagination":{"totalItems":1}}`, false},
		"a row of the scope":     {200, `{"data":[{"id":"7","scope":"site","scopeId":"1"}],"pagination":{"totalItems":1}}`, false},
		"a page cut short":       {200, `{"data":[],"pagination":{"totalItems":1,"nextCursor":null}}`, false},
		"401":                    {401, readFile(t, "real_error_401.json"), false},
		"403":                    {403, readFile(t, "real_error_403_detail.json"), false},
		"404 on the path":        {404, readFile(t, "real_error_404.json"), false},
		"another server's 404":   {404, `404 page not found`, false},
		"501":                    {501, `{}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) { answer(w, tt.status, tt.body) })
			found, err := c.FirewallRules.Find(t.Context(), Scope{LevelSite, "1"}, "7")
			if gone := err == nil && len(found) == 0; gone != tt.gone {
				t.Errorf("got %v, %v", found, err)
			}
		})
	}
}

// A 404 to a call that addresses one object is the console's word about that object.
func TestUpdateOfAVanishedRule(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusNotFound, readFile(t, "real_error_404.json"))
	})
	if _, err := c.FirewallRules.Update(t.Context(), "7", FirewallRuleFields{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
}
