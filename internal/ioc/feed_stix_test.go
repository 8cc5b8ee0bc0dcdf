package ioc_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/ioc"
)

// stix returns a bundle of objects, each on a line: the first on the second.
func stix(objects ...string) string {
	return `{"type": "bundle", "id": "bundle--1", "objects": [` + "\n" + strings.Join(objects, ",\n") + "\n]}"
}

func pattern(text string) string {
	return fmt.Sprintf(`{"type":"indicator","spec_version":"2.1","pattern_type":"stix","pattern":%q}`, text)
}

func TestParseFeedOfSTIX(t *testing.T) {
	t.Parallel()
	const expired = `"valid_from":"2026-01-01T00:00:00Z","valid_until":"2026-12-31T18:00:00.123Z"`
	observables := []string{
		`{"type":"ipv4-addr","value":"203.0.113.7"}`, `{"type":"domain-name","value":"evil.example"}`, `{"type":"ipv6-addr","value":"2001:db8::1"}`,
		`{"type":"file","name":"a.exe","hashes":{"MD5":"` + md5 + `","SHA-1":"` + sha1 + `"}}`, `{"type":"file","name":"b.exe"}`,
	}
	for name, tt := range map[string]feedTest{
		"no objects": {`{"type":"bundle","objects":[]}`, `{}`, nil},
		"one of each": {
			stix(
				pattern("[ipv4-addr:value = '203.0.113.7']"), pattern("[ipv6-addr:value='2001:DB8::1']"), pattern("[ ipv4-addr:value = '198.51.100.0/24' ]"),
				pattern("[ipv4-addr:value ISSUBSET '192.0.2.0/24']"), pattern("[domain-name:value = 'Evil.example']"),
				pattern(`[file:hashes.'SHA-256' = '`+sha256+`']`), pattern(`[file:hashes."SHA-1" = '`+sha1+`']`),
			),
			`{"192.0.2.0/24":"","198.51.100.0/24":"","2001:db8::1":"","203.0.113.7":"","` + sha256 + `":"","` + sha1 + `":"","evil.example":""}`, nil,
		},
		"any of several": {
			stix(
				pattern("[ipv4-addr:value = '203.0.113.7' OR domain-name:value = 'a.example'] OR [domain-name:value = 'b.example']"),
				pattern("[file:hashes.MD5 = '"+md5+"' OR file:hashes.'SHA-256' = '"+sha256+"']"),
				pattern("[file:hashes.MD5 = '"+md5+"'] OR [file:hashes.SHA1 = '"+sha1+"']"),
			),
			`{"203.0.113.7":"","` + sha256 + `":"","` + sha1 + `":"","a.example":"","b.example":""}`,
			[]string{"4: [file:hashes.MD5 = '" + md5 + "'] OR [file:hashes.SHA1 = "},
		},
		"notes and expiries": {
			stix(
				`{"type":"indicator","pattern":"[domain-name:value = 'a.example']","name":"Glasswing C2","description":"long","pattern_type":"stix"}`,
				`{"type":"indicator","pattern":"[domain-name:value = 'b.example']","description":"case\n4711",`+expired+`}`,
			),
			`{"a.example":"Glasswing C2","b.example":{"expires":"2026-12-31T18:00:00Z","note":"case 4711"}}`, nil,
		},
		"not for us": {
			stix(
				`{"type":"indicator","revoked":true,"pattern":"[domain-name:value = 'a.example']"}`,
				`{"type":"malware","name":"Glasswing","value":7}`, `{"type":"relationship","pattern":7}`, `null`, `7`,
				`{"type":"indicator","pattern_type":"yara","pattern":"rule x { }"}`,
				`{"type":"indicator","id":"indicator--2","pattern":"[domain-name:value = 'b.example']","name":7}`,
				`{"type":"indicator","pattern":"[domain-name:value = 'c.example']","valid_until":"soon"}`,
				`{"type":"indicator"}`,
			),
			`{}`,
			[]string{
				`7: rule x { }: its pattern is one of yara`, `8: indicator--2: its "name" is a number`,
				`9: [domain-name:value = 'c.example']: its expiry "soon"`, `10: : its pattern ends too early`,
			},
		},
		"patterns that ask for more": {
			stix(
				pattern("[ipv4-addr:value = '203.0.113.7' AND domain-name:value = 'a.example']"),
				pattern("[domain-name:value = 'a.example'] FOLLOWEDBY [domain-name:value = 'b.example']"),
				pattern("[domain-name:value = 'a.example'] WITHIN 5 SECONDS"),
				pattern("[domain-name:value LIKE '%.example']"), pattern("[domain-name:value != 'a.example']"), pattern("[domain-name:value IN ('a.example')]"),
				pattern("[NOT domain-name:value = 'a.example']"), pattern("[(domain-name:value = 'a.example')]"), pattern("[domain-name:value = 'a.example'"),
				pattern("[domain-name:value = 'a.example"), pattern("domain-name:value = 'a.example'"), pattern("[network-traffic:dst_port = 443]"),
				pattern("[domain-name:resolves_to_refs[*].value = '203.0.113.7']"), pattern("[domain-name:value = 'a.example']]"),
			),
			`{}`,
			[]string{
				`2: [ipv4-addr:value = '203.0.113.7' AND domain-name:value = 'a.example']: its pattern has "AND"`,
				`3: [domain-name:value = 'a.example'] FOLLOWEDBY [domain-name:value = 'b.example']: its pattern has "FOLLOWEDBY"`,
				`4: [domain-name:value = 'a.example'] WITHIN 5 SECONDS: its pattern has "WITHIN"`,
				`5: [domain-name:value LIKE '%.example']: its pattern has "LIKE"`,
				`6: [domain-name:value != 'a.example']: its pattern has "!"`,
				`7: [domain-name:value IN ('a.example')]: its pattern has "IN"`,
				`8: [NOT domain-name:value = 'a.example']: its pattern has "NOT"`,
				`9: [(domain-name:value = 'a.example')]: its pattern has "("`,
				`10: [domain-name:value = 'a.example': its pattern ends too early`,
				`11: [domain-name:value = 'a.example: its pattern ends too early`,
				`12: domain-name:value = 'a.example': its pattern has "domain-name:value"`,
				`13: [network-traffic:dst_port = 443]: its pattern has "443"`,
				`14: [domain-name:resolves_to_refs[*].value = '203.0.113.7']: its pattern has "["`,
				`15: [domain-name:value = 'a.example']]: its pattern has "]"`,
			},
		},
		"what can't be enforced": {
			stix(
				pattern(`[url:value = 'http://evil.example/it\'s' OR domain-name:value = 'evil.example']`),
				pattern("[email-addr:value = 'a@evil.example' OR x509-certificate:hashes.'SHA-1' = '"+sha1+"']"),
				pattern("[file:name = 'run.sh']"), pattern("[file:hashes.'SHA-512' = 'ff']"), pattern("[domain-name:value = 'evil']"),
			),
			`{"evil.example":""}`,
			[]string{
				`2: [url:value = 'http://evil.example/it\'s' OR domain-name:value = 'evil.example']: "http://evil.example/it's" is a URL`,
				"3: [email-addr:value = 'a@evil.example' OR x509-certificate:hashes.'SHA-1' = '" + sha1 + "']: what it says of email-addr:value can't be enforced",
				"3: [email-addr:value = 'a@evil.example' OR x509-certificate:hashes.'SHA-1' = '" + sha1 + "']: what it says of x509-certificate:hashes.'SHA-1' can't be enforced",
				"4: [file:name = 'run.sh']: what it says of file:name", "5: [file:hashes.'SHA-512' = 'ff']: what it says of file:hashes.'SHA-512'",
				`6: [domain-name:value = 'evil']: "evil" is no`,
			},
		},
		"observables are context of indicators": {stix(append(observables, pattern("[domain-name:value = 'a.example']"))...), `{"a.example":""}`, nil},
		"observables alone": {
			stix(append(observables, `{"type":"url","value":"http://evil.example/"}`)...),
			`{"2001:db8::1":"","203.0.113.7":"","` + sha1 + `":"","evil.example":""}`,
			[]string{`7: http://evil.example/: "http://evil.example/" is a URL`},
		},
		"observables that were observed": {
			stix(observables[1], `{"type":"observed-data","object_refs":["domain-name--1"]}`), `{}`, []string{`2: evil.example: it was observed`},
		},
		"TAXII":       {`{"more":false,"objects":[` + pattern("[domain-name:value = 'a.example']") + `]}`, `{"a.example":""}`, nil},
		"on one line": {strings.ReplaceAll(stix(pattern("[x:y = 'z']"), pattern("[x:y = 'z']")), "\n", ""), `{}`, []string{"1: [x:y = 'z']", "1: [x:y = 'z']"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.run(t)
		})
	}
}

