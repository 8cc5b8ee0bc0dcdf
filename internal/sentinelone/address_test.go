package sentinelone

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

func TestParseHost(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"example.sentinelone.net":          "https://example.sentinelone.net",
		"example.sentinelone.net:8443":     "https://example.sentinelone.net:8443",
		"https://example.sentinelone.net":  "https://example.sentinelone.net",
		"https://example.sentinelone.net/": "https://example.sentinelone.net",
		"192.0.2.1":                        "https://192.0.2.1",
		"2001:db8::1":                      "https://[2001:db8::1]",
		"https://[2001:db8::1]:8443":       "https://[2001:db8::1]:8443",
		"http://127.0.0.1:8080":            "http://127.0.0.1:8080",
		"http://localhost":                 "http://localhost",
		"http://[::1]:8080":                "http://[::1]:8080",

		"":                               "",
		"http://example.sentinelone.net": "",
		"ftp://example.sentinelone.net":  "",
		"https://example.sentinelone.net/dashboard": "",
		"example.sentinelone.net/web/api/v2.1":      "",
		"https://example.sentinelone.net?a=b":       "",
		"https://user:secret@example.net":           "",
		"https://":                                  "",
		"two words":                                 "",
	} {
		u, err := ParseHost(host)
		switch {
		case err != nil && want != "":
			t.Errorf("%q: %v", host, err)
		case err == nil && u.String() != want:
			t.Errorf("%q became %q, want %q", host, u, want)
		case err != nil && strings.Contains(err.Error(), "secret"):
			t.Errorf("%q: the error tells the password: %v", host, err)
		}
	}
}

func TestCheckToken(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]error{
		"eyJraWQiOiJhIn0.e30.c2ln": nil,
		testToken:                  nil,
		"":                         ErrNoToken,
		"token\n":                  ErrMalformedToken,
		"to ken":                   ErrMalformedToken,
		"to\x00ken":                ErrMalformedToken,
	} {
		if err := CheckToken(token); err != want { //nolint:errorlint // the very value is meant
			t.Errorf("%q: %v, want %v", token, err, want)
		}
	}
}

func TestRedactorKnowsEverySpelling(t *testing.T) {
	t.Parallel()
	quoted, err := json.Marshal(testToken)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{testToken, string(quoted), url.QueryEscape(testToken), url.PathEscape(testToken)} {
		if got := redactor(testToken)("before " + text + " after"); strings.Contains(got, "ken") {
			t.Errorf("%q became %q", text, got)
		}
	}
}
