package ioc_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/ioc"
)

func parseFeed(t testing.TB, text string) ioc.Feed {
	t.Helper()
	feed, err := ioc.ParseFeed(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return feed
}

// rejections are what a feed rejects, as "line: text: reason".
func rejections(feed ioc.Feed) (all []string) {
	for _, r := range feed.Rejected {
		all = append(all, fmt.Sprintf("%d: %s: %s", r.Line, r.Text, r.Reason))
	}
	return all
}

// feedTest is a text, the document that it makes, and what it rejects: each as its beginning "line: text: reason".
type feedTest struct {
	text, document string
	rejected       []string
}

func (tt feedTest) run(t *testing.T) {
	t.Helper()
	feed := parseFeed(t, tt.text)
	if diff := cmp.Diff(tt.document, feed.Document().String()); diff != "" {
		t.Error(diff)
	}
	got := rejections(feed)
	for i, want := range tt.rejected {
		if i < len(got) && strings.HasPrefix(got[i], want) {
			got[i] = want
		}
	}
	if diff := cmp.Diff(tt.rejected, got); diff != "" {
		t.Errorf("rejected (-want +got):\n%s", diff)
	}
}

func TestParseFeedOfLines(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]feedTest{
		"nothing": {"", `{}`, nil},
		"comments only": {
			"# a feed\r\n\r\n// of nothing\n; at all\n   # really", `{}`, nil,
		},
		"all spellings": {
			"\ufeffhxxp[.]example\n203[.]0[.]113[.]7\n  EVIL.example.  \r\n\"198.51.100.0/24\",\n203.0.113.1 to 203.0.113.9\n[2001:DB8::1]\n{evil.test}\n" + strings.ToUpper(sha1),
			`{"198.51.100.0/24":"","2001:db8::1":"","203.0.113.1-203.0.113.9":"","203.0.113.7":"","` + sha1 + `":"","evil.example":"","evil.test":"","hxxp.example":""}`, nil,
		},
		"notes": {
			"a.example,phishing kit, case 4711\nb.example;a;b,c\nc.example\tfrom\tTwitter\nd.example # case #8\ne.example // <C2>\n" +
				"192.0.2.0/24 ; SBL256894\n\"f.example\",\"say \"\"no\"\", twice\"\ng.example,case #9\nh.example\t# tab\ni.example,,\nj.example #\n\"k.example\" # case 1",
			`{"192.0.2.0/24":"SBL256894","a.example":"phishing kit, case 4711","b.example":"a, b,c","c.example":"from, Twitter","d.example":"case #8",` +
				`"e.example":"\u003cC2\u003e","f.example":"say \"no\", twice","g.example":"case #9","h.example":"tab","i.example":"","j.example":"","k.example":"case 1"}`, nil,
		},
		"indicator behind other fields": {
			"ipv4,203.0.113.7,glasswing\n\"2022-06-04 21:24:53\",\"203.0.113.8\",\"443\",\"offline\"",
			`{"203.0.113.7":"glasswing","203.0.113.8":"443, offline"}`, nil,
		},
		"stray quotes": {
			"\"a.example\nb.example,5\" disk\nc.example\n\"d.example\",\"x\" y", `{"a.example":"","b.example":"5\" disk","c.example":"","d.example":"\"x\" y"}`, nil,
		},
		"rejected": {
			"# feed\nevil\n\n" + md5 + ",eicar\nhxxps://evil[.]example/a b\na.example,b.example\n<html>\n" + strings.Repeat("x", 200) + ".exe\n" + strings.Repeat("é", 5000),
			`{}`,
			[]string{
				`2: evil: "evil" is no IP address, network, range, domain name or hash`,
				`4: ` + md5 + `,eicar: "` + md5 + `" is an MD5`,
				`5: hxxps://evil[.]example/a b: "https://evil[.]example/a b"`[:30],
				`6: a.example,b.example: it has more than one indicator`,
				`7: <html>: "html" is no`,
				`8: ` + strings.Repeat("x", 119) + `…: `,
				`9: ` + strings.Repeat("é", 119) + `…: `,
			},
		},
		"duplicates": {
			"evil.example,b\nEVIL[.]example,a\nevil.example.\nevil.example,b\n203.0.113.7\n203.0.113.7/32,x", `{"203.0.113.7":"x","evil.example":"a; b"}`, nil,
		},
		"long note": {
			"evil.example," + strings.Repeat("ä ", 400), `{"evil.example":"` + strings.Repeat("ä ", 249) + "ä…" + `"}`, nil,
		},
		"broken UTF-8": {"evil.example,\xff<\x00", "{\"evil.example\":\"\ufffd\\u003c\\u0000\"}", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.run(t)
		})
	}
}

