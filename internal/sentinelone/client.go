// Package sentinelone is a client for the SentinelOne management API, version 2.1.
//
// It covers what the provider uses: one file for each area of the API, over one transport that authenticates,
// retries what may be repeated and turns every failure into an error value. It knows nothing of Terraform.
package sentinelone

import (
	"context"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	// DefaultRetryTimeout bounds the time from the first attempt of a call to its last.
	DefaultRetryTimeout = 5 * time.Minute
	// DefaultRequestTimeout bounds one attempt, from dialing to the last byte of the answer. Some listings of a large
	// console take several seconds.
	DefaultRequestTimeout = time.Minute
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
	// RequestsPerSecond is what each area of the API is called at most, in place of the limits that the vendor is known
	// to set; those hold when zero.
	RequestsPerSecond float64
	// UserAgent names the caller to the console.
	UserAgent string
	// Log is told of every call: method, path, status, duration and request id, never a body or a header.
	Log func(ctx context.Context, message string, fields map[string]any)
}

// Client calls one console with one token. It is safe for concurrent use.
type Client struct {
	FirewallRules          FirewallRules
	FirewallConfigurations FirewallConfigurations
	FirewallTags           FirewallTags
	FirewallProtocols      FirewallProtocols
	Locations              Locations
	Agents                 Table[AgentQuery, Agent]
	ApplicationRisks       Table[ApplicationRiskQuery, ApplicationRisk]
	Vulnerabilities        Table[VulnerabilityQuery, Vulnerability]
	ApplicationCVEs        Table[ApplicationCVEQuery, ApplicationCVE]
	ApplicationEndpoints   Table[ApplicationEndpointQuery, ApplicationEndpoint]
	Installations          Table[InstallationQuery, Installation]
	Restrictions           Restrictions
	Accounts               Accounts
	Sites                  Sites
	Groups                 Groups
	Users                  Users
	Roles                  Roles
	ApplicationScans       ApplicationScans

	base      *url.URL
	token     func() string // a function, so that no print of the client shows it
	userAgent string
	transport *transport
	http      *retryablehttp.Client
	redact    func(string) string
	log       func(context.Context, string, map[string]any)
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
	next, err := newConnections(cfg.CACertificates)
	if err != nil {
		return nil, err
	}
	t := &transport{
		next:           next,
		requestTimeout: positive(cfg.RequestTimeout, DefaultRequestTimeout),
		retryTimeout:   positive(cfg.RetryTimeout, DefaultRetryTimeout),
		longestAnswer:  longestAnswer,
		areas:          areas{perSecond: cfg.RequestsPerSecond},
		now:            time.Now,
		random:         rand.Float64,
		sleep:          sleep,
	}
	c := &Client{
		base:      base.JoinPath(apiPrefix),
		token:     func() string { return cfg.Token },
		userAgent: cfg.UserAgent,
		transport: t,
		redact:    redactor(cfg.Token),
		log:       cfg.Log,
		http: &retryablehttp.Client{
			HTTPClient: &http.Client{
				Transport: t,
				// A redirect is an answer to report: following it could carry the token to another host.
				CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			},
			RetryMax:     math.MaxInt, // bounded by time, in checkRetry
			CheckRetry:   t.checkRetry,
			Backoff:      func(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return 0 }, // the transport waits
			ErrorHandler: retryablehttp.PassthroughErrorHandler,
		},
	}
	c.FirewallRules = FirewallRules{c}
	c.FirewallConfigurations = FirewallConfigurations{c}
	c.FirewallTags = FirewallTags{c}
	c.FirewallProtocols = FirewallProtocols{c}
	c.Locations = Locations{c}
	c.Agents = newTable[AgentQuery](c, ListAgents, Agent.key)
	c.ApplicationRisks = newTable[ApplicationRiskQuery](c, ListApplicationRisks, ApplicationRisk.key)
	c.Vulnerabilities = newTable[VulnerabilityQuery](c, ListVulnerabilities, Vulnerability.key)
	c.ApplicationCVEs = newTable[ApplicationCVEQuery](c, ListApplicationCVEs, ApplicationCVE.key)
	c.ApplicationEndpoints = newTable[ApplicationEndpointQuery](c, ListApplicationEndpoints, ApplicationEndpoint.key)
	c.Installations = newTable[InstallationQuery](c, ListInstallations, Installation.key)
	c.Restrictions = Restrictions{c}
	c.Accounts = Accounts{c}
	c.Sites = Sites{c}
	c.Groups = Groups{c}
	c.Users = Users{c}
	c.Roles = Roles{c}
	c.ApplicationScans = ApplicationScans{c}
	return c, nil
}

func positive(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}

// HostName is the console's host, without a port.
func (c *Client) HostName() string { return c.base.Hostname() }
