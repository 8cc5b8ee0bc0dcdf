package sentinelone

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// scripted answers one call after the other; "drop" closes the connection without an answer.
type scripted struct {
	status     int
	retryAfter string
	drop       bool
	page       bool // a success that is not the API's
}

func script(calls *atomic.Int64, steps ...scripted) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		step := steps[min(int(calls.Add(1)), len(steps))-1]
		if step.drop {
			panic(http.ErrAbortHandler)
		}
		if step.page {
			answer(w, step.status, "<html><title>Please sign in</title></html>")
			return
		}
		if step.retryAfter != "" {
			w.Header().Set("Retry-After", step.retryAfter)
		}
		if step.status == http.StatusOK {
			answer(w, http.StatusOK, `{"data":{"id":"7","sites":[]},"pagination":{"totalItems":0,"nextCursor":null}}`)
			return
		}
		answer(w, step.status, `{"errors":[{"code":1,"title":"no"}]}`)
	}
}

func TestRetries(t *testing.T) {
	t.Parallel()
	get := func(ctx context.Context, c *Client) error { _, err := collectSites(ctx, c); return err }
	post := func(ctx context.Context, c *Client) error {
		_, err := c.FirewallRules.Create(ctx, Scope{LevelSite, "1"}, FirewallRuleFields{})
		return err
	}
	put := func(ctx context.Context, c *Client) error {
		_, err := c.FirewallRules.Update(ctx, "7", FirewallRuleFields{})
		return err
	}
	const quarter, half = 250 * time.Millisecond, 500 * time.Millisecond
	ok := scripted{status: 200}
	for name, tt := range map[string]struct {
		call  func(context.Context, *Client) error
		steps []scripted
		waits []time.Duration
		fails bool
	}{
		"GET: 500, 502, ok":               {get, []scripted{{status: 500}, {status: 502}, ok}, []time.Duration{quarter, half}, false},
		"GET: dropped, ok":                {get, []scripted{{drop: true}, ok}, []time.Duration{quarter}, false},
		"GET: a page, ok":                 {get, []scripted{{status: 200, page: true}, ok}, []time.Duration{quarter}, false},
		"POST: a page":                    {post, []scripted{{status: 200, page: true}}, nil, true},
		"GET: 501":                        {get, []scripted{{status: 501}}, nil, true},
		"GET: 400":                        {get, []scripted{{status: 400}}, nil, true},
		"GET: 429 with Retry-After, ok":   {get, []scripted{{status: 429, retryAfter: "7"}, ok}, []time.Duration{7 * time.Second}, false},
		"GET: 503 with Retry-After, ok":   {get, []scripted{{status: 503, retryAfter: "2"}, ok}, []time.Duration{2 * time.Second}, false},
		"POST: 429, ok":                   {post, []scripted{{status: 429}, ok}, []time.Duration{quarter}, false},
		"POST: 503 with Retry-After, ok":  {post, []scripted{{status: 503, retryAfter: "1"}, ok}, []time.Duration{time.Second}, false},
		"POST: 503 that may have run":     {post, []scripted{{status: 503}}, nil, true},
		"POST: 500 that may have run":     {post, []scripted{{status: 500}}, nil, true},
		"POST: 504 that may have run":     {post, []scripted{{status: 504}}, nil, true},
		"POST: dropped, may have run":     {post, []scripted{{drop: true}}, nil, true},
		"PUT: dropped, 504, ok":           {put, []scripted{{drop: true}, {status: 504}, ok}, []time.Duration{quarter, half}, false},
		"PUT: 500, not known to be sound": {put, []scripted{{status: 500}}, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int64
			c, waits := newTestClient(t, script(&calls, tt.steps...))
			if err := tt.call(t.Context(), c); (err != nil) != tt.fails {
				t.Errorf("got %v", err)
			}
			if got := int(calls.Load()); got != len(tt.steps) {
				t.Errorf("%d calls, want %d", got, len(tt.steps))
			}
			if diff := cmp.Diff(tt.waits, *waits, cmpEmpty); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
		})
	}
}

// A create that failed is looked for only when it may have run.
func TestMayHaveRun(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		step    scripted
		longest int64
		want    bool
	}{
		"redirected":             {scripted{status: 302}, longestAnswer, false},
		"refused":                {scripted{status: 400}, longestAnswer, false},
		"not supported":          {scripted{status: 501}, longestAnswer, false},
		"throttled to the end":   {scripted{status: 429, retryAfter: "400"}, longestAnswer, false},
		"failed":                 {scripted{status: 500}, longestAnswer, true},
		"failed behind a proxy":  {scripted{status: 504}, longestAnswer, true},
		"dropped":                {scripted{drop: true}, longestAnswer, true},
		"answered by a page":     {scripted{status: 200, page: true}, longestAnswer, true},
		"answered at great size": {scripted{status: 200}, 5, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int64
			c, _ := newTestClient(t, script(&calls, tt.step))
			c.transport.longestAnswer = tt.longest
			_, err := c.FirewallRules.Create(t.Context(), Scope{Level: LevelTenant}, FirewallRuleFields{})
			if err == nil || errors.Is(err, ErrMayHaveRun) != tt.want || calls.Load() != 1 {
				t.Errorf("after %d calls: %v", calls.Load(), err)
			}
		})
	}
}

// Retrying is bounded by time; the last answer comes through. A pause that would outlast the call is not begun.
func TestRetryingEnds(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	c, waits := newTestClient(t, script(&calls, scripted{status: 429, retryAfter: "200"}))
	_, err := collectSites(t.Context(), c)
	if api, ok := errors.AsType[*APIError](err); !ok || api.Status != http.StatusTooManyRequests {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff([]time.Duration{200 * time.Second}, *waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

// Half of a wait is left to chance.
func TestBackoffSpreads(t *testing.T) {
	t.Parallel()
	c, _ := newTestClientOf(t, "example.sentinelone.net")
	c.transport.random = func() float64 { return 1 }
	got := []time.Duration{c.transport.backoff(3, nil), c.transport.backoff(30, nil)}
	if diff := cmp.Diff([]time.Duration{time.Second, longestBackoff / 2}, got); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

// A host that has never answered is likelier mistyped than down: no one should wait five minutes to be told so. Since
// nothing was sent, even a POST is tried again.
func TestUnreachableHost(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := "http://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	c, waits := newTestClientOf(t, host)
	_, err = c.Restrictions.Create(t.Context(), Scope{LevelSite, "1"}, RestrictionFields{})
	if _, refused := errors.AsType[*net.OpError](err); !refused {
		t.Errorf("got %v", err)
	}
	var total time.Duration
	for _, wait := range *waits {
		total += wait
	}
	if len(*waits) == 0 || total > 2*firstContact {
		t.Errorf("waited %v in all: %v", total, *waits)
	}
}

func TestCancelledCallIsNotRetried(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c, waits := newTestClient(t, func(http.ResponseWriter, *http.Request) {
		cancel()
		panic(http.ErrAbortHandler)
	})
	if _, err := collectSites(ctx, c); !errors.Is(err, context.Canceled) || len(*waits) > 0 {
		t.Errorf("got %v after waits %v", err, *waits)
	}
}
