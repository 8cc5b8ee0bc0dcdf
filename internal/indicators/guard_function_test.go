package indicators_test

import (
	"strings"
	"testing"
)

func TestGuardFunction(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		"evil[.]example":                                "null",
		"203.0.113.7 198.51.100.0/24 corp.lan":          "null",
		"198.51.100.7 203.0.113.0/24 198.51.100[.]0/24": "198.51.100.7 lies in 198.51.100.0/24, which is protected",
		"dc1.corp.example *.corp.example":               "dc1.corp.example lies below corp.example, which is protected",
		"10.0.0.1":                                      "10.0.0.1 lies in 10.0.0.0/8, which is private",
		"usea1.sentinelone.net":                         "usea1.sentinelone.net lies below sentinelone.net, which is the home of SentinelOne's consoles",
	} {
		result, refused := callFunction(t, "guard", strings.Fields(arguments)...)
		if refused != nil {
			t.Errorf("%s: %s", arguments, refused.Text)
		} else if got := textOf(t, result); got != want {
			t.Errorf("%s: %s, want %s", arguments, got, want)
		}
	}
	expectErrors(t, "guard", map[string]string{
		"evil":                         `0 "evil" is no IP address`,
		"http://evil.example":          `0 "http://evil.example" is a URL`,
		"evil.example corp.lan !!":     `1 what is to be protected can't be read: "!!" is no`,
		"evil.example 198.51.100.7/24": "1 what is to be protected can't be read: ",
	})
}
