package main

import (
	"strings"
	"testing"
)

// The demonstration is the quickstart's test: it fails when a step does not show what it is for.
func TestDemo(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := run(t.Context(), &out, "../../examples/quickstart"); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	for _, told := range []string{
		`~ status        = "Disabled" -> "Enabled"`,
		`Plan: 1 to add, 1 to change, 0 to destroy.`,
		`The console now holds 0 rules and 0 blocklist entries.`,
	} {
		if !strings.Contains(out.String(), told) {
			t.Errorf("the demonstration does not tell %q:\n%s", told, &out)
		}
	}
}
