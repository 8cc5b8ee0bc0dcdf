package provider_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

var examplesFolder = filepath.Join(root, "examples")

// peculiarity is what an example needs that the others don't.
type peculiarity struct {
	seed      func(*testing.T) simulator.State // of the console
	arguments []string                         // of plan, apply and destroy
	over      string                           // the folder that it is copied over
	unapplied string                           // why it is only validated
	says      string                           // what apply says
	lossy     bool                             // an import does not bring all of it back: apply adds the rest
}

// peculiarities are by folder. An example without any gets a console that holds what the import examples import, and the
// id of a site in the variable site_id.
var peculiarities = map[string]peculiarity{
	"offline":           {seed: demo}, // by whose ids its tests go
	"pipelines":         {seed: demo, arguments: []string{"-var-file=scopes/headquarters.tfvars"}},
	"pipelines/github":  {over: "pipelines", unapplied: "nobody has its bucket"},
	"pipelines/gitlab":  {over: "pipelines", unapplied: "TestPipelines applies it, with a server for its states"},
	"take-over/enforce": {unapplied: "TestTakeOver applies it, to what the survey wrote down"},
	"virtual-patch":     {says: "4 added"}, // the module's tag and two rules among them

	"resources/sentinelone_firewall_rule_order": {seed: documented}, // which has no rules: the order of others is imported, too
	"resources/sentinelone_indicator_set":       {lossy: true},      // notes are in no console
}

func demo(*testing.T) simulator.State { return simulator.Demo() }

// Each folder under examples/ that holds Terraform code is formatted, and does as it stands what it is there for: mostly to
// be applied, with its import block, planned again without a change, and destroyed. New folders are found by themselves;
// objects without an example fail.
func TestExamples(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects(t) {
		for _, file := range exampleFiles(o) {
			file = filepath.Join(examplesFolder, o.kind, o.name, file)
			if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), o.name) {
				t.Errorf("%s: the example of %s is missing (%v)", file, o.name, err)
			}
		}
	}
	examples, known, called := readExamples(t), map[string]bool{}, map[string]bool{}
	for _, e := range examples {
		known[e.folder] = true
		for _, module := range e.modules(t) {
			called[module] = true
		}
	}
	for folder := range peculiarities {
		if !known[folder] {
			t.Errorf("examples/%s is peculiar, and gone", folder)
		}
	}
	for _, e := range examples {
		if called[e.folder] { // and so applied by its caller
			continue
		}
		t.Run(e.folder, func(t *testing.T) {
			t.Parallel()
			t.Cleanup(func() {
				if t.Failed() {
					t.Logf("Repair examples/%s, or add to peculiarities what it needs and others don't.", e.folder)
				}
			})
			e.test(t, mirror)
		})
	}
}

// exampleFiles are the files that an object's example has at least, named as tfplugindocs looks for them.
func exampleFiles(o object) []string {
	switch o.kind {
	case "resources":
		return []string{"resource.tf", "import.sh", importByID, importByIdentity}
	case "list-resources":
		return []string{"list-resource.tfquery.hcl"}
	default:
		return []string{strings.TrimSuffix(o.kind, "s") + ".tf"}
	}
}

func (e example) test(t *testing.T, mirror acctest.Mirror) {
	t.Helper()
	console := e.console(t)
	before := contents(console)
	c := e.prepare(t, mirror, console)
	unapplied := peculiarities[e.folder].unapplied
	switch {
	case !knows(t, c.Workspace, e.kind(t)):
		e.testOverProtocol(t, console)
	case !supported(t, c.Workspace, e.requirement(t), fmt.Sprint("-backend=", unapplied == "")):
	case unapplied != "":
		succeed(t, c.Workspace, "validate")
		// Without the rest of its settings, a backend is not asked, but read.
		if _, output := execute(t.Context(), t, c.Workspace, "init", "-reconfigure"); strings.Contains(output, "Unsupported") {
			t.Error(output)
		}
	case len(e.blocks["list"]) > 0:
		succeed(t, c.Workspace, "query")
	case len(e.blocks["run"]) > 0:
		want := fmt.Sprintf("%d passed, 0 failed", len(e.blocks["run"]))
		if output := succeed(t, c.Workspace, "test"); !strings.Contains(output, want) {
			t.Errorf("not %q:\n%s", want, output)
		}
	default:
		c.liveThrough(t)
		for _, imported := range e.imports("id") { // and so destroyed
			if name := target(t, imported).RootName(); before[name] > 0 {
				before[name]--
			}
		}
	}
	if diff := cmp.Diff(before, contents(console)); diff != "" {
		t.Errorf("left on the console (-want +got):\n%s", diff)
	}
}