func TestParseFeedOfTables(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]feedTest{
		"header alone": {"indicator,comment", `{}`, nil},
		"one column":   {"# list\n\ndomain\na.example\n# more\nb.example # x\n", `{"a.example":""}`, []string{`6: b.example # x: "b.example # x" is no`}},
		"general": {
			"type,value,campaign,Comment\r\nipv4,203.0.113.7,glasswing,\"C2, \"\"first\"\"\nseen\"\r\n// comment\r\nfilename,evil[.]example,,\r\nx\r\ny,,\r\nz,evil,",
			`{"203.0.113.7":"C2, \"first\" seen","evil.example":""}`,
			[]string{`6: x: its column "value" is empty`, `7: y,,: its column "value" is empty`, `8: z,evil,: "evil" is no`},
		},
		"general before typed": {"ip,ioc\n203.0.113.7,evil.example", `{"evil.example":""}`, nil},
		"first typed":          {"first seen,SHA256,sha1,md5\n2026-01-01," + sha256 + "," + sha1 + "," + md5, `{"` + sha256 + `":""}`, nil},
		"semicolons": {
			"note;indicator;description\n;203.0.113.7;\na,b;203.0.113.8;c\n#;203.0.113.9;", `{"203.0.113.7":"","203.0.113.8":"a,b, c"}`, nil,
		},
		"tabs": {"\"Indicator\"\t\"Notes\"\n203.0.113.7\tx, y", `{"203.0.113.7":"x, y"}`, nil},
		"expiries": {
			"indicator,valid until,comment\na.example,2026-12-31T18:00:00+02:00,a\nb.example,2026-12-31,b\nc.example,2026-12-31 18:00:00,\nd.example,,d\n" +
				"e.example,never,\nf.example,2026-12-31T18:00:00.9Z\ng.example,9999-12-31T23:59:59-01:00\nh.example,0001-01-01T00:00:00Z\ni.example,2026-12-31T18:00:00",
			`{"a.example":{"expires":"2026-12-31T16:00:00Z","note":"a"},"b.example":{"expires":"2027-01-01T00:00:00Z","note":"b"},` +
				`"c.example":{"expires":"2026-12-31T18:00:00Z"},"d.example":"d","f.example":{"expires":"2026-12-31T18:00:00Z"},` +
				`"i.example":{"expires":"2026-12-31T18:00:00Z"}}`,
			[]string{`6: e.example,never,: its expiry "never" is no time`, `8: g.example`, `9: h.example`},
		},
		"the latest expiry counts": {
			"indicator,expires\na.example,2026-12-30\na.example,2026-12-31\na.example,2026-12-29\nb.example,2026-12-31\nb.example,",
			`{"a.example":{"expires":"2027-01-01T00:00:00Z"},"b.example":""}`, nil,
		},
		"broken quotes": {
			"indicator,comment\na.example,\"x\nb.example,\"y\"\nc.example,\"z", `{"b.example":"y"}`,
			[]string{`2: a.example,"x: its quotes`, `4: c.example,"z: its quotes`},
		},
		"no header": {"foo,bar\n203.0.113.7,x", `{"203.0.113.7":"x"}`, []string{`1: foo,bar: "foo" is no`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.run(t)
		})
	}
}

