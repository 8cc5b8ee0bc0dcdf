// Package blocklist holds the Terraform objects of the Blocklist.
package blocklist

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ resource.ResourceWithConfigure   = (*entryResource)(nil)
	_ resource.ResourceWithIdentity    = (*entryResource)(nil)
	_ resource.ResourceWithImportState = (*entryResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*entryResource)(nil)
)

type entryResource struct{ tfkit.Identified }

// NewEntryResource returns the resource sentinelone_blocklist_entry.
func NewEntryResource() resource.Resource { return &entryResource{} }

// Metadata implements resource.Resource.
func (r *entryResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_blocklist_entry"
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *entryResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		return
	}
	r.PlanScope(ctx, req, resp)
	if req.State.Raw.IsNull() {
		r.planExisting(ctx, req, resp)
	}
	tfkit.SettlePlan(req, resp, tfkit.OnExisting)
}

// Create implements resource.Resource.
func (r *entryResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan entryModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	entry, err := r.create(ctx, client, plan)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.CreateRestriction, plan.describe(ctx), err)
		return
	}
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, entry.ID, entry.Scope())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, newEntryModel(entry, r.Provider.Marker, plan))...)
}

// Read implements resource.Resource.
func (r *entryResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var prior entryModel
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	in, id := tfkit.ScopeOf(ctx, prior.Scope), prior.ID.ValueString()
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	entry, err := tfkit.Read(ctx, r.Provider, r.Provider.Entries, in, id, func(entry sentinelone.Restriction) bool {
		return r.unchanged(entry, prior)
	})
	if errors.Is(err, sentinelone.ErrNotFound) {
		resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, id, in)...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListRestrictions, prior.describe(ctx), err)
		return
	}
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, entry.ID, entry.Scope())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, newEntryModel(entry, r.Provider.Marker, prior))...)
}

// Update implements resource.Resource. Only the description can change in place.
func (r *entryResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan entryModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	entry, err := client.Restrictions.Update(
		ctx, tfkit.ScopeOf(ctx, plan.Scope), plan.ID.ValueString(), plan.toAPI(r.Provider.Marker))
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.UpdateRestriction, plan.describe(ctx), err)
		return
	}
	r.Provider.Entries.Wrote(entry)
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, entry.ID, entry.Scope())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, newEntryModel(entry, r.Provider.Marker, plan))...)
}

// Delete implements resource.Resource.
func (r *entryResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state entryModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	if err := r.Provider.Entries.Delete(ctx, tfkit.ScopeOf(ctx, state.Scope), state.ID.ValueString()); err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.DeleteRestrictions, state.describe(ctx), err)
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *entryResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	r.Import(ctx, req, resp, tfkit.NaturalKey{Form: "sha1/HASH/OS_TYPE", Operation: sentinelone.ListRestrictions, Find: r.find})
}
