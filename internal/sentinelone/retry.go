package sentinelone

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// failure is a kind of failed attempt, by what it says about whether the call has run.
type failure int

const (
	none      failure = iota // an answer of success, which need not be readable
	final                    // a refusal, or a failure that waiting does not mend
	notSent                  // no connection: it has not run
	throttled                // 429: refused before it ran
	refused                  // 503 with Retry-After: refused before it ran
	gateway                  // 502, 503, 504, or a page of something before the console, which may have run it
	dropped                  // sent, without a whole answer: it may have run
	broken                   // 500 and the like: it may have run, in part
)

// retries says which methods are tried again after which failure. Beside GET, the API's PUT (the whole object) and
// DELETE (by ids, which are never used again) leave the same state however often they run. A POST does not, unless it
// is a query: it is repeated only when it has certainly not run.
var retries = map[failure][]string{
	notSent:   {http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodPost},
	throttled: {http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodPost},
	refused:   {http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodPost},
	gateway:   {http.MethodGet, http.MethodPut, http.MethodDelete},
	dropped:   {http.MethodGet, http.MethodPut, http.MethodDelete},
	broken:    {http.MethodGet},
}

// mayHaveRun tells whether a call may have run although its caller gets an error. Even an answer of success can be
// unreadable.
func mayHaveRun(last failure) bool {
	return last == none || last == gateway || last == dropped || last == broken
}

// classify tells what kind of failure an attempt ended in.
func (a *attempts) classify(resp *http.Response, err error) failure {
	switch {
	case errors.Is(err, errTooLong): // and would be again
		return none
	case err != nil && (permanent(err) || errors.Is(err, ErrThrottled)):
		return final
	case err != nil && a.sent.Load():
		return dropped
	case err != nil:
		return notSent
	case a.foreign:
		return gateway
	}
	switch status := resp.StatusCode; {
	case status < http.StatusMultipleChoices:
		return none
	case status == http.StatusTooManyRequests && a.op.Rationed:
		return final
	case status == http.StatusTooManyRequests:
		return throttled
	case status == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != "":
		return refused
	case status == http.StatusBadGateway, status == http.StatusServiceUnavailable, status == http.StatusGatewayTimeout:
		return gateway
	case status >= http.StatusInternalServerError && status != http.StatusNotImplemented:
		return broken
	default:
		return final
	}
}

// permanent tells of failures that waiting does not mend: a name that does not exist, a certificate not trusted.
func permanent(err error) bool {
	var (
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
	)
	return errors.As(err, &name) && name.IsNotFound || errors.As(err, &certificate) || errors.As(err, &record)
}

const (
	firstBackoff   = 250 * time.Millisecond
	longestBackoff = 30 * time.Second
	// firstContact bounds retrying while the host has not answered once: it is likelier mistyped than down. It does so, too,
	// while an area does not answer any more.
	firstContact = 5 * time.Second
)

// attempts is what the transport knows of a call. It travels in the request's context, as retryablehttp shares nothing
// else with its policy.
type attempts struct {
	op        Operation
	started   time.Time // of the first attempt
	notBefore time.Time // of the next attempt
	failures  int
	last      failure     // what the last attempt ended in
	foreign   bool        // the last answer is a success that is not the API's
	sent      atomic.Bool // the last attempt's headers left: the console may have run it
}

type attemptsKey struct{}

func withAttempts(ctx context.Context, op Operation) context.Context {
	a := &attempts{op: op}
	trace := &httptrace.ClientTrace{
		GetConn:      func(string) { a.sent.Store(false) },
		WroteHeaders: func() { a.sent.Store(true) },
	}
	return context.WithValue(httptrace.WithClientTrace(ctx, trace), attemptsKey{}, a)
}

func attemptsOf(ctx context.Context) *attempts {
	a, ok := ctx.Value(attemptsKey{}).(*attempts)
	if !ok {
		return &attempts{}
	}
	return a
}

// checkRetry implements retryablehttp.CheckRetry. It decides when the next attempt may start; the transport waits.
func (t *transport) checkRetry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	a := attemptsOf(ctx)
	kind := a.classify(resp, err)
	a.last = kind
	area := t.areas.of(a.op)
	if kind == none || kind == final && err == nil {
		area.gaveUp(time.Time{})
	}
	switch {
	case !slices.Contains(retries[kind], a.op.repeatable()):
		return false, nil // also when the call was cancelled meanwhile: what came is what happened
	case ctx.Err() != nil:
		return false, ctx.Err()
	}
	if kind != throttled { // then the whole area pauses
		a.notBefore = t.now().Add(t.backoff(a.failures, resp))
	}
	a.failures++
	again := t.resumption(a).Before(t.deadline(a))
	if !again {
		area.gaveUp(t.now())
	}
	return again, nil
}

// backoff is how long to wait after a number of earlier failures: what the console asks for, else a doubling time of
// which half is left to chance, so that callers who failed together don't return together.
func (t *transport) backoff(failures int, resp *http.Response) time.Duration {
	if wait := asked(resp); wait > 0 {
		return wait
	}
	wait := retryablehttp.DefaultBackoff(firstBackoff, longestBackoff, failures, nil)
	return wait - time.Duration(t.random()*float64(wait/2))
}

// asked is the pause that the console asks for by Retry-After: zero for none, and for what is no time to come.
func asked(resp *http.Response) time.Duration {
	return max(0, retryablehttp.DefaultBackoff(0, 0, 0, resp))
}

// deadline is when a call is tried for the last time. One that begins after another of its area ran out of time is tried for
// moments only, as long as nothing answers: a plan of thousands of objects ends soon when the console goes down.
func (t *transport) deadline(a *attempts) time.Time {
	started := a.started
	if started.IsZero() {
		started = t.now()
	}
	if !t.reached.Load() || t.areas.of(a.op).isDown(started) {
		return started.Add(min(t.retryTimeout, firstContact))
	}
	return started.Add(t.retryTimeout)
}

// Persist calls a function again, with growing pauses and within the time for retrying, as long as its error says that
// a call may have run. The function is to find out, before it calls again.
func (c *Client) Persist(ctx context.Context, try func() error) error {
	t := c.transport
	end := t.now().Add(t.retryTimeout)
	for failures := 0; ; failures++ {
		err := try()
		wait := t.backoff(failures, nil)
		if !errors.Is(err, ErrMayHaveRun) || t.now().Add(wait).After(end) || t.sleep(ctx, wait) != nil {
			return err
		}
	}
}