func TestParseFeedOfMISP(t *testing.T) {
	t.Parallel()
	const header = "uuid,event_id,category,type,value,comment,to_ids,date,object_relation\n"
	row := func(kind, value, comment, toIDs string) string {
		return fmt.Sprintf("\"5f0c\",1,\"Network activity\",%q,\"%s\",\"%s\",%s,1700000000,\"\"\n", kind, value, comment, toIDs)
	}
	feed := parseFeed(t, header+row("ip-dst", "203.0.113.7", "C2", "1")+row("domain|ip", "evil.example|203.0.113.8", "both", "1")+
		row("filename|sha256", "a|b.exe|"+sha256, "dropper,\nstage 2", "1")+row("ip-dst|port", "203.0.113.9|443", "", "1")+
		row("hostname|port", "c2.evil.example|8443", "", "True")+row("domain", "good.example", "", "0")+
		row("domain", "good.example", "", "False")+row("filename", "run.sh", "", "1")+row("x509-fingerprint-sha1", sha1, "", "1")+
		row("filename|authentihash", "a.exe|"+sha256, "", "1")+row("domain|ip", "evil.example", "", "1")+row("md5", md5, "", "1")+
		row("filename|port", "a|1", "", "1"))
	document := `{"203.0.113.7":"C2","203.0.113.8":"both","203.0.113.9":"","` + sha256 +
		`":"dropper, stage 2","c2.evil.example":"","evil.example":"both"}`
	if diff := cmp.Diff(document, feed.Document().String()); diff != "" {
		t.Error(diff)
	}
	var reasons []string
	for _, r := range feed.Rejected {
		reasons = append(reasons, fmt.Sprint(r.Line, " ", r.Reason))
	}
	want := []string{
		"8 to_ids is 0: it is context, not meant for detection",
		"9 to_ids is False: it is context, not meant for detection",
		`10 the type "filename" is none that can be enforced`,
		`11 the type "x509-fingerprint-sha1" is none that can be enforced`,
		`12 the type "filename|authentihash" is none that can be enforced`,
		`13 "evil.example" is no value of the type "domain|ip"`,
		`14 "` + md5 + `" is an MD5, which the Blocklist does not take; take the SHA-1 or the SHA-256 of that file`,
		`15 the type "filename|port" is none that can be enforced`,
	}
	if diff := cmp.Diff(want, reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

// listedTexts draws what a feed may list, as rows of value, note and expiry.
func listedTexts() *rapid.Generator[[][]string] {
	row := rapid.Custom(func(t *rapid.T) []string {
		expires := ""
		if rapid.Bool().Draw(t, "expires") {
			at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "at"), 0).UTC()
			expires = at.Format(time.RFC3339)
		}
		return []string{indicatorText().Draw(t, "value"), rapid.String().Draw(t, "note"), expires}
	})
	return rapid.SliceOfN(row, 0, 12)
}

func tableOf(rows [][]string) string {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	_ = w.WriteAll(append([][]string{{"value", "note", "expires"}}, rows...)) // to memory
	return text.String()
}

// rowsOf writes what a feed lists the way that it is read.
func rowsOf(feed ioc.Feed) (rows [][]string) {
	for _, listed := range feed.Listed {
		expires := ""
		if !listed.Expires.IsZero() {
			expires = listed.Expires.Format(time.RFC3339)
		}
		rows = append(rows, []string{listed.Indicator.Value, listed.Note, expires})
	}
	return rows
}

func bundleOf(t *rapid.T, rows [][]string) string {
	objects := []any{}
	for _, row := range rows {
		path := map[ioc.Type]string{ioc.TypeDomain: "domain-name:value", ioc.TypeSHA1: "file:hashes.'SHA-1'", ioc.TypeSHA256: "file:hashes.'SHA-256'"}
		indicator, _ := ioc.Parse(row[0])
		property, ok := path[indicator.Type]
		if !ok {
			property = "ipv4-addr:value"
		}
		object := map[string]any{"type": "indicator", "pattern": fmt.Sprintf("[%s = '%s']", property, row[0]), "name": row[1]}
		if row[2] != "" {
			object["valid_until"] = row[2]
		}
		objects = append(objects, object)
	}
	text, err := json.Marshal(map[string]any{"type": "bundle", "objects": objects})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What was read once reads the same when it is written again, as CSV and as STIX; and neither the order of lines nor
// saying something twice matters.
func TestFeedsAreStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := listedTexts().Draw(t, "rows")
		feed, err := ioc.ParseFeed(tableOf(rows))
		if err != nil || len(feed.Rejected) > 0 {
			t.Fatal(err, feed.Rejected)
		}
		again := rapid.Permutation(append(rowsOf(feed), rowsOf(feed)...)).Draw(t, "order")
		shuffled := rapid.Permutation(rows).Draw(t, "another order")
		for _, text := range []string{tableOf(shuffled), tableOf(again), bundleOf(t, again)} {
			got, err := ioc.ParseFeed(text)
			if diff := cmp.Diff(feed, got); diff != "" || err != nil {
				t.Fatalf("%s\n%v\n%s", text, err, diff)
			}
		}
		total := 0
		for _, n := range feed.Count() {
			total += n
		}
		if total != len(feed.Listed) || len(feed.Count()) != len(ioc.Types()) {
			t.Fatalf("counted %v of %d", feed.Count(), len(feed.Listed))
		}
	})
}

