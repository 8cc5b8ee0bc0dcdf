package simulator

import (
	"cmp"
	"slices"
)

// ordering numbers the rules of one scope. A rule keeps its number until the scope's rules are reordered; its place in
// the row is found by search, so that creating or deleting a rule renumbers no other. Numbers ascend, and 0 stands for
// none.
type ordering []int

// place returns where a number stands in the row, from 1.
func (o ordering) place(number int) int {
	i, _ := slices.BinarySearch(o, number)
	return i + 1
}

// append adds a number behind all others.
func (o *ordering) append() (number int) {
	number = 1
	if n := len(*o); n > 0 {
		number = max((*o)[n-1]+1, 1)
	}
	*o = append(*o, number)
	return number
}

// prepend adds a number in front of all others.
func (o *ordering) prepend() (number int) {
	number = -1
	if len(*o) > 0 {
		number = min((*o)[0]-1, -1)
	}
	*o = slices.Insert(*o, 0, number)
	return number
}

// compareOrders compares the numbers of two rules of a seed: one without goes behind those that have one.
func compareOrders(a, b *Rule) int {
	switch {
	case a.Order == 0 && b.Order != 0:
		return 1
	case a.Order != 0 && b.Order == 0:
		return -1
	default:
		return cmp.Compare(a.Order, b.Order)
	}
}

// ordering returns the numbers of a rule's scope.
func (s *store) ordering(p place) *ordering {
	o := s.orders[p]
	if o == nil {
		o = new(ordering)
		s.orders[p] = o
	}
	return o
}
