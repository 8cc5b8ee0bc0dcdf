// Package ioc knows what an indicator of compromise is: how each kind is written, the one canonical form of each, and
// which of them would hurt whoever blocks them. It is pure: no I/O, no Terraform.
package ioc

import (
	"fmt"
	"net/netip"
	"strings"
)

// Address returns the canonical form of an IPv4 or IPv6 address: "203.0.113.7", "2001:db8::1". A prefix of the full
// length ("203.0.113.7/32") means the address itself, and so does an IPv4 address in the clothes of IPv6
// ("::ffff:203.0.113.7"). An IPv6 zone is refused, since it means nothing elsewhere.
func Address(text string) (string, error) {
	if prefix, err := netip.ParsePrefix(text); err == nil && prefix.IsSingleIP() {
		return prefix.Addr().Unmap().String(), nil
	}
	address, err := parseAddress(text)
	if err != nil {
		return "", err
	}
	return address.String(), nil
}

// CIDR returns the canonical form of a network: "198.51.100.0/24". A bare address means the network of that address
// alone, and a network of IPv4 in the clothes of IPv6 ("::ffff:198.51.100.0/120") is that of IPv4. Bits behind the
// prefix are refused, since it can't be known whether the address or the length is meant.
func CIDR(text string) (string, error) {
	if address, err := netip.ParseAddr(text); err == nil && address.Zone() == "" {
		address = address.Unmap()
		return netip.PrefixFrom(address, address.BitLen()).String(), nil
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		return "", fmt.Errorf("%q is no network such as 198.51.100.0/24", text)
	}
	network := unmapped(prefix.Masked())
	if prefix.Masked() != prefix {
		return "", fmt.Errorf("%q has bits behind its prefix; the network is %s", text, network)
	}
	return network.String(), nil
}

// Range returns the canonical form of a range of addresses, both ends within: "203.0.113.10-203.0.113.20". Between the
// ends may stand a hyphen, a dash or the word "to".
func Range(text string) (string, error) {
	first, last, ok := cutRange(text)
	if !ok {
		return "", fmt.Errorf("%q is no range such as 203.0.113.10-203.0.113.20", text)
	}
	from, err := parseAddress(first)
	if err != nil {
		return "", err
	}
	to, err := parseAddress(last)
	switch {
	case err != nil:
		return "", err
	case from.BitLen() != to.BitLen():
		return "", fmt.Errorf("%q mixes IPv4 and IPv6", text)
	case to.Less(from):
		return "", fmt.Errorf("%q ends before it starts", text)
	}
	return from.String() + "-" + to.String(), nil
}

// cutRange returns the texts on both sides of what stands between the ends of a range.
func cutRange(text string) (first, last string, ok bool) {
	for _, between := range [...]string{"-", "–", "—", " to "} {
		if first, last, ok = strings.Cut(text, between); ok {
			return strings.TrimSpace(first), strings.TrimSpace(last), true
		}
	}
	return "", "", false
}

// parseAddress reads an address. One that IPv6 maps to IPv4 becomes that of IPv4: so it travels, and so rules match it.
func parseAddress(text string) (netip.Addr, error) {
	address, err := netip.ParseAddr(text)
	switch {
	case err != nil:
		return netip.Addr{}, fmt.Errorf("%q is no IP address", text)
	case address.Zone() != "":
		return netip.Addr{}, fmt.Errorf("%q has a zone, which means nothing on another machine", text)
	}
	return address.Unmap(), nil
}

// unmapped returns the network of IPv4 that a network of IPv6 maps to, or the network as it is. It takes one without bits
// behind its prefix, so one that begins with a mapped address has only such addresses.
func unmapped(network netip.Prefix) netip.Prefix {
	if !network.Addr().Is4In6() {
		return network
	}
	address := network.Addr().Unmap()
	return netip.PrefixFrom(address, network.Bits()-(128-address.BitLen()))
}
