package ioc_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/ioc"
)

func TestParseDocument(t *testing.T) {
	t.Parallel()
	got, err := ioc.ParseDocument(`{
		"Evil[.]Example": "phishing kit",
		"203.0.113.7/32": {"note": "scanner", "expires": "2027-01-31T01:00:00+01:00"},
		"2001:DB8::1": {"expires": null},
		"198.51.100.0/24": null
	}`)
	want := ioc.Document{
		{Type: ioc.TypeDomain, Value: "evil.example"}:  {Note: "phishing kit"},
		{Type: ioc.TypeIPv4, Value: "203.0.113.7"}:     {Note: "scanner", Expires: time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)},
		{Type: ioc.TypeIPv6, Value: "2001:db8::1"}:     {},
		{Type: ioc.TypeCIDR, Value: "198.51.100.0/24"}: {},
	}
	if err != nil || !got.Equal(want) {
		t.Fatalf("got %v, %v", got, err)
	}
	const canonical = `{"198.51.100.0/24":"","2001:db8::1":"",` +
		`"203.0.113.7":{"expires":"2027-01-31T00:00:00Z","note":"scanner"},"evil.example":"phishing kit"}`
	if diff := cmp.Diff(canonical, got.String()); diff != "" {
		t.Error(diff)
	}
}

func TestParseDocumentRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                             "no JSON object",
		`evil.example`:                 "no JSON object",
		`null`:                         "no JSON object",
		" null\n":                      "no JSON object",
		` ["evil.example"]`:            `jsonencode({ for indicator in LIST : indicator => "" })`,
		`{"evil.example": 7}`:          `"evil.example": an indicator has a note`,
		`{"evil.example": {"why": 1}}`: `"evil.example": an object holds note and expires`,
		`{"evil.example": {"expires": "9999-12-31T23:59:59-01:00"}}`:                 `expires is "9999-12-31T23:59:59-01:00"`,
		`{"evil.example": {"expires": "tomorrow"}}`:                                  `expires is "tomorrow"`,
		`{"invoice.exe": "", "https://evil.example/x": ""}`:                          "\"https://evil.example/x\" is a URL, which no rule takes; take its host instead if all of that is to be blocked\n\"invoice.exe\" is no domain name",
		`{"evil.example": "one", "EVIL.example": "another"}`:                         "evil.example is there twice",
		`{"a.example": "{\"b\": {", "b.example": {"note": "x:"}, "b.example": null}`: "there twice, letter for letter",
	} {
		_, err := ioc.ParseDocument(text)
		if _, ok := errors.AsType[*ioc.DocumentError](err); !ok || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
	if _, err := ioc.ParseDocument(`{"evil.example": "one", "EVIL.example": "one"}`); err != nil {
		t.Errorf("the same twice: %v", err)
	}
}

func TestExpired(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	for now, want := range map[time.Time]bool{at.Add(-time.Second): false, at: true, at.Add(time.Second): true} {
		if got := (ioc.Remark{Expires: at}).ExpiredAt(now); got != want {
			t.Errorf("%v: got %v", now, got)
		}
	}
	if (ioc.Remark{}).ExpiredAt(at) {
		t.Error("what has no end has ended")
	}
}

// What a document composes, it reads as itself, and composes again.
func TestDocumentRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		document := ioc.Document{}
		for range rapid.IntRange(0, 8).Draw(t, "size") {
			indicator, err := ioc.Parse(rapid.StringMatching(
				`198\.51\.100\.[1-9]|2001:db8::[1-9a-f]|[a-z]{1,9}\.example|[0-9a-f]{40}|198\.51\.[1-9]\.0/24`).Draw(t, "indicator"))
			if err != nil {
				t.Fatal(err)
			}
			remark := ioc.Remark{Note: rapid.String().Draw(t, "note")}
			if rapid.Bool().Draw(t, "expires") {
				remark.Expires = time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "at"), 0).UTC()
			}
			document[indicator] = remark
		}
		text := document.String()
		again, err := ioc.ParseDocument(text)
		if err != nil || !again.Equal(document) || again.String() != text {
			t.Fatalf("%s became %v, %v", text, again, err)
		}
	})
}
