package provider_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"terraform-provider-sentinelone/internal/provider"
)

const root = "../.."

// object is what the contract asks of everything that the provider offers.
type object struct {
	kind, name string // "resources", "sentinelone_firewall_rule"
	summary    string
	attributes map[string]string // path to description
	limits     map[string][]int  // path to what its validators take at most
}

func TestEveryObjectKeepsTheContract(t *testing.T) {
	t.Parallel()
	sentence := regexp.MustCompile("(?s)^[A-Z`].*\\.$")
	for _, o := range objects(t) {
		t.Run(o.kind+"/"+o.name, func(t *testing.T) {
			t.Parallel()
			if calls := o.kind != "functions"; calls != strings.Contains(o.summary, "Console permissions: ") {
				t.Error("its description must name the console permissions that it needs, and only then")
			}
			if !sentence.MatchString(o.summary) {
				t.Errorf("its description is no sentence: %q", o.summary)
			}
			for path, text := range o.attributes {
				if !sentence.MatchString(text) {
					t.Errorf("%s: the description is no sentence: %q", path, text)
				}
			}
		})
	}
}

// Each schema is valid in itself, the identities too.
func TestSchemasAreValid(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	p := provider.New("test")()
	var settings frameworkprovider.SchemaResponse
	p.Schema(ctx, frameworkprovider.SchemaRequest{}, &settings)
	if diags := settings.Schema.ValidateImplementation(ctx); diags.HasError() {
		t.Error(diags)
	}
	for _, build := range p.Resources(ctx) {
		r := build()
		if diags := resourceSchema(ctx, r).ValidateImplementation(ctx); diags.HasError() {
			t.Error(diags)
		}
		identified, ok := r.(resource.ResourceWithIdentity)
		if !ok {
			t.Errorf("%T has no identity", r)
			continue
		}
		var identity resource.IdentitySchemaResponse
		identified.IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &identity)
		if diags := identity.IdentitySchema.ValidateImplementation(ctx); diags.HasError() {
			t.Error(diags)
		}
	}
	for _, build := range listResources(ctx, t) {
		if diags := listResourceSchema(ctx, build()).ValidateImplementation(ctx); diags.HasError() {
			t.Error(diags)
		}
	}
	for _, build := range ephemeralResources(ctx, t) {
		if diags := ephemeralSchema(ctx, build()).ValidateImplementation(ctx); diags.HasError() {
			t.Error(diags)
		}
	}
	for _, build := range p.DataSources(ctx) {
		if diags := dataSourceSchema(ctx, build()).ValidateImplementation(ctx); diags.HasError() {
			t.Error(diags)
		}
	}
	for _, build := range actions(ctx, t) {
		if diags := actionSchema(ctx, build()).ValidateImplementation(ctx); diags.HasError() {
			t.Error(diags)
		}
	}
	for name, definition := range functions(ctx, t) {
		var resp function.DefinitionValidateResponse
		definition.ValidateImplementation(ctx, function.DefinitionValidateRequest{FuncName: name}, &resp)
		if resp.Diagnostics.HasError() {
			t.Error(resp.Diagnostics)
		}
	}
}

func objects(t *testing.T) (all []object) {
	t.Helper()
	ctx := t.Context()
	p := provider.New("test")()
	for _, build := range p.Resources(ctx) {
		r := build()
		var meta resource.MetadataResponse
		r.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "sentinelone"}, &meta)
		s := resourceSchema(ctx, r)
		all = append(all, newObject("resources", meta.TypeName, s.MarkdownDescription, s.Attributes))
	}
	for _, build := range p.DataSources(ctx) {
		d := build()
		var meta datasource.MetadataResponse
		d.Metadata(ctx, datasource.MetadataRequest{ProviderTypeName: "sentinelone"}, &meta)
		s := dataSourceSchema(ctx, d)
		all = append(all, newObject("data-sources", meta.TypeName, s.MarkdownDescription, s.Attributes))
	}
	for _, build := range listResources(ctx, t) {
		l := build()
		var meta resource.MetadataResponse
		l.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "sentinelone"}, &meta)
		s := listResourceSchema(ctx, l)
		all = append(all, newObject("list-resources", meta.TypeName, s.MarkdownDescription, s.Attributes))
	}
	for _, build := range ephemeralResources(ctx, t) {
		e := build()
		var meta ephemeral.MetadataResponse
		e.Metadata(ctx, ephemeral.MetadataRequest{ProviderTypeName: "sentinelone"}, &meta)
		s := ephemeralSchema(ctx, e)
		all = append(all, newObject("ephemeral-resources", meta.TypeName, s.MarkdownDescription, s.Attributes))
	}
	for _, build := range actions(ctx, t) {
		a := build()
		var meta action.MetadataResponse
		a.Metadata(ctx, action.MetadataRequest{ProviderTypeName: "sentinelone"}, &meta)
		s := actionSchema(ctx, a)
		all = append(all, newObject("actions", meta.TypeName, s.MarkdownDescription, s.Attributes))
	}
	for name, definition := range functions(ctx, t) {
		o := object{
			kind: "functions", name: name, summary: definition.MarkdownDescription,
			attributes: map[string]string{"": definition.Summary},
		}
		for _, parameter := range append(definition.Parameters, definition.VariadicParameter) {
			if parameter != nil {
				o.attributes[parameter.GetName()] = parameter.GetMarkdownDescription()
			}
		}
		all = append(all, o)
	}
	return all
}

