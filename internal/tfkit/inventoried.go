package tfkit

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// Inventoried is the base of a managed resource, and of the list resource of the same name, whose objects a scope owns
// any number of: they are read and deleted through an inventory, and made exactly once. A resource adds its Schema, and
// may do more before or behind a method of the base.
type Inventoried[T inventory.Row, F Fields, M any] struct {
	Identified
	kind Kind[T, F, M]
}

// NewInventoried returns the base of a kind's resource.
func NewInventoried[T inventory.Row, F Fields, M any](kind Kind[T, F, M]) Inventoried[T, F, M] {
	return Inventoried[T, F, M]{kind: kind}
}

// Metadata implements resource.Resource and list.ListResource.
func (r *Inventoried[T, F, M]) Metadata(
	_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse,
) {
	resp.TypeName = r.kind.Type
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *Inventoried[T, F, M]) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		return
	}
	r.PlanScope(ctx, req, resp)
	if req.State.Raw.IsNull() {
		r.planExisting(ctx, req, resp)
	} else {
		r.claim(ctx, req, resp)
	}
	SettlePlan(req, resp, append([]string{OnExisting}, r.kind.Steering...)...)
}

// claim tells the inventory whose an object is that was not read before: one that is about to be replaced is planned a
// second time, without its state, and is no stranger then.
func (r *Inventoried[T, F, M]) claim(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	var id types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("id"), &id)...)
	if r.Provider != nil && r.Provider.Console != nil {
		r.kind.Inventory(r.Provider).Claim(id.ValueString())
	}
}

// Create implements resource.Resource.
func (r *Inventoried[T, F, M]) Create(
	ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse,
) {
	plan, fields := r.wanted(ctx, req.Plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	row, known, err := r.create(ctx, plan, fields, &resp.Diagnostics)
	if err != nil {
		AddFailure(&resp.Diagnostics, r.kind.Operations.Create, r.kind.Describe(plan.model, ctx), err)
		return
	}
	r.set(ctx, row, known, resp.Identity, &resp.State, &resp.Diagnostics)
}

// Read implements resource.Resource.
func (r *Inventoried[T, F, M]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	prior := instanceOf[M](ctx, req.State, &resp.Diagnostics)
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	row, err := r.find(ctx, prior)
	if errors.Is(err, sentinelone.ErrNotFound) {
		resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, prior.id, prior.in)...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		AddFailure(&resp.Diagnostics, r.kind.Operations.List, r.kind.Describe(prior.model, ctx), err)
		return
	}
	r.set(ctx, row, prior.model, resp.Identity, &resp.State, &resp.Diagnostics)
}

// Update implements resource.Resource.
func (r *Inventoried[T, F, M]) Update(
	ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse,
) {
	plan, fields := r.wanted(ctx, req.Plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	row, err := r.kind.Update(ctx, r.Provider.Console, plan.in, plan.id, fields)
	if err != nil {
		AddFailure(&resp.Diagnostics, r.kind.Operations.Update, r.kind.Describe(plan.model, ctx), err)
		return
	}
	r.kind.Inventory(r.Provider).Wrote(row)
	r.set(ctx, row, plan.model, resp.Identity, &resp.State, &resp.Diagnostics)
}

// Delete implements resource.Resource.
func (r *Inventoried[T, F, M]) Delete(
	ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse,
) {
	state := instanceOf[M](ctx, req.State, &resp.Diagnostics)
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	if err := r.kind.Inventory(r.Provider).Delete(ctx, state.in, state.id); err != nil {
		AddFailure(&resp.Diagnostics, r.kind.Operations.Delete, r.kind.Describe(state.model, ctx), err)
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *Inventoried[T, F, M]) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	r.Import(ctx, req, resp, NaturalKey{
		Form:      r.kind.Key.Form,
		Operation: r.kind.Operations.List,
		Find: func(ctx context.Context, in sentinelone.Scope, key string) ([]Candidate, error) {
			found, err := r.kind.Key.Find(ctx, r.kind.Inventory(r.Provider), in, key)
			return r.candidates(found), err
		},
	})
}

// instance is what a plan or a state says of an object.
type instance[M any] struct {
	model      M
	id         string // "" before it is made
	in         sentinelone.Scope
	onExisting types.String
}

// record is a plan or a state.
type record interface {
	Get(ctx context.Context, target any) diag.Diagnostics
	GetAttribute(ctx context.Context, at path.Path, target any) diag.Diagnostics
}

func instanceOf[M any](ctx context.Context, from record, diags *diag.Diagnostics) (i instance[M]) {
	var id types.String
	var scope Scope
	diags.Append(from.Get(ctx, &i.model)...)
	diags.Append(from.GetAttribute(ctx, path.Root("id"), &id)...)
	diags.Append(from.GetAttribute(ctx, path.Root("scope"), &scope)...)
	diags.Append(from.GetAttribute(ctx, path.Root(OnExisting), &i.onExisting)...)
	i.id, i.in = id.ValueString(), ScopeOf(ctx, scope)
	return i
}

// wanted returns what is planned, and how it is to be written.
func (r *Inventoried[T, F, M]) wanted(
	ctx context.Context, planned tfsdk.Plan, diags *diag.Diagnostics,
) (plan instance[M], fields F) {
	plan = instanceOf[M](ctx, planned, diags)
	if r.Client(diags) == nil {
		return plan, fields
	}
	fields, more := r.kind.ToAPI(plan.model, ctx, r.Provider.Marker)
	diags.Append(more...)
	return plan, fields
}

// find returns an object from the inventory. One that is imported by nothing but its id has no scope yet: it is looked
// for wherever the token may, and then in the provider's scope, since a console may show no more than the token's own
// scope to who names none.
func (r *Inventoried[T, F, M]) find(ctx context.Context, prior instance[M]) (T, error) {
	held := r.kind.Inventory(r.Provider)
	unchanged := func(row T) bool { return r.kind.Unchanged(prior.model, ctx, row, r.Provider.Marker) }
	row, err := held.Read(ctx, prior.in, prior.id, unchanged)
	byDefault := ScopeOf(ctx, r.Provider.DefaultScope)
	if prior.in.IsZero() && !byDefault.IsZero() && errors.Is(err, sentinelone.ErrNotFound) {
		return held.Read(ctx, byDefault, prior.id, unchanged)
	}
	return row, err
}

// set writes what the console holds to identity and state, beside what is known otherwise.
func (r *Inventoried[T, F, M]) set(
	ctx context.Context, row T, known M, identity *tfsdk.ResourceIdentity, state *tfsdk.State, diags *diag.Diagnostics,
) {
	id, in := row.Key()
	diags.Append(r.Identify(ctx, identity, id, in)...)
	diags.Append(state.Set(ctx, r.model(ctx, row, known, diags))...)
}

func (r *Inventoried[T, F, M]) model(ctx context.Context, row T, known M, diags *diag.Diagnostics) M {
	model, more := r.kind.FromAPI(ctx, row, r.Provider.Marker, known)
	diags.Append(more...)
	return model
}
