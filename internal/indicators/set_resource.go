package indicators

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ resource.ResourceWithConfigure      = (*setResource)(nil)
	_ resource.ResourceWithIdentity       = (*setResource)(nil)
	_ resource.ResourceWithImportState    = (*setResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*setResource)(nil)
	_ resource.ResourceWithValidateConfig = (*setResource)(nil)
)

type setResource struct{ tfkit.Identified }

// NewSetResource returns the resource sentinelone_indicator_set.
func NewSetResource() resource.Resource { return &setResource{} }

// Metadata implements resource.Resource.
func (r *setResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_indicator_set"
}

// Create implements resource.Resource.
func (r *setResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan setModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	wanted := r.wanted(ctx, plan, nil, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	turn, err := r.begin(ctx, &wanted)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListFirewallRules, plan.describe(ctx), err)
		return
	}
	plan.ID = types.StringValue(wanted.id)
	failures, done := r.enforce(ctx, job{
		model: &plan, wanted: wanted, turn: turn, withEntries: true, created: true,
	}, &resp.Diagnostics)
	if done {
		noteAstray(ctx, resp.Private, failures, &resp.Diagnostics)
		resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, wanted.id, wanted.in)...)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	}
}

// Update implements resource.Resource.
func (r *setResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior setModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	wanted := r.wanted(ctx, plan, &prior, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	turn, ok := r.Provider.Handover.Begin(ownerOf(wanted.in, wanted.id), wants(wanted))
	if !ok {
		resp.Diagnostics.AddError("Two sets of one name", plan.describe(ctx)+": another set of this configuration has taken "+
			"the former name of this one, and with it what this one had made. Rename one set, apply, and then name the other.")
		return
	}
	failures, done := r.enforce(ctx, job{
		model: &plan, wanted: wanted, turn: turn,
		ruleIDs: prior.ruleIDs(ctx, &resp.Diagnostics),
		withEntries: hasHashes(wanted.document) || hasHashes(prior.document(ctx, r.Provider)) ||
			isAstray(ctx, req.Private, &resp.Diagnostics),
		tight: !plan.ValuesPerRule.Equal(prior.ValuesPerRule),
	}, &resp.Diagnostics)
	if done {
		noteAstray(ctx, resp.Private, failures, &resp.Diagnostics)
		resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, wanted.id, wanted.in)...)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	}
}

// Delete implements resource.Resource. What another set has taken over, together with the set's name, is no longer this
// one's to delete.
func (r *setResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state setModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	nothing := state.toSet(ctx, r.Provider, ioc.Document{}, &resp.Diagnostics)
	turn, ok := r.Provider.Handover.Begin(ownerOf(nothing.in, nothing.id), wants(nothing))
	if !ok {
		return
	}
	var left diag.Diagnostics
	r.enforce(ctx, job{
		model: &state, wanted: nothing, turn: turn,
		ruleIDs:     state.ruleIDs(ctx, &resp.Diagnostics),
		withEntries: hasHashes(state.document(ctx, r.Provider)) || isAstray(ctx, req.Private, &resp.Diagnostics),
	}, &left)
	for _, each := range left { // errors, all of them: without one, Terraform would forget what is left
		resp.Diagnostics.AddError(each.Summary(), each.Detail())
	}
}

// wanted returns the set that the code wants, checked once more: what was unknown at plan is known now.
func (r *setResource) wanted(ctx context.Context, plan setModel, prior *setModel, diags *diag.Diagnostics) set {
	if r.Client(diags) == nil || diags.HasError() {
		return set{}
	}
	d := r.check(ctx, plan, prior, diags)
	r.checkRemovals(ctx, plan, prior, d, diags)
	return plan.toSet(ctx, r.Provider, d, diags)
}

// wants tells what a set is to hold, to the other sets of the run.
func wants(s set) func(ioc.Indicator) bool {
	wanted := s.wanted()
	return func(indicator ioc.Indicator) bool { return wanted[indicator] }
}

// begin gives a new set its id. What a run that was killed has made of a set of that name is taken over.
func (r *setResource) begin(ctx context.Context, s *set) (*inventory.Turn[ioc.Indicator], error) {
	sets, err := findSets(ctx, r.Provider, s.in)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, other := range sets {
		taken[other.id] = true
	}
	for _, other := range sets {
		if other.name != s.name {
			continue
		}
		if turn, ok := r.Provider.Handover.Begin(ownerOf(s.in, other.id), wants(*s)); ok {
			s.id = other.id
			return turn, nil
		}
	}
	for {
		s.id = newSetID(s.in, s.name, func(id string) bool { return taken[id] })
		if turn, ok := r.Provider.Handover.Begin(ownerOf(s.in, s.id), wants(*s)); ok {
			return turn, nil
		}
		taken[s.id] = true
	}
}

