package provider_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// The token never shows: not in the most talkative logs, not in a plan or state, not when the console refuses it.
func TestTokenStaysSecret(t *testing.T) {
	t.Parallel()
	const token = `se"cret+50%/^.*$`
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, accepted := range map[string]bool{"accepted": true, "refused": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			console := simulator.Start(t, simulator.WithToken(token))
			if !accepted {
				console.Change(func(s *simulator.State) { s.Users[0].Token = "another" })
			}
			dir := t.TempDir()
			w, err := mirror.NewWorkspace(dir, console.URL(), token)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Add(os.DirFS(filepath.Join(root, "examples", "quickstart"))); err != nil {
				t.Fatal(err)
			}
			w.Setenv("TF_LOG", "TRACE")
			said := map[string]string{"init": succeed(t, w, "init")}
			for _, command := range []string{"apply", "destroy"} {
				code, output := execute(t.Context(), t, w, command, "-auto-approve")
				if want := accepted || command == "destroy"; (code == 0) != want { // there is nothing to destroy
					t.Errorf("terraform %s ended with %d", command, code)
				}
				said[command] = output
			}
			for name, text := range said {
				mustNotTell(t, "the output of "+name, text, token)
			}
			for _, file := range []string{"terraform.tfstate", "terraform.tfstate.backup"} {
				if text, err := os.ReadFile(filepath.Join(dir, file)); err == nil {
					mustNotTell(t, file, string(text), token)
				}
			}
			if accepted && !strings.Contains(said["apply"], "console call") {
				t.Error("the log does not tell of the calls: the test looks at the wrong output")
			}
		})
	}
}

func mustNotTell(t *testing.T, what, text, token string) {
	t.Helper()
	quoted, err := json.Marshal(token)
	if err != nil {
		t.Fatal(err)
	}
	for _, spelling := range []string{token, strings.Trim(string(quoted), `"`), url.QueryEscape(token), url.PathEscape(token)} {
		if strings.Contains(text, spelling) {
			t.Errorf("%s tells the token as %s", what, spelling)
		}
	}
}
