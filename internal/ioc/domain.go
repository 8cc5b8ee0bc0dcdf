package ioc

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Domain returns the canonical form of a domain name: in lower case and ASCII, without a trailing dot. What a console
// takes beyond plain names, such as wildcards, is left to it; only what can't be a name at all is refused.
func Domain(text string) (string, error) {
	name, err := ascii(text)
	if err != nil {
		return "", fmt.Errorf("%q is no domain name: %w", text, err)
	}
	name = strings.TrimSuffix(name, ".")
	switch {
	case name == "":
		return "", errors.New("a domain name must not be empty")
	case strings.HasSuffix(name, ".") || strings.Contains(name, ".."):
		return "", fmt.Errorf("%q has two dots in a row", text)
	case strings.ContainsAny(name, "/:@") || strings.ContainsFunc(name, unicode.IsSpace):
		return "", fmt.Errorf("%q is no domain name; leave out scheme, port and path", text)
	}
	return name, nil
}

// international maps names in other scripts to what is asked of the DNS. It does not judge names that are ASCII.
var international = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

func ascii(text string) (string, error) {
	if !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		return strings.ToLower(text), nil
	}
	return international.ToASCII(text)
}

// hostName returns the canonical form of a name that the DNS of some network may know, with or without dots, or of all
// names below one: "*.evil.example".
func hostName(text string) (string, error) {
	name, err := Domain(text)
	if err != nil {
		return "", err
	}
	plain := strings.TrimPrefix(name, "*.")
	if len(plain) > 253 {
		return "", fmt.Errorf("%q is longer than a domain name can be", text)
	}
	for label := range strings.SplitSeq(plain, ".") {
		if !isLabel(label) {
			return "", fmt.Errorf("%q is no domain name: it can't have %q between its dots", text, label)
		}
	}
	if top := topLevel(plain); strings.Trim(top, "0123456789") == "" {
		return "", fmt.Errorf("%q is no domain name: it ends in a number", text)
	}
	return name, nil
}

// isLabel tells whether a text can stand between the dots of a name. Underscores can: they are no part of a host's name,
// but the names of services have them, and those are found in malware too.
func isLabel(text string) bool {
	foreign := func(r rune) bool {
		return (r < 'a' || 'z' < r) && (r < '0' || '9' < r) && r != '-' && r != '_'
	}
	return text != "" && len(text) <= 63 && !strings.ContainsFunc(text, foreign) &&
		!strings.HasPrefix(text, "-") && !strings.HasSuffix(text, "-")
}

// internetName is hostName for the names that everyone's DNS may know: those below a top-level domain that exists. By
// that, and by nothing else, can "evil.example" be told from "invoice.exe".
func internetName(text string) (string, error) {
	name, err := hostName(text)
	if err != nil {
		return "", err
	}
	if !strings.Contains(name, ".") {
		return "", fmt.Errorf("%q is no IP address, network, range, domain name or hash", text)
	}
	if top := topLevel(name); !exists(top) {
		return "", fmt.Errorf("%q is no domain name: there is no top-level domain %q", text, top)
	}
	return name, nil
}

func topLevel(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// reserved are the top-level domains that are nobody's by agreement. Examples, tests and home networks use them.
var reserved = []string{"example", "internal", "invalid", "local", "localhost", "test"}

// exists tells whether a top-level domain is delegated or reserved. The name made up below it finds those, too, which
// the list only knows by what is registered below them ("*.ck").
func exists(top string) bool {
	_, delegated := publicsuffix.PublicSuffix("_." + top)
	return delegated || slices.Contains(reserved, top)
}
