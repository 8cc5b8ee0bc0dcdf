package indicators

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// ValidateConfig implements resource.ResourceWithValidateConfig, for a provider that is not configured: the console's host
// is not known then. One that is configured checks the plan instead.
func (r *setResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config setModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !resp.Diagnostics.HasError() && r.Provider == nil {
		r.check(ctx, config, nil, &resp.Diagnostics)
	}
}

// check reads the indicators, and refuses those that would hurt. What the state has already has been through that.
func (r *setResource) check(ctx context.Context, m setModel, prior *setModel, diags *diag.Diagnostics) ioc.Document {
	at := path.Root("indicators")
	var d ioc.Document
	host := ""
	switch {
	case m.Indicators.IsUnknown() || m.Indicators.IsNull():
		return nil
	case r.Provider == nil:
		d = parseDocument(m.Indicators, at, diags)
	default:
		var err error
		d, err = r.Provider.Documents.Get(ctx, m.Indicators.ValueString())
		addBroken(err, at, diags)
		if r.Provider.Console != nil {
			host = r.Provider.Console.HostName()
		}
	}
	if prior != nil && m.Indicators.Equal(prior.Indicators) && m.Protected.Equal(prior.Protected) && m.Allow.Equal(prior.Allow) {
		return d
	}
	guard := m.guard(host, diags)
	if guard == nil || m.Protected.IsUnknown() || someUnknown(m.Allow) {
		return d
	}
	var harmful []string
	for indicator := range d {
		if err := guard(indicator); err != nil {
			harmful = append(harmful, err.Error())
		}
	}
	if slices.Sort(harmful); len(harmful) > 0 {
		diags.AddAttributeError(at, "Harmful indicators", fmt.Sprintf(
			"To block %d of the indicators would hurt yourselves:\n%s\n\nTake them out of the document, or name them in allow "+
				"if they are meant.", len(harmful), lines(harmful)))
	}
	return d
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *setResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		return
	}
	r.PlanScope(ctx, req, resp)
	var prior *setModel
	var plan setModel
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		prior = &setModel{}
		resp.Diagnostics.Append(req.State.Get(ctx, prior)...)
	}
	if resp.Diagnostics.HasError() || r.Provider == nil {
		return
	}
	d := r.check(ctx, plan, prior, &resp.Diagnostics)
	if d != nil && len(resp.RequiresReplace) == 0 {
		r.checkRemovals(ctx, plan, prior, d, &resp.Diagnostics)
	}
	replaced := r.planBeside(ctx, req, plan, prior, d, &resp.Diagnostics)
	r.planExisting(ctx, plan, prior, d, &resp.Diagnostics)
	if prior == nil && !replaced {
		r.planTakeOver(ctx, plan, &resp.Diagnostics)
	}
	tfkit.SettlePlan(req, resp, tfkit.OnExisting)
	expired := d != nil && prior != nil && expiredAt(d, r.Provider.Now()) != countsOf(prior.Summary, "expired").total()
	if expired || isAstray(ctx, req.Private, &resp.Diagnostics) {
		planUpdate(ctx, resp)
	}
}

// planUpdate plans an update where nothing that is configured differs.
func planUpdate(ctx context.Context, resp *resource.ModifyPlanResponse) {
	for name, unknown := range map[string]any{
		"firewall_rule_ids": types.ListUnknown(types.StringType), "summary": types.ObjectUnknown(summaryType),
		"skipped": types.StringUnknown(), "failed": types.StringUnknown(),
	} {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(name), unknown)...)
	}
}

// manyInSet is the size from which on a set that loses more than half is held for a feed that broke.
const manyInSet = 20

// checkRemovals refuses a document that leaves out more than may leave the set at once.
func (r *setResource) checkRemovals(
	ctx context.Context, plan setModel, prior *setModel, d ioc.Document, diags *diag.Diagnostics,
) {
	if prior == nil || plan.Indicators.Equal(prior.Indicators) {
		return
	}
	live, removed, now := 0, 0, r.Provider.Now()
	for indicator, remark := range prior.document(ctx, r.Provider) {
		if remark.ExpiredAt(now) {
			continue
		}
		live++
		if !has(d, indicator) {
			removed++
		}
	}
	if len(d) == 0 && removed > 0 {
		diags.AddAttributeError(path.Root("indicators"), "Set would be emptied", fmt.Sprintf(
			"The document is empty, and %d indicators would no longer be enforced. A feed that broke looks the same. Nothing "+
				"was changed. If the set is to go, destroy it.", removed))
		return
	}
	plan.limitRemovals(removed, live, diags)
}

// limitRemovals refuses to remove more than may leave the set at once.
func (m setModel) limitRemovals(removed, of int, diags *diag.Diagnostics) {
	limit := of
	switch {
	case m.MaxRemovals.IsUnknown(): // looked at again at apply
	case !m.MaxRemovals.IsNull():
		limit = int(m.MaxRemovals.ValueInt64())
	case of > manyInSet:
		limit = of / 2
	}
	if removed > limit {
		diags.AddAttributeError(path.Root("indicators"), "Too many removals", fmt.Sprintf(
			"%d of %d indicators would no longer be enforced, and at most %d may leave the set at once. A feed that broke looks "+
				"the same. Nothing was changed. If they are to go, set max_removals to %d or more for one apply.",
			removed, of, limit, removed))
	}
}