// job is what there is to do for a set.
type job struct {
	model       *setModel
	wanted      set
	turn        *inventory.Turn[ioc.Indicator]
	ruleIDs     []string // of the set's rules as far as the state knows them
	withEntries bool     // the set has or had hashes
	tight       bool     // distribute over as few rules as can be
	created     bool     // the state does not have it yet
}

// limitTakeOver refuses to take over a set that is not what an apply of this one can have left behind.
func (m setModel) limitTakeOver(there held, wanted set, diags *diag.Diagnostics) {
	holds, strange := there.indicators(wanted.terms), 0
	for indicator := range holds {
		if !has(wanted.document, indicator) {
			strange++
		}
	}
	m.limitRemovals(strange, len(holds), diags)
}

// enforce writes a set, and completes its model. It returns how many calls failed without an indicator being to blame, and
// false when nothing could be written: then nothing has changed, and the errors say why. Whatever else fails is a warning,
// since Terraform would destroy what a failed create has made.
func (r *setResource) enforce(ctx context.Context, j job, diags *diag.Diagnostics) (failures int, done bool) {
	defer j.turn.Taken(func(ioc.Indicator) bool { return true }) // unless it comes to writing
	object := j.model.describe(ctx)
	look := func() (held, error) {
		return readHeld(ctx, r.Provider, j.wanted.in, j.wanted.id, j.ruleIDs, j.withEntries)
	}
	there, err := look()
	if err != nil {
		tfkit.AddFailure(diags, sentinelone.ListFirewallRules, object, err)
		return 0, false
	}
	if j.created {
		j.model.limitTakeOver(there, j.wanted, diags)
	}
	if diags.HasError() {
		return 0, false
	}
	e, err := newEnforcement(ctx, r.Provider, j.wanted, there, j.turn)
	if err != nil {
		tfkit.AddFailure(diags, sentinelone.ListFirewallRules, object, err)
		return 0, false
	}
	if j.model.OnExisting.ValueString() == refuseExisting && len(e.skipped) > 0 {
		diags.Append(alreadyEnforced(object, e.skipped))
		return 0, false
	}
	e.tight = j.tight
	e.run(ctx)
	if there, err = look(); err != nil {
		e.broke(failure{sentinelone.ListFirewallRules, object, err})
	}
	if e.report(diags); diags.HasError() {
		return 0, false
	}
	j.model.FirewallRuleIDs = ruleIDList(there)
	j.model.Summary = e.summary().object()
	j.model.Skipped = types.StringValue(ioc.Compose(e.skipped))
	j.model.Failed = reasons(e.failed)
	return len(e.failures), true
}

// mostFailures bounds how many calls that failed are told one by one.
const mostFailures = 10

// report says what went wrong: warnings once something was written, else errors.
func (e *enforcement) report(diags *diag.Diagnostics) {
	var found diag.Diagnostics
	if len(e.failed) > 0 {
		var texts []string
		var first error
		for _, indicator := range sorted(e.failed) {
			texts = append(texts, fmt.Sprintf("%s: %s", indicator.Value, e.failed[indicator]))
			first = cmp.Or(first, e.failed[indicator])
		}
		found.AddError("Indicators not enforced", tfkit.WithRemedy(fmt.Sprintf("%s: %d of %d indicators are not enforced:\n%s",
			e.describe(), len(texts), len(e.set.document), lines(texts)), sentinelone.CreateFirewallRule, first))
	}
	slices.SortFunc(e.failures, func(a, b failure) int { return strings.Compare(a.object, b.object) })
	for _, f := range e.failures[:min(len(e.failures), mostFailures)] {
		tfkit.AddFailure(&found, f.op, f.object, f.err)
	}
	if more := len(e.failures) - mostFailures; more > 0 {
		found.AddError("More calls failed", fmt.Sprintf("%s: %d more calls failed beside those above.", e.describe(), more))
	}
	if len(e.kept) > 0 {
		diags.AddWarning("Indicators kept", fmt.Sprintf("%s: %d indicators that another set is to take stay with this one, since "+
			"that set could not take them. Plan again:\n%s", e.describe(), len(e.kept), lines(valuesOf(e.kept))))
	}
	for _, each := range found {
		if e.writes > 0 {
			each = diag.NewWarningDiagnostic(each.Summary(), each.Detail())
		}
		diags.Append(each)
	}
}

// alreadyEnforced is the error of on_existing = "error".
func alreadyEnforced(object string, by map[ioc.Indicator]cover) diag.Diagnostic {
	var texts []string
	for _, indicator := range sorted(by) {
		c := by[indicator]
		texts = append(texts, fmt.Sprintf("%s: by %s %s in %s, made by %q", indicator.Value, c.Kind, c.ID, c.Scope, c.Creator))
	}
	return diag.NewErrorDiagnostic("Indicators enforced already", fmt.Sprintf(
		"%s: %d indicators are enforced already by objects that Terraform does not manage:\n%s\n\nTake them out of the set, "+
			"delete those objects, or set on_existing = \"skip\".", object, len(texts), lines(texts)))
}
