package sentinelone

import (
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A scan is asked for once, whatever the console answers, unless it certainly has not run.
func TestScanIsStartedOnce(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		steps []scripted
		calls int64
		is    []error // of the three below
	}{
		"limit":                   {[]scripted{{status: 429}, {status: 403}}, 1, []error{ErrScanLimit}},
		"limit of hours":          {[]scripted{{status: 429, retryAfter: "28800"}, {status: 403}}, 1, []error{ErrScanLimit}},
		"dropped":                 {[]scripted{{drop: true}}, 1, []error{ErrMayHaveRun}},
		"gateway":                 {[]scripted{{status: 502}}, 1, []error{ErrMayHaveRun}},
		"broken":                  {[]scripted{{status: 500}}, 1, []error{ErrMayHaveRun}},
		"log-in page":             {[]scripted{{status: 200, page: true}}, 1, []error{ErrMayHaveRun}},
		"no word of success":      {[]scripted{{status: 200}}, 1, []error{ErrNoSuccess}},
		"refused":                 {[]scripted{{status: 400}}, 1, nil},
		"forbidden":               {[]scripted{{status: 403}}, 1, nil},
		"refused before it began": {[]scripted{{status: 503, retryAfter: "1"}, {status: 403}}, 2, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int64
			c, _ := newTestClient(t, script(&calls, tt.steps...))
			err := c.ApplicationScans.Start(t.Context(), Scope{LevelSite, "1"})
			var is []error
			for _, target := range []error{ErrScanLimit, ErrMayHaveRun, ErrNoSuccess} {
				if errors.Is(err, target) {
					is = append(is, target)
				}
			}
			if err == nil || calls.Load() != tt.calls || !cmp.Equal(tt.is, is, cmp.Comparer(func(a, b error) bool { return a.Error() == b.Error() })) {
				t.Errorf("%d calls, %v, which is %v", calls.Load(), err, is)
			}
		})
	}
}

// The limit of scans says nothing about other calls: they don't wait for hours.
func TestScanLimitPausesNobody(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	limit := scripted{status: 429, retryAfter: "28800"}
	c, waits := newTestClient(t, script(&calls, limit, limit, scripted{status: 403}))
	for range 2 {
		if err := c.ApplicationScans.Start(t.Context(), Scope{Level: LevelTenant}); !errors.Is(err, ErrScanLimit) {
			t.Fatal(err)
		}
	}
	for _, wait := range *waits {
		if wait > time.Second {
			t.Errorf("waited %s", wait)
		}
	}
	if calls.Load() != 2 {
		t.Errorf("%d calls", calls.Load())
	}
}

func TestScanRequests(t *testing.T) {
	t.Parallel()
	for in, want := range map[Scope]string{
		{Level: LevelTenant}: `{"filter":{"tenant":true}}`, {LevelAccount, "7"}: `{"filter":{"accountIds":["7"]}}`, {LevelSite, "7"}: `{"filter":{"siteIds":["7"]}}`,
	} {
		c, last := recorder(t, `{"data":{"success":true}}`)
		if err := c.ApplicationScans.Start(t.Context(), in); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(seen{http.MethodPost, "/web/api/v2.1/application-management/scan", last.query, decoded(t, want)}, *last, cmp.AllowUnexported(seen{})); diff != "" {
			t.Error(diff)
		}
	}
	c, last := recorder(t, `{"data":{"success":true}}`)
	if err := c.ApplicationScans.Start(t.Context(), Scope{LevelGroup, "7"}); !errors.Is(err, ErrNoScanOfGroups) || last.method != "" {
		t.Errorf("%v, sent %+v", err, last)
	}
}
