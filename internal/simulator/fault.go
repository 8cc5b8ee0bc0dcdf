package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Fault makes API calls fail. All fields but Kind are optional.
//
//	429-html           the page that a live console sends when called too often; with RetryAfter, its header too
//	status             a JSON error with Status
//	403, 500           the same with that status
//	404-html, 502-html, 503  an HTML page with that status, as from a proxy in front of the console
//	drop-before        the connection closes before anything happens
//	drop-after-commit  the call is served, then the connection closes without an answer
//	unstored           the call is answered as served, and nothing of it is kept, as live consoles were seen to do
//	slow               the call is served after DelayMS
//	truncate           the answer breaks off half-way
//	garbage            status 200, and a body that is no JSON
//	wrong-total        a list says that there is one item more than there is
//	empty-page         a list has no rows and no next page, whatever it holds
type Fault struct {
	Kind       string  `json:"kind"`
	Method     string  `json:"method,omitzero"`      // any when empty
	Path       string  `json:"path,omitzero"`        // any when empty; see matches
	Status     int     `json:"status,omitzero"`      // for status
	Times      int     `json:"times,omitzero"`       // how many calls it hits; 0 is all
	Share      float64 `json:"share,omitzero"`       // which share of the calls it hits, drawn by lot; 0 is all
	Skip       int     `json:"skip,omitzero"`        // how many calls it lets pass first
	DelayMS    int     `json:"delay_ms,omitzero"`    // for slow
	RetryAfter int     `json:"retry_after,omitzero"` // seconds
}

// kinds are the faults there are.
var kinds = []string{
	"429-html", "status", "403", "500", "404-html", "502-html", "503", "drop-before", "drop-after-commit",
	"unstored", "slow", "truncate", "garbage", "wrong-total", "empty-page",
}

// faults holds the faults in force.
type faults struct {
	mu     sync.Mutex
	rules  []*armed
	random *rand.Rand

	injected map[string]int // by kind
}

// armed is a fault with its counters.
type armed struct {
	Fault
	seen, hits int
}

func newFaults() *faults {
	return &faults{random: rand.New(rand.NewPCG(1, 2)), injected: map[string]int{}}
}

func (f *faults) add(fault Fault) error {
	if !slices.Contains(kinds, fault.Kind) {
		return fmt.Errorf("no fault of kind %q; there are: %s", fault.Kind, strings.Join(kinds, ", "))
	}
	if _, err := path.Match(fault.Path, ""); err != nil {
		return fmt.Errorf("fault path %q: %w", fault.Path, err)
	}
	if fault.Kind == "status" && (fault.Status < 400 || fault.Status > 599) {
		return fmt.Errorf("fault status needs a status from 400 to 599, not %d", fault.Status)
	}
	if min(fault.Times, fault.Skip, fault.DelayMS, fault.RetryAfter) < 0 || fault.Share < 0 || fault.Share > 1 {
		return errors.New("a fault's numbers are at least 0, and its share is at most 1")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = append(f.rules, &armed{Fault: fault})
	return nil
}

func (f *faults) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = nil
}

// pick returns the first fault in force for a request.
func (f *faults) pick(r *http.Request) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.rules {
		if !a.matches(r) {
			continue
		}
		a.seen++
		if a.seen <= a.Skip || a.Times > 0 && a.hits >= a.Times || a.Share > 0 && f.random.Float64() >= a.Share {
			continue
		}
		a.hits++
		f.injected[a.Kind]++
		return a.Fault, true
	}
	return Fault{}, false
}

// matches reports whether a fault is about a request. Its path is a pattern of path.Match, or a prefix that ends where a
// segment does, and starts at the root or below the API prefix: "/firewall-control" is every call about the firewall.
func (f Fault) matches(r *http.Request) bool {
	if f.Method != "" && !strings.EqualFold(f.Method, r.Method) {
		return false
	}
	return f.Path == "" || matchesPath(f.Path, r.URL.Path) || matchesPath(f.Path, strings.TrimPrefix(r.URL.Path, apiPrefix))
}

func matchesPath(pattern, p string) bool {
	if strings.HasPrefix(p+"/", strings.TrimSuffix(pattern, "/")+"/") {
		return true
	}
	match, err := path.Match(pattern, p)
	return err == nil && match
}

// Fail adds a fault. It panics when there is no such fault.
func (c *Console) Fail(f Fault) {
	if err := c.faults.add(f); err != nil {
		panic(err)
	}
}

