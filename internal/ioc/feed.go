package ioc

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Listed is an indicator as a feed lists it.
type Listed struct {
	Indicator Indicator
	Note      string    // one line, "" without one
	Expires   time.Time // in UTC, to the second; zero when it does not expire
}

// Rejected is what a feed lists and nobody can enforce.
type Rejected struct {
	Line   int    // where it begins, from 1
	Text   string // as it stands there; cut where it is long
	Reason string
}

// Feed is what a text lists.
type Feed struct {
	Listed   []Listed   // each indicator once, by value
	Rejected []Rejected // by line
}

// Lengths beyond which texts are cut, in characters. They are for people to read.
const (
	longestNote   = 500
	longestText   = 120
	longestReason = 300
)

// ParseFeed reads the indicators that a text lists, which is one of these:
//
//   - Lines of one indicator each, spelled as Parse takes it. What follows behind a comma, semicolon, tab or " #" is its
//     note. Of several fields, the one that is an indicator counts; a line with two is rejected, since either may be the note.
//   - CSV with a header, whose first line names a column of indicators, such as "indicator", "value", "ip" or "sha256". Its
//     notes are in a column such as "comment", its expiries in one such as "expires". Commas, semicolons or tabs separate.
//   - The CSV of MISP, which is CSV whose header has "type", "value" and "to_ids".
//   - A STIX 2 bundle or a TAXII envelope, as JSON.
//
// Empty lines and those that begin with "#", "//" or ";" are passed over. An expiry is an RFC 3339 time, one without an
// offset (UTC), or a date, which means its end. What can't be read or enforced is rejected by itself. An indicator that
// comes more than once keeps all notes and the latest expiry; none at all is later than any.
//
// The error tells that JSON is broken off or no list, so that nothing is known about what it does not list.
func ParseFeed(text string) (Feed, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	var f Feed
	if isJSON(text) {
		if err := f.readBundle(text); err != nil {
			return Feed{}, err
		}
	} else {
		f.readLines(text)
	}
	f.Listed = merged(f.Listed)
	slices.SortStableFunc(f.Rejected, func(a, b Rejected) int { return a.Line - b.Line })
	return f, nil
}

// Count returns the number of indicators of each type that can be enforced; 0 where there are none.
func (f Feed) Count() map[Type]int {
	count := map[Type]int{}
	for _, t := range Types() {
		count[t] = 0
	}
	for _, listed := range f.Listed {
		count[listed.Indicator.Type]++
	}
	return count
}

// Document returns the indicators as the document that asks for their enforcement.
func (f Feed) Document() Document {
	d := make(Document, len(f.Listed))
	for _, listed := range f.Listed {
		d[listed.Indicator] = Remark{Note: listed.Note, Expires: listed.Expires}
	}
	return d
}

// entry is a line, row or object of a feed that is yet to be judged.
type entry struct {
	line    int
	text    string
	values  []string // one or more that are to be indicators
	note    string
	expires string // "" when it does not expire
}

// add judges what an entry lists.
func (f *Feed) add(e entry) {
	expires, err := parseExpiry(e.expires)
	if err != nil {
		f.reject(e.line, e.text, err.Error())
		return
	}
	note := cut(oneLine(e.note), longestNote)
	for _, value := range e.values {
		if indicator, err := Parse(value); err != nil {
			f.reject(e.line, e.text, err.Error())
		} else {
			f.Listed = append(f.Listed, Listed{indicator, note, expires})
		}
	}
}

func (f *Feed) reject(line int, text, reason string) {
	f.Rejected = append(f.Rejected, Rejected{line, cut(oneLine(text), longestText), cut(oneLine(reason), longestReason)})
}

// merged returns each indicator once, sorted, whatever the order in which they came.
func merged(all []Listed) []Listed {
	slices.SortFunc(all, func(a, b Listed) int {
		return cmp.Or(cmp.Compare(a.Indicator.Value, b.Indicator.Value), cmp.Compare(a.Note, b.Note))
	})
	once := all[:0]
	for len(all) > 0 {
		same := 1
		for same < len(all) && all[same].Indicator == all[0].Indicator {
			same++
		}
		once = append(once, merge(all[:same]))
		all = all[same:]
	}
	return once
}

// merge makes one of an indicator that came several times, sorted by note.
func merge(same []Listed) Listed {
	one := same[0]
	if len(same) == 1 {
		return one
	}
	notes := make([]string, 0, len(same))
	for _, listed := range same {
		if listed.Note != "" {
			notes = append(notes, listed.Note)
		}
		if one.Expires.IsZero() || listed.Expires.IsZero() {
			one.Expires = time.Time{}
		} else if listed.Expires.After(one.Expires) {
			one.Expires = listed.Expires
		}
	}
	one.Note = cut(strings.Join(slices.Compact(notes), "; "), longestNote)
	return one
}

// oneLine returns a text as valid UTF-8 on one line, without space around it.
func oneLine(text string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "\ufffd")), " ")
}

// cut shortens a text to a number of characters.
func cut(text string, longest int) string {
	count, end := 0, 0
	for i := range text {
		count++
		if count == longest {
			end = i
		}
		if count > longest {
			return text[:end] + "…"
		}
	}
	return text
}
