package ioc

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
	"slices"
)

// network is all addresses from the first to the last.
type network struct {
	text        string
	what        string // what it is to whom
	first, last netip.Addr
}

// newNetwork returns the addresses that an indicator stands for. It takes what Parse returns.
func newNetwork(indicator Indicator, what string) network {
	first, last := indicator.Value, indicator.Value
	switch indicator.Type {
	case TypeCIDR:
		prefix, _ := netip.ParsePrefix(indicator.Value)
		return network{indicator.Value, what, prefix.Addr(), lastOf(prefix)}
	case TypeRange:
		first, last, _ = cutRange(indicator.Value)
	}
	from, _ := netip.ParseAddr(first)
	to, _ := netip.ParseAddr(last)
	return network{indicator.Value, what, from, to}
}

// lastOf returns the last address of a network: its first, with all bits set that are behind the prefix.
func lastOf(prefix netip.Prefix) netip.Addr {
	address := prefix.Addr()
	bytes := address.As16()
	for bit := 128 - address.BitLen() + prefix.Bits(); bit < 128; bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	if address.Is4() {
		return netip.AddrFrom16(bytes).Unmap()
	}
	return netip.AddrFrom16(bytes)
}

func (n network) within(other network) bool {
	return other.first.Compare(n.first) <= 0 && n.last.Compare(other.last) <= 0
}

// tooWide tells whether the network has more addresses than the widest that one indicator may stand for, and the length
// of that one's prefix.
func (n network) tooWide() (limit int, ok bool) {
	first, last := n.first.As16(), n.last.As16()
	low, borrow := bits.Sub64(binary.BigEndian.Uint64(last[8:]), binary.BigEndian.Uint64(first[8:]), 0)
	high, _ := bits.Sub64(binary.BigEndian.Uint64(last[:8]), binary.BigEndian.Uint64(first[:8]), borrow)
	if n.first.Is4() {
		return 16, low >= 1<<(32-16)
	}
	return 32, high >= 1<<(64-32)
}

// networks find the one that overlaps another among many, without looking at them all.
type networks []placed

// placed is a network in the order of first addresses, with the one that reaches furthest of all up to its place. So one
// look at the last place that begins early enough tells whether any of them all reaches far enough.
type placed struct {
	network
	furthest network
}

func (n *networks) add(added network) { *n = append(*n, placed{network: added}) }

// index makes overlapping work, after the last network was added.
func (n networks) index() {
	slices.SortStableFunc(n, func(a, b placed) int { return a.first.Compare(b.first) })
	for i := range n {
		n[i].furthest = n[i].network
		if i > 0 && n[i-1].furthest.last.Compare(n[i].last) >= 0 {
			n[i].furthest = n[i-1].furthest
		}
	}
}

// overlapping returns one of the networks that have addresses in common with another. All addresses of IPv4 come before
// those of IPv6, so the two never overlap.
func (n networks) overlapping(other network) (hit network, ok bool) {
	hit, ok = n.reaching(other.last)
	return hit, ok && !hit.last.Less(other.first)
}

// reaching returns the network that reaches furthest of those that begin at an address or before.
func (n networks) reaching(address netip.Addr) (hit network, ok bool) {
	after, _ := slices.BinarySearchFunc(n, address, func(place placed, address netip.Addr) int {
		if place.first.Compare(address) <= 0 {
			return -1
		}
		return 1
	})
	if after == 0 {
		return network{}, false
	}
	return n[after-1].furthest, true
}