// ClearFaults removes all faults.
func (c *Console) ClearFaults() { c.faults.clear() }

// Injected counts the calls that faults have hit, by kind.
func (c *Console) Injected() map[string]int {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	return maps.Clone(c.faults.injected)
}

// exchange counts an API call, serves it, and lets the faults at it.
func (c *Console) exchange(w http.ResponseWriter, r *http.Request, route string, serve func() reply) {
	defer c.meter.enter(route)()
	w.Header().Set("X-RQID", fmt.Sprintf("00000000-0000-4000-8000-%012x", c.requests.Add(1)))
	wait(r.Context(), c.latency)
	fault, hit := c.faults.pick(r)
	if !hit {
		serve().write(w)
		return
	}
	if answer, instead := fault.instead(); instead {
		answer.write(w)
		return
	}
	switch fault.Kind {
	case "drop-before":
		panic(http.ErrAbortHandler) // The server closes the connection, and logs nothing.
	case "slow":
		wait(r.Context(), time.Duration(fault.DelayMS)*time.Millisecond)
		serve().write(w)
	case "drop-after-commit":
		serve()
		panic(http.ErrAbortHandler)
	case "unstored":
		before := c.State()
		answer := serve()
		c.Change(func(s *State) { *s = before })
		answer.write(w)
	case "truncate":
		answer := serve()
		w.Header().Set("Content-Type", answer.contentType)
		w.Header().Set("Content-Length", strconv.Itoa(len(answer.body)))
		_, _ = w.Write(answer.body[:len(answer.body)/2])
		_ = http.NewResponseController(w).Flush() // Else a short half would be dropped with the connection.
		panic(http.ErrAbortHandler)
	default:
		serve().spoiled(fault.Kind).write(w)
	}
}

// instead returns what is answered when the call is not served at all.
func (f Fault) instead() (reply, bool) {
	switch f.Kind {
	case "429-html":
		answer := nginxReply(http.StatusTooManyRequests)
		answer.retryAfter = f.RetryAfter
		return answer, true
	case "404-html":
		return nginxReply(http.StatusNotFound), true
	case "502-html":
		return nginxReply(http.StatusBadGateway), true
	case "503":
		return nginxReply(http.StatusServiceUnavailable), true
	case "403":
		return refusalReply(forbidden()), true
	case "500":
		return refusalReply(refuse(http.StatusInternalServerError, "Internal server error", nil)), true
	case "status":
		return refusalReply(refuse(f.Status, http.StatusText(f.Status), nil)), true
	case "garbage":
		return htmlReply(http.StatusOK, "<html><body>Please sign in</body></html>\n"), true
	}
	return reply{}, false
}

// spoiled returns a list answer with a lie in it. What is no list stays as it is.
func (p reply) spoiled(kind string) reply {
	var body struct {
		Data       json.RawMessage `json:"data"`
		Pagination *pagination     `json:"pagination"`
	}
	if err := json.Unmarshal(p.body, &body); err != nil || body.Pagination == nil {
		return p
	}
	switch kind {
	case "wrong-total":
		body.Pagination.TotalItems++
	case "empty-page":
		body.Pagination.NextCursor = nil
		body.Data = emptied(body.Data)
	}
	changed, err := json.Marshal(body)
	if err != nil {
		return p
	}
	p.body = changed
	return p
}

// emptied takes the rows out of a list: data itself, or its `sites`.
func emptied(data json.RawMessage) json.RawMessage {
	var nested map[string]json.RawMessage
	if err := json.Unmarshal(data, &nested); err != nil {
		return json.RawMessage("[]")
	}
	nested["sites"] = json.RawMessage("[]")
	out, err := json.Marshal(nested)
	if err != nil {
		return data
	}
	return out
}

// wait returns after d, or when nobody waits for the answer any more.
func wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// ParseFault reads a fault from a flag: "kind=429-html,method=GET,path=/sites,times=2", with the names of the JSON form.
func ParseFault(text string) (Fault, error) {
	fields := map[string]any{}
	for pair := range strings.SplitSeq(text, ",") {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return Fault{}, fmt.Errorf("fault %q: %q is not name=value", text, pair)
		}
		switch name {
		case "kind", "method", "path":
			fields[name] = value
		default:
			fields[name] = json.Number(value)
		}
	}
	data, err := json.Marshal(fields)
	if err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", text, err)
	}
	var f Fault
	if err := decodeStrictly(bytes.NewReader(data), &f); err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", text, err)
	}
	return f, nil
}
