package provider_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/provider"
	"terraform-provider-sentinelone/internal/simulator"
)

// Import by identity is for CLIs newer than the one at hand may be, so it is tested over the protocol: what an identity
// names is read, whether or not it says in which scope, and a Read that finds nothing still has the identity.
func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	server := configured(t, console)
	schemas, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	for _, scope := range []any{nil, "site/" + acctest.Site(console)} {
		for name, schema := range schemas.IdentitySchemas {
			identity := identityOf(t, schema, map[string]any{"id": documentedID, "scope": scope})
			at := slices.IndexFunc(schema.IdentityAttributes, func(a *tfprotov6.ResourceIdentitySchemaAttribute) bool {
				return a.Name == "scope"
			})
			if schema.IdentityAttributes[at].RequiredForImport && scope == nil {
				continue
			}
			addExisting(console)
			imported, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
				TypeName: name, Identity: identity,
			})
			mustSucceed(t, err, imported.Diagnostics)
			object := imported.ImportedResources[0]
			request := &tfprotov6.ReadResourceRequest{
				TypeName: name, CurrentState: object.State, CurrentIdentity: object.Identity,
			}
			read, err := server.ReadResource(t.Context(), request)
			mustSucceed(t, err, read.Diagnostics)
			if diff := cmp.Diff(identity.IdentityData, read.NewIdentity.IdentityData); diff != "" {
				t.Errorf("%s: identity (-want +got):\n%s", name, diff)
			}
			console.Change(func(s *simulator.State) { s.Rules, s.Restrictions, s.Tags = nil, nil, nil })
			request.CurrentIdentity = nil // as CLIs send it that know no identity
			read, err = server.ReadResource(t.Context(), request)
			mustSucceed(t, err, read.Diagnostics)
			if diff := cmp.Diff(identity.IdentityData, read.NewIdentity.IdentityData); diff != "" {
				t.Errorf("%s: without the object, identity (-want +got):\n%s", name, diff)
			}
		}
	}
}

// identityOf returns an identity with those of the values that its schema has.
func identityOf(
	t *testing.T, schema *tfprotov6.ResourceIdentitySchema, values map[string]any,
) *tfprotov6.ResourceIdentityData {
	t.Helper()
	attributes := map[string]tftypes.Value{}
	for _, a := range schema.IdentityAttributes {
		attributes[a.Name] = tftypes.NewValue(a.Type, values[a.Name])
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: dynamic(t, identityType(schema), attributes)}
}

func identityType(schema *tfprotov6.ResourceIdentitySchema) tftypes.Object {
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{}}
	for _, a := range schema.IdentityAttributes {
		kind.AttributeTypes[a.Name] = a.Type
	}
	return kind
}

// configured returns the provider behind its protocol, configured for a console.
func configured(t *testing.T, console *simulator.Console) tfprotov6.ProviderServer {
	t.Helper()
	server := providerserver.NewProtocol6(provider.New("test", provider.WithSettle(0))())()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	settings, ok := schemas.Provider.ValueType().(tftypes.Object)
	if !ok {
		t.Fatal("the provider's schema is no object")
	}
	values := map[string]tftypes.Value{}
	for name, kind := range settings.AttributeTypes {
		values[name] = tftypes.NewValue(kind, nil)
	}
	values["host"] = tftypes.NewValue(tftypes.String, console.URL())
	values["api_token"] = tftypes.NewValue(tftypes.String, console.Token())
	resp, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: dynamic(t, settings, values),
	})
	mustSucceed(t, err, resp.Diagnostics)
	return server
}

func dynamic(t *testing.T, kind tftypes.Object, values map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	return dynamicOf(t, kind, tftypes.NewValue(kind, values))
}

func dynamicOf(t *testing.T, kind tftypes.Object, object tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	value, err := tfprotov6.NewDynamicValue(kind, object)
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

func mustSucceed(t *testing.T, err error, diags []*tfprotov6.Diagnostic) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			t.Fatalf("%s: %s", d.Summary, d.Detail)
		}
	}
}
