package indicators

import (
	"cmp"
	"maps"
	"slices"
)

// pack distributes values over bundles of at most size each, and returns what each bundle holds then: the current ones
// in their order, empty where one is to go, and new ones behind them. A value stays where it is wherever it can, so that
// one more or one less changes one bundle only. There are as few bundles as size allows, or more as long as merging two
// would move more values than were dropped and they are not half empty on the whole; tight merges at any price.
func pack(current [][]string, wanted []string, size int, tight bool) [][]string {
	p := packing{
		size: size, bundles: make([][]string, len(current)), touched: make([]bool, len(current)), closed: map[int]bool{},
	}
	missing := make(map[string]bool, len(wanted))
	for _, value := range wanted {
		missing[value] = true
	}
	for i, values := range current {
		for _, value := range values {
			if !missing[value] || len(p.bundles[i]) == size {
				p.touched[i] = true
				p.dropped++
				continue
			}
			p.bundles[i] = append(p.bundles[i], value)
			delete(missing, value)
		}
	}
	p.place(slices.Sorted(maps.Keys(missing)))
	p.merge((len(wanted)+size-1)/size, tight)
	for _, values := range p.bundles {
		slices.Sort(values)
	}
	return p.bundles
}

type packing struct {
	size    int
	bundles [][]string
	touched []bool       // bundles that are written anyway
	closed  map[int]bool // bundles that are to go
	dropped int          // values that left a bundle, less those that were moved on that account
}

// place puts values where there is room: first into bundles that are written anyway, then into the emptiest, so that few
// are written. What is left makes new bundles.
func (p *packing) place(values []string) {
	for _, i := range p.roomiest() {
		if n := min(p.size-len(p.bundles[i]), len(values)); n > 0 && !p.closed[i] {
			p.bundles[i], p.touched[i] = append(p.bundles[i], values[:n]...), true
			values = values[n:]
		}
	}
	for chunk := range slices.Chunk(values, p.size) {
		p.bundles, p.touched = append(p.bundles, slices.Clone(chunk)), append(p.touched, true)
	}
}

func (p *packing) roomiest() []int {
	places := make([]int, len(p.bundles))
	for i := range places {
		places[i] = i
	}
	written := func(i int) int {
		if p.touched[i] {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(places, func(a, b int) int {
		return cmp.Or(cmp.Compare(written(a), written(b)), cmp.Compare(len(p.bundles[a]), len(p.bundles[b])))
	})
	return places
}

// merge empties the sparsest bundles into the others until there are no more than needed, or it is not worth it.
func (p *packing) merge(needed int, tight bool) {
	for {
		sparsest, count := -1, 0
		for i, values := range p.bundles {
			if len(values) == 0 {
				continue
			}
			count++
			if sparsest < 0 || len(values) <= len(p.bundles[sparsest]) {
				sparsest = i
			}
		}
		if count <= needed || !tight && count <= 2*needed && len(p.bundles[sparsest]) >= p.dropped {
			return
		}
		moved := p.bundles[sparsest]
		p.bundles[sparsest], p.closed[sparsest] = nil, true
		p.dropped -= len(moved)
		p.place(moved)
	}
}