// The order of lines without a header does not matter either, whatever they are.
func TestOrderOfLinesDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOf(rapid.OneOf(
			indicatorText(),
			rapid.StringMatching(`[a-c]\.(example|test)[,;\t ]{0,2}[#/"]{0,2}[a-c ,;"]{0,6}`),
			rapid.StringMatching(`["a-c.,;# ]{0,8}`),
		)).Draw(t, "lines")
		feed, err := ioc.ParseFeed(strings.Join(lines, "\n"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := ioc.ParseFeed(strings.Join(rapid.Permutation(lines).Draw(t, "order"), "\n"))
		if diff := cmp.Diff(feed.Document().String(), got.Document().String()); diff != "" || err != nil || len(feed.Rejected) != len(got.Rejected) {
			t.Fatal(err, diff, feed.Rejected, got.Rejected)
		}
	})
}

func FuzzParseFeed(f *testing.F) {
	for _, seed := range []string{
		"a.example,x\n203.0.113.7;y\n# z", "value,note,expires\na.example,\"x\ny\",2026-12-31\n\"", "uuid,type,value,to_ids\n1,domain|ip,a.example|1.2.3.4,1",
		`{"objects":[{"type":"indicator","pattern":"[ipv4-addr:value = '1.2.3.4' OR file:hashes.MD5='']","valid_until":"x"},1,null,[{`,
		`{"type":"bundle","objects":[{"type":"file","hashes":{"SHA-1":"` + sha1 + `","MD5":1}}]}`, "[{", "{}", "\ufeff{\"more\":true}", "\"", "\";\n\t", ";a;\r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		feed, err := ioc.ParseFeed(text)
		if err != nil {
			return
		}
		var document map[string]any
		if err := json.Unmarshal([]byte(feed.Document().String()), &document); err != nil || len(document) != len(feed.Listed) {
			t.Fatalf("%q: %v: %s", text, err, feed.Document().String())
		}
		for _, listed := range feed.Listed {
			checkCanonical(t, text, listed.Indicator)
		}
		for _, r := range feed.Rejected {
			if r.Line < 1 || r.Line > 1+strings.Count(text, "\n") || r.Reason == "" || len([]rune(r.Text)) > 120 || len([]rune(r.Reason)) > 300 {
				t.Fatalf("%q: rejected %+v", text, r)
			}
		}
		if again := parseFeed(t, tableOf(rowsOf(feed))); !cmp.Equal(feed.Listed, again.Listed) {
			t.Fatalf("%q: %s", text, cmp.Diff(feed.Listed, again.Listed))
		}
	})
}

// bigFeed returns a shuffled feed of 50,000 lines: addresses, networks, domains and hashes, some spelled otherwise.
func bigFeed(line func(i int, value string) string) string {
	const n = 50_000
	lines := make([]string, 0, n)
	for i := range n {
		value := fmt.Sprintf("203.%d.%d.%d", i>>16, i>>8&255, i&255)
		switch i % 5 {
		case 1:
			value = fmt.Sprintf("host-%d.Evil[.]example", i)
		case 2:
			value = fmt.Sprintf("%064X", i)
		case 3:
			value = fmt.Sprintf("2001:db8:%x::/48", i&0xffff)
		case 4:
			value = fmt.Sprintf("%040x", i)
		}
		lines = append(lines, line(i, value))
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(n, func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return strings.Join(lines, "\n")
}

func BenchmarkParseFeed(b *testing.B) {
	plain := func(_ int, value string) string { return value }
	texts := map[string]string{
		"lines":  bigFeed(plain),
		"notes":  bigFeed(func(i int, value string) string { return fmt.Sprintf("%s,\"case %d, phishing\"", value, i) }),
		"table":  "value,comment,expires\n" + bigFeed(func(i int, value string) string { return fmt.Sprintf("%s,\"case %d\",2026-12-31", value, i) }),
		"refuse": bigFeed(func(_ int, value string) string { return "http://" + value }),
		"bundle": `{"objects":[` + strings.ReplaceAll(bigFeed(func(i int, value string) string {
			return fmt.Sprintf(`{"type":"indicator","id":"indicator--%d","name":"case %d","pattern":"[domain-name:value = '%s']","valid_until":"2026-12-31T00:00:00.000Z"}`, i, i, value)
		}), "\n", ",\n") + `]}`,
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(texts[name])))
			b.ReportAllocs()
			for b.Loop() {
				feed, err := ioc.ParseFeed(texts[name])
				if err != nil || len(feed.Document().String()) == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}
