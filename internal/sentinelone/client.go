// Package sentinelone is a client for the SentinelOne management API, version 2.1.
//
// It covers what the provider uses: one file for each area of the API, over one transport that authenticates,
// retries what may be repeated and turns every failure into an error value. It knows nothing of Terraform.
package sentinelone

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	// DefaultRetryTimeout bounds the time from the first attempt of a call to its last.
	DefaultRetryTimeout = 5 * time.Minute
	// DefaultRequestTimeout bounds one attempt, from dialing to the last byte of the answer. Some listings of a large
	// console take several seconds.
	DefaultRequestTimeout = time.Minute

	dialTimeout     = 10 * time.Second
	idleConnections = 32
)

// Config says which console to talk to, as whom, and how patiently. Host and Token are required.
type Config struct {
	// Host is the console's host name, address or URL, as [ParseHost] takes it.
	Host string
	// Token is the API token of a service user, as [CheckToken] takes it.
	Token string
	// CACertificates are PEM blocks of authorities trusted beside the system's; for a proxy that opens TLS.
	CACertificates []byte
	// RetryTimeout bounds how long one call is retried; DefaultRetryTimeout when zero.
	RetryTimeout time.Duration
	// RequestTimeout bounds one attempt of a call; DefaultRequestTimeout when zero.
	RequestTimeout time.Duration
	// UserAgent names the caller to the console.
	UserAgent string
	// Log is told of every call: method, path, status, duration and request id, never a body or a header.
	Log func(ctx context.Context, message string, fields map[string]any)
}

// Client calls one console with one token. It is safe for concurrent use.
type Client struct {
	FirewallRules          FirewallRules
	FirewallConfigurations FirewallConfigurations
	Restrictions           Restrictions
	Sites                  Sites

	base      *url.URL
	token     string
	userAgent string
	http      *retryablehttp.Client
	timing    timing
	reached   atomic.Bool // the host has answered this client at least once
	redact    func(string) string
	log       func(context.Context, string, map[string]any)
}

// timing is what retrying takes from the world. Tests replace it, so that none waits for real.
type timing struct {
	retryTimeout time.Duration
	now          func() time.Time
	random       func() float64                    // in [0, 1)
	pause        func(time.Duration) time.Duration // the wait to really make
}

// New returns a client; it sends nothing. It fails when the host, the token or the certificates can't be used.
func New(cfg Config) (*Client, error) {
	base, err := ParseHost(cfg.Host)
	if err != nil {
		return nil, err
	}
	if err := CheckToken(cfg.Token); err != nil {
		return nil, err
	}
	transport, err := newTransport(cfg.CACertificates)
	if err != nil {
		return nil, err
	}
	c := &Client{
		base:      base.JoinPath(apiPrefix),
		token:     cfg.Token,
		userAgent: cfg.UserAgent,
		redact:    redactor(cfg.Token),
		log:       cfg.Log,
		timing: timing{
			retryTimeout: positive(cfg.RetryTimeout, DefaultRetryTimeout),
			now:          time.Now,
			random:       rand.Float64,
			pause:        func(d time.Duration) time.Duration { return d },
		},
	}
	c.http = &retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport: transport,
			Timeout:   positive(cfg.RequestTimeout, DefaultRequestTimeout),
			// A redirect is an answer to report: following it could carry the token to another host.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		RetryMax:     math.MaxInt, // bounded by time, in checkRetry
		CheckRetry:   c.checkRetry,
		Backoff:      c.backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	c.FirewallRules = FirewallRules{c}
	c.FirewallConfigurations = FirewallConfigurations{c}
	c.Restrictions = Restrictions{c}
	c.Sites = Sites{c}
	return c, nil
}

func newTransport(caCertificates []byte) (*http.Transport, error) {
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
		MaxConnsPerHost:       idleConnections,
		MaxIdleConnsPerHost:   idleConnections,
		IdleConnTimeout:       90 * time.Second,
		ExpectContinueTimeout: time.Second,
	}, nil
}

func positive(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}
