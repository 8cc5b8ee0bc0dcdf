package delivery_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each module that go.mod requires by itself, and each pinned tool, has a row in CONTRIBUTING.md that says why, and no row
// is left of one that has gone.
func TestDependenciesHaveReasons(t *testing.T) {
	t.Parallel()
	module := read(t, root+"/go.mod")
	host := regexp.MustCompile(`^github\.com/[^/]+/`) // left out in the table
	var required []string
	for _, line := range regexp.MustCompile(`(?m)^\t(\S+/\S+) v\S+$`).FindAllStringSubmatch(module, -1) { // not // indirect
		required = append(required, host.ReplaceAllString(line[1], ""))
	}
	for _, line := range regexp.MustCompile(`(?m)^tool (\S+)/cmd/`).FindAllStringSubmatch(module, -1) {
		required = append(required, host.ReplaceAllString(line[1], ""))
	}
	tools, err := filepath.Glob(root + "/tools/*/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range tools {
		required = append(required, "tools/"+filepath.Base(filepath.Dir(tool)))
	}

	_, section, _ := strings.Cut(read(t, root+"/CONTRIBUTING.md"), "\n## Dependencies\n")
	var named []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]*) \\| \\S.* \\|$").FindAllStringSubmatch(section, -1) {
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			named = append(named, name[1])
		}
	}
	if diff := cmp.Diff(sorted(required), sorted(named)); diff != "" {
		t.Errorf("dependencies (-required +named in CONTRIBUTING.md):\n%s", diff)
	}
}

func sorted(names []string) []string { return slices.Compact(slices.Sorted(slices.Values(names))) }

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
