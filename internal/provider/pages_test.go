package provider_test

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// page is what an object's page is called below docs/.
func (o object) page() string { return path.Join(o.kind, strings.TrimPrefix(o.name, "sentinelone_")) }

// Each page names the permissions that its object needs and every limit that its schema holds, and is in a group of the
// registry's sidebar; a resource's says, too, what comes of objects that exist and how to import them.
func TestPagesSayWhatOneHasToKnow(t *testing.T) {
	t.Parallel()
	for _, o := range objects(t) {
		t.Run(o.page(), func(t *testing.T) {
			t.Parallel()
			text := read(t, "docs/"+o.page()+".md")
			if !strings.Contains(text, "\n"+permissionsSentence.FindString(o.summary)) {
				t.Error("it does not name the console permissions")
			}
			if !regexp.MustCompile(`(?m)^subcategory: "\w`).MatchString(text) {
				t.Error("it is in no subcategory")
			}
			headings := []string{"Example Usage"}
			if o.kind == "resources" {
				headings = []string{"Example Usage", "Existing objects", "Limits", "Schema", "Import"}
			}
			for _, heading := range headings {
				if len(section(text, heading)) < 100 {
					t.Errorf("its section %q is missing, or says next to nothing", heading)
				}
			}
			for path, limits := range o.limits {
				for _, limit := range limits {
					if !states(o.attributes[path], limit) && !states(section(text, "Limits"), limit) {
						t.Errorf("it does not say that %s takes %d at most", path, limit)
					}
				}
			}
		})
	}
}

// section returns what stands under a heading of a page, "" when there is none.
func section(page, heading string) string {
	_, text, _ := strings.Cut(page, "\n## "+heading+"\n")
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// states tells whether a text names a number.
func states(text string, number int) bool {
	return slices.Contains(regexp.MustCompile(`\d+`).FindAllString(strings.ReplaceAll(text, ",", ""), -1), strconv.Itoa(number))
}

var upperBound = regexp.MustCompile(`(?:at most|between \d+ and) (\d+)`)

// limitsOf returns what an attribute's validators take at most, as they say themselves. Those of an attribute whose values
// are listed one by one are none that a reader has to know.
func limitsOf(attribute any) (limits []int) {
	for _, v := range validatorsOf(attribute) {
		text := v.Description(context.Background())
		if strings.Contains(text, "must be one of") {
			return nil
		}
		for _, found := range upperBound.FindAllStringSubmatch(text, -1) {
			limit, _ := strconv.Atoi(found[1])
			limits = append(limits, limit)
		}
	}
	return limits
}

func validatorsOf(attribute any) (all []validator.Describer) {
	if a, ok := attribute.(interface{ StringValidators() []validator.String }); ok {
		all = describers(a.StringValidators())
	}
	if a, ok := attribute.(interface{ Int64Validators() []validator.Int64 }); ok {
		all = describers(a.Int64Validators())
	}
	if a, ok := attribute.(interface{ ListValidators() []validator.List }); ok {
		all = describers(a.ListValidators())
	}
	if a, ok := attribute.(interface{ SetValidators() []validator.Set }); ok {
		all = describers(a.SetValidators())
	}
	return all
}

func describers[V validator.Describer](validators []V) (all []validator.Describer) {
	for _, v := range validators {
		all = append(all, v)
	}
	return all
}

// The index begins with a configuration to copy, and leads to every object and guide. The README shows the same code.
func TestIndexLeadsToEverything(t *testing.T) {
	t.Parallel()
	index, start := read(t, "docs/index.md"), read(t, "examples/start/main.tf")
	if !strings.Contains(section(index, "Start"), start) {
		t.Error("it does not begin with examples/start")
	}
	var pages []string
	for _, o := range objects(t) {
		pages = append(pages, o.page())
	}
	guides, err := filepath.Glob(filepath.Join(root, "docs", "guides", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, guide := range guides {
		pages = append(pages, "guides/"+strings.TrimSuffix(filepath.Base(guide), ".md"))
	}
	for _, page := range pages {
		if !strings.Contains(index, "]("+page+".md)") {
			t.Errorf("it does not lead to %s", page)
		}
	}
	for _, block := range regexp.MustCompile("(?s)\n```terraform\n(.*?)```").FindAllStringSubmatch(read(t, "README.md"), -1) {
		if !strings.Contains(start, block[1]) && !strings.Contains(block[1], "sentinelone_indicator_set") {
			t.Errorf("the README's code is not that of examples/start:\n%s", block[1])
		}
	}
}

// The start, which TestExamples applies, warns as soon as what it makes is not enforced.
func TestStart(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t, simulator.WithSeed(documented(t)))
	w, err := mirror.NewWorkspace(t.TempDir(), console.URL(), console.Token())
	if err == nil {
		err = w.Add(os.DirFS(filepath.Join(root, "examples", "start")))
	}
	if err != nil {
		t.Fatal(err)
	}
	succeed(t, w, "init")
	if output := succeed(t, w, "plan"); !strings.Contains(output, "2 to add") || strings.Contains(output, "Warning") {
		t.Errorf("the start does not go through quietly:\n%s", output)
	}
	console.Change(func(s *simulator.State) {
		for i := range s.Configurations {
			s.Configurations[i].Enabled = false
		}
	})
	if output := succeed(t, w, "plan"); !strings.Contains(output, "Firewall Control is off for the site") {
		t.Errorf("it does not warn where nothing is enforced:\n%s", output)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
