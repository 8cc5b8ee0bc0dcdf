package provider_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// A function that takes diag.Diagnostics by value appends to its own copy: what it reports is lost.
func TestDiagnosticsAreNotPassedByValue(t *testing.T) {
	t.Parallel()
	files := token.NewFileSet()
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if signature, ok := node.(*ast.FuncType); ok {
				for _, parameter := range signature.Params.List {
					if named, ok := parameter.Type.(*ast.SelectorExpr); ok && named.Sel.Name == "Diagnostics" {
						t.Errorf("%s: take *diag.Diagnostics, or return diag.Diagnostics", files.Position(parameter.Pos()))
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
