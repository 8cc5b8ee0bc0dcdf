package sentinelone

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const testToken = `to"ken+50%/^.*$`

// newTestClient returns a client of a server, and the waits that it would have made.
func newTestClient(t *testing.T, handler http.HandlerFunc) (*Client, *[]time.Duration) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return newTestClientOf(t, server.URL)
}

func newTestClientOf(t *testing.T, host string) (*Client, *[]time.Duration) {
	t.Helper()
	c, err := New(Config{Host: host, Token: testToken})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	now, waits := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), &[]time.Duration{}
	c.transport.now = func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}
	c.transport.random = func() float64 { return 0 }
	c.transport.sleep = func(ctx context.Context, d time.Duration) error {
		mu.Lock()
		defer mu.Unlock()
		*waits = append(*waits, d)
		now = now.Add(d)
		return ctx.Err()
	}
	return c, waits
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// answer sends a body as the console does.
func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if _, err := w.Write([]byte(body)); err != nil {
		panic(http.ErrAbortHandler)
	}
}

func collectSites(ctx context.Context, c *Client) (ids []string, err error) {
	for site, err := range c.Sites.List(ctx, SiteQuery{}) {
		if err != nil {
			return ids, err
		}
		ids = append(ids, site.ID)
	}
	return ids, nil
}

func TestEveryCallIsAuthenticated(t *testing.T) {
	t.Parallel()
	var got http.Header
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		answer(w, http.StatusOK, readFile(t, "real_firewall_configuration_inherited.json"))
	})
	if _, err := c.FirewallConfigurations.Get(t.Context(), Scope{LevelSite, "1"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("ApiToken "+testToken, got.Get("Authorization")); diff != "" {
		t.Error(diff)
	}
}

// A panic, or a log line written in a hurry, may print whatever is at hand.
func TestClientNeverPrintsItsToken(t *testing.T) {
	t.Parallel()
	c, _ := newTestClientOf(t, "example.sentinelone.net")
	for _, text := range []string{fmt.Sprintf("%v %+v %#v", c, c, c), fmt.Sprintf("%+v %+v", c.http, c.Sites)} {
		if strings.Contains(text, "ken+50") {
			t.Errorf("it prints %s", text)
		}
	}
}

func TestNewSendsNothingAndRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]Config{
		"no host":        {Token: testToken},
		"no token":       {Host: "example.sentinelone.net"},
		"not PEM at all": {Host: "example.sentinelone.net", Token: testToken, CACertificates: []byte("hello")},
	} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
