package provider_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The troubleshooting guide has a row for each diagnostic that the code can give, and for no other. What is put together
// when the provider runs has "…" in that place.
func TestTroubleshooting(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join(root, "docs", "guides", "troubleshooting.md"))
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)`").FindAllStringSubmatch(string(guide), -1) {
		documented = append(documented, row[1])
	}
	slices.Sort(documented)
	if diff := cmp.Diff(summaries(t), documented); diff != "" {
		t.Errorf("bring the rows of templates/guides/troubleshooting.md.tmpl in line, and make generate (-code +guide):\n%s", diff)
	}
}

// summaryAt is which argument of a call, or which element of a literal, is a diagnostic's summary.
var summaryAt = map[string]int{
	"AddError": 0, "AddWarning": 0, "AddAttributeError": 1, "AddAttributeWarning": 1,
	"NewErrorDiagnostic": 0, "NewWarningDiagnostic": 0, "NewAttributeErrorDiagnostic": 1, "NewAttributeWarningDiagnostic": 1,
	"choiceError": 0,
}

// summaries are those of all diagnostics that the code can give, sorted.
func summaries(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	for _, files := range sources(t) {
		shared := map[string][]string{}
		for _, file := range files {
			maps.Copy(shared, assigned(file))
		}
		for _, file := range files {
			for _, declaration := range file.Decls {
				names := maps.Clone(shared)
				maps.Copy(names, assigned(declaration))
				ast.Inspect(declaration, func(node ast.Node) bool {
					for _, text := range summariesOf(node, names) {
						found[text] = true
					}
					return true
				})
			}
		}
	}
	if found["…"] {
		t.Error("a diagnostic's summary is put together in a way that this test can't read")
	}
	delete(found, "Cannot …") // each operation is there by its name
	return slices.Sorted(maps.Keys(found))
}

// sources are the files of each folder of internal/, without tests.
func sources(t *testing.T) map[string][]*ast.File {
	t.Helper()
	files := map[string][]*ast.File{}
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		folder := filepath.Dir(path)
		files[folder] = append(files[folder], file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// summariesOf are the summaries that a call or a literal gives; of an operation, that of its failure.
func summariesOf(node ast.Node, names map[string][]string) []string {
	var name string
	var args []ast.Expr
	switch node := node.(type) {
	case *ast.CallExpr:
		name, args = nameOf(node.Fun), node.Args
	case *ast.CompositeLit:
		name, args = nameOf(node.Type), node.Elts
	}
	if at, ok := summaryAt[name]; ok && at < len(args) && !repeats(args[at]) {
		return textsOf(args[at], names)
	}
	for _, arg := range args {
		if field, ok := arg.(*ast.KeyValueExpr); ok && name == "Operation" && nameOf(field.Key) == "Name" {
			return []string{"Cannot " + textsOf(field.Value, names)[0]}
		}
	}
	return nil
}

// repeats tells whether a summary is that of another diagnostic, such as d.Summary().
func repeats(summary ast.Expr) bool {
	_, plain := summary.(*ast.Ident)
	return !plain && strings.EqualFold(nameOf(summary), "summary")
}

// nameOf is the last name of what is called, selected or built.
func nameOf(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.Ident:
		return expr.Name
	case *ast.SelectorExpr:
		return expr.Sel.Name
	case *ast.CallExpr:
		return nameOf(expr.Fun)
	}
	return ""
}

// textsOf are the texts that an expression can have, given those of names.
func textsOf(expr ast.Expr, names map[string][]string) []string {
	switch expr := expr.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(expr.Value); err == nil {
			return []string{text}
		}
	case *ast.Ident:
		if known := names[expr.Name]; known != nil {
			return known
		}
	case *ast.BinaryExpr:
		var texts []string
		for _, left := range textsOf(expr.X, names) {
			for _, right := range textsOf(expr.Y, names) {
				texts = append(texts, left+right)
			}
		}
		return texts
	}
	return []string{"…"}
}

// assigned are the texts that constants and variables are given.
func assigned(node ast.Node) map[string][]string {
	names := map[string][]string{}
	note := func(name, value ast.Expr) {
		if literal, ok := value.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			names[nameOf(name)] = append(names[nameOf(name)], textsOf(literal, nil)...)
		}
	}
	ast.Inspect(node, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.AssignStmt:
			for i := range min(len(node.Lhs), len(node.Rhs)) {
				note(node.Lhs[i], node.Rhs[i])
			}
		case *ast.ValueSpec:
			for i := range node.Values {
				note(node.Names[i], node.Values[i])
			}
		}
		return true
	})
	return names
}
