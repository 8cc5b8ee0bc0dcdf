package sentinelone

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"unicode"
)

const apiPrefix = "/web/api/v2.1"

// Reasons why a console can't be talked to at all.
var (
	ErrNoHost         = errors.New("no host is set")
	ErrNoToken        = errors.New("no API token is set")
	ErrMalformedToken = errors.New("the API token contains white space or control characters")
	ErrNoCertificates = errors.New("the file holds no PEM certificate")
)

// ParseHost returns the base URL of a console, given its host name ("example.sentinelone.net"), its address or a URL,
// with or without a port. Without a scheme, https is meant. Plain http is taken for the loopback interface only, since
// the token would be readable on the way; a path, query or user information is refused, since the API has its own.
func ParseHost(host string) (*url.URL, error) {
	if host == "" {
		return nil, ErrNoHost
	}
	if address, err := netip.ParseAddr(host); err == nil && address.Is6() {
		host = "[" + host + "]"
	}
	text := host
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || strings.ContainsFunc(u.Host, unicode.IsSpace) {
		return nil, fmt.Errorf("%q is no host name, address or URL", host)
	}
	switch {
	case u.User != nil:
		return nil, errors.New("the host must not hold a user name or password")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("%q: the scheme must be https", host)
	case strings.TrimSuffix(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("%q has a path; give the console's address alone, such as %q", host, u.Host)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, fmt.Errorf("%q would send the token unencrypted; use https", host)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// CheckToken tells why a text can't be an API token. Such a text would break the header it is sent in, and net/http's
// complaint about the header must never be the first to notice.
func CheckToken(token string) error {
	if token == "" {
		return ErrNoToken
	}
	if strings.ContainsFunc(token, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return ErrMalformedToken
	}
	return nil
}

// redactor returns a function that blanks out a token, as it is and as JSON and URLs spell it.
func redactor(token string) func(string) string {
	quoted, err := json.Marshal(token)
	if err != nil { // a string always marshals; without a spelling to look for, nothing may pass
		return func(string) string { return redacted }
	}
	return strings.NewReplacer(
		token, redacted,
		strings.Trim(string(quoted), `"`), redacted,
		url.QueryEscape(token), redacted,
		url.PathEscape(token), redacted,
	).Replace
}

const redacted = "(redacted)"
