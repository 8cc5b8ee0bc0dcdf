// Package delivery_test tests what leaves this repository beside the provider's code: the pipelines that users copy, the
// workflows and scripts that check and release it.
package delivery_test

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const (
	root      = "../.."
	pipelines = root + "/examples/pipelines"
)

// pipeline runs the scripts as a CI system does: each job in a fresh checkout, with the code's states kept elsewhere.
type pipeline struct {
	mirror  acctest.Mirror
	console *simulator.Console
	forge   *forge
	states  *states
}

// viewer is the token of a user who may view, and nothing else: it is enough to plan.
const viewer = "not-a-real-token-of-a-viewer"

var scopes = []string{"europe", "headquarters", "laboratory"}

// The path of a change and of a drift: planned and commented on, applied on merge, checked every night.
func TestPipelines(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	seed := simulator.Demo()
	seed.Users = append(seed.Users, simulator.User{
		Token: viewer, ID: "1900000000000000009", Permissions: []string{"Firewall Control.view", "Blacklist.view"},
	})
	p := pipeline{mirror, simulator.Start(t, simulator.WithSeed(seed)), startForge(t), startStates(t)}

	codes := p.everyScope(t, "plan.sh", "comment", 0)
	if diff := cmp.Diff([]int{2, 2, 2}, codes); diff != "" {
		t.Fatalf("exit codes of the first plan (-want +got):\n%s", diff)
	}
	comment := text(p.forge.comments[0])
	for _, told := range []string{
		"### headquarters: 4 to add, 0 to change, 0 to destroy\n",
		"# sentinelone_firewall_rule.campaign[\"glasswing\"] is created\n",
		"+ remote_hosts.addresses: 203.0.113.7\n",
		"# sentinelone_blocklist_entry.file[\"bec1b52d350d721c7e22a6d4bb0a92909893a3ae\"] is created\n",
	} {
		if !strings.Contains(comment, told) {
			t.Errorf("the comment does not tell %q:\n%s", told, comment)
		}
	}
	if len(p.console.State().Rules) > 0 {
		t.Error("a plan wrote rules")
	}

	if diff := cmp.Diff([]int{0, 0, 0}, p.everyScope(t, "apply.sh", "", 0)); diff != "" {
		t.Fatalf("exit codes of the apply (-want +got):\n%s", diff)
	}
	state := p.console.State()
	if len(state.Rules) != 6 || len(state.Restrictions) != 6 || len(p.states.held) != 3 {
		t.Errorf("%d rules, %d entries, %d states", len(state.Rules), len(state.Restrictions), len(p.states.held))
	}

	if diff := cmp.Diff([]int{0, 0, 0}, p.everyScope(t, "plan.sh", "drift", 0)); diff != "" {
		t.Errorf("exit codes of a night without drift (-want +got):\n%s", diff)
	}
	if issues := p.forge.openIssues(); len(issues) > 0 {
		t.Errorf("issues without drift: %q", issues)
	}

	laboratory := p.console.State().Sites[1].ID
	p.console.Change(func(s *simulator.State) {
		for i := range s.Rules {
			if s.Rules[i].ScopeID == laboratory && s.Rules[i].Name == "Block glasswing" {
				s.Rules[i].Status = "Disabled"
			}
		}
		s.Restrictions = slices.DeleteFunc(s.Restrictions, func(entry simulator.Restriction) bool {
			return entry.ScopeID == laboratory
		})
	})
	if diff := cmp.Diff([]int{0, 0, 2}, p.everyScope(t, "plan.sh", "drift", 0)); diff != "" {
		t.Errorf("exit codes of a night with drift (-want +got):\n%s", diff)
	}
	issues := p.forge.openIssues()
	if len(issues) != 1 || !strings.Contains(issues[0], "### laboratory: 2 to add, 1 to change, 0 to destroy\n") ||
		!strings.Contains(issues[0], `! status: "Disabled" -> "Enabled"`) {
		t.Errorf("issues with drift: %q", issues)
	}

	p.console.Fail(simulator.Fault{Kind: "403"})
	if diff := cmp.Diff([]int{1, 1, 1}, p.everyScope(t, "plan.sh", "drift", 1)); diff != "" {
		t.Errorf("exit codes of a night without access (-want +got):\n%s", diff)
	}
	issues = p.forge.openIssues()
	if len(issues) != 1 || !strings.Contains(issues[0], "### europe: could not be planned") {
		t.Errorf("issues without access: %q", issues)
	}
}