// newObject is an object that has a schema.
func newObject[A described](kind, name, summary string, attributes map[string]A) object {
	o := object{kind, name, summary, map[string]string{}, map[string][]int{}}
	for name, attribute := range attributes {
		o.collect(name, attribute)
	}
	return o
}

type described interface{ GetMarkdownDescription() string }

// collect adds an attribute's description and limits, and those of the attributes within it.
func (o object) collect(path string, attribute described) {
	o.attributes[path] = attribute.GetMarkdownDescription()
	o.limits[path] = limitsOf(attribute)
	switch nested := attribute.(type) {
	case schema.SingleNestedAttribute:
		for name, inner := range nested.Attributes {
			o.collect(path+"."+name, inner)
		}
	case datasourceschema.SingleNestedAttribute:
		for name, inner := range nested.Attributes {
			o.collect(path+"."+name, inner)
		}
	case listschema.SingleNestedAttribute:
		for name, inner := range nested.Attributes {
			o.collect(path+"."+name, inner)
		}
	case actionschema.SingleNestedAttribute:
		for name, inner := range nested.Attributes {
			o.collect(path+"."+name, inner)
		}
	case datasourceschema.ListNestedAttribute:
		for name, inner := range nested.NestedObject.Attributes {
			o.collect(path+"."+name, inner)
		}
	}
}

func listResources(ctx context.Context, t *testing.T) []func() list.ListResource {
	t.Helper()
	p, ok := provider.New("test")().(frameworkprovider.ProviderWithListResources)
	if !ok {
		t.Fatal("the provider has no list resources")
	}
	return p.ListResources(ctx)
}

func ephemeralResources(ctx context.Context, t *testing.T) []func() ephemeral.EphemeralResource {
	t.Helper()
	p, ok := provider.New("test")().(frameworkprovider.ProviderWithEphemeralResources)
	if !ok {
		t.Fatal("the provider has no ephemeral resources")
	}
	return p.EphemeralResources(ctx)
}

func actions(ctx context.Context, t *testing.T) []func() action.Action {
	t.Helper()
	p, ok := provider.New("test")().(frameworkprovider.ProviderWithActions)
	if !ok {
		t.Fatal("the provider has no actions")
	}
	return p.Actions(ctx)
}

// functions are the definitions of the functions by name.
func functions(ctx context.Context, t *testing.T) map[string]function.Definition {
	t.Helper()
	p, ok := provider.New("test")().(frameworkprovider.ProviderWithFunctions)
	if !ok {
		t.Fatal("the provider has no functions")
	}
	all := map[string]function.Definition{}
	for _, build := range p.Functions(ctx) {
		var meta function.MetadataResponse
		build().Metadata(ctx, function.MetadataRequest{}, &meta)
		var resp function.DefinitionResponse
		build().Definition(ctx, function.DefinitionRequest{}, &resp)
		all[meta.Name] = resp.Definition
	}
	return all
}

func resourceSchema(ctx context.Context, r resource.Resource) schema.Schema {
	var resp resource.SchemaResponse
	r.Schema(ctx, resource.SchemaRequest{}, &resp)
	return resp.Schema
}

func dataSourceSchema(ctx context.Context, d datasource.DataSource) datasourceschema.Schema {
	var resp datasource.SchemaResponse
	d.Schema(ctx, datasource.SchemaRequest{}, &resp)
	return resp.Schema
}

func listResourceSchema(ctx context.Context, l list.ListResource) listschema.Schema {
	var resp list.ListResourceSchemaResponse
	l.ListResourceConfigSchema(ctx, list.ListResourceSchemaRequest{}, &resp)
	return resp.Schema
}

func ephemeralSchema(ctx context.Context, e ephemeral.EphemeralResource) ephemeralschema.Schema {
	var resp ephemeral.SchemaResponse
	e.Schema(ctx, ephemeral.SchemaRequest{}, &resp)
	return resp.Schema
}

func actionSchema(ctx context.Context, a action.Action) actionschema.Schema {
	var resp action.SchemaResponse
	a.Schema(ctx, action.SchemaRequest{}, &resp)
	return resp.Schema
}
