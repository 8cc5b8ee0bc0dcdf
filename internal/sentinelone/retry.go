package sentinelone

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	firstBackoff   = 250 * time.Millisecond
	longestBackoff = 30 * time.Second
	// firstContact bounds retrying while the host has not answered once: it is likelier mistyped than down.
	firstContact = 5 * time.Second
)

// attempts is what retrying knows of a call. It travels in the request's context, as retryablehttp shares nothing
// else with its policy.
type attempts struct {
	method  string
	started time.Time
	sent    atomic.Bool // the last attempt's headers left: the console may have run it
}

type attemptsKey struct{}

func withAttempts(ctx context.Context, method string, now time.Time) context.Context {
	a := &attempts{method: method, started: now}
	trace := &httptrace.ClientTrace{
		GetConn:      func(string) { a.sent.Store(false) },
		WroteHeaders: func() { a.sent.Store(true) },
	}
	return context.WithValue(httptrace.WithClientTrace(ctx, trace), attemptsKey{}, a)
}

// repeatable tells whether a call may be made again without the risk of running it twice. Beside GET, the API's PUT
// (the whole object) and DELETE (by ids, which are never used again) leave the same state however often they run; a
// POST does not.
func repeatable(method string, sent bool, resp *http.Response, err error) bool {
	if err != nil {
		return (!sent || method != http.MethodPost) && !permanent(err)
	}
	switch status := resp.StatusCode; status {
	case http.StatusTooManyRequests:
		return true // refused before it ran
	case http.StatusServiceUnavailable:
		return method != http.MethodPost || resp.Header.Get("Retry-After") != ""
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		return method != http.MethodPost
	default:
		return method == http.MethodGet && status >= 500 && status != http.StatusNotImplemented
	}
}

// permanent tells of failures that waiting does not mend: a name that does not exist, a certificate not trusted,
// an answer of a size that it will have again.
func permanent(err error) bool {
	var (
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
	)
	return errors.As(err, &name) && name.IsNotFound ||
		errors.As(err, &certificate) || errors.As(err, &record) || errors.Is(err, errTooLong)
}

// checkRetry implements retryablehttp.CheckRetry.
func (c *Client) checkRetry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err == nil {
		c.reached.Store(true)
	}
	a, ok := ctx.Value(attemptsKey{}).(*attempts)
	return ok && c.remaining(a) > 0 && repeatable(a.method, a.sent.Load(), resp, err), nil
}

// backoff implements retryablehttp.Backoff: what the console asks for by Retry-After, else a doubling wait of which
// half is left to chance, so that callers who failed together don't return together. It never outlasts the call.
func (c *Client) backoff(_, _ time.Duration, attempt int, resp *http.Response) time.Duration {
	wait := retryablehttp.DefaultBackoff(firstBackoff, longestBackoff, attempt, resp)
	if resp == nil || resp.Header.Get("Retry-After") == "" {
		wait -= time.Duration(c.timing.random() * float64(wait/2))
	}
	if resp != nil {
		if a, ok := resp.Request.Context().Value(attemptsKey{}).(*attempts); ok {
			wait = min(wait, c.remaining(a))
		}
	}
	return c.timing.pause(wait)
}

// remaining is how long a call may still be retried.
func (c *Client) remaining(a *attempts) time.Duration {
	limit := c.timing.retryTimeout
	if !c.reached.Load() {
		limit = min(limit, firstContact)
	}
	return limit - c.timing.now().Sub(a.started)
}
