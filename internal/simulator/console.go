// Package simulator is a stand-in for a SentinelOne management console: a real HTTP server with state, for tests,
// demonstrations and learning, where no tenant is at hand.
//
// It serves the operations of contract/openapi.yaml and holds each request and each answer to that description. What
// public evidence leaves open about the real console is a switch in Behaviour. Control routes under /_simulator/, and
// the methods of Console, look at the state, change it behind the API's back and make the API fail.
package simulator

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// apiPrefix is where the API lives on a console.
const apiPrefix = "/web/api/v2.1"

// Console is a stand-in management console. It is an http.Handler and safe for concurrent use.
type Console struct {
	contract     *contract
	mux          *http.ServeMux
	seed         State
	token        string
	pageSize     int
	latency      time.Duration
	allowUnknown bool
	now          func() time.Time
	shuffle      func(n int, swap func(i, j int))
	faults       *faults
	meter        meter
	rows         rowChecker
	requests     atomic.Uint64 // since the start; answers are numbered
	url          string

	mu         sync.Mutex // guards what follows
	store      *store
	ids        identifiers
	violations []string
}

// New returns a console that holds Demo, unless an option says otherwise.
func New(opts ...Option) (*Console, error) {
	k, err := loadContract()
	if err != nil {
		return nil, err
	}
	c := &Console{
		contract: k,
		seed:     Demo(),
		now:      time.Now,
		shuffle:  func(int, func(i, j int)) {},
		faults:   newFaults(),
		ids:      identifiers{last: lastSeededID},
	}
	for _, opt := range opts {
		if err := opt(c); err != nil {
			return nil, fmt.Errorf("simulator: %w", err)
		}
	}
	if c.token != "" && len(c.seed.Users) > 0 {
		c.seed.Users[0].Token = c.token
	}
	if err := c.load(c.seed); err != nil {
		return nil, err
	}
	c.seed = State{}
	c.mux = c.routes()
	return c, nil
}

func (c *Console) routes() *http.ServeMux {
	mux := http.NewServeMux()
	c.controlRoutes(mux)
	for name, op := range operations() {
		method, path, _ := strings.Cut(name, " ")
		pattern := method + " " + apiPrefix + path
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			c.exchange(w, r, pattern, func() reply { return c.serve(name, op, r) })
		})
	}
	mux.HandleFunc("/web/api/", func(w http.ResponseWriter, r *http.Request) {
		c.exchange(w, r, r.Method+" "+r.URL.Path, func() reply { return c.unknownRoute(r) })
	})
	return mux
}

// ServeHTTP serves the API and the control routes.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.mux.ServeHTTP(w, r) }

// unknownRoute answers what the console does not have. Where it has the path for another method, such as DELETE
// /sites/{site_id}, a 404 would tell the client that the object is gone.
func (c *Console) unknownRoute(r *http.Request) reply {
	answer := notFound()
	if c.hasPath(r) {
		answer = notSupported()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.allowUnknown {
		c.violations = append(c.violations, fmt.Sprintf("unknown route: %s %s", r.Method, r.URL.Path))
	}
	return refusalReply(answer)
}

// hasPath reports whether the console serves the request's path, whatever the method.
func (c *Console) hasPath(r *http.Request) bool {
	return slices.ContainsFunc([]string{"GET", "POST", "PUT", "DELETE"}, func(method string) bool {
		_, pattern := c.mux.Handler(&http.Request{Method: method, URL: r.URL, Host: r.Host})
		return strings.HasPrefix(pattern, method)
	})
}

// broken notes that the console itself broke its contract, and says so in the answer.
func (c *Console) broken(err error) reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.violations = append(c.violations, err.Error())
	return refusalReply(internalError("simulator: " + err.Error()))
}

// State returns a copy of all that the console holds.
func (c *Console) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.store.snapshot()
}

// Change edits the state behind the API's back, as a colleague in the console would. edit must not call the console, which
// waits for it. Change panics when the outcome is no valid state.
func (c *Console) Change(edit func(*State)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	state := c.store.snapshot()
	edit(&state)
	if err := c.load(state); err != nil {
		panic(err)
	}
}

// load replaces the state, if it passes. The caller holds the lock, or is alone.
func (c *Console) load(state State, checks ...func(*store) error) error {
	s, err := newStore(state, &c.ids, c.now)
	for _, check := range checks {
		if err == nil {
			err = check(s)
		}
	}
	if err != nil {
		return fmt.Errorf("simulator: state: %w", err)
	}
	c.store = s
	return nil
}

// Token returns the token of the first user, or "" when there is none.
func (c *Console) Token() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.store.state.Users) == 0 {
		return ""
	}
	return c.store.state.Users[0].Token
}

// URL returns the address of a console that Start made, or "".
func (c *Console) URL() string { return c.url }

// shuffler returns a shuffle that is the same for the same seed. Calls to it come one at a time, under the lock.
func shuffler(seed uint64) func(n int, swap func(i, j int)) {
	return rand.New(rand.NewPCG(seed, seed)).Shuffle
}
