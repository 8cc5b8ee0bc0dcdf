package main

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

const root = "../.."

// tracked are the files that git tracks, and their folders, by their paths from the root.
func tracked(t *testing.T) map[string]bool {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "git", "-C", root, "ls-files", "-z").Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	found := map[string]bool{}
	for file := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		for ; file != "."; file = path.Dir(file) {
			found[file] = true
		}
	}
	return found
}

// A page is a Markdown file of the project, as GitHub reads it.
type page struct {
	file   string
	source []byte
	tree   ast.Node
}

// pages are all that git tracks, sorted.
func pages(t *testing.T) (all []page) {
	t.Helper()
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
	for _, file := range slices.Sorted(maps.Keys(tracked(t))) {
		if path.Ext(file) != ".md" {
			continue
		}
		source, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page{file, source, markdown.Parse(text.NewReader(source))})
	}
	return all
}

// generated tells the pages of docs/, which the registries show.
func (p page) generated() bool { return strings.HasPrefix(p.file, "docs/") }

func (p page) errorf(t *testing.T, line int, format string, args ...any) {
	t.Helper()
	problem := fmt.Sprintf(format, args...)
	if p.generated() {
		problem += " (mend the template, example or description that it is made from, and make generate)"
	}
	t.Errorf("%s:%d: %s", p.file, line, problem)
}

// line is where a node begins. A link has no position of its own, but its text or the block around it has.
func (p page) line(node ast.Node) int {
	start := 0
	for part := range nodes[*ast.Text](node) {
		start = part.Segment.Start
		break
	}
	for ; start == 0 && node != nil; node = node.Parent() {
		if node.Type() == ast.TypeBlock && node.Lines().Len() > 0 {
			start = node.Lines().At(0).Start
		}
	}
	return 1 + bytes.Count(p.source[:start], []byte("\n"))
}

// words are what is written in a node, without its markup.
func (p page) words(node ast.Node) string {
	var all strings.Builder
	for part := range nodes[*ast.Text](node) {
		all.Write(part.Segment.Value(p.source))
	}
	return all.String()
}

// nodes are a node and all below it that are of one type.
func nodes[N ast.Node](top ast.Node) iter.Seq[N] {
	return func(yield func(N) bool) {
		_ = ast.Walk(top, func(node ast.Node, entering bool) (ast.WalkStatus, error) { // gives the function's own errors
			if wanted, ok := node.(N); ok && entering && !yield(wanted) {
				return ast.WalkStop, nil
			}
			return ast.WalkContinue, nil
		})
	}
}
