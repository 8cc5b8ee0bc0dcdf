package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/yuin/goldmark/ast"
	"github.com/zclconf/go-cty/cty"
)

var named = regexp.MustCompile(`\bsentinelone_[a-z]\w*|provider::sentinelone::\w+`)

// What is written as code names objects and functions that there are. Two files may name others: CONTRIBUTING.md makes one up, and
// the changelog tells of the past.
func TestNames(t *testing.T) {
	t.Parallel()
	kinds, names := provided(t)
	for _, k := range kinds {
		names = slices.AppendSeq(names, maps.Keys(k.objects))
	}
	for _, p := range pages(t) {
		if p.file == "CONTRIBUTING.md" || p.file == "CHANGELOG.md" {
			continue
		}
		for node := range nodes[ast.Node](p.tree) {
			code := ""
			switch node := node.(type) {
			case *ast.CodeSpan:
				code = p.words(node)
			case *ast.FencedCodeBlock:
				code = string(node.Lines().Value(p.source))
			}
			for _, at := range named.FindAllStringIndex(code, -1) {
				if name := code[at[0]:at[1]]; !slices.Contains(names, name) {
					p.errorf(t, p.line(node)+strings.Count(code[:at[0]], "\n"), "the provider has no %s", name)
				}
			}
		}
	}
}

// Blocks of code can be copied as they are: Terraform's are formatted and say what the schemas allow, JSON is JSON.
func TestSnippets(t *testing.T) {
	t.Parallel()
	kinds, _ := provided(t)
	for _, p := range pages(t) {
		for block := range nodes[*ast.FencedCodeBlock](p.tree) {
			code, line := block.Lines().Value(p.source), p.line(block)
			switch string(block.Language(p.source)) {
			case "terraform", "hcl":
				snippet{p, t, kinds}.check(code, line)
			case "json":
				if !json.Valid(code) {
					p.errorf(t, line, "this is no JSON")
				}
			}
		}
	}
}

type attributes = map[string]*tfjson.SchemaAttribute

// A kind of object, and the arguments and blocks that Terraform itself gives to each.
type kind struct {
	objects map[string]attributes
	meta    []string
}

// provided are the provider's kinds of objects, by the word that opens their blocks, and the names of its functions.
func provided(t *testing.T) (kinds map[string]kind, functions []string) {
	t.Helper()
	schemas, err := providerSchemas(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := schemas.Schemas[documentedAs]
	for name := range s.Functions {
		functions = append(functions, "provider::sentinelone::"+name)
	}
	of := func(s *tfjson.Schema) attributes { return s.Block.Attributes }
	ofAction := func(s *tfjson.ActionSchema) attributes { return s.Block.Attributes }
	meta := []string{"count", "depends_on", "for_each", "lifecycle", "provider"}
	return map[string]kind{
		"provider":  {map[string]attributes{providerName: of(s.ConfigSchema)}, []string{"alias"}},
		"resource":  {each(s.ResourceSchemas, of), meta},
		"data":      {each(s.DataSourceSchemas, of), meta},
		"ephemeral": {each(s.EphemeralResourceSchemas, of), meta},
		"list":      {each(s.ListResourceSchemas, of), []string{"config", "count", "for_each", "include_resource", "limit", "provider"}},
		"action":    {each(s.ActionSchemas, ofAction), []string{"config", "count", "for_each", "provider"}},
	}, functions
}

type snippet struct {
	page
	t     *testing.T
	kinds map[string]kind
}

func (s snippet) check(code []byte, line int) {
	file, diags := hclsyntax.ParseConfig(code, s.file, hcl.Pos{Line: line, Column: 1})
	if diags.HasErrors() {
		s.errorf(s.t, diags[0].Subject.Start.Line, "%s: %s", diags[0].Summary, diags[0].Detail)
		return
	}
	formatted := bytes.Split(hclwrite.Format(code), []byte("\n"))
	for i, written := range bytes.Split(code, []byte("\n")) {
		if !bytes.Equal(written, formatted[min(i, len(formatted)-1)]) {
			s.errorf(s.t, line+i, "terraform fmt would not write %q", written)
			break
		}
	}
	body, _ := file.Body.(*hclsyntax.Body) // as ParseConfig promises
	_ = hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
		if block, ok := node.(*hclsyntax.Block); ok {
			s.block(block)
		}
		return nil
	})
}

// block holds a block of the provider to its schema. Lists and actions take their attributes in a block within, config.
func (s snippet) block(block *hclsyntax.Block) {
	kind, ok := s.kinds[block.Type]
	if !ok || len(block.Labels) == 0 || !strings.HasPrefix(block.Labels[0], providerName) {
		return
	}
	what, line := block.Type+" "+block.Labels[0], block.Range().Start.Line
	schema, ok := kind.objects[block.Labels[0]]
	if !ok {
		s.errorf(s.t, line, "the provider has no %s", what)
		return
	}
	given := arguments(block.Body, kind.meta)
	if slices.Contains(kind.meta, "config") {
		s.object(what+" outside of config", line, given, nil)
		given = nil
	}
	for _, inner := range block.Body.Blocks {
		switch {
		case !slices.Contains(kind.meta, inner.Type):
			s.errorf(s.t, inner.Range().Start.Line, "%s has no block %s; write %s = {…}", what, inner.Type, inner.Type)
		case inner.Type == "config":
			given = arguments(inner.Body, nil)
		}
	}
	s.object(what, line, given, schema)
}

func arguments(body *hclsyntax.Body, meta []string) map[string]hclsyntax.Expression {
	given := map[string]hclsyntax.Expression{}
	for name, argument := range body.Attributes {
		if !slices.Contains(meta, name) {
			given[name] = argument.Expr
		}
	}
	return given
}

func members(object *hclsyntax.ObjectConsExpr) map[string]hclsyntax.Expression {
	given := map[string]hclsyntax.Expression{}
	for _, item := range object.Items {
		if key, diags := item.KeyExpr.Value(nil); !diags.HasErrors() && key.Type() == cty.String {
			given[key.AsString()] = item.ValueExpr
		}
	}
	return given
}

// object holds what is given to an object, or to an attribute that is one, to its schema.
func (s snippet) object(what string, line int, given map[string]hclsyntax.Expression, schema attributes) {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		attribute, known := schema[name]
		at := given[name].Range().Start.Line
		switch {
		case !known:
			s.errorf(s.t, at, "%s has no attribute %s", what, name)
		case !attribute.Required && !attribute.Optional:
			s.errorf(s.t, at, "%s of %s is read-only", name, what)
		case attribute.AttributeNestedType != nil:
			if object, ok := given[name].(*hclsyntax.ObjectConsExpr); ok {
				s.object(what+"."+name, at, members(object), attribute.AttributeNestedType.Attributes)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(schema)) {
		if _, ok := given[name]; schema[name].Required && !ok {
			s.errorf(s.t, line, "%s lacks %s", what, name)
		}
	}
}
