package main

import (
	"fmt"
	"iter"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// Each link of the project's Markdown leads somewhere: a relative one to what git tracks, and to a heading or an <a id> of it.
// Links have file names, such as page.md, also between the pages of docs/: GitHub finds nothing else, and the registries take the
// ending off.
func TestLinks(t *testing.T) {
	t.Parallel()
	files, all := tracked(t), pages(t)
	anchors := map[string]map[string]bool{}
	for _, p := range all {
		anchors[p.file] = p.anchors()
	}
	for _, p := range all {
		for line, destination := range p.links() {
			link, err := url.Parse(destination)
			switch {
			case err != nil:
				p.errorf(t, line, "%q is no link: %v", destination, err)
				continue
			case link.Scheme == "https":
				continue
			case link.Scheme != "" || strings.HasPrefix(destination, "/"):
				p.errorf(t, line, "%s: write https, or the way from this file", destination)
				continue
			}
			file := p.file
			if link.Path != "" {
				file = path.Join(path.Dir(p.file), link.Path)
			}
			switch {
			case !files[file]:
				p.errorf(t, line, "%s: git tracks no %s; write the name of a file or folder, with its ending", destination, file)
			case p.generated() && (!strings.HasPrefix(file, "docs/") || path.Ext(file) != ".md"):
				p.errorf(t, line, "%s: the registries show nothing but the pages of docs/; link to one of them", destination)
			case link.Fragment != "" && !anchors[file][link.Fragment]:
				p.errorf(t, line, "%s: %s has no heading and no <a id> of that name", destination, file)
			}
		}
	}
}

// The README leads to each guide.
func TestGuidesAreLinked(t *testing.T) {
	t.Parallel()
	linked := map[string]bool{}
	for _, p := range pages(t) {
		if p.file == "README.md" {
			for _, destination := range p.links() {
				linked[destination] = true
			}
		}
	}
	for _, p := range pages(t) {
		if path.Dir(p.file) == "docs/guides" && !linked[p.file] {
			t.Errorf("README.md: link to %s", p.file)
		}
	}
}

// links are the line and the destination of each link, image and bare address.
func (p page) links() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for node := range nodes[ast.Node](p.tree) {
			var destination []byte
			switch link := node.(type) {
			case *ast.Link:
				destination = link.Destination
			case *ast.Image:
				destination = link.Destination
			case *ast.AutoLink:
				destination = link.URL(p.source)
			default:
				continue
			}
			if !yield(p.line(node), string(destination)) {
				return
			}
		}
	}
}

var namedAnchor = regexp.MustCompile(`<a id="([^"]+)">`)

// anchors are the fragments of a page. GitHub makes a heading's from its words: in lower case, with hyphens for spaces, without
// punctuation, and with a number when it has been there before.
// https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links
func (p page) anchors() map[string]bool {
	found := map[string]bool{}
	for heading := range nodes[*ast.Heading](p.tree) {
		name := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
				return unicode.ToLower(r)
			default:
				return -1
			}
		}, p.words(heading))
		anchor := name
		for i := 1; found[anchor]; i++ {
			anchor = fmt.Sprintf("%s-%d", name, i)
		}
		found[anchor] = true
	}
	for _, anchor := range namedAnchor.FindAllSubmatch(p.source, -1) {
		found[string(anchor[1])] = true
	}
	return found
}
