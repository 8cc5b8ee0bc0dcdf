package indicators

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPack(t *testing.T) {
	t.Parallel()
	type bundles [][]string
	for name, test := range map[string]struct {
		current bundles
		wanted  []string
		tight   bool
		want    bundles
	}{
		"first":   {nil, []string{"c", "a", "b", "d", "e"}, false, bundles{{"a", "b", "c"}, {"d", "e"}}},
		"nothing": {bundles{{"a"}}, nil, false, bundles{nil}},
		"one more where there is room": {
			bundles{{"a", "b", "c"}, {"d"}},
			[]string{"a", "b", "c", "d", "e"},
			false,
			bundles{{"a", "b", "c"}, {"d", "e"}},
		},
		"one more without room": {bundles{{"a", "b", "c"}}, []string{"a", "b", "c", "d"}, false, bundles{{"a", "b", "c"}, {"d"}}},
		"one less":              {bundles{{"a", "b", "c"}, {"d"}}, []string{"a", "c", "d"}, false, bundles{{"a", "c"}, {"d"}}},
		"the last of a bundle":  {bundles{{"a", "b", "c"}, {"d"}}, []string{"a", "b", "c"}, false, bundles{{"a", "b", "c"}, nil}},
		"exchanged":             {bundles{{"a", "b", "c"}, {"d"}}, []string{"a", "c", "d", "e"}, false, bundles{{"a", "c", "e"}, {"d"}}},
		"many less":             {bundles{{"a", "b", "c"}, {"d"}}, []string{"a", "d"}, false, bundles{{"a", "d"}, nil}},
		"half empty":            {bundles{{"a"}, {"b"}, {"c"}}, []string{"a", "b", "c"}, false, bundles{{"a", "c"}, {"b"}, nil}},
		"tight":                 {bundles{{"a", "b"}, {"c"}}, []string{"a", "b", "c"}, true, bundles{{"a", "b", "c"}, nil}},
		"too many in one":       {bundles{{"a", "b", "c", "d"}}, []string{"a", "b", "c", "d"}, false, bundles{{"a", "b", "c"}, {"d"}}},
		"twice":                 {bundles{{"a", "b"}, {"b", "c"}}, []string{"a", "b", "c"}, false, bundles{{"a", "b"}, {"c"}}},
	} {
		if diff := cmp.Diff([][]string(test.want), pack(test.current, test.wanted, 3, test.tight)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Every value is in one bundle, no bundle is too big, and little changes when little is wanted.
func TestPackHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 5).Draw(t, "size")
		value := rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("%02d", rapid.IntRange(0, 40).Draw(t, "value")) })
		var bundles [][]string
		var wanted []string
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			before := wanted
			wanted = rapid.SliceOfNDistinct(value, 0, 40, rapid.ID[string]).Draw(t, "wanted")
			single := rapid.Bool().Draw(t, "single")
			if single && len(before) > 0 { // one less
				wanted = slices.Clone(before[1:])
			}
			tight := !single && rapid.Bool().Draw(t, "tight")
			packed := pack(bundles, wanted, size, tight)
			check(t, packed, wanted, size, tight)
			if changed := changed(bundles, packed); single && len(before) > 0 && changed > 1 && len(nonEmpty(bundles)) <= 2*needed(wanted, size) {
				t.Fatalf("one value less changes %d bundles: %v became %v", changed, bundles, packed)
			}
			bundles = nonEmpty(packed)
		}
	})
}

func needed(wanted []string, size int) int { return (len(wanted) + size - 1) / size }

func check(t *rapid.T, packed [][]string, wanted []string, size int, tight bool) {
	got := map[string]int{}
	for _, values := range packed {
		if len(values) > size || !slices.IsSorted(values) {
			t.Fatalf("%v is too big, or not sorted", values)
		}
		for _, value := range values {
			got[value]++
		}
	}
	want := map[string]int{}
	for _, value := range wanted {
		want[value] = 1
	}
	if !maps.Equal(got, want) {
		t.Fatalf("packed %v, want %v", packed, wanted)
	}
	count := len(nonEmpty(packed))
	if limit := 2 * needed(wanted, size); count > limit || tight && count > needed(wanted, size) {
		t.Fatalf("%d bundles for %d values of %d each, tight: %v", count, len(wanted), size, tight)
	}
}

func nonEmpty(bundles [][]string) [][]string {
	return slices.DeleteFunc(slices.Clone(bundles), func(values []string) bool { return len(values) == 0 })
}

func changed(before, after [][]string) (n int) {
	for i, values := range after {
		if i >= len(before) || !slices.Equal(before[i], values) {
			n++
		}
	}
	return n
}