// What is broken off, or one page of several, says nothing about what it does not list.
func TestParseFeedRefusesHalfBundles(t *testing.T) {
	t.Parallel()
	whole := stix(pattern("[domain-name:value = 'a.example']"), pattern("[domain-name:value = 'b.example']"))
	for text, want := range map[string]string{
		whole[:len(whole)-3]:           "from line 3 on: unexpected EOF",
		whole[:len(whole)-9]:           "from line 3 on: unexpected EOF",
		whole + "x":                    "there is more behind its end",
		whole + whole:                  "there is more behind its end",
		`{"type":"bundle"}`:            `it has no list "objects"`,
		`{"evil.example":"note"}`:      "a document of indicators needs no parsing",
		`{}`:                           `it has no list "objects"`,
		`{"objects":{}}`:               `"objects" is no list`,
		`{"more":true,"objects":[]}`:   "the server has more objects",
		`{"more":7,"objects":[]}`:      "cannot unmarshal number",
		"[\n{\"type\":\"indicator\"}]": "it is no object",
		`{"objects":[{"a":"b",}]}`:     "from line 1 on: invalid character",
	} {
		feed, err := ioc.ParseFeed(text)
		if err == nil || !strings.Contains(err.Error(), want) || len(feed.Listed)+len(feed.Rejected) > 0 {
			t.Errorf("%q: got %v, %v, want %q", text, feed, err, want)
		}
	}
}

