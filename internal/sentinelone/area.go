package sentinelone

import (
	"math"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// An area is a part of the API that the console limits by itself: all calls of one token whose paths start alike.

// areaLimit is what an area takes: calls a second in the long run, and at once.
type areaLimit struct {
	path  string // below the API's prefix; it holds for all paths that start with it
	rate  rate.Limit
	burst int
}

// areaLimits are the vendor's limits as a partner's client has them; the first that fits holds. The last, for areas
// whose limits are not public, is a cautious guess.
var areaLimits = []areaLimit{
	{"/accounts", 100, 10},
	{"/sites", 100, 10},
	{"/agents", 25, 1},
	{"/exclusions", 25, 25},
	{"/rbac", 50, 100},
	{"/users", 40, 80},
	{"/user", 2, 5},
	{"/system/status", 2, 1},
	{"/application-management/inventory", 3, 1},
	{"/tag-manager", 1, 50},
	{"/threat-intelligence", 0.5, 30},
	{"", 25, 25},
}

// area paces the calls of one part of the API, for all callers of a client together.
type area struct {
	limiter *rate.Limiter

	mu       sync.Mutex
	pause    time.Time // nobody calls before
	refusals int       // pauses since the last success
	down     time.Time // when a call ran out of time; zero when one has been answered since
}

// areas are the areas that a client has called so far.
type areas struct {
	perSecond float64 // in place of the built-in limits, when set

	mu     sync.Mutex
	byPath map[string]*area
}

// of returns the area of an operation.
func (s *areas) of(op Operation) *area {
	path, _, _ := strings.Cut(strings.TrimPrefix(op.Path, "/"), "/")
	limit := limitOf(op.Path)
	if limit.path != "" {
		path = limit.path
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.byPath[path]
	if a == nil {
		if s.perSecond > 0 {
			limit.rate, limit.burst = rate.Limit(s.perSecond), int(math.Ceil(s.perSecond))
		}
		a = &area{limiter: rate.NewLimiter(limit.rate, limit.burst)}
		if s.byPath == nil {
			s.byPath = map[string]*area{}
		}
		s.byPath[path] = a
	}
	return a
}

func limitOf(path string) areaLimit {
	for _, limit := range areaLimits {
		if strings.HasPrefix(path+"/", limit.path+"/") {
			return limit
		}
	}
	return areaLimit{}
}

// turn is when a call may start: it takes a place in the queue.
func (a *area) turn(now time.Time) time.Time {
	return now.Add(a.limiter.ReserveN(now, 1).DelayFrom(now))
}

// paused is when the pause of the area ends; long ago when there is none.
func (a *area) paused() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.pause
}

// note learns from an answer. A 429 pauses the area for all callers: as long as the console asks, else for a time that
// doubles with each pause that did not help. Calls that were on their way when the pause began don't lengthen it.
func (a *area) note(resp *http.Response, now time.Time, backoff func(int, *http.Response) time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case resp.StatusCode != http.StatusTooManyRequests:
		a.refusals = 0
	case asked(resp) > 0:
		if until := now.Add(backoff(0, resp)); until.After(a.pause) {
			a.pause = until
		}
	case !now.Before(a.pause):
		a.pause = now.Add(backoff(a.refusals, resp))
		a.refusals++
	}
}

// gaveUp tells that a call ran out of time; the zero time, that one was answered.
func (a *area) gaveUp(at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.down = at
}

// isDown tells whether nothing has answered since a call ran out of time, as far as that was before a time.
func (a *area) isDown(at time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return !a.down.IsZero() && !at.Before(a.down)
}