// everyScope runs a script for all scopes, and then, where it is said what, publishes what they say. It returns the
// exit codes of the scopes.
func (p pipeline) everyScope(t *testing.T, script, publish string, want int) (codes []int) {
	t.Helper()
	summaries := t.TempDir()
	codes = make([]int, len(scopes))
	outputs, dirs := make([]strings.Builder, len(scopes)), make([]string, len(scopes))
	var jobs sync.WaitGroup
	for i, scope := range scopes {
		var w *acctest.Workspace
		w, dirs[i] = p.checkout(t)
		p.states.use(w, scope)
		if script == "plan.sh" {
			w.Setenv("SENTINELONE_API_TOKEN", viewer)
		}
		jobs.Go(func() {
			var err error
			if codes[i], err = w.RunScript(t.Context(), &outputs[i], "scripts/"+script, scope); err != nil {
				t.Error(err)
			}
		})
	}
	jobs.Wait()
	for i, scope := range scopes {
		t.Logf("%s %s ended with %d:\n%s", script, scope, codes[i], &outputs[i])
		err := os.CopyFS(summaries, os.DirFS(filepath.Join(dirs[i], "summaries")))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if publish == "" {
		return codes
	}
	w, dir := p.checkout(t)
	if err := os.CopyFS(filepath.Join(dir, "summaries"), os.DirFS(summaries)); err != nil {
		t.Fatal(err)
	}
	for _, variable := range github(p.forge) {
		name, value, _ := strings.Cut(variable, "=")
		w.Setenv(name, value)
	}
	var output strings.Builder
	if code, err := w.RunScript(t.Context(), &output, "scripts/publish.sh", publish); err != nil || code != want {
		t.Fatalf("publish.sh %s ended with %d, %v:\n%s", publish, code, err, &output)
	}
	return codes
}

// checkout returns what a job starts with.
func (p pipeline) checkout(t *testing.T) (*acctest.Workspace, string) {
	t.Helper()
	dir := t.TempDir()
	w, err := p.mirror.NewWorkspace(dir, p.console.URL(), p.console.Token())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(os.DirFS(pipelines)); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "gitlab/backend.tf"), filepath.Join(dir, "backend.tf")); err != nil {
		t.Fatal(err)
	}
	return w, dir
}

func github(f *forge) []string {
	return []string{
		"GITHUB_API_URL=" + f.url, "GITHUB_REPOSITORY=acme/edr", "GITHUB_REF=refs/pull/7/merge", "GITHUB_TOKEN=" + forgeToken,
	}
}

func gitlab(f *forge) []string {
	return []string{
		"GITLAB_CI=true", "CI_API_V4_URL=" + f.url, "CI_PROJECT_ID=12", "CI_MERGE_REQUEST_IID=7", "GITLAB_TOKEN=" + forgeToken,
	}
}

