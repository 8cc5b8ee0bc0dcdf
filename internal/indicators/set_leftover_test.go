package indicators_test

import (
	"net/http"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/simulator"
)

var refusedDelete = simulator.Fault{Kind: "403", Method: http.MethodDelete, Path: "/restrictions", Times: 10}

// A set whose objects could not all be deleted is not gone: Terraform keeps it, and deletes the rest with the next apply.
func TestSetIsThereUntilAllIsDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, t)
	w.add(w.sets["a"], strings.Repeat("1", 40))
	w.converge(false)
	delete(w.sets, "a")
	w.console.Fail(refusedDelete)
	if _, err := w.core.Apply(w.Context(), w.configs()); err == nil || !strings.Contains(err.Error(), "Cannot delete blocklist entry") {
		t.Errorf("said %v", err)
	}
	w.console.ClearFaults()
	w.converge(false)
}
