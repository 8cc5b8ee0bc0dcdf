package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/provider"
	"terraform-provider-sentinelone/internal/simulator"
)

// Import by identity is for CLIs newer than the one at hand may be, so it is tested over the protocol: what an identity
// names is read, and a Read that finds nothing still has the identity.
func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	addExisting(console)
	server := configured(t, console)
	for _, o := range objects(t) {
		if o.kind != "resources" {
			continue
		}
		imported, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
			TypeName: o.name,
			Identity: &tfprotov6.ResourceIdentityData{IdentityData: dynamic(t, identityType, map[string]tftypes.Value{
				"id": tftypes.NewValue(tftypes.String, documentedID),
			})},
		})
		mustSucceed(t, err, imported.Diagnostics)
		object := imported.ImportedResources[0]
		request := &tfprotov6.ReadResourceRequest{
			TypeName: o.name, CurrentState: object.State, CurrentIdentity: object.Identity,
		}
		read, err := server.ReadResource(t.Context(), request)
		mustSucceed(t, err, read.Diagnostics)
		if id := attribute(t, read.NewIdentity.IdentityData, identityType, "id"); id != documentedID {
			t.Errorf("%s: the identity is %q", o.name, id)
		}
		console.Change(func(s *simulator.State) { s.Rules, s.Restrictions = nil, nil })
		request.CurrentIdentity = nil // as CLIs send it that know no identity
		read, err = server.ReadResource(t.Context(), request)
		mustSucceed(t, err, read.Diagnostics)
		if id := attribute(t, read.NewIdentity.IdentityData, identityType, "id"); id != documentedID {
			t.Errorf("%s: without the object, the identity is %q", o.name, id)
		}
		addExisting(console)
	}
}

var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}

// configured returns the provider behind its protocol, configured for a console.
func configured(t *testing.T, console *simulator.Console) tfprotov6.ProviderServer {
	t.Helper()
	server := providerserver.NewProtocol6(provider.New("test")())()
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
	value, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

func attribute(t *testing.T, value *tfprotov6.DynamicValue, kind tftypes.Object, name string) (text string) {
	t.Helper()
	object, err := value.Unmarshal(kind)
	if err != nil {
		t.Fatal(err)
	}
	var values map[string]tftypes.Value
	if err := object.As(&values); err != nil {
		t.Fatal(err)
	}
	if err := values[name].As(&text); err != nil {
		t.Fatal(err)
	}
	return text
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
