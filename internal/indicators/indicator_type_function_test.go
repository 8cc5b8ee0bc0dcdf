package indicators_test

import "testing"

func TestIndicatorTypeFunction(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"203[.]0[.]113[.]7/32": "ipv4", "2001:DB8::1": "ipv6", "198.51.100.0/24": "cidr", "203.0.113.1 to 203.0.113.9": "range",
		"Evil(dot)example.": "domain", fileSHA1: "sha1", fileSHA1 + fileSHA1[:24]: "sha256",
	} {
		result, refused := callFunction(t, "indicator_type", value)
		if refused != nil {
			t.Errorf("%s: %s", value, refused.Text)
		} else if got := textOf(t, result); got != want {
			t.Errorf("%s: %s, want %s", value, got, want)
		}
	}
	expectErrors(t, "indicator_type", map[string]string{
		"invoice.exe": `0 "invoice.exe" is no domain name`, "hxxp://evil.example": `0 "http://evil.example" is a URL`,
	})
}
