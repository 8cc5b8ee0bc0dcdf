package firewall

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ resource.ResourceWithConfigure   = (*tagResource)(nil)
	_ resource.ResourceWithIdentity    = (*tagResource)(nil)
	_ resource.ResourceWithImportState = (*tagResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*tagResource)(nil)
)

type tagResource struct{ tfkit.Identified }

// NewTagResource returns the resource sentinelone_firewall_tag.
func NewTagResource() resource.Resource { return &tagResource{} }

// Metadata implements resource.Resource.
func (r *tagResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_firewall_tag"
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *tagResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		return
	}
	r.PlanScope(ctx, req, resp)
	if req.State.Raw.IsNull() {
		r.planExisting(ctx, req, resp)
	}
	r.planLength(ctx, resp)
	tfkit.SettlePlan(req, resp, tfkit.OnExisting)
}

// planLength checks the description's length, which counts the marker.
func (r *tagResource) planLength(ctx context.Context, resp *resource.ModifyPlanResponse) {
	var plan tagModel
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &plan)...)
	if r.Provider == nil {
		return
	}
	text := r.Provider.Marker.Mark(plan.Description.ValueString())
	if length := utf8.RuneCountInString(text); length > longestTagText {
		resp.Diagnostics.AddAttributeError(path.Root("description"), "Description too long", fmt.Sprintf(
			"With the provider's marker behind it, it has %d characters; the console takes %d.", length, longestTagText))
	}
}

// Create implements resource.Resource.
func (r *tagResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan tagModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	tag, err := r.create(ctx, client, plan)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.CreateFirewallTag, plan.describe(ctx), err)
		return
	}
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, tag.ID, tag.Scope())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, newTagModel(tag, r.Provider.Marker, plan))...)
}

// Read implements resource.Resource.
func (r *tagResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var prior tagModel
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	in, id := tfkit.ScopeOf(ctx, prior.Scope), prior.ID.ValueString()
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	tag, err := tfkit.Read(ctx, r.Provider, r.Provider.Tags, in, id, func(tag sentinelone.FirewallTag) bool {
		return r.unchanged(tag, prior)
	})
	if errors.Is(err, sentinelone.ErrNotFound) {
		resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, id, in)...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListFirewallTags, prior.describe(ctx), err)
		return
	}
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, tag.ID, tag.Scope())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, newTagModel(tag, r.Provider.Marker, prior))...)
}

// Update implements resource.Resource.
func (r *tagResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan tagModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	tag, err := client.FirewallTags.Update(ctx, plan.ID.ValueString(), plan.toAPI(r.Provider.Marker))
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.UpdateFirewallTag, plan.describe(ctx), err)
		return
	}
	r.Provider.Tags.Wrote(tag)
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, tag.ID, tag.Scope())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, newTagModel(tag, r.Provider.Marker, plan))...)
}

// Delete implements resource.Resource.
func (r *tagResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state tagModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	if err := r.Provider.Tags.Delete(ctx, tfkit.ScopeOf(ctx, state.Scope), state.ID.ValueString()); err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.DeleteFirewallTags, state.describe(ctx), err)
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *tagResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	r.Import(ctx, req, resp, tfkit.NaturalKey{Form: "tag/NAME", Operation: sentinelone.ListFirewallTags, Find: r.find})
}
