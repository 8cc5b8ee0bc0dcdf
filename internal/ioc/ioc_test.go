package ioc_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/ioc"
)

func TestCanonicalForms(t *testing.T) {
	t.Parallel()
	const sha1 = "3395856ce81f2b7382dee72602f798b642f14140"
	for name, tt := range map[string]struct {
		parse func(string) (string, error)
		forms map[string]string // text to canonical form; "" where it is refused
	}{
		"address": {ioc.Address, map[string]string{
			"203.0.113.7":             "203.0.113.7",
			"203.0.113.7/32":          "203.0.113.7",
			"2001:DB8:0::1":           "2001:db8::1",
			"2001:db8::/128":          "2001:db8::",
			"203.0.113.0/24":          "",
			"203.0.113":               "",
			"::ffff:203.0.113.7":      "203.0.113.7",
			"::ffff:203.0.113.7/128":  "203.0.113.7",
			"::ffff:203.0.113.7%eth0": "",
			"fe80::1%eth0":            "",
			"":                        "",
		}},
		"CIDR": {ioc.CIDR, map[string]string{
			"198.51.100.0/24":         "198.51.100.0/24",
			"2001:DB8::/32":           "2001:db8::/32",
			"198.51.100.7":            "198.51.100.7/32",
			"198.51.100.7/24":         "",
			"::ffff:198.51.100.7":     "198.51.100.7/32",
			"::ffff:198.51.100.0/120": "198.51.100.0/24",
			"::ffff:0:0/96":           "0.0.0.0/0",
			"::ffff:0:0/95":           "",
			"::/64":                   "::/64",
			"fe80::1%eth0":            "",
			"198.51.100.0/33":         "",
			"example.com":             "",
		}},
		"range": {ioc.Range, map[string]string{
			"203.0.113.1-203.0.113.9":        "203.0.113.1-203.0.113.9",
			"203.0.113.1 - 203.0.113.9":      "203.0.113.1-203.0.113.9",
			"203.0.113.1–203.0.113.9":        "203.0.113.1-203.0.113.9",
			"203.0.113.1 to 203.0.113.9":     "203.0.113.1-203.0.113.9",
			"::ffff:203.0.113.1-203.0.113.9": "203.0.113.1-203.0.113.9",
			"fe80::1-fe80::2%eth0":           "",
			"203.0.113.1-":                   "",
			"203.0.113.9-203.0.113.1":        "",
			"203.0.113.1-2001:db8::1":        "",
			"203.0.113.1":                    "",
		}},
		"domain": {ioc.Domain, map[string]string{
			"Evil.Example.":      "evil.example",
			"*.evil.example":     "*.evil.example",
			"*.Bücher.example":   "*.xn--bcher-kva.example",
			"_dmarc.faß.test":    "_dmarc.xn--fa-hia.test",
			"例え。テスト":             "xn--r8jz45g.xn--zckzah",
			"xn--BCHER-kva.de":   "xn--bcher-kva.de",
			"例え。。テスト":            "",
			"\u202eevil.example": "",
			"https://evil.test":  "",
			"evil example":       "",
			".":                  "",
			"..":                 "",
			"evil..example":      "",
			"evil.example..":     "",
		}},
		"SHA-1": {ioc.SHA1, map[string]string{
			sha1: sha1,
			"3395856CE81F2B7382DEE72602F798B642F14140": sha1,
			sha1[1:]:       "",
			"g" + sha1[1:]: "",
		}},
		"SHA-256": {ioc.SHA256, map[string]string{
			"275A021BBFB6489E54D471899F7DB9D1663FC695EC2FE2A2C4538AABF651FD0F": "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f",
			sha1: "",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for text, want := range tt.forms {
				got, err := tt.parse(text)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%q: %s", text, diff)
				}
				if (err == nil) != (want != "") {
					t.Errorf("%q: error is %v", text, err)
				}
			}
		})
	}
}

// A canonical form is its own canonical form: what was stored once never changes its spelling again.
func TestCanonicalFormsAreStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.StringMatching(`[0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?`),
			rapid.StringMatching(`[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}(/[0-9]{1,3})?`),
			rapid.StringMatching(`::ffff:10\.0\.[01]\.0(/(9[5-9]|1[0-2][0-9]))?`),
			rapid.StringMatching(`10\.0\.0\.[0-9] ?- ?10\.0\.[0-9]\.[0-9]`),
			rapid.StringMatching(`[A-Za-z0-9*.-]{1,20}`),
			rapid.StringMatching(`[A-Zäöüßé例。.*_-]{1,12}`),
			rapid.String(),
			rapid.StringMatching(`[0-9a-fA-F]{40}`),
		).Draw(t, "text")
		for _, parse := range []func(string) (string, error){ioc.Address, ioc.CIDR, ioc.Range, ioc.Domain, ioc.SHA1} {
			once, err := parse(text)
			if err != nil {
				continue
			}
			if twice, err := parse(once); err != nil || twice != once {
				t.Fatalf("%q became %q, then %q (%v)", text, once, twice, err)
			}
		}
	})
}