// The time that a text takes grows with its length, whatever it is made of.
func TestParseFeedOfMegabytes(t *testing.T) {
	t.Parallel()
	const size = 1 << 18
	for name, piece := range map[string]string{
		"one line": "x", "fields": ",", "quotes": `"`, "open quotes": "\"a\n", "quoted rows": "a,\"\n", "blank": " ", "lines": "\n", "brackets": "[(", "html": "<p>evil</p>\n",
	} {
		for _, header := range []string{"", "indicator,comment\n", "\"indicator\"\n"} {
			within(t, header+name, func() { parseFeed(t, header+strings.Repeat(piece, size/len(piece))) })
		}
	}
	within(t, "numbers", func() { parseFeed(t, `{"objects":[0`+strings.Repeat(",0", 4*size)+`]}`) })
	within(t, "pattern", func() { parseFeed(t, stix(pattern("["+strings.Repeat("x:y = 'z' OR ", size/16)))) })
}

func within(t *testing.T, what string, parse func()) {
	t.Helper()
	start := time.Now()
	parse()
	if took := time.Since(start); took > 20*time.Second { // a hundred times what it takes, and less than what quadratic would
		t.Errorf("%s took %s", what, took)
	}
}

func TestDocumentOfAnEmptyFeed(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff("{}", ioc.Feed{}.Document().String()); diff != "" {
		t.Error(diff)
	}
}
