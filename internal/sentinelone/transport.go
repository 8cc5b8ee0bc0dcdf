package sentinelone

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

const (
	dialTimeout = 10 * time.Second
	// cancelGrace is how long a write on its way may go on after its call was cancelled.
	cancelGrace = 5 * time.Second
	// connections bounds what one client opens at a time, and as many are kept: Terraform works on ten objects at a
	// time unless it is told otherwise.
	connections = 32
	// longestAnswer bounds what is read of one answer. A page of 1000 rules with hundreds of values each stays below.
	longestAnswer = 64 << 20
)

// errTooLong tells of an answer that is longer than is read.
var errTooLong = errors.New("the answer is too long")

// transport makes the attempts of calls: it paces them, bounds the time and the size of each, and remembers what the
// console says about its limits. Whether there is another attempt is retry.go's to say.
type transport struct {
	next           http.RoundTripper
	requestTimeout time.Duration
	retryTimeout   time.Duration
	longestAnswer  int64 // bytes
	areas          areas
	reached        atomic.Bool // the console has answered at least once

	// What waiting takes from the world. Tests replace it, so that none waits for real.
	now    func() time.Time
	random func() float64 // in [0, 1)
	sleep  func(context.Context, time.Duration) error
}

// RoundTrip implements http.RoundTripper. The body of what it returns is read: a connection may drop in the middle of
// an answer, and that belongs to the attempt.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	a := attemptsOf(req.Context())
	area := t.areas.of(a.op)
	if err := t.wait(req.Context(), a, area); err != nil {
		return nil, err
	}
	ctx, cancel := t.bounded(req)
	defer cancel()
	resp, err := t.next.RoundTrip(req.WithContext(ctx)) //nolint:contextcheck // a write outlives the cancelling of its call
	var body []byte
	if err == nil {
		body, err = t.readBody(resp)
	}
	if err != nil {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) && req.Context().Err() == nil {
			err = fmt.Errorf("nothing within the request timeout of %s: %w", t.requestTimeout, err)
		}
		return nil, err
	}
	if a.foreign = foreign(resp.StatusCode, body); !a.foreign {
		t.reached.Store(true)
	}
	if !a.op.Rationed {
		area.note(resp, t.now(), t.backoff)
	}
	return resp, nil
}

// bounded returns the context of one attempt. A write that is on its way is not torn off when the call is cancelled:
// the console may have carried it out, and its answer says what now exists. It is given a moment to end by itself.
func (t *transport) bounded(req *http.Request) (context.Context, context.CancelFunc) {
	if req.Method == http.MethodGet {
		return context.WithTimeout(req.Context(), t.requestTimeout)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(req.Context()), t.requestTimeout)
	stop := context.AfterFunc(req.Context(), func() {
		if t.sleep(ctx, cancelGrace) == nil {
			cancel()
		}
	})
	return ctx, func() {
		stop()
		cancel()
	}
}

// wait returns when an attempt may start: no pause is on, and its turn has come. Who has waited out a pause lines up
// again, so that a thousand callers don't start at the moment when it ends. A pause that outlasts the call's time for
// retrying is an error that matches [ErrThrottled].
func (t *transport) wait(ctx context.Context, a *attempts, area *area) error {
	for inTurn := false; ; {
		at := t.resumption(a)
		switch {
		case t.now().Before(at) && !at.Before(t.deadline(a)):
			return fmt.Errorf("%w: there is a pause of another %s, longer than the call may be retried",
				ErrThrottled, at.Sub(t.now()).Round(time.Second))
		case t.now().Before(at):
			inTurn = false
		case !inTurn:
			at, inTurn = area.turn(t.now()), true
		default:
			if a.started.IsZero() { // what it waited before its first attempt is not the console's doing
				a.started = t.now()
			}
			return nil
		}
		if err := t.sleepUntil(ctx, at); err != nil {
			return err
		}
	}
}

// resumption is when a call may be tried next, as far as it is known now.
func (t *transport) resumption(a *attempts) time.Time {
	if pause := t.areas.of(a.op).paused(); pause.After(a.notBefore) {
		return pause
	}
	return a.notBefore
}

func (t *transport) sleepUntil(ctx context.Context, at time.Time) error {
	if wait := at.Sub(t.now()); wait > 0 {
		return t.sleep(ctx, wait)
	}
	return ctx.Err()
}

// foreign tells whether an answer of success is no JSON object: a log-in page, a proxy's excuse, another web server.
func foreign(status int, body []byte) bool {
	return status >= 200 && status < 300 && !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{"))
}

// readBody replaces a body that is still on its way by one that is here, and returns it.
func (t *transport) readBody(resp *http.Response) ([]byte, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, t.longestAnswer+1))
	if err == nil && int64(len(body)) > t.longestAnswer {
		err = fmt.Errorf("%w: more than %d MiB", errTooLong, t.longestAnswer>>20)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return body, err
}

// sleep waits for real.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// newConnections returns what opens connections to the console.
func newConnections(caCertificates []byte) (*http.Transport, error) {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("reading the system's certificates: %w", err)
	}
	if len(caCertificates) > 0 && !roots.AppendCertsFromPEM(caCertificates) {
		return nil, ErrNoCertificates
	}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: dialTimeout}).DialContext,
		TLSClientConfig:       &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   dialTimeout,
		ForceAttemptHTTP2:     true,
		MaxConnsPerHost:       connections,
		MaxIdleConnsPerHost:   connections,
		IdleConnTimeout:       90 * time.Second,
		ExpectContinueTimeout: time.Second,
	}, nil
}
