package sentinelone

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// roundTrip stands in for the network, where a test runs in a bubble of fake time.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func respond(req *http.Request, status int, header http.Header, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: req,
	}
}

// stormy counts the attempts on each path, by the second, and refuses them until a time.
type stormy struct {
	mu       sync.Mutex
	start    time.Time
	until    time.Duration
	header   http.Header
	attempts map[string]map[int]int
}

func (s *stormy) RoundTrip(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path, at := strings.TrimPrefix(req.URL.Path, apiPrefix), time.Since(s.start)
	if s.attempts[path] == nil {
		s.attempts[path] = map[int]int{}
	}
	s.attempts[path][int(at/time.Second)]++
	if at < s.until && path == "/firewall-control" {
		return respond(req, http.StatusTooManyRequests, s.header, "<html>"), nil
	}
	return respond(req, http.StatusOK, nil, `{"data":{"id":"7","sites":[]}}`), nil
}

func storm(t *testing.T, until time.Duration, header http.Header, cfg Config) (*Client, *stormy) {
	t.Helper()
	cfg.Host, cfg.Token = "example.sentinelone.net", testToken
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s := &stormy{start: time.Now(), until: until, header: header, attempts: map[string]map[int]int{}}
	c.transport.next = s
	c.transport.random = func() float64 { return 0 }
	return c, s
}

func createMany(t *testing.T, c *Client, n int) {
	t.Helper()
	var callers sync.WaitGroup
	for range n {
		callers.Go(func() {
			if _, err := c.FirewallRules.Create(t.Context(), Scope{Level: LevelTenant}, FirewallRuleFields{}); err != nil {
				t.Error(err)
			}
		})
	}
	callers.Wait()
}

// A 429 on one call pauses all calls of its area, and of no other. Two hundred callers then line up again.
func TestOnePauseForAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := storm(t, 3*time.Second, http.Header{"Retry-After": {"3"}}, Config{})
		var others sync.WaitGroup
		others.Go(func() {
			if _, err := collectSites(t.Context(), c); err != nil {
				t.Error(err)
			}
		})
		createMany(t, c, 200)
		others.Wait()
		polite := map[int]int{0: 25, 1: 0, 2: 0, 3: 25 + 25} // at once, and within the second
		for second, n := range s.attempts["/firewall-control"] {
			if most, ok := polite[second]; ok && n > most || !ok && n > 25 {
				t.Errorf("%d calls in second %d", n, second)
			}
		}
		if diff := cmp.Diff(map[int]int{0: 1}, s.attempts["/sites"]); diff != "" {
			t.Errorf("another area (-want +got):\n%s", diff)
		}
	})
}

// Retry-After may be a date; the page around it is HTML.
func TestPauseUntilADate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		at := time.Now().Add(5 * time.Second).UTC().Format(http.TimeFormat)
		c, s := storm(t, 5*time.Second, http.Header{"Retry-After": {at}}, Config{})
		createMany(t, c, 1)
		if diff := cmp.Diff(map[int]int{0: 1, 5: 1}, s.attempts["/firewall-control"]); diff != "" {
			t.Errorf("attempts by second (-want +got):\n%s", diff)
		}
	})
}

// A pause that outlasts the time for retrying is waited out by nobody: also not by who has not called yet.
func TestPauseThatIsTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := storm(t, time.Hour, http.Header{"Retry-After": {"3600"}}, Config{})
		for range 3 {
			_, err := c.FirewallRules.Create(t.Context(), Scope{Level: LevelTenant}, FirewallRuleFields{})
			if !errors.Is(err, ErrThrottled) || errors.Is(err, ErrMayHaveRun) {
				t.Errorf("got %v", err)
			}
		}
		if took := time.Since(s.start); took > 0 {
			t.Errorf("it took %v", took)
		}
		if diff := cmp.Diff(map[int]int{0: 1}, s.attempts["/firewall-control"]); diff != "" {
			t.Errorf("attempts by second (-want +got):\n%s", diff)
		}
	})
}

// A Retry-After that says nothing does not do away with the pauses.
func TestRetryAfterOfNothing(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"0", "-1", "1.5", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "99999999999999999"} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, s := storm(t, 20*time.Second, http.Header{"Retry-After": {value}}, Config{})
				createMany(t, c, 1)
				attempts := 0
				for _, n := range s.attempts["/firewall-control"] {
					attempts += n
				}
				if attempts > 9 { // as without
					t.Errorf("%d attempts in 20 seconds", attempts)
				}
			})
		})
	}
}

