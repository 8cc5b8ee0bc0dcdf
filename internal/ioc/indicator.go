package ioc

import (
	"fmt"
	"net/netip"
	"strings"
)

// Type is a kind of indicator.
type Type string

// The types that can be enforced.
const (
	TypeIPv4   Type = "ipv4"
	TypeIPv6   Type = "ipv6"
	TypeCIDR   Type = "cidr"
	TypeRange  Type = "range"
	TypeDomain Type = "domain"
	TypeSHA1   Type = "sha1"
	TypeSHA256 Type = "sha256"
)

// The types that are recognised, but can't be enforced.
const (
	TypeMD5 Type = "md5"
	TypeURL Type = "url"
)

// Indicator is what to look out for. Two with the same meaning are equal.
type Indicator struct {
	Type  Type
	Value string // in its canonical form
}

// UnsupportedError says that a text is an indicator, but of a type that nothing here can enforce.
type UnsupportedError struct {
	Type   Type
	Reason string // what the text is, and what to do instead
}

func (e *UnsupportedError) Error() string { return e.Reason }

// UnknownError says that a text is no indicator.
type UnknownError struct {
	Reason string // the text and what is wrong with it
}

func (e *UnknownError) Error() string { return e.Reason }

// Parse returns the indicator that a text names. The text may be defanged, as for Refang, and spelled in any way:
//
//   - An address with a prefix of its full length, a range of one address and IPv4 written as IPv6 are the address.
//   - A domain name needs a top-level domain that exists, or that is reserved for examples, tests and home networks: "run.sh"
//     is one, "invoice.exe" is none. "*.evil.example" stands for all names below one. A bare word is no domain name.
//   - A hash is told by its length.
//
// The error is an *UnsupportedError for an MD5 or a URL, and an *UnknownError for all else.
func Parse(text string) (Indicator, error) { return parse(text, internetName) }

// parse is Parse with domain names of a kind.
func parse(text string, domain func(string) (string, error)) (Indicator, error) {
	text = Refang(text)
	if err := plausible(text); err != nil {
		return Indicator{}, err
	}
	found := Indicator{Type: shape(text)}
	var err error
	switch found.Type {
	case TypeMD5, TypeURL:
		return Indicator{}, unsupported(found.Type, text)
	case TypeIPv4, TypeIPv6:
		found.Value, err = Address(text)
	case TypeCIDR:
		found.Value, err = CIDR(text)
	case TypeRange:
		found.Value, err = Range(text)
		if first, last, ok := cutRange(found.Value); ok && first == last {
			return parse(first, domain)
		}
	case TypeDomain:
		found.Value, err = domain(text)
	case TypeSHA1:
		found.Value, err = SHA1(text)
	case TypeSHA256:
		found.Value, err = SHA256(text)
	}
	if err != nil {
		return Indicator{}, &UnknownError{err.Error()}
	}
	return found, nil
}

func unsupported(t Type, text string) error {
	reason := "%q is a URL, which no rule takes; take its host instead if all of that is to be blocked"
	if t == TypeMD5 {
		reason = "%q is an MD5, which the Blocklist does not take; take the SHA-1 or the SHA-256 of that file"
	}
	return &UnsupportedError{t, fmt.Sprintf(reason, text)}
}

// plausible refuses texts that are not worth a closer look.
func plausible(text string) error {
	const longest = 1024 // bytes; a name of 253 characters in another script has fewer
	switch {
	case text == "":
		return &UnknownError{"an indicator must not be empty"}
	case len(text) > longest:
		return &UnknownError{fmt.Sprintf("%.40q… is no indicator: it has %d bytes", text, len(text))}
	}
	return nil
}

// shape tells the type by looks alone. What looks like nothing else may be a domain name.
func shape(text string) Type {
	if hash, ok := hashes[len(text)]; ok && isHexadecimal(text) {
		return hash
	}
	if isURL(text) {
		return TypeURL
	}
	if strings.Contains(text, "/") {
		if prefix, err := netip.ParsePrefix(text); err == nil && prefix.IsSingleIP() {
			return family(prefix.Addr())
		}
		return TypeCIDR
	}
	if address, err := netip.ParseAddr(text); err == nil {
		return family(address)
	}
	if first, last, ok := cutRange(text); ok && isAddress(first) && isAddress(last) {
		return TypeRange
	}
	return TypeDomain
}

// isURL tells whether a text is a URL, which many leave the scheme out of. What has only digits and dots behind its
// slash was meant to be a network.
func isURL(text string) bool {
	if strings.Contains(text, "://") {
		return true
	}
	host, path, ok := strings.Cut(text, "/")
	if !ok || path != "" && strings.Trim(path, "0123456789.") == "" {
		return false
	}
	name, _, _ := strings.Cut(host, ":")
	_, err := internetName(name)
	return err == nil || isAddress(host)
}

func isAddress(text string) bool {
	_, err := netip.ParseAddr(text)
	return err == nil
}

func family(address netip.Addr) Type {
	if address.Unmap().Is4() {
		return TypeIPv4
	}
	return TypeIPv6
}

// Compare orders indicators by their canonical forms.
func Compare(a, b Indicator) int { return strings.Compare(a.Value, b.Value) }

// Types are the types that can be enforced.
func Types() []Type {
	return []Type{TypeIPv4, TypeIPv6, TypeCIDR, TypeRange, TypeDomain, TypeSHA1, TypeSHA256}
}
