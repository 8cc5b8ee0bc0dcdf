package provider_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// example is a folder under examples/ that holds Terraform code.
type example struct {
	folder string
	blocks map[string][]*hclsyntax.Block // by their type, those of the folder tests among them
}

// readExamples finds all examples, sorted, and whatever in them is not formatted as terraform fmt would.
func readExamples(t *testing.T) []example {
	t.Helper()
	found := map[string]example{}
	code := os.DirFS(examplesFolder)
	err := fs.WalkDir(code, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !slices.Contains([]string{".tf", ".tfvars", ".hcl"}, path.Ext(name)) {
			return err
		}
		text, err := fs.ReadFile(code, name)
		if err != nil {
			return err
		}
		if diff := cmp.Diff(string(hclwrite.Format(text)), string(text)); diff != "" {
			t.Errorf("examples/%s is not formatted: run make generate (-want +got):\n%s", name, diff)
		}
		parsed, diags := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
		body, ok := parsed.Body.(*hclsyntax.Body)
		if diags.HasErrors() || !ok {
			return diags
		}
		folder := strings.TrimSuffix(path.Dir(name), "/tests")
		if _, ok := found[folder]; !ok && path.Ext(name) != ".tfvars" {
			found[folder] = example{folder, map[string][]*hclsyntax.Block{}}
		}
		for _, block := range body.Blocks {
			found[folder].blocks[block.Type] = append(found[folder].blocks[block.Type], block)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.SortedFunc(maps.Values(found), func(a, b example) int { return strings.Compare(a.folder, b.folder) })
}

// kind is the kind of objects that the example is of, "" when it is a configuration of its own.
func (e example) kind(t *testing.T) string {
	t.Helper()
	for _, o := range objects(t) {
		if path.Join(o.kind, o.name) == e.folder {
			return o.kind
		}
	}
	return ""
}

// requirement is the version of the CLI that the example says it needs, "" for any.
func (e example) requirement(t *testing.T) string {
	t.Helper()
	for _, block := range e.blocks["terraform"] {
		if version := block.Body.Attributes["required_version"]; version != nil {
			return literal(t, version).AsString()
		}
	}
	return ""
}

// modules are the folders of the modules that the example calls.
func (e example) modules(t *testing.T) (folders []string) {
	t.Helper()
	for _, block := range e.blocks["module"] {
		folders = append(folders, path.Join(e.folder, literal(t, block.Body.Attributes["source"]).AsString()))
	}
	return folders
}

// rereads tells whether checks have data of their own, which Terraform plans to read at each apply.
func (e example) rereads() bool {
	return slices.ContainsFunc(e.blocks["check"], func(check *hclsyntax.Block) bool { return len(check.Body.Blocks) > 1 })
}

// literal is the value of an attribute that refers to nothing.
func literal(t *testing.T, attribute *hclsyntax.Attribute) cty.Value {
	t.Helper()
	value, diags := attribute.Expr.Value(nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return value
}

// settings are the attributes that a block sets, which refer to nothing, as one object.
func settings(t *testing.T, body *hclsyntax.Body) cty.Value {
	t.Helper()
	object := map[string]cty.Value{}
	for name, attribute := range body.Attributes {
		object[name] = literal(t, attribute)
	}
	return cty.ObjectVal(object)
}

func inJSON(t *testing.T, value cty.Value) string {
	t.Helper()
	text, err := ctyjson.SimpleJSONValue{Value: value}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
