package tfkit

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// PerScope is the base of a managed resource of which a scope has one object.
type PerScope struct{ Resource }

type scopeIdentity struct {
	Scope types.String `tfsdk:"scope"`
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *PerScope) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"scope": identityschema.StringAttribute{
			RequiredForImport: true, Description: "The scope, " + scopePathDescription + ".",
		},
	}}
}

// ImportState implements resource.ResourceWithImportState: by the path of the scope, or by identity.
func (r *PerScope) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	identity := scopeIdentity{types.StringValue(req.ID)}
	if req.ID == "" {
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
	}
	setScope(ctx, identity.Scope.ValueString(), resp)
}

// Identify gives an object its identity.
func (r *PerScope) Identify(
	ctx context.Context, identity *tfsdk.ResourceIdentity, in sentinelone.Scope,
) diag.Diagnostics {
	return identity.Set(ctx, scopeIdentity{types.StringValue(in.Path())})
}

// PlanSole refuses a second resource for a scope: the two would undo each other's work with every apply. It is told by
// its configuration, since a provider does not learn addresses; two that say the same do no harm.
func (r *PerScope) PlanSole(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, what string,
) {
	var planned Scope
	resp.Diagnostics.Append(resp.Plan.GetAttribute(ctx, path.Root("scope"), &planned)...)
	in := ScopeOf(ctx, planned)
	if r.Provider == nil || in.IsZero() || !req.Config.Raw.IsFullyKnown() {
		return
	}
	first, ok := r.Provider.Planned.Note(in, what, req.Config.Raw)[what]
	if ok && !first.Equal(req.Config.Raw) {
		resp.Diagnostics.AddError("Two resources for one scope", fmt.Sprintf(
			"Another resource of this configuration is about the %s of %s, too, and says something else. Merge the two.", what, in))
	}
}