// Without Retry-After the pauses double as long as they don't help: few calls find out when the storm is over.
func TestPausesDouble(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := storm(t, 20*time.Second, nil, Config{RequestsPerSecond: 1000})
		createMany(t, c, 50)
		refused := 0
		for second, n := range s.attempts["/firewall-control"] {
			if second < 20 {
				refused += n
			}
		}
		if most := 8 * 50; refused > most { // 0, ¼, ¾, 1¾, 3¾, 7¾, 15¾ s, and the last
			t.Errorf("%d calls were refused, want at most %d", refused, most)
		}
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		perSecond float64
		calls     int
		want      time.Duration
	}{
		"built in":         {0, 125, 4 * time.Second}, // 25 at once, then 25 a second
		"the user's":       {10, 30, 2 * time.Second}, // 10 at once, then 10 a second
		"the user's, slow": {0.5, 3, 4 * time.Second}, // 1 at once, then one in 2 s
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, s := storm(t, 0, nil, Config{RequestsPerSecond: tt.perSecond})
				createMany(t, c, tt.calls)
				if took := time.Since(s.start).Round(time.Millisecond); took != tt.want {
					t.Errorf("%d calls took %v, want %v", tt.calls, took, tt.want)
				}
			})
		})
	}
}

func TestLimitsByPath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/sites": "/sites", "/sites/{id}": "/sites", "/users": "/users", "/user": "/user", "/restrictions": "",
		"/application-management/inventory/endpoints": "/application-management/inventory", "/firewall-control/{id}": "",
	} {
		if got := limitOf(path).path; got != want {
			t.Errorf("%s has the limit of %q, want %q", path, got, want)
		}
	}
}

// A write that is on its way when the call is cancelled is finished, and its answer counts; nothing new starts. One
// that does not end is torn off after a moment.
func TestCancelledWrite(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		takes time.Duration
		ends  time.Duration
		fails bool
	}{
		"soon answered":  {3 * time.Second, 3 * time.Second, false},
		"never answered": {time.Hour, 1*time.Second + cancelGrace, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, s := storm(t, 0, nil, Config{})
				c.transport.next = roundTrip(func(req *http.Request) (*http.Response, error) {
					if err := sleep(req.Context(), tt.takes); err != nil {
						return nil, err
					}
					return respond(req, http.StatusOK, nil, `{"data":{"id":"7"}}`), nil
				})
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				rule, err := c.FirewallRules.Create(ctx, Scope{Level: LevelTenant}, FirewallRuleFields{})
				if (err != nil) != tt.fails || !tt.fails && rule.ID != "7" {
					t.Errorf("got %+v, %v", rule, err)
				}
				if took := time.Since(s.start); took != tt.ends {
					t.Errorf("it took %v, want %v", took, tt.ends)
				}
				if _, err := c.FirewallRules.Create(ctx, Scope{Level: LevelTenant}, FirewallRuleFields{}); !errors.Is(err, context.Canceled) {
					t.Errorf("another call: %v", err)
				}
			})
		})
	}
}

// A console that does not answer costs one request timeout for each attempt, and says so.
func TestRequestTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := storm(t, 0, nil, Config{RequestTimeout: 20 * time.Second})
		c.transport.next = roundTrip(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		})
		_, err := collectSites(t.Context(), c)
		if err == nil || !strings.Contains(err.Error(), "request timeout of 20s") {
			t.Errorf("got %v", err)
		}
		if took := time.Since(s.start); took != 20*time.Second { // the host has never answered
			t.Errorf("it took %v", took)
		}
	})
}

// A console that goes down costs the time for retrying once, not once for each of thousands of calls; one that comes back is
// given as much as before.
func TestOutage(t *testing.T) {
	t.Parallel()
	for name, fails := range map[string]func(*http.Request) (*http.Response, error){
		"nobody answers": func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF },
		"a proxy does": func(req *http.Request) (*http.Response, error) {
			return respond(req, http.StatusBadGateway, nil, "<html>"), nil
		},
		"it fails": func(req *http.Request) (*http.Response, error) {
			return respond(req, http.StatusInternalServerError, nil, "{}"), nil
		},
		"it refuses": func(req *http.Request) (*http.Response, error) {
			return respond(req, http.StatusTooManyRequests, nil, "<html>"), nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, s := storm(t, 0, nil, Config{})
				list := func() time.Duration {
					started := time.Now()
					_, err := collectSites(t.Context(), c)
					if up := c.transport.next == http.RoundTripper(s); up != (err == nil) {
						t.Errorf("got %v", err)
					}
					return time.Since(started)
				}
				down := roundTrip(fails)
				for _, outage := range []string{"first", "second"} {
					<-time.After(longestBackoff) // the last pause
					c.transport.next = s
					list()
					c.transport.next = down
					if took := list(); took < DefaultRetryTimeout-longestBackoff {
						t.Errorf("%s outage: it was tried for %v only", outage, took)
					}
					for range 10 {
						if took := list(); took > firstContact {
							t.Errorf("%s outage: it was tried for another %v", outage, took)
						}
					}
				}
			})
		})
	}
}
