package provider_test

import (
	"archive/zip"
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

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
			// The one call that sends the token in its body.
			if err := w.Add(fstest.MapFS{"token.tf": {Data: []byte(`data "sentinelone_api_token" "this" {}`)}}); err != nil {
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

// Registration tokens reach what they are for, and nothing else: not the most talkative logs, not a plan, not the state.
func TestRegistrationTokensStaySecret(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t)
	site, group := console.State().Sites[0], console.State().Groups[4]
	dir, taken := t.TempDir(), t.TempDir()
	w := newWorkspaceIn(t, dir, mirror, console)
	if err := w.Add(fstest.MapFS{"main.tf": {Data: []byte(`
ephemeral "sentinelone_site_registration_token" "test" {
  site_id = "` + site.ID + `"
}
ephemeral "sentinelone_group_registration_token" "test" {
  group_id = "` + group.ID + `"
}
resource "terraform_data" "test" {
  provisioner "local-exec" {
    command     = "printf %s \"$TOKENS\" > '` + taken + `/tokens'; printf %s \"$TOKENS\""
    environment = {
      TOKENS = join(" ", [
        ephemeral.sentinelone_site_registration_token.test.token,
        ephemeral.sentinelone_group_registration_token.test.token,
      ])
    }
  }
}
`)}}); err != nil {
		t.Fatal(err)
	}
	w.Setenv("TF_LOG", "TRACE")
	said := succeed(t, w, "init") + succeed(t, w, "plan", "-out=plan") + succeed(t, w, "show", "-json", "plan") +
		succeed(t, w, "apply", "plan") + succeed(t, w, "show", "-json")
	if !strings.Contains(said, "OpenEphemeralResource") {
		t.Error("the log does not tell of the tokens' coming: the test looks at the wrong output")
	}
	got, err := os.ReadFile(filepath.Join(taken, "tokens"))
	if want := site.RegistrationToken + " " + group.RegistrationToken; err != nil || string(got) != want {
		t.Errorf("the command was given %q, not %q: %v", got, want, err)
	}
	plan, err := zip.OpenReader(filepath.Join(dir, "plan"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := plan.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, secret := range []string{site.RegistrationToken, group.RegistrationToken} {
		mustNotTell(t, "the output", said, secret)
		for what, files := range map[string]fs.FS{"plan": plan, "workspace": os.DirFS(dir)} {
			err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
				if err != nil || !entry.Type().IsRegular() {
					return err
				}
				text, err := fs.ReadFile(files, path)
				mustNotTell(t, what+"'s "+path, string(text), secret)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
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