// planBeside refuses what gets in the way of another set of the configuration. It tells whether the set itself has been
// planned before: then it is about to be replaced.
func (r *setResource) planBeside(
	ctx context.Context, req resource.ModifyPlanRequest, plan setModel, prior *setModel, d ioc.Document, diags *diag.Diagnostics,
) (known bool) {
	in := tfkit.ScopeOf(ctx, plan.Scope)
	if in.IsZero() || plan.Name.IsUnknown() || !req.Config.Raw.IsFullyKnown() {
		return false
	}
	mine := tfkit.SetPlan{Config: req.Config.Raw, Document: d, OSTypes: plan.terms(ctx, diags).osTypes}
	names := []string{plan.Name.ValueString()}
	if prior != nil && tfkit.ScopeOf(ctx, prior.Scope) == in {
		names = append(names, prior.Name.ValueString())
	}
	for _, name := range names {
		first, ok := r.Provider.Sets.Note(in, name, mine)[name]
		known = known || ok
		if ok && !first.Config.Equal(mine.Config) {
			diags.AddAttributeError(path.Root("name"), "Two sets of one name", fmt.Sprintf(
				"Another set of this configuration in %s is called %q, too, or was until now. Merge the two, choose another name, or "+
					"rename the one, apply, and then name the other.", in, name))
		}
	}
	for name, other := range r.Provider.Sets.Note(in, names[0], mine) {
		if both := sharedHashes(mine, other, r.Provider.Now()); !slices.Contains(names, name) && !other.Config.Equal(mine.Config) && len(both) > 0 {
			diags.AddAttributeError(path.Root("indicators"), "Hashes in two sets", fmt.Sprintf(
				"The sets %q and %q both have %d hashes for the same operating systems, of which %s can have one blocklist entry "+
					"each. Take them out of one of the two:\n%s", names[0], name, len(both), in, lines(both)))
		}
	}
	return known
}

// sharedHashes returns the hashes that two sets are to block on the same operating system, sorted.
func sharedHashes(a, b tfkit.SetPlan, now time.Time) (both []string) {
	if !slices.ContainsFunc(a.OSTypes, func(osType string) bool { return slices.Contains(b.OSTypes, osType) }) {
		return nil
	}
	for indicator, remark := range a.Document {
		other, ok := b.Document[indicator]
		if ok && !indicator.Type.IsHost() && !remark.ExpiredAt(now) && !other.ExpiredAt(now) {
			both = append(both, indicator.Value)
		}
	}
	slices.SortFunc(both, strings.Compare)
	return both
}

// planExisting refuses at plan what somebody else enforces, when the code says so. It looks at indicators that are new.
func (r *setResource) planExisting(
	ctx context.Context, plan setModel, prior *setModel, d ioc.Document, diags *diag.Diagnostics,
) {
	in := tfkit.ScopeOf(ctx, plan.Scope)
	if plan.OnExisting.ValueString() != refuseExisting || d == nil || in.IsZero() || r.Provider.Console == nil ||
		someUnknown(plan.OSTypes) || diags.HasError() {
		return
	}
	before, added := ioc.Document{}, ioc.Document{}
	if prior != nil {
		before = prior.document(ctx, r.Provider)
	}
	now := r.Provider.Now()
	for indicator, remark := range d {
		if !has(before, indicator) && !remark.ExpiredAt(now) {
			added[indicator] = remark
		}
	}
	if len(added) == 0 {
		return
	}
	foreign, err := readForeign(ctx, r.Provider, in, hasHashes(added))
	if err != nil {
		diags.AddWarning("Cannot look for existing objects", tfkit.WithRemedy(fmt.Sprintf(
			"%s: whether somebody enforces the indicators already is not known yet, and is looked into again at apply: %s.",
			plan.describe(ctx), err), sentinelone.ListFirewallRules, err))
		return
	}
	by, on := map[ioc.Indicator]cover{}, plan.terms(ctx, diags)
	for indicator := range added {
		if c := foreign.enforced(indicator, on); c != nil {
			by[indicator] = *c
		}
	}
	if len(by) > 0 {
		diags.Append(alreadyEnforced(plan.describe(ctx), by))
	}
}

// planTakeOver announces that the console holds a set of that name already: what a run that was killed has made, most
// likely. Whether this configuration knows it under another address is not known here.
func (r *setResource) planTakeOver(ctx context.Context, plan setModel, diags *diag.Diagnostics) {
	in := tfkit.ScopeOf(ctx, plan.Scope)
	if in.IsZero() || plan.Name.IsUnknown() || r.Provider.Console == nil || diags.HasError() {
		return
	}
	sets, err := findSets(ctx, r.Provider, in)
	if err != nil {
		diags.AddWarning("Cannot look for existing objects", tfkit.WithRemedy(fmt.Sprintf(
			"%s: whether the console holds a set of that name is not known yet, and is looked into again at apply: %s.",
			plan.describe(ctx), err), sentinelone.ListFirewallRules, err))
	}
	for _, s := range sets {
		if s.name == plan.Name.ValueString() {
			diags.AddWarning("Existing set will be taken over", fmt.Sprintf(
				"%s: the console holds a set of that name with the provider's marker, id %s, %d firewall rules and %d blocklist "+
					"entries. What an apply that was cut short has made is taken over, and brought to what the code says. If it is "+
					"another workspace's, choose another name, or a marker for each workspace.",
				plan.describe(ctx), s.id, s.rules, s.entries))
		}
	}
}

// someUnknown tells whether a collection, or an element of it, is not known yet.
func someUnknown(collection interface {
	attr.Value
	Elements() []attr.Value
},
) bool {
	return collection.IsUnknown() || slices.ContainsFunc(collection.Elements(), attr.Value.IsUnknown)
}

func has(d ioc.Document, indicator ioc.Indicator) bool {
	_, ok := d[indicator]
	return ok
}
