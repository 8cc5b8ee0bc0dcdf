package ioc_test

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/ioc"
)

func TestGuard(t *testing.T) {
	t.Parallel()
	guard := newGuard(t, []string{
		"198.51.100.0/24", "2001:db8:7::/48", "203.0.113.10-203.0.113.20", "dc1.corp.lan", "*.Mail[.]example", "intranet", sha1,
	}, "console.acme.example")
	for text, want := range map[string]string{
		"127.0.0.1":             "127.0.0.1 lies in 127.0.0.0/8, which is the machine itself",
		"::1":                   "::1 is the machine itself",
		"evil.localhost":        "evil.localhost lies below localhost, which is the machine itself",
		"0.0.0.0":               "0.0.0.0 lies in 0.0.0.0/8, which is no address of its own, but stands for any",
		"::":                    ":: is no address of its own, but stands for any",
		"10.1.0.0/16":           "10.1.0.0/16 lies in 10.0.0.0/8, which is private",
		"172.31.255.255":        "172.31.255.255 lies in 172.16.0.0/12, which is private",
		"172.32.0.0":            "",
		"::ffff:192.168.1.1":    "192.168.1.1 lies in 192.168.0.0/16, which is private",
		"192.168.0.0/16":        "192.168.0.0/16 is private",
		"fd12:3456:789a::/48":   "fd12:3456:789a::/48 lies in fc00::/7, which is private",
		"169.254.169.254":       "169.254.169.254 lies in 169.254.0.0/16, which is link-local",
		"fe80::1":               "fe80::1 lies in fe80::/10, which is link-local",
		"100.64.0.1":            "100.64.0.1 lies in 100.64.0.0/10, which is shared address space between providers and their customers",
		"100.128.0.0":           "",
		"239.1.1.1":             "239.1.1.1 lies in 224.0.0.0/4, which is for multicast",
		"ff02::1":               "ff02::1 lies in ff00::/8, which is for multicast",
		"255.255.255.255":       "255.255.255.255 is for broadcast",
		"9.255.255.0-10.0.0.0":  "9.255.255.0-10.0.0.0 overlaps 10.0.0.0/8, which is private",
		"9.255.0.0-9.255.255.0": "",
		"192.0.2.1":             "", // documentation
		"203.0.113.7":           "",
		"2001:db8::1":           "",

		"0.0.0.0/0":         "0.0.0.0/0 is too wide: it has more addresses than a /16",
		"44.0.0.0/15":       "44.0.0.0/15 is too wide: it has more addresses than a /16",
		"44.0.0.0/16":       "",
		"44.0.0.0-44.1.0.0": "44.0.0.0-44.1.0.0 is too wide: it has more addresses than a /16",
		"44.0.0.9-44.1.0.8": "",
		"::/0":              "::/0 is too wide: it has more addresses than a /32",
		"2a00::/31":         "2a00::/31 is too wide: it has more addresses than a /32",
		"2a00::/32":         "",
		"2a00::-2a00:1::":   "2a00::-2a00:1:: is too wide: it has more addresses than a /32",
		"2a00::9-2a00:1::8": "",

		"8.8.8.8":                 "8.8.8.8 is a public resolver of Google",
		"8.8.8.0/24":              "8.8.8.0/24 overlaps 8.8.8.8, which is a public resolver of Google",
		"8.8.9.0/24":              "",
		"1.0.0.1":                 "1.0.0.1 is a public resolver of Cloudflare",
		"9.9.9.9":                 "9.9.9.9 is a public resolver of Quad9",
		"149.112.112.112":         "149.112.112.112 is a public resolver of Quad9",
		"208.67.220.220":          "208.67.220.220 is a public resolver of OpenDNS",
		"2606:4700:4700:0::1111":  "2606:4700:4700::1111 is a public resolver of Cloudflare",
		"2620:fe::/48":            "2620:fe::/48 overlaps 2620:fe::fe, which is a public resolver of Quad9",
		"dns.google":              "dns.google is a public resolver of Google",
		"one.one.one.one":         "one.one.one.one is a public resolver of Cloudflare",
		"one.one":                 "one.one lies above one.one.one.one, which is a public resolver of Cloudflare",
		"*.quad9.net":             "*.quad9.net lies above dns.quad9.net, which is a public resolver of Quad9",
		"quad9.example":           "",
		"evil.cloudflare-dns.com": "evil.cloudflare-dns.com lies below cloudflare-dns.com, which is a public resolver of Cloudflare",

		"sentinelone.net":            "sentinelone.net is the home of SentinelOne's consoles",
		"*.SentinelOne.net":          "*.sentinelone.net is the home of SentinelOne's consoles",
		"usea1-acme.sentinelone.net": "usea1-acme.sentinelone.net lies below sentinelone.net, which is the home of SentinelOne's consoles",
		"notsentinelone.net":         "",
		"console.acme.example":       "console.acme.example is the console",
		"*.acme.example":             "*.acme.example lies above console.acme.example, which is the console",
		"acme.example":               "acme.example lies above console.acme.example, which is the console",
		"evil.acme.example":          "",

		"*.com":            "*.com is a public suffix: the names below com belong to many owners",
		"co.uk":            "co.uk is a public suffix: the names below co.uk belong to many owners",
		"github.io":        "github.io is a public suffix: the names below github.io belong to many owners",
		"*.github.io":      "*.github.io is a public suffix: the names below github.io belong to many owners",
		"com.ck":           "com.ck is a public suffix: the names below com.ck belong to many owners",
		"*.example":        "*.example is a public suffix: the names below example belong to many owners",
		"evil.github.io":   "",
		"evil.co.uk":       "",
		"www.ck":           "",
		"xn--bcher-kva.de": "",

		"198.51.100.7":              "198.51.100.7 lies in 198.51.100.0/24, which is protected",
		"198.51.96.0/20":            "198.51.96.0/20 overlaps 198.51.100.0/24, which is protected",
		"198.51.99.255":             "",
		"198.51.101.0":              "",
		"203.0.113.20":              "203.0.113.20 lies in 203.0.113.10-203.0.113.20, which is protected",
		"203.0.113.20-203.0.113.30": "203.0.113.20-203.0.113.30 overlaps 203.0.113.10-203.0.113.20, which is protected",
		"203.0.113.21":              "",
		"2001:db8:7:7::/64":         "2001:db8:7:7::/64 lies in 2001:db8:7::/48, which is protected",
		"2001:db8:8::":              "",
		"mail.example":              "mail.example is protected",
		"*.mx.mail.example":         "*.mx.mail.example lies below mail.example, which is protected",
		"xmail.example":             "",
		sha1:                        sha1 + " is protected",
		sha256:                      "",

		"da39a3ee5e6b4b0d3255bfef95601890afd80709":                         "da39a3ee5e6b4b0d3255bfef95601890afd80709 is the hash of an empty file",
		"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 is the hash of an empty file",
	} {
		indicator, err := ioc.Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if diff := cmp.Diff(want, reason(guard, indicator)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func newGuard(t testing.TB, protected []string, console string) *ioc.Guard {
	t.Helper()
	guard, err := ioc.NewGuard(protected, console)
	if err != nil {
		t.Fatal(err)
	}
	return guard
}

// reason is why a guard refuses an indicator, or "".
func reason(guard *ioc.Guard, indicator ioc.Indicator) string {
	err := guard.Check(indicator)
	if harmful, ok := errors.AsType[*ioc.HarmfulError](err); ok {
		return harmful.Reason
	}
	if err != nil {
		return "not a HarmfulError: " + err.Error()
	}
	return ""
}

// What is not in the form that Parse gives it could slip through, so it is refused.
func TestGuardRefusesWhatItCannotJudge(t *testing.T) {
	t.Parallel()
	guard := newGuard(t, nil, "")
	for _, indicator := range []ioc.Indicator{
		{},
		{Type: ioc.TypeDomain, Value: "SentinelOne.net"},
		{Type: ioc.TypeDomain, Value: "*"},
		{Type: ioc.TypeDomain, Value: "*google.com"},
		{Type: ioc.TypeDomain, Value: "10.0.0.1"},
		{Type: ioc.TypeIPv4, Value: "evil.example"},
		{Type: ioc.TypeIPv6, Value: "203.0.113.7"},
		{Type: ioc.TypeCIDR, Value: "203.0.113.7/32"},
		{Type: ioc.TypeSHA1, Value: strings.ToUpper(sha1)},
		{Type: ioc.TypeMD5, Value: md5},
		{Type: ioc.TypeURL, Value: "http://evil.example"},
		{Type: "color", Value: "red"},
	} {
		if why := reason(guard, indicator); !strings.Contains(why, "in its canonical form") {
			t.Errorf("%v: %q", indicator, why)
		}
	}
}

func TestNewGuardNamesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "10.0.0.0/33", "10.0.0.7/8", "10.0.0.300", "http://acme.example", md5, "acme.example:443", "corp lan"} {
		if _, err := ioc.NewGuard([]string{"corp.lan", text}, ""); err == nil || !strings.Contains(err.Error(), "to be protected") {
			t.Errorf("protected %q: %v", text, err)
		}
		if _, err := ioc.NewGuard(nil, text); text != "" && (err == nil || !strings.Contains(err.Error(), "the console's host")) {
			t.Errorf("console %q: %v", text, err)
		}
	}
	for _, host := range []string{"127.0.0.1", "2001:db8::1", "console", "console.corp.lan"} {
		newGuard(t, nil, host)
	}
}

// Whatever lies in a private network, or has an address of one, is refused.
func TestGuardRefusesPrivateNetworks(t *testing.T) {
	t.Parallel()
	guard := newGuard(t, nil, "")
	rapid.Check(t, func(t *rapid.T) {
		address := netip.MustParseAddr(rapid.OneOf(
			rapid.StringMatching(`10\.1?[0-9]\.1?[0-9]\.1?[0-9]`),
			rapid.StringMatching(`172\.(1[6-9]|2[0-9]|3[01])\.1?[0-9]\.1?[0-9]`),
			rapid.StringMatching(`192\.168\.1?[0-9]\.1?[0-9]`),
			rapid.StringMatching(`f[cd][0-9a-f]{2}:[0-9a-f]{1,4}::[1-9]`),
		).Draw(t, "address"))
		prefix := netip.PrefixFrom(address, rapid.IntRange(0, address.BitLen()).Draw(t, "bits")).Masked()
		text := rapid.SampledFrom([]string{
			address.String(), prefix.String(), fmt.Sprintf("%s - %s", prefix.Addr(), address), fmt.Sprintf("%s to %s", address, address.Next()),
		}).Draw(t, "text")
		indicator, err := ioc.Parse(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if guard.Check(indicator) == nil {
			t.Fatalf("%v may be blocked", indicator)
		}
	})
}

// The guard finds an overlap where comparing with each protected network finds one.
func TestGuardFindsEveryOverlap(t *testing.T) {
	t.Parallel()
	networks := rapid.Custom(func(t *rapid.T) netip.Prefix {
		address := netip.MustParseAddr(rapid.StringMatching(`203\.0\.11[0-3]\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9])|2001:db8::[0-9a-f]{1,2}`).Draw(t, "address"))
		return netip.PrefixFrom(address, address.BitLen()-rapid.IntRange(0, 12).Draw(t, "host bits")).Masked()
	})
	rapid.Check(t, func(t *rapid.T) {
		var protected []string
		var overlap bool
		wanted := networks.Draw(t, "wanted")
		for _, network := range rapid.SliceOfN(networks, 0, 8).Draw(t, "protected") {
			protected = append(protected, network.String())
			overlap = overlap || network.Overlaps(wanted)
		}
		indicator, err := ioc.Parse(wanted.String())
		if err != nil {
			t.Fatal(err)
		}
		guard, err := ioc.NewGuard(protected, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := guard.Check(indicator); (got != nil) != overlap {
			t.Fatalf("%v beside %v: %v", indicator, protected, got)
		}
	})
}

// A name is refused exactly where it is protected, or lies below or above what is.
func TestGuardFindsEveryNameInTheWay(t *testing.T) {
	t.Parallel()
	names := rapid.StringMatching(`([ab]\.){1,3}(example|test)`)
	rapid.Check(t, func(t *rapid.T) {
		name := names.Draw(t, "name")
		var inTheWay bool
		protected := rapid.SliceOfN(names, 0, 3).Draw(t, "protected")
		for _, other := range protected {
			inTheWay = inTheWay || name == other || strings.HasSuffix(name, "."+other) || strings.HasSuffix(other, "."+name)
		}
		guard, err := ioc.NewGuard(protected, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, spelled := range []string{name, "*." + name} {
			if got := guard.Check(ioc.Indicator{Type: ioc.TypeDomain, Value: spelled}); (got != nil) != inTheWay {
				t.Fatalf("%s beside %v: %v", spelled, protected, got)
			}
		}
	})
}

// A feed of 50,000 lines, beside as many protected networks as a large list of other people's clouds has.
func BenchmarkParseAndGuard(b *testing.B) {
	var protected, feed []string
	for i := range 2_000 {
		protected = append(protected, fmt.Sprintf("20.%d.%d.0/24", i/256, i%256))
	}
	guard := newGuard(b, protected, "console.acme.example")
	for i := range 10_000 {
		feed = append(feed,
			fmt.Sprintf("45.%d.%d[.]7", i/256, i%256), fmt.Sprintf("host%d.evil[.]example", i), fmt.Sprintf("kit-%d.Evil.com", i),
			fmt.Sprintf("2a00:%x::/64", i+1), fmt.Sprintf("%064x", i))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range feed {
			indicator, err := ioc.Parse(text)
			if err == nil {
				err = guard.Check(indicator)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
