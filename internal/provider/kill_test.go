//go:build unix

package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// An apply is killed again and again, CLI and provider, at any moment. What it left behind is taken over by the next
// one, and in the end the console holds each object once.
func TestKilledAppliesAreAdopted(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t, simulator.WithLatency(20*time.Millisecond))
	dir := t.TempDir()
	w := hurriedWorkspace(t, dir, mirror, console)
	w.Setenv("TF_VAR_on_existing", "adopt")
	succeed(t, w, "init")
	seed := rand.Uint64()
	t.Logf("the moments are drawn by seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for range 10 {
		kill(t, w, dir, console, random.IntN(25))
		orphans := enforcing(console) - len(idsInState(t, dir))
		t.Logf("killed: the console holds %3d of 300 objects, %d of them are not in state", enforcing(console), orphans)
	}
	succeed(t, w, "apply", "-auto-approve")
	mustHoldState(t, console, dir, 200, 100)
}

// By default the next apply stops at what a killed one left behind, and its messages alone are enough to import that.
func TestKilledApplyIsFinishedByImport(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t, simulator.WithLatency(20*time.Millisecond))
	dir := t.TempDir()
	w := hurriedWorkspace(t, dir, mirror, console)
	succeed(t, w, "init")
	w.Setenv("TF_VAR_on_existing", "adopt") // until a kill comes between an answer and the state
	for enforcing(console) == 0 || enforcing(console) == len(idsInState(t, dir)) {
		if enforcing(console) == 300 {
			t.Fatal("no kill left anything behind")
		}
		kill(t, w, dir, console, 5)
	}
	w.Setenv("TF_VAR_on_existing", "error")
	before := enforcing(console)
	code, output := execute(t.Context(), t, w, "apply", "-auto-approve")
	if code == 0 || enforcing(console) != before {
		t.Fatalf("the apply did not stop at what exists:\n%s", output)
	}
	said := regexp.MustCompile(`(?s)with (sentinelone_\w+\.many\["[^"]+"\]),.*?id = "(\d+)"`).FindAllStringSubmatch(output, -1)
	var imports strings.Builder
	for _, match := range said {
		fmt.Fprintf(&imports, "import {\n  to = %s\n  id = %q\n}\n", match[1], match[2])
	}
	t.Logf("%d objects are imported by what the messages say", len(said))
	if err := w.Add(fstest.MapFS{"imports.tf": {Data: []byte(imports.String())}}); err != nil {
		t.Fatal(err)
	}
	succeed(t, w, "apply", "-auto-approve")
	mustHoldState(t, console, dir, 200, 100)
}

// A killed apply of a set needs no more than another one: what the set has made is its own, and is there once.
func TestKilledSetIsFinished(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t, simulator.WithLatency(10*time.Millisecond))
	dir := t.TempDir()
	w := newWorkspaceIn(t, dir, mirror, console, "requests_per_second = 1000")
	code := `
resource "sentinelone_indicator_set" "feed" {
  name            = "feed"
  os_types        = ["linux", "windows"]
  values_per_rule = 10
  indicators = jsonencode(merge(
    { for i in range(200) : "host-${i}.example" => "" }, { for i in range(100) : sha1("file ${i}") => "" },
  ))
}
`
	if err := w.Add(fstest.MapFS{"main.tf": {Data: []byte(code)}}); err != nil {
		t.Fatal(err)
	}
	succeed(t, w, "init")
	for _, objects := range []int{0, 7, 30, 60, 90} { // each goes on where the one before was killed
		kill(t, w, dir, console, objects/3)
	}
	t.Logf("the kills left %d objects behind, none of them in state", enforcing(console))
	succeed(t, w, "apply", "-auto-approve")
	succeed(t, w, "plan", "-detailed-exitcode")
	names, ids := map[string]bool{}, map[string]bool{}
	state := console.State()
	for _, rule := range state.Rules {
		names[rule.Name], ids[text(rule.Description)] = true, true
	}
	for _, entry := range state.Restrictions {
		names[entry.OSType+*entry.Value], ids[strings.TrimPrefix(text(entry.Description), "feed ")] = true, true
	}
	if len(names) != 220 || enforcing(console) != 220 || len(ids) != 1 {
		t.Errorf("%d objects with %d names of sets %v, want 220 of one", enforcing(console), len(names), slices.Collect(maps.Keys(ids)))
	}
	succeed(t, w, "destroy", "-auto-approve")
	if enforcing(console) != 0 {
		t.Errorf("%d objects are left", enforcing(console))
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// kill starts an apply and kills it, with its provider, after it has made a number of objects.
func kill(t *testing.T, w *acctest.Workspace, dir string, console *simulator.Console, objects int) {
	t.Helper()
	var output strings.Builder
	cmd := w.Command(t.Context(), &output, "apply", "-auto-approve", "-no-color")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	before := enforcing(console)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for until := before + objects + 1; enforcing(console) < until; {
		select {
		case err := <-ended:
			t.Fatalf("the apply ended by itself: %v\n%s", err, &output)
		case <-time.After(time.Millisecond):
		}
	}
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Fatal("the apply survived")
	}
	settled(console)
	restore(t, dir)
}

// restore does what a person does whose state file was torn: Terraform writes it in place, and keeps a backup.
func restore(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, "terraform.tfstate")
	for _, name := range []string{file, file + ".backup"} {
		if text, err := os.ReadFile(name); err == nil && json.Valid(text) {
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	if err := os.WriteFile(file, []byte(`{"version": 4}`), 0o600); err != nil {
		t.Fatal(err)
	}
}

// settled waits until the console has served what was on its way when the client was killed.
func settled(console *simulator.Console) {
	for counts := []int{-1}; len(counts) < 10 || slices.Max(counts[len(counts)-5:]) != slices.Min(counts[len(counts)-5:]); {
		counts = append(counts, enforcing(console))
		<-time.After(20 * time.Millisecond)
	}
}
