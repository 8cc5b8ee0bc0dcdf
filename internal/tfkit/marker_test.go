package tfkit_test

import (
	"testing"

	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/tfkit"
)

func TestMarker(t *testing.T) {
	t.Parallel()
	for description, marked := range map[string]string{
		"":                            "[managed by terraform]",
		" spaced":                     " spaced [managed by terraform]",
		"case 4711":                   "case 4711 [managed by terraform]",
		"[managed by terraform]":      "[managed by terraform] [managed by terraform]",
		"not [managed by terraform] ": "not [managed by terraform]  [managed by terraform]",
	} {
		if got := tfkit.DefaultMarker.Mark(description); got != marked {
			t.Errorf("%q is marked as %q, want %q", description, got, marked)
		}
	}
	for text, stripped := range map[string]string{
		"":                       "",
		"by hand":                "by hand",
		"[managed by terraform]": "",
		"Created by Veriti":      "Created by Veriti",
		"x [managed by another]": "x [managed by another]",
	} {
		if got := tfkit.DefaultMarker.Strip(text); got != stripped {
			t.Errorf("%q is stripped to %q, want %q", text, got, stripped)
		}
	}
}

// What is marked is found again, whatever it says.
func TestMarkerRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		marker := tfkit.Marker(rapid.StringMatching(`[a-z:.]([a-z: .]*[a-z:.])?`).Draw(t, "marker"))
		description := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ a\[\]]{0,5}`)).Draw(t, "description")
		if err := marker.Check(); err != nil {
			t.Fatal(err)
		}
		if got := marker.Strip(marker.Mark(description)); got != description {
			t.Fatalf("%q became %q", description, got)
		}
	})
}

func TestMarkersThatCannotBeFoundAgain(t *testing.T) {
	t.Parallel()
	for _, marker := range []tfkit.Marker{"", " x", "x ", "[x]", "a]b", "line\nbreak"} {
		if marker.Check() == nil {
			t.Errorf("%q is taken", marker)
		}
	}
}