// console returns a console that holds what examples expect.
func (e example) console(t *testing.T) *simulator.Console {
	t.Helper()
	if seed := peculiarities[e.folder].seed; seed != nil {
		return simulator.Start(t, simulator.WithSeed(seed(t)))
	}
	console := simulator.Start(t, simulator.WithSeed(documented(t)))
	addExisting(console)
	return console
}

// exampleCopy is an example in a folder where it can be run.
type exampleCopy struct {
	example
	*acctest.Workspace
	dir     string
	console *simulator.Console
}

// prepare copies an example, with all others beside it: some call modules.
func (e example) prepare(t *testing.T, mirror acctest.Mirror, console *simulator.Console) exampleCopy {
	t.Helper()
	all, over := t.TempDir(), peculiarities[e.folder].over
	if err := os.CopyFS(all, os.DirFS(examplesFolder)); err != nil {
		t.Fatal(err)
	}
	if over == "" {
		over = e.folder
	}
	c := exampleCopy{e, nil, filepath.Join(all, over), console}
	if e.kind(t) != "" {
		c.Workspace = newWorkspaceIn(t, c.dir, mirror, console)
		c.remove(t, importByIdentity)
		return c
	}
	var err error
	if c.Workspace, err = mirror.NewWorkspace(c.dir, console.URL(), console.Token()); err != nil {
		t.Fatal(err)
	}
	c.Setenv("TF_VAR_site_id", acctest.Site(console))
	if over != e.folder {
		err = c.Add(os.DirFS(filepath.Join(examplesFolder, e.folder)))
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, provider := range e.blocks["provider"] {
		if host := provider.Body.Attributes["host"]; host != nil {
			replace(t, filepath.Join(all, host.SrcRange.Filename), host.Expr.Range(), strconv.Quote(console.URL()))
		}
	}
	if len(e.blocks["data"])+len(e.blocks["resource"])+len(e.blocks["module"]) == 0 { // the CLI looks only at providers in use
		c.add(t, "use.tf", "data \"sentinelone_api_token\" \"of_the_test\" {}\n")
	}
	return c
}

// liveThrough applies an example, plans it again, imports what it can import once more, and destroys it.
func (c exampleCopy) liveThrough(t *testing.T) {
	t.Helper()
	arguments, says := peculiarities[c.folder].arguments, peculiarities[c.folder].says
	output := succeed(t, c.Workspace, append([]string{"apply", "-auto-approve"}, arguments...)...)
	if !strings.Contains(output, says) {
		t.Errorf("apply does not say %q:\n%s", says, output)
	}
	if n := len(c.imports("id")); strings.Contains(output, fmt.Sprint(n, " imported")) != (n > 0) {
		t.Errorf("not %d imported:\n%s", n, output)
	}
	code, output := execute(t.Context(), t, c.Workspace, append([]string{"plan", "-detailed-exitcode"}, arguments...)...)
	unchanged := code == 0 || c.rereads() && strings.Contains(output, "Plan: 0 to add, 0 to change, 0 to destroy.")
	if !unchanged {
		t.Fatalf("the plan after the apply ended with %d:\n%s", code, output)
	}
	if c.kind(t) == "resources" {
		c.testImports(t)
	}
	succeed(t, c.Workspace, append([]string{"destroy", "-auto-approve"}, arguments...)...)
}

func (c exampleCopy) add(t *testing.T, file, text string) {
	t.Helper()
	if err := c.Add(fstest.MapFS{file: {Data: []byte(text), Mode: 0o700}}); err != nil {
		t.Fatal(err)
	}
}

// replace writes a text in place of another. An override file would do so, too, but the CLI overlooks wrong attributes then.
func replace(t *testing.T, file string, where hcl.Range, text string) {
	t.Helper()
	code, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, bytes.ReplaceAll(code, where.SliceBytes(code), []byte(text)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (c exampleCopy) remove(t *testing.T, file string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(c.dir, file)); err != nil {
		t.Fatal(err)
	}
}
