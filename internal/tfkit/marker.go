package tfkit

import (
	"errors"
	"strings"
	"unicode"
)

// Marker is the text by which everything the provider makes can be told: the console's description ends in it, in
// brackets. Code, plan and state hold the description without it.
type Marker string

// DefaultMarker is the marker of a provider that is given none.
const DefaultMarker Marker = "managed by terraform"

// Check tells why a text can't be a marker: it must be found again at the end of a description.
func (m Marker) Check() error {
	text := string(m)
	switch {
	case text == "" || strings.TrimSpace(text) != text:
		return errors.New("a marker must not be empty, nor start or end with white space")
	case strings.ContainsAny(text, "[]"):
		return errors.New("a marker must not contain brackets, since it is put in brackets")
	case strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("a marker must consist of printable characters")
	}
	return nil
}

// Mark returns the description as the console holds it.
func (m Marker) Mark(description string) string {
	if description == "" {
		return m.bracketed()
	}
	return description + " " + m.bracketed()
}

// Strip returns a console's description without the marker. One that somebody removed there is not missed: the next
// update puts it back.
func (m Marker) Strip(text string) string {
	if text == m.bracketed() {
		return ""
	}
	return strings.TrimSuffix(text, " "+m.bracketed())
}

// Marks tells whether a console's description carries the marker: alone, or with what an object of the provider has
// added to it behind a colon.
func (m Marker) Marks(text string) bool {
	_, ok := m.Addition(text)
	return ok
}

// With returns the marker with an addition of an object's own.
func (m Marker) With(addition string) Marker { return m + additionStart + Marker(addition) }

// Addition returns what an object of the provider has added to the marker in a console's description, "" for nothing; ok
// is false when the description does not carry the marker.
func (m Marker) Addition(text string) (addition string, ok bool) {
	at := strings.LastIndex(text, "["+string(m))
	if at < 0 {
		return "", false
	}
	rest, closed := strings.CutSuffix(text[at+1+len(m):], "]")
	addition, added := strings.CutPrefix(rest, additionStart)
	return addition, closed && (rest == "" || added)
}

const additionStart = ": "

func (m Marker) bracketed() string { return "[" + string(m) + "]" }
