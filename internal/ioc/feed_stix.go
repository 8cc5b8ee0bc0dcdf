package ioc

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// isJSON tells whether a text is meant as JSON. A line such as "{evil.example}" or "[2001:db8::1]" is not.
func isJSON(text string) bool {
	head := strings.Join(strings.Fields(cut(strings.TrimSpace(text), longestText)), "")
	return strings.HasPrefix(head, `{"`) || strings.HasPrefix(head, "{}") || strings.HasPrefix(head, "[{")
}

// bundle reads the objects of a STIX bundle, or of the envelope in which a TAXII server sends them, one by one.
type bundle struct {
	text      string
	decoder   *json.Decoder
	line, end int // the line of the object last read, and where in the text it was counted up to
	hasList   bool
	// Whether observables are what the bundle is about can be told at its end only.
	observables   []observable
	hasIndicators bool
	hasObserved   bool
}

// stixObject is what is of interest in the objects of STIX 2.0 and 2.1.
type stixObject struct {
	Type        string            `json:"type"`
	ID          string            `json:"id"`
	Revoked     bool              `json:"revoked"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	Pattern     string            `json:"pattern"`
	PatternType string            `json:"pattern_type"` // required since 2.1; before, all was STIX
	ValidUntil  string            `json:"valid_until"`
	Value       string            `json:"value"`
	Hashes      map[string]string `json:"hashes"`
}

// observable is an address, a name or a file that a bundle holds as an object of its own.
type observable struct {
	line   int
	object stixObject
}

// readBundle reads JSON. Objects that are neither indicators nor observables tell about those, and are passed over.
func (f *Feed) readBundle(text string) error {
	b := &bundle{text: text, decoder: json.NewDecoder(strings.NewReader(text)), line: 1}
	if err := b.read(f); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return fmt.Errorf("the text begins like JSON, but can't be read as a STIX bundle from line %d on: %w", b.line, err)
	}
	for _, o := range b.observables {
		switch values := o.object.observed(); {
		case b.hasIndicators:
		case b.hasObserved:
			f.reject(o.line, strings.Join(values, " "), "it was observed, which does not make it an indicator")
		default:
			f.add(entry{line: o.line, text: strings.Join(values, " "), values: values})
		}
	}
	return nil
}

// read walks through the outermost object.
func (b *bundle) read(f *Feed) error {
	if opening, err := b.decoder.Token(); err != nil || opening != json.Delim('{') {
		return errors.Join(errors.New("it is no object"), err)
	}
	for b.decoder.More() {
		key, err := b.decoder.Token()
		if err != nil {
			return err
		}
		switch key {
		case "objects":
			err = b.readObjects(f)
		case "more":
			err = b.readMore()
		default:
			err = b.decoder.Decode(new(json.RawMessage))
		}
		if err != nil {
			return err
		}
	}
	if _, err := b.decoder.Token(); err != nil {
		return err
	}
	if _, err := b.decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more behind its end")
	}
	if !b.hasList {
		return errors.New(`it has no list "objects"; a document of indicators needs no parsing`)
	}
	return nil
}

// readMore reads whether the envelope of a TAXII server is one page of several.
func (b *bundle) readMore() error {
	var more bool
	if err := b.decoder.Decode(&more); err != nil {
		return err
	}
	if more {
		return errors.New(`"more" is true: the server has more objects than these`)
	}
	return nil
}

func (b *bundle) readObjects(f *Feed) error {
	if opening, err := b.decoder.Token(); err != nil || opening != json.Delim('[') {
		return errors.Join(errors.New(`"objects" is no list`), err)
	}
	b.hasList = true
	for b.decoder.More() {
		var object stixObject
		b.countLines()
		err := b.decoder.Decode(&object)
		mistyped, ok := errors.AsType[*json.UnmarshalTypeError](err)
		if err != nil && !ok {
			return err
		}
		b.take(f, object, mistyped)
	}
	_, err := b.decoder.Token()
	return err
}

// countLines moves to the line on which the next object begins.
func (b *bundle) countLines() {
	ahead := b.text[b.decoder.InputOffset():]
	start := len(b.text) - len(strings.TrimLeft(ahead, ", \t\r\n"))
	b.line += strings.Count(b.text[b.end:start], "\n")
	b.end = start
}

// take takes an object as far as it was read: mistyped is nil, or tells of a field of a kind that STIX does not have.
func (b *bundle) take(f *Feed, o stixObject, mistyped *json.UnmarshalTypeError) {
	switch {
	case o.Revoked: // withdrawn by its owner
	case o.Type == "indicator":
		b.hasIndicators = true
		if mistyped != nil {
			f.reject(b.line, o.ID, fmt.Sprintf("its %q is a %s, which STIX does not allow", mistyped.Field, mistyped.Value))
			return
		}
		b.takeIndicator(f, o)
	case o.Type == "observed-data":
		b.hasObserved = true
	case mistyped == nil && o.observed() != nil:
		b.observables = append(b.observables, observable{b.line, o})
	}
}

func (b *bundle) takeIndicator(f *Feed, o stixObject) {
	if o.PatternType != "" && o.PatternType != "stix" {
		f.reject(b.line, o.Pattern, fmt.Sprintf("its pattern is one of %s, not of STIX", o.PatternType))
		return
	}
	comparisons, err := parsePattern(o.Pattern)
	if err != nil {
		f.reject(b.line, o.Pattern, err.Error())
		return
	}
	e := entry{line: b.line, text: o.Pattern, note: o.Name, expires: o.ValidUntil}
	if e.note == "" {
		e.note = o.Description
	}
	for _, c := range comparisons {
		if !c.enforceable() {
			f.reject(b.line, o.Pattern, fmt.Sprintf("what it says of %s can't be enforced", c.path))
			continue
		}
		e.values = append(e.values, c.value)
	}
	f.add(e)
}

// observed returns the indicators that an observable stands for. All hashes of a file are of one file, so an MD5 counts
// only where there is no other.
func (o stixObject) observed() []string {
	switch o.Type {
	case "ipv4-addr", "ipv6-addr", "domain-name", "url":
		return []string{o.Value}
	case "file":
		var all []comparison
		for _, name := range slices.Sorted(maps.Keys(o.Hashes)) {
			if c := (comparison{"file:hashes." + name, o.Hashes[name]}); c.enforceable() {
				all = append(all, c)
			}
		}
		return valuesOf(withoutNeedlessMD5(all))
	default:
		return nil
	}
}
