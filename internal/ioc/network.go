// Package ioc knows what an indicator of compromise is: how each kind is written, and the one canonical form of each.
// It is pure: no I/O, no Terraform.
package ioc

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// Address returns the canonical form of an IPv4 or IPv6 address: "203.0.113.7", "2001:db8::1". A prefix of the full
// length ("203.0.113.7/32") means the address itself. An IPv6 zone is refused, since it means nothing elsewhere.
func Address(text string) (string, error) {
	if prefix, err := netip.ParsePrefix(text); err == nil && prefix.IsSingleIP() {
		return prefix.Addr().String(), nil
	}
	address, err := netip.ParseAddr(text)
	if err != nil {
		return "", fmt.Errorf("%q is no IP address", text)
	}
	if address.Zone() != "" {
		return "", fmt.Errorf("%q has a zone, which means nothing on another machine", text)
	}
	return address.String(), nil
}

// CIDR returns the canonical form of a network: "198.51.100.0/24". A bare address means the network of that address
// alone. Bits behind the prefix are refused, since it can't be known whether the address or the length is meant.
func CIDR(text string) (string, error) {
	if address, err := netip.ParseAddr(text); err == nil && address.Zone() == "" {
		return netip.PrefixFrom(address, address.BitLen()).String(), nil
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		return "", fmt.Errorf("%q is no network such as 198.51.100.0/24", text)
	}
	if masked := prefix.Masked(); masked != prefix {
		return "", fmt.Errorf("%q has bits behind its prefix; the network is %s", text, masked)
	}
	return prefix.String(), nil
}

// Range returns the canonical form of a range of addresses, both ends within: "203.0.113.10-203.0.113.20".
func Range(text string) (string, error) {
	first, last, ok := strings.Cut(text, "-")
	from, err1 := netip.ParseAddr(strings.TrimSpace(first))
	to, err2 := netip.ParseAddr(strings.TrimSpace(last))
	switch {
	case !ok || err1 != nil || err2 != nil || from.Zone()+to.Zone() != "":
		return "", fmt.Errorf("%q is no range such as 203.0.113.10-203.0.113.20", text)
	case from.BitLen() != to.BitLen():
		return "", fmt.Errorf("%q mixes IPv4 and IPv6", text)
	case to.Less(from):
		return "", fmt.Errorf("%q ends before it starts", text)
	}
	return from.String() + "-" + to.String(), nil
}

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
