package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// The module's own tests pass against a stand-in console as the guide starts it, and leave nothing there.
func TestOffline(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t)
	w, err := mirror.NewWorkspace(t.TempDir(), console.URL(), console.Token())
	if err == nil {
		err = w.Add(os.DirFS(filepath.Join(root, "examples", "offline")))
	}
	if err != nil {
		t.Fatal(err)
	}
	if !supported(t, w, ">= 1.6") {
		return
	}
	before := contents(console)["sentinelone_firewall_rule"]
	if output := succeed(t, w, "test"); !strings.Contains(output, "3 passed, 0 failed") {
		t.Errorf("not every run of the example's test took place:\n%s", output)
	}
	if after := contents(console)["sentinelone_firewall_rule"]; after != before {
		t.Errorf("the console holds %d rules after the test, and held %d before", after, before)
	}
}
