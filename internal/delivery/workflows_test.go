package delivery_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/oasdiff/yaml"
)

// workflow is the part of a GitHub workflow that these tests look at.
type workflow struct {
	Permissions map[string]string `json:"permissions"`
	Jobs        map[string]struct {
		Timeout int `json:"timeout-minutes"`
		Steps   []struct {
			Uses      string `json:"uses"`
			Run       string `json:"run"`
			Directory string `json:"working-directory"`
		} `json:"steps"`
	} `json:"jobs"`
}

// Each action is pinned by commit, each job ends by itself, and what a job runs exists. A line that is too wild for this
// test belongs into a script.
func TestWorkflows(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`^[\w-]+/[\w/-]+@[0-9a-f]{40}$`)
	for file, home := range workflows(t) {
		var w workflow
		source := decode(t, file, &w)
		if diff := cmp.Diff(map[string]string{"contents": "read"}, w.Permissions); diff != "" {
			t.Errorf("%s: permissions of all jobs (-want +got):\n%s", file, diff)
		}
		if len(w.Jobs) == 0 {
			t.Errorf("%s has no jobs", file)
		}
		for name, job := range w.Jobs {
			if job.Timeout == 0 {
				t.Errorf("%s: job %s may run for hours", file, name)
			}
			for _, step := range job.Steps {
				if step.Uses != "" && (!pinned.MatchString(step.Uses) || !strings.Contains(source, step.Uses+" # v")) {
					t.Errorf("%s: job %s: %s is not pinned by commit, with the version behind it", file, name, step.Uses)
				}
				checkCommands(t, filepath.Join(home, step.Directory), file+": job "+name, step.Run)
			}
		}
	}
}

// workflows are the files of GitHub workflows, with the folder in which their steps run.
func workflows(t *testing.T) map[string]string {
	t.Helper()
	homes := map[string]string{}
	for pattern, home := range map[string]string{
		root + "/.github/workflows/*.yml": root,
		pipelines + "/github/*.yml":       pipelines,
	} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) < 3 {
			t.Fatalf("%s: %q, %v", pattern, files, err)
		}
		for _, file := range files {
			homes[file] = home
		}
	}
	return homes
}

func decode(t *testing.T, file string, into any) (source string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		_, err = yaml.Unmarshal(text, into, yaml.DecodeOpts{})
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return string(text)
}

// checkCommands fails for scripts and make targets that do not exist.
func checkCommands(t *testing.T, home, where, commands string) {
	t.Helper()
	for _, script := range regexp.MustCompile(`\bscripts/[\w/-]+\.sh\b|\.ci/run\b`).FindAllString(commands, -1) {
		if info, err := os.Stat(filepath.Join(home, script)); err != nil || info.Mode()&0o111 == 0 {
			t.Errorf("%s runs %s, which is no program", where, script)
		}
	}
	for _, target := range regexp.MustCompile(`\bmake ([\w-]+)`).FindAllStringSubmatch(commands, -1) {
		if !slices.Contains(targets(t), target[1]) {
			t.Errorf("%s makes %s, which is no target", where, target[1])
		}
	}
}

// targets are the targets that make help lists.
func targets(t *testing.T) (names []string) {
	t.Helper()
	for _, target := range regexp.MustCompile(`(?m)^([a-z-]+):.*## \S`).FindAllStringSubmatch(read(t, root+"/GNUmakefile"), -1) {
		names = append(names, target[1])
	}
	return names
}

// Every target that is no file is listed by make help, and the other way round.
func TestHelpListsEveryTarget(t *testing.T) {
	t.Parallel()
	phony := regexp.MustCompile(`(?m)^\.PHONY: ((?:.*\\\n)*.*)`).FindStringSubmatch(read(t, root+"/GNUmakefile"))
	if phony == nil {
		t.Fatal("there are no targets")
	}
	declared := strings.Fields(strings.ReplaceAll(phony[1], "\\\n", " "))
	if diff := cmp.Diff(slices.Sorted(slices.Values(declared)), slices.Sorted(slices.Values(targets(t)))); diff != "" {
		t.Errorf("make help (-declared +listed):\n%s", diff)
	}
}

// GitLab's matrix can't be computed: it names the scopes once more.
func TestGitLabPipeline(t *testing.T) {
	t.Parallel()
	var jobs map[string]struct {
		Script   []string `json:"script"`
		Parallel struct {
			Matrix []map[string][]string `json:"matrix"`
		} `json:"parallel"`
	}
	raw := map[string]any{}
	decode(t, pipelines+"/gitlab/gitlab-ci.yml", &raw)
	delete(raw, "stages") // the only key that is no job
	text, err := yaml.Marshal(raw)
	if err == nil {
		_, err = yaml.Unmarshal(text, &jobs, yaml.DecodeOpts{})
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, job := range jobs {
		checkCommands(t, pipelines, "gitlab-ci.yml: job "+name, strings.Join(job.Script, "\n"))
	}
	printed, err := exec.CommandContext(t.Context(), pipelines+"/scripts/scopes.sh").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	if want := `["` + strings.Join(scopes, `","`) + `"]` + "\n"; string(printed) != want {
		t.Errorf("scopes.sh prints %s, not %s", printed, want)
	}
	if diff := cmp.Diff([]map[string][]string{{"SCOPE": scopes}}, jobs[".scopes"].Parallel.Matrix); diff != "" {
		t.Errorf("GitLab's matrix (-scopes +matrix):\n%s", diff)
	}
}

// Scripts are programs for any POSIX shell, and the shell at hand can read them.
func TestScripts(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{root + "/scripts/*.sh", pipelines + "/scripts/*.sh", pipelines + "/git*/*.sh"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range files {
			if output, err := exec.CommandContext(t.Context(), "sh", "-n", file).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", file, err, output)
			}
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			if program := strings.HasPrefix(read(t, file), "#!/bin/sh\n"); program != (info.Mode()&0o111 != 0) {
				t.Errorf("%s: a program begins with #!/bin/sh and is executable; what is read by others is neither", file)
			}
		}
	}
}

// GitHub drops an issue form without a word when one of these is missing.
func TestIssueForms(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(root + "/.github/ISSUE_TEMPLATE/*.yml")
	if err != nil || len(files) < 2 {
		t.Fatalf("%q, %v", files, err)
	}
	for _, file := range files {
		if filepath.Base(file) == "config.yml" {
			continue
		}
		var form struct {
			Name        string `json:"name"`
			Description string `json:"description"`
			Body        []struct {
				Type       string `json:"type"`
				ID         string `json:"id"`
				Attributes struct {
					Label   string   `json:"label"`
					Value   string   `json:"value"`
					Options []string `json:"options"`
				} `json:"attributes"`
			} `json:"body"`
		}
		decode(t, file, &form)
		if form.Name == "" || form.Description == "" || len(form.Body) == 0 {
			t.Errorf("%s needs a name, a description and a body", file)
		}
		seen := map[string]bool{}
		for _, field := range form.Body {
			switch a := field.Attributes; {
			case field.Type == "markdown" && a.Value != "":
			case slices.Contains([]string{"input", "textarea", "dropdown"}, field.Type) && a.Label != "" &&
				field.ID != "" && !seen[field.ID] && (field.Type == "dropdown") == (len(a.Options) > 0):
				seen[field.ID] = true
			default:
				t.Errorf("%s: GitHub does not take %+v", file, field)
			}
		}
	}
}
