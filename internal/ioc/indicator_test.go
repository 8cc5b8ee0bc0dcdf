package ioc_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/ioc"
)

const (
	sha1   = "3395856ce81f2b7382dee72602f798b642f14140"
	sha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f"
	md5    = "44d88612fea8a8f36de82e1278abb02f"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for value, tt := range map[string]struct {
		is      ioc.Type
		written []string
	}{
		"203.0.113.7": {ioc.TypeIPv4, []string{
			"203.0.113.7", "203[.]0[.]113[.]7", "203(.)0{.}113[dot]7", "203.0.113[.]7", "203．0．113．7", "203。0｡113.7",
			" 203.0.113.7\r\n", "203.0.113.7,", "203.0.113.7;", "203.0.113.7.", `"203.0.113.7"`, "'203.0.113.7',", "`203.0.113.7`",
			"“203.0.113.7”.", "«203.0.113.7»", "<203.0.113.7>", "[203.0.113.7]", "(203.0.113.7)", "\ufeff203.0.113.7", "\u00a0203.0.113.7",
			"203.0.113.7/32", "203[.]0[.]113[.]7[/]32", "::ffff:203.0.113.7", "::FFFF:cb00:7107", "::ffff:203.0.113.7/128",
			"203.0.113.7-203.0.113.7", "203.0.113.7 to ::ffff:203.0.113.7",
		}},
		"2001:db8::1": {ioc.TypeIPv6, []string{
			"2001:db8::1", "2001:DB8:0:0::1", "2001:0db8:0000:0000:0000:0000:0000:0001", "2001[:]db8[:][:]1", "2001:db8[::]1",
			"[2001:db8::1]", "<2001:db8::1>", "2001:db8::1/128", "2001:db8::0.0.0.1", "2001:db8::1-2001:db8::1",
		}},
		"198.51.100.0/24": {ioc.TypeCIDR, []string{
			"198.51.100.0/24", "198[.]51[.]100[.]0/24", "198.51.100.0[/]24", "::ffff:198.51.100.0/120", `"198.51.100.0/24",`,
		}},
		"2001:db8::/32": {ioc.TypeCIDR, []string{"2001:db8::/32", "2001:DB8:0::/32", "2001[:]db8[::]/32"}},
		"0.0.0.0/0":     {ioc.TypeCIDR, []string{"0.0.0.0/0", "::ffff:0.0.0.0/96"}},
		"203.0.113.1-203.0.113.9": {ioc.TypeRange, []string{
			"203.0.113.1-203.0.113.9", "203.0.113.1 - 203.0.113.9", "203.0.113.1–203.0.113.9", "203.0.113.1 — 203.0.113.9",
			"203.0.113.1 to 203.0.113.9", "203[.]0[.]113[.]1 to 203[.]0[.]113[.]9", "::ffff:203.0.113.1-203.0.113.9",
		}},
		"2001:db8::1-2001:db8::ff": {ioc.TypeRange, []string{"2001:db8::1-2001:DB8::00ff", "2001:db8::1 to 2001:db8::ff"}},
		"evil.example": {ioc.TypeDomain, []string{
			"evil.example", "Evil.EXAMPLE", "evil.example.", "evil[.]example", "evil(.)example", "evil{.}example", "evil[dot]example",
			"evil(DOT)example", "evil{Dot}example", "evil。example", "\tevil.example ", `"evil.example."`, `"evil.example".`,
			"<evil.example>,", "[evil[.]example]", "ｅｖｉｌ．example", "evil\u00ad.example",
		}},
		"*.evil.example":               {ioc.TypeDomain, []string{"*.evil.example", "*[.]EVIL[.]example."}},
		"*.com":                        {ioc.TypeDomain, []string{"*.com"}},
		"xn--bcher-kva.de":             {ioc.TypeDomain, []string{"bücher.de", "BÜCHER.de", "xn--bcher-kva.de", "XN--BCHER-KVA.DE", "bücher[.]de"}},
		"xn--e1afmkfd.xn--p1ai":        {ioc.TypeDomain, []string{"пример.рф"}},
		"_dmarc.evil.test":             {ioc.TypeDomain, []string{"_dmarc.evil.test"}},
		"203.0.113.7-dyn.evil.example": {ioc.TypeDomain, []string{"203.0.113.7-dyn.evil.example"}},
		"hxxp.example":                 {ioc.TypeDomain, []string{"hxxp.example"}},
		"archive.zip":                  {ioc.TypeDomain, []string{"archive.zip"}}, // zip is a top-level domain
		"run.sh":                       {ioc.TypeDomain, []string{"run.sh"}},
		"evil.com.ck":                  {ioc.TypeDomain, []string{"evil.com.ck"}}, // listed as *.ck only
		"www.ck":                       {ioc.TypeDomain, []string{"www.ck"}},      // listed as no exception to it
		"evil.github.io":               {ioc.TypeDomain, []string{"evil.github.io"}},
		"evil.invalid":                 {ioc.TypeDomain, []string{"evil.invalid"}},
		"evil.localhost":               {ioc.TypeDomain, []string{"evil.localhost"}},
		"evil.internal":                {ioc.TypeDomain, []string{"evil.internal"}},
		"evil.local":                   {ioc.TypeDomain, []string{"evil.local"}},
		sha1:                           {ioc.TypeSHA1, []string{sha1, strings.ToUpper(sha1), " " + sha1 + ";"}},
		sha256:                         {ioc.TypeSHA256, []string{sha256, strings.ToUpper(sha256), "'" + sha256 + "'"}},
	} {
		for _, text := range append(tt.written, value) {
			got, err := ioc.Parse(text)
			if diff := cmp.Diff(ioc.Indicator{Type: tt.is, Value: value}, got); diff != "" || err != nil {
				t.Errorf("%q: %v %s", text, err, diff)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for reason, texts := range map[string][]string{
		"must not be empty": {"", " \r\n", `""`, "<>", ",;", "."},
		"is no IP address, network, range, domain name or hash": {"evil", "localhost", "com", "bücher", `com.".`},
		"there is no top-level domain":                          {"invoice.exe", "invoice.pdf.exe", "kernel32.dll", "evil.corp", "203.0.113.1-203.0.113.1x"},
		"ends in a number":                                      {"7", "1.5", "1.2.3", "256.1.1.1", "010.0.0.1", "203.0.113.1-203.0.113", "１.２.３.４"},
		"between its dots":                                      {"*", "*.*.example", "ev*l.example", ".evil.example", "-evil.example", "evil-.example", "evil!.example", "evil.example\x00", strings.Repeat("a", 64) + ".example"},
		"two dots in a row":                                     {"evil..example", "evil.example..", "evil.example..."},
		"longer than a domain name":                             {strings.Repeat("a.", 150) + "example"},
		"leave out scheme, port and path":                       {"evil.example:443", "203.0.113.7:443", "user@evil.example", "user[@]evil[.]example", "evil example", "evil.example worse.example"},
		"is no network":                                         {"198.51.100.0/33", "198.51.100.0/255.255.255.0", "2001:db8::/129", "and/or", "text/html"},
		"has bits behind its prefix":                            {"198.51.100.7/24", "2001:db8::1/32", "::ffff:198.51.100.7/120"},
		"has a zone":                                            {"fe80::1%eth0", "fe80::1%1-fe80::2"},
		"ends before it starts":                                 {"203.0.113.9-203.0.113.1"},
		"mixes IPv4 and IPv6":                                   {"203.0.113.9-2001:db8::1"},
		"it has 2007 bytes":                                     {strings.Repeat("é", 1000) + ".example"[1:]},
	} {
		for _, text := range texts {
			got, err := ioc.Parse(text)
			if _, ok := errors.AsType[*ioc.UnknownError](err); !ok || !strings.Contains(err.Error(), reason) {
				t.Errorf("%q: got %v, error %T %v, want %q", text, got, err, err, reason)
			}
		}
	}
}

func TestParseRecognisesWhatCannotBeEnforced(t *testing.T) {
	t.Parallel()
	for want, texts := range map[ioc.Type][]string{
		ioc.TypeMD5: {md5, strings.ToUpper(md5), `"` + md5 + `",`},
		ioc.TypeURL: {
			"http://evil.example", "hxxp://evil[.]example", "hXXps[:]//evil[.]example/a?b", "http[://]203.0.113.7/x", "fxp://evil.example",
			"<https://evil.example/>", "evil.example/path", "evil[.]example/", "evil.example:8080/x", "203.0.113.7/x", "2001:db8::1/x",
		},
	} {
		for _, text := range texts {
			got, err := ioc.Parse(text)
			if unsupported, ok := errors.AsType[*ioc.UnsupportedError](err); !ok || unsupported.Type != want || unsupported.Reason == "" {
				t.Errorf("%q: got %v, error %T %v", text, got, err, err)
			}
		}
	}
}

func TestRefang(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"hxxp://Evil[.]example/A": "http://Evil.example/A",
		"hXXps[://]evil(dot)test": "https://evil.test",
		"fxp://evil.test":         "ftp://evil.test",
		"user[@]evil{.}example":   "user@evil.example",
		"«evil.example».":         "evil.example",
		"evil.example...":         "evil.example...",
		"evil.example":            "evil.example",
		"":                        "",
	} {
		if diff := cmp.Diff(want, ioc.Refang(text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// However an indicator is spelled, it is the same one.
func TestParseOfRespellings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := indicatorText().Draw(t, "indicator")
		want, err := ioc.Parse(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if rapid.Bool().Draw(t, "upper case") {
			text = strings.ToUpper(text)
		}
		text = strings.NewReplacer(
			".", rapid.SampledFrom([]string{".", "[.]", "(dot)", "{DOT}", "．"}).Draw(t, "dot"),
			":", rapid.SampledFrom([]string{":", "[:]"}).Draw(t, "colon"),
			"/", rapid.SampledFrom([]string{"/", "[/]"}).Draw(t, "slash"),
			"-", rapid.SampledFrom([]string{"-", " - ", "–", " to "}).Draw(t, "hyphen"),
		).Replace(text)
		for range rapid.IntRange(0, 3).Draw(t, "layers") {
			layer := rapid.SampledFrom([]string{" %", "%\r\n", `"%",`, "<%>;", "(%)", "“%”"}).Draw(t, "around")
			text = strings.Replace(layer, "%", text, 1)
		}
		if got, err := ioc.Parse(text); err != nil || got != want {
			t.Fatalf("%q: got %v, error %v, want %v", text, got, err, want)
		}
	})
}

// indicatorText draws what Parse takes. Names have no hyphens, since those of ranges are respelled.
func indicatorText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`(25[0-5]|1[0-9]{2}|[1-9]?[0-9])(\.(25[0-5]|1[0-9]{2}|[1-9]?[0-9])){3}(/32)?`),
		rapid.StringMatching(`(::ffff:)?203\.0\.113\.[1-9]`),
		rapid.StringMatching(`2001:db8(:[0-9a-f]{1,4}){6}(/128)?`),
		rapid.StringMatching(`203\.0\.[1-9]\.0/(24|25|32)`),
		rapid.StringMatching(`203\.0\.113\.[1-4]-203\.0\.113\.[4-9]`),
		rapid.StringMatching(`(\*\.)?([a-zäöü]{1,9}\.){1,4}(com|co\.uk|example|рф|ck)`),
		rapid.StringMatching(`[0-9a-f]{40}`),
		rapid.StringMatching(`[0-9a-f]{64}`),
	)
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"hxxp://evil[.]example", "1[.]2[.]3[.]4", "evil(dot)example", "evil{.}example.", "*.bücher.de", "例え。テスト", "ｅｖｉｌ．com", "a⒈com",
		"::ffff:203.0.113.7", "fe80::1%eth0", "2001[:]db8[::]1/128", "::ffff:0:0/96", "::/0", "198.51.100.7/24", "1.2.3.4/1/2",
		"203.0.113.1 – 203.0.113.9", "::-::", "a to b", "1.2.3.4 to 1.2.3.4", sha1, sha256, md5, "xn--.com", "xn--a.com", "\xff.com", "[[.]]",
	} {
		f.Add(seed)
	}
	guard := newGuard(f, []string{"corp.lan", "203.0.113.0/24"}, "console.example")
	f.Fuzz(func(t *testing.T, text string) {
		indicator, err := ioc.Parse(text)
		if err != nil {
			_, unsupported := errors.AsType[*ioc.UnsupportedError](err)
			if _, unknown := errors.AsType[*ioc.UnknownError](err); unsupported == unknown || indicator != (ioc.Indicator{}) {
				t.Fatalf("%q: got %v, error %T", text, indicator, err)
			}
			return
		}
		checkCanonical(t, text, indicator)
		if err := guard.Check(indicator); err != nil && strings.Contains(err.Error(), "canonical form") {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

// checkCanonical checks that an indicator is what its own value is parsed to, and that the canonical forms of each
// single type agree.
func checkCanonical(t rapid.TB, text string, indicator ioc.Indicator) {
	t.Helper()
	if again, err := ioc.Parse(indicator.Value); err != nil || again != indicator {
		t.Fatalf("%q became %v, then %v (%v)", text, indicator, again, err)
	}
	form := map[ioc.Type]func(string) (string, error){
		ioc.TypeIPv4: ioc.Address, ioc.TypeIPv6: ioc.Address, ioc.TypeCIDR: ioc.CIDR, ioc.TypeRange: ioc.Range,
		ioc.TypeDomain: ioc.Domain, ioc.TypeSHA1: ioc.SHA1, ioc.TypeSHA256: ioc.SHA256,
	}[indicator.Type]
	if value, err := form(indicator.Value); err != nil || value != indicator.Value {
		t.Fatalf("%q became %v, whose canonical form is %q (%v)", text, indicator, value, err)
	}
}

// What Parse returned once, it returns for its value, whatever the text.
func TestParseIsStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			indicatorText(),
			rapid.String(),
			rapid.StringMatching(`["<(\[ ]?[a-zA-Zäß。．*_-]{1,9}(\.|\[\.\]|\(dot\))(com|test|DE)[">)\]., ;]{0,3}`),
			rapid.StringMatching(`[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}(/[0-9]{1,3})?`),
			rapid.StringMatching(`::ffff:[0-9]{1,3}\.0\.0\.0/(9[0-9]|1[0-2][0-9])`),
		).Draw(t, "text")
		if indicator, err := ioc.Parse(text); err == nil {
			checkCanonical(t, text, indicator)
		}
	})
}

// Any character may stand anywhere in any indicator: it is read or refused, and what is read is stable.
func TestParseOfSpoiledTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"203.0.113.7", "2001:db8::/32", "203.0.113.1-203.0.113.9", "*.evil.example"} {
		for i := range len(text) {
			for _, sign := range []string{"", ".", ":", "-", "/", "*", "[", "%", "0", "f", "ß", "\xff", "\u202e", " "} {
				spoiled := text[:i] + sign + text[i+1:]
				if indicator, err := ioc.Parse(spoiled); err == nil {
					checkCanonical(t, spoiled, indicator)
				}
			}
		}
	}
}
