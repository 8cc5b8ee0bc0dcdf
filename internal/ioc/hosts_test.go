package ioc_test

import (
	"fmt"
	"net/netip"
	"testing"

	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/ioc"
)

func TestHosts(t *testing.T) {
	t.Parallel()
	hosts := ioc.NewHosts([]string{
		"203.0.113.7", "198.51.100.0/24", "198.51.101.10-198.51.101.20", "2001:db8::/48", "EVIL.example", "*.wild.example",
		"intranet", "no host",
	})
	for text, want := range map[string]string{
		"203.0.113.7":                   "contain overlap",
		"203.0.113.8":                   "",
		"203.0.113.0/24":                "overlap",
		"198.51.100.200":                "contain overlap",
		"198.51.100.128/25":             "contain overlap",
		"198.51.100.0/23":               "overlap",
		"198.51.101.11-198.51.101.20":   "contain overlap",
		"198.51.101.11-198.51.101.21":   "overlap",
		"198.51.100.255-198.51.101.255": "overlap",
		"2001:db8::7":                   "contain overlap",
		"2001:db9::7":                   "",
		"evil.example":                  "contain overlap",
		"www.evil.example":              "",
		"*.evil.example":                "",
		"*.sub.wild.example":            "overlap",
		"*.example":                     "overlap",
		"www.wild.example":              "overlap",
		"*.wild.example":                "contain overlap",
		"wild.example":                  "",
	} {
		indicator, err := ioc.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if hosts.Contain(indicator) {
			got = "contain"
		}
		if hosts.Overlap(indicator) {
			got = map[string]string{"": "overlap", "contain": "contain overlap"}[got]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// Whatever the networks, what one look finds is what a look at each of them finds.
func TestHostsAmongMany(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		prefix := rapid.Custom(func(t *rapid.T) netip.Prefix {
			address := netip.AddrFrom4([4]byte{198, 51, rapid.Byte().Draw(t, "c"), rapid.Byte().Draw(t, "d")})
			return netip.PrefixFrom(address, rapid.IntRange(18, 32).Draw(t, "bits")).Masked()
		})
		prefixes := rapid.SliceOfN(prefix, 0, 12).Draw(t, "networks")
		var texts []string
		for _, p := range prefixes {
			texts = append(texts, p.String())
		}
		wanted := prefix.Draw(t, "wanted")
		indicator, err := ioc.Parse(wanted.String())
		if err != nil {
			t.Fatal(err)
		}
		var contain, overlap bool
		for _, p := range prefixes {
			overlap = overlap || p.Overlaps(wanted)
			contain = contain || p.Overlaps(wanted) && p.Bits() <= wanted.Bits()
		}
		hosts := ioc.NewHosts(texts)
		if got := fmt.Sprint(hosts.Contain(indicator), hosts.Overlap(indicator)); got != fmt.Sprint(contain, overlap) {
			t.Fatalf("%s in %v: contain, overlap %s", wanted, prefixes, got)
		}
	})
}
