package indicators

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// Whatever a set is called and described as, its objects tell it again.
func TestLabelsRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := label{
			marker:      "managed by terraform",
			id:          rapid.StringMatching(`[0-9a-f]{8}`).Draw(t, "id"),
			name:        rapid.StringMatching(`[a-z():\[\]]([a-z ():\[\]]{0,8}[a-z():\[\]])?`).Filter(plain).Draw(t, "name"),
			description: rapid.StringMatching(`[a-z :()\[\]]{0,12}`).Draw(t, "description"),
		}
		k := rapid.SampledFrom(kinds).Draw(t, "kind")
		number := rapid.IntRange(1, 50).Draw(t, "number")
		gotKind, name, gotNumber := readRuleName(l.ruleName(k, number))
		if gotKind != k || name != l.name || gotNumber != number {
			t.Fatalf("%q became %v, %q, %d", l.ruleName(k, number), gotKind, name, gotNumber)
		}
		for _, text := range []string{l.ruleDescription(), l.entryDescription()} {
			if id, ok := setOf(l.marker, text); !ok || id != l.id {
				t.Fatalf("%q is of set %q", text, id)
			}
		}
		name, description := readEntryText(setMarker(l.marker, l.id).Strip(l.entryDescription()))
		if name != l.name || description != l.description {
			t.Fatalf("%q became %q and %q", l.entryDescription(), name, description)
		}
	})
}

func plain(name string) bool {
	_, err := parseName(name)
	return err == nil
}

func TestReadRuleNameOfOthers(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"by hand", "feed (addresses)", "feed (addresses 0)", "feed (addresses x)", "feed (things 1)", "(addresses 1", ""} {
		if k, name, number := readRuleName(text); k != kinds[0] || name != text || number != 0 {
			t.Errorf("%q became %v, %q, %d", text, k, name, number)
		}
	}
}

// An id depends on scope and name alone, and is another when it is taken.
func TestNewSetID(t *testing.T) {
	t.Parallel()
	site := sentinelone.Scope{Level: sentinelone.LevelSite, ID: "1"}
	free := func(string) bool { return false }
	first := newSetID(site, "feed", free)
	if again := newSetID(site, "feed", free); again != first || len(first) != 8 {
		t.Errorf("%s, then %s", first, again)
	}
	others := []string{
		newSetID(site, "feeds", free), newSetID(sentinelone.Scope{Level: sentinelone.LevelSite, ID: "2"}, "feed", free),
		newSetID(site, "feed", func(id string) bool { return id == first }),
	}
	if strings.Contains(strings.Join(others, " "), first) {
		t.Errorf("%s is among %v", first, others)
	}
}
