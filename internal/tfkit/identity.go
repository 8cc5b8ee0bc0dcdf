package tfkit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// Identity tells an object of the console from all others. Its scope, in the form of [sentinelone.Scope.Path], may be
// left out in an import: the id then has to be in the token's reach.
type Identity struct {
	ID    types.String `tfsdk:"id"`
	Scope types.String `tfsdk:"scope"`
}

// NewIdentity returns the identity of an object.
func NewIdentity(id string, in sentinelone.Scope) Identity {
	return Identity{ID: types.StringValue(id), Scope: Text(in.Path())}
}

const scopePathDescription = "such as `site/225494730938493804`, `account/…`, `group/…` or `tenant`"

// Identified is the base of a managed resource whose objects have ids.
type Identified struct{ Resource }

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Identified) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{RequiredForImport: true, Description: "The console's id of the object."},
		"scope": identityschema.StringAttribute{
			OptionalForImport: true, Description: "The scope that the object belongs to, " + scopePathDescription + ".",
		},
	}}
}

// Identify gives an object its identity, unless it has one: an identity never changes, and one that was imported
// without a scope stays without. The framework wants it of every Read, also of one that finds nothing.
func (r *Identified) Identify(
	ctx context.Context, identity *tfsdk.ResourceIdentity, id string, in sentinelone.Scope,
) diag.Diagnostics {
	if !identity.Raw.IsFullyNull() {
		return nil
	}
	return identity.Set(ctx, NewIdentity(id, in))
}

// setScope begins the state of what is imported with its scope.
func setScope(ctx context.Context, text string, resp *resource.ImportStateResponse) {
	in, err := sentinelone.ParseScope(text)
	if err != nil {
		resp.Diagnostics.AddError("Invalid import", "The scope can't be read: "+err.Error()+".")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("scope"), NewScope(in))...)
}
