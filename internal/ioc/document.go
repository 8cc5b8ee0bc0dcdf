package ioc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Document is what is to be enforced: indicators, and what is known about each.
type Document map[Indicator]Remark

// Remark is what a document says about an indicator.
type Remark struct {
	Note    string
	Expires time.Time // in UTC; the zero Time is never
}

// ExpiredAt tells whether an indicator of that remark has had its time.
func (r Remark) ExpiredAt(now time.Time) bool { return !r.Expires.IsZero() && !now.Before(r.Expires) }

// DocumentError says what is wrong with a document: all of it, in the order of its keys.
type DocumentError struct{ Problems []string }

func (e *DocumentError) Error() string { return strings.Join(e.Problems, "\n") }

// ParseDocument reads a JSON object from indicators, spelled in any way that [Parse] takes, to a note or to an object of
// a note and the time at which the indicator expires:
//
//	{"evil.example": "phishing kit, case 4711", "203.0.113.7": {"note": "scanner", "expires": "2027-01-31T00:00:00Z"}}
//
// A text that names one indicator in two spellings is in error unless it says the same about it; one that has a key twice is
// in any case. The error is a *DocumentError; what could be read is returned with it.
func ParseDocument(text string) (Document, error) {
	var raw map[string]remarkJSON
	if err := decodeObject(text, &raw); err != nil {
		return nil, &DocumentError{[]string{err.Error()}}
	}
	d := make(Document, len(raw))
	var problems []string
	for key, value := range raw {
		if err := d.add(key, value); err != nil {
			problems = append(problems, err.Error())
		}
	}
	if twice := members(text) - len(raw); twice > 0 {
		problems = append(problems, fmt.Sprintf("keys are there twice, letter for letter, and only one of each can count: %d too many", twice))
	}
	if problems != nil {
		slices.Sort(problems)
		return d, &DocumentError{problems}
	}
	return d, nil
}

func (d Document) add(key string, value remarkJSON) error {
	if value.problem != nil {
		return fmt.Errorf("%q: %w", key, value.problem)
	}
	indicator, err := Parse(key)
	if err != nil {
		return err
	}
	if first, ok := d[indicator]; ok && first != value.Remark {
		return fmt.Errorf("%s is there twice, in two spellings, with different remarks", indicator.Value)
	}
	d[indicator] = value.Remark
	return nil
}

func decodeObject(text string, into *map[string]remarkJSON) error {
	if strings.HasPrefix(strings.TrimSpace(text), "[") {
		return errors.New("it is a JSON array, and has to be an object from each indicator to a note: " +
			`jsonencode({ for indicator in LIST : indicator => "" })`)
	}
	const refused = "it is no JSON object from indicators to notes"
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf(refused+": %w", err)
	}
	if *into == nil {
		return errors.New(refused + ", but null")
	}
	return nil
}

// members counts the members of a JSON object, those too whose keys a map has room for only once.
func members(object string) (n int) {
	depth, quoted := 0, false
	for i := 0; i < len(object); i++ {
		switch c := object[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']':
			depth--
		case c == ':' && depth == 1:
			n++
		}
	}
	return n
}

// remarkJSON is a remark as it stands in a document. What is wrong with it is kept for the message that names its
// indicator.
type remarkJSON struct {
	Remark
	problem error
}

// UnmarshalJSON implements json.Unmarshaler.
func (r *remarkJSON) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		return json.Unmarshal(data, &r.Note)
	case '{':
		r.problem = r.unmarshalObject(data)
	case 'n': // null: nothing is known
	default:
		r.problem = errors.New("an indicator has a note, which is text, or an object of note and expires")
	}
	return nil
}

func (r *remarkJSON) unmarshalObject(data []byte) error {
	var object struct {
		Note    string  `json:"note"`
		Expires *string `json:"expires"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&object); err != nil {
		return fmt.Errorf("an object holds note and expires, both text, and nothing else: %w", err)
	}
	r.Note = object.Note
	if object.Expires == nil || *object.Expires == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, *object.Expires)
	if at = at.UTC(); err != nil || !plausibleTime(at) {
		return fmt.Errorf("expires is %q, and has to be a time such as 2027-01-31T00:00:00Z", *object.Expires)
	}
	r.Expires = at
	return nil
}

// MarshalJSON implements json.Marshaler: a note alone is a text.
func (r Remark) MarshalJSON() ([]byte, error) {
	if r.Expires.IsZero() {
		return json.Marshal(r.Note)
	}
	return json.Marshal(struct {
		Expires time.Time `json:"expires"`
		Note    string    `json:"note,omitempty"`
	}{r.Expires, r.Note})
}

// String returns the document as JSON in its canonical form: canonical indicators, sorted, without white space.
func (d Document) String() string { return Compose(d) }

// Compose returns a JSON object from indicators to what is said of them, in the canonical form of documents.
func Compose[T any](values map[Indicator]T) string {
	byText := make(map[string]T, len(values))
	for indicator, value := range values {
		byText[indicator.Value] = value
	}
	text, err := json.Marshal(byText) // which sorts
	if err != nil {
		panic("ioc: a remark can't be JSON: " + err.Error())
	}
	return string(text)
}

// Equal tells whether two documents say the same.
func (d Document) Equal(other Document) bool { return maps.Equal(d, other) }