// There is one comment and one issue, whatever happens before and after: on both systems.
func TestPublish(t *testing.T) {
	t.Parallel()
	const quiet, busy = "### %s: no changes\n\n", "### %s: 1 to add, 0 to change, 0 to destroy\n\n"
	for name, environment := range map[string]func(*forge) []string{"github": github, "gitlab": gitlab} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := startForge(t)
			for range 130 { // so that ours is on the second page
				f.comments = append(f.comments, map[string]any{"body": "LGTM"})
			}
			f.issues = append(f.issues, map[string]any{"body": "not ours", "state": "opened"})
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(pipelines)); err != nil {
				t.Fatal(err)
			}
			publish := func(what string, summaries ...string) (code int) {
				_ = os.RemoveAll(filepath.Join(dir, "summaries"))
				for i, summary := range summaries {
					write(t, filepath.Join(dir, "summaries", scopes[i]+".md"), strings.ReplaceAll(summary, "%s", scopes[i]))
				}
				cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "scripts/publish.sh"), what)
				cmd.Env = append(os.Environ(), environment(f)...)
				output, _ := cmd.CombinedOutput()
				t.Logf("publish.sh %s ended with %v\n%s", what, cmd.ProcessState, output)
				return cmd.ProcessState.ExitCode()
			}
			mustEnd := func(code, want int) {
				t.Helper()
				if code != want {
					t.Fatalf("publish.sh ended with %d, not %d", code, want)
				}
			}

			mustEnd(publish("comment", busy, busy, quiet), 0)
			mustEnd(publish("comment", quiet, quiet, quiet), 0)
			if len(f.comments) != 131 || !strings.Contains(text(f.comments[130]), "### europe: no changes") {
				t.Errorf("%d comments, the last one %q", len(f.comments), text(f.comments[len(f.comments)-1]))
			}
			mustEnd(publish("comment", quiet+"```diff\n"+strings.Repeat("+ x\n", 20_000)+"```\n", quiet, quiet), 0)
			if long := text(f.comments[130]); len(long) > 65536 || !strings.HasSuffix(long, "```\n\nCut here: the jobs show the rest.\n") {
				t.Errorf("%d characters: …%q", len(long), long[len(long)-80:])
			}

			mustEnd(publish("drift", quiet, quiet, quiet), 0)
			mustEnd(publish("drift", quiet, busy, quiet), 0)
			mustEnd(publish("drift", busy, busy, quiet), 0)
			mustEnd(publish("drift", busy, busy), 1) // one scope could not be planned: nobody knows, and it stays open
			issues := f.openIssues()
			if len(issues) != 2 || !strings.Contains(issues[1], "### laboratory: could not be planned") {
				t.Errorf("open: %q", issues)
			}
			mustEnd(publish("drift", quiet, quiet, quiet), 0)
			if issues := f.openIssues(); len(issues) != 1 {
				t.Errorf("open after the repair: %q", issues)
			}
			mustEnd(publish("nonsense", quiet, quiet, quiet), 1)
		})
	}
}

// A recorded plan, with every kind of change, as people read it: indicators that come and go, not JSON, and no secret.
func TestSummary(t *testing.T) {
	t.Parallel()
	output, err := exec.CommandContext(t.Context(), "jq", "--raw-output", "--arg", "scope", "headquarters",
		"--arg", "changes", "2", "--from-file", pipelines+"/scripts/summary.jq", "testdata/plan.json").CombinedOutput()
	if err != nil {
		t.Fatalf("%v; does this machine have jq?\n%s", err, output)
	}
	want, err := os.ReadFile("testdata/summary.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(output)); diff != "" {
		t.Errorf("the summary (-want +got):\n%s", diff)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(name), 0o700)
	if err == nil {
		err = os.WriteFile(name, []byte(text), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// states keeps states as GitLab does: under an address for each, with locks.
type states struct {
	url string

	mu    sync.Mutex
	held  map[string][]byte
	locks map[string]bool
}

func startStates(t *testing.T) *states {
	t.Helper()
	s := &states{held: map[string][]byte{}, locks: map[string]bool{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// use tells a job where its state is, with the variables that the pipeline of GitLab sets.
func (s *states) use(w *acctest.Workspace, scope string) {
	w.Setenv("TF_HTTP_ADDRESS", s.url+"/"+scope)
	w.Setenv("TF_HTTP_LOCK_ADDRESS", s.url+"/"+scope+"/lock")
	w.Setenv("TF_HTTP_UNLOCK_ADDRESS", s.url+"/"+scope+"/lock")
	w.Setenv("TF_HTTP_LOCK_METHOD", http.MethodPost)
	w.Setenv("TF_HTTP_UNLOCK_METHOD", http.MethodDelete)
}

// ServeHTTP implements http.Handler.
func (s *states) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name, lock := strings.CutSuffix(r.URL.Path, "/lock")
	switch {
	case lock && r.Method == http.MethodPost && s.locks[name]:
		w.WriteHeader(http.StatusLocked)
	case lock:
		s.locks[name] = r.Method == http.MethodPost
	case r.Method == http.MethodPost:
		state, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.held[name] = state
	case s.held[name] == nil:
		w.WriteHeader(http.StatusNoContent)
	default:
		_, _ = w.Write(s.held[name])
	}
}
