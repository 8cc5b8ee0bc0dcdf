package ioc

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
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
