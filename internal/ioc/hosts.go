package ioc

import "strings"

// Hosts are the hosts that a firewall rule is about: addresses, networks, ranges and names. NewHosts makes them. They
// never change after that, so many may ask them at once.
type Hosts struct {
	names    map[string]bool
	below    map[string]bool // the names whose children a wildcard stands for
	networks networks
}

// ParseHost is [Parse] for a host of a firewall rule, whose name may be one of a network of its owner's, such as
// "intranet" or "dc1.corp.lan".
func ParseHost(text string) (Indicator, error) { return parse(text, hostName) }

// NewHosts returns the hosts that were given in any spelling. What can't be read is left out: what it matches is not known.
func NewHosts(values []string) *Hosts {
	h := &Hosts{names: map[string]bool{}, below: map[string]bool{}}
	for _, value := range values {
		indicator, err := ParseHost(value)
		switch {
		case err != nil || !indicator.Type.IsHost():
		case indicator.Type == TypeDomain:
			h.names[indicator.Value] = true
			if parent, ok := strings.CutPrefix(indicator.Value, "*."); ok {
				h.below[parent] = true
			}
		default:
			h.networks.add(newNetwork(indicator, ""))
		}
	}
	h.networks.index()
	return h
}

// IsHost tells whether indicators of a type are hosts, which firewall rules take: all but hashes.
func (t Type) IsHost() bool {
	switch t {
	case TypeIPv4, TypeIPv6, TypeCIDR, TypeRange, TypeDomain:
		return true
	default:
		return false
	}
}

// Contain tells whether an indicator that [Parse] returned is one of the hosts, or lies in one of the networks or ranges.
// A name counts as itself alone: what a console takes a wildcard for is not known.
func (h *Hosts) Contain(indicator Indicator) bool {
	if indicator.Type == TypeDomain {
		return h.names[indicator.Value]
	}
	wanted := newNetwork(indicator, "")
	hit, ok := h.networks.reaching(wanted.first)
	return ok && wanted.within(hit)
}

// Overlap tells whether an indicator that [Parse] returned may have a host in common with these. A wildcard, on either side,
// counts for all names below, in case the console takes it for them.
func (h *Hosts) Overlap(indicator Indicator) bool {
	if indicator.Type != TypeDomain {
		_, ok := h.networks.overlapping(newNetwork(indicator, ""))
		return ok
	}
	if h.names[indicator.Value] {
		return true
	}
	for parent := parentOf(indicator.Value); parent != ""; parent = parentOf(parent) {
		if h.below[parent] {
			return true
		}
	}
	if parent, ok := strings.CutPrefix(indicator.Value, "*"); ok {
		for name := range h.names {
			if strings.HasSuffix(name, parent) {
				return true
			}
		}
	}
	return false
}

// Wide tells whether some of the hosts are networks or ranges, which contain more than what they are called.
func (h *Hosts) Wide() bool {
	for _, network := range h.networks {
		if network.first != network.last {
			return true
		}
	}
	return len(h.below) > 0
}
