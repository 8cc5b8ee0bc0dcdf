package main

import (
	"context"
	"encoding/json"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"terraform-provider-sentinelone/internal/provider"
)

const (
	providerName = "sentinelone"
	// documentedAs is the only address that tfplugindocs looks for.
	documentedAs = "registry.terraform.io/hashicorp/" + providerName
)

// providerSchemas returns what a CLI that knows all the provider offers would say about it.
func providerSchemas(ctx context.Context) (*tfjson.ProviderSchemas, error) {
	server := providerserver.NewProtocol6(provider.New("docs")())()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	for _, d := range schemas.Diagnostics {
		return nil, fmt.Errorf("%s: %s", d.Summary, d.Detail)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, err
	}
	return &tfjson.ProviderSchemas{
		FormatVersion: "1.0",
		Schemas: map[string]*tfjson.ProviderSchema{documentedAs: {
			ConfigSchema:             schemaOf(schemas.Provider),
			ResourceSchemas:          each(schemas.ResourceSchemas, schemaOf),
			DataSourceSchemas:        each(schemas.DataSourceSchemas, schemaOf),
			ListResourceSchemas:      each(schemas.ListResourceSchemas, schemaOf),
			EphemeralResourceSchemas: each(schemas.EphemeralResourceSchemas, schemaOf),
			ResourceIdentitySchemas:  each(identities.IdentitySchemas, identityOf),
			ActionSchemas:            each(schemas.ActionSchemas, actionOf),
			Functions:                each(schemas.Functions, functionOf),
		}},
	}, nil
}

func each[A, B any](all map[string]A, convert func(A) B) map[string]B {
	converted := map[string]B{}
	for name, one := range all {
		converted[name] = convert(one)
	}
	return converted
}

// schemaOf leaves blocks out: the provider has none, as attributes do all that they do.
func schemaOf(s *tfprotov6.Schema) *tfjson.Schema {
	return &tfjson.Schema{
		Version: uint64(s.Version),
		Block: &tfjson.SchemaBlock{
			Attributes:      attributesOf(s.Block.Attributes),
			Description:     s.Block.Description,
			DescriptionKind: kindOf(s.Block.DescriptionKind),
			Deprecated:      s.Block.Deprecated,
		},
	}
}

func attributesOf(all []*tfprotov6.SchemaAttribute) map[string]*tfjson.SchemaAttribute {
	attributes := map[string]*tfjson.SchemaAttribute{}
	for _, a := range all {
		attribute := &tfjson.SchemaAttribute{
			Description:     a.Description,
			DescriptionKind: kindOf(a.DescriptionKind),
			Deprecated:      a.Deprecated,
			Required:        a.Required,
			Optional:        a.Optional,
			Computed:        a.Computed,
			Sensitive:       a.Sensitive,
			WriteOnly:       a.WriteOnly,
		}
		if a.NestedType != nil {
			attribute.AttributeNestedType = &tfjson.SchemaNestedAttributeType{
				Attributes:  attributesOf(a.NestedType.Attributes),
				NestingMode: nestingModes[a.NestedType.Nesting],
			}
		} else {
			attribute.AttributeType = typeOf(a.Type)
		}
		attributes[a.Name] = attribute
	}
	return attributes
}

var nestingModes = map[tfprotov6.SchemaObjectNestingMode]tfjson.SchemaNestingMode{
	tfprotov6.SchemaObjectNestingModeSingle: tfjson.SchemaNestingModeSingle,
	tfprotov6.SchemaObjectNestingModeList:   tfjson.SchemaNestingModeList,
	tfprotov6.SchemaObjectNestingModeSet:    tfjson.SchemaNestingModeSet,
	tfprotov6.SchemaObjectNestingModeMap:    tfjson.SchemaNestingModeMap,
}

func kindOf(kind tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	if kind == tfprotov6.StringKindMarkdown {
		return tfjson.SchemaDescriptionKindMarkdown
	}
	return tfjson.SchemaDescriptionKindPlain
}

func identityOf(s *tfprotov6.ResourceIdentitySchema) *tfjson.IdentitySchema {
	attributes := map[string]*tfjson.IdentityAttribute{}
	for _, a := range s.IdentityAttributes {
		attributes[a.Name] = &tfjson.IdentityAttribute{
			IdentityType:      typeOf(a.Type),
			Description:       a.Description,
			RequiredForImport: a.RequiredForImport,
			OptionalForImport: a.OptionalForImport,
		}
	}
	return &tfjson.IdentitySchema{Version: uint64(s.Version), Attributes: attributes}
}

func actionOf(s *tfprotov6.ActionSchema) *tfjson.ActionSchema {
	return &tfjson.ActionSchema{Block: schemaOf(s.Schema).Block}
}

func functionOf(f *tfprotov6.Function) *tfjson.FunctionSignature {
	signature := &tfjson.FunctionSignature{
		Summary:            f.Summary,
		Description:        f.Description,
		DeprecationMessage: f.DeprecationMessage,
		ReturnType:         typeOf(f.Return.Type),
	}
	for _, p := range f.Parameters {
		signature.Parameters = append(signature.Parameters, parameterOf(p))
	}
	if f.VariadicParameter != nil {
		signature.VariadicParameter = parameterOf(f.VariadicParameter)
	}
	return signature
}

func parameterOf(p *tfprotov6.FunctionParameter) *tfjson.FunctionParameter {
	return &tfjson.FunctionParameter{
		Name:        p.Name,
		Description: p.Description,
		IsNullable:  p.AllowNullValue,
		Type:        typeOf(p.Type),
	}
}

// typeOf goes by way of JSON, in which both libraries write types alike. It panics on a type that one of them lacks.
func typeOf(t tftypes.Type) cty.Type {
	text, err := json.Marshal(t)
	if err != nil {
		panic(err)
	}
	converted, err := ctyjson.UnmarshalType(text)
	if err != nil {
		panic(err)
	}
	return converted
}
