package firewall

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ resource.ResourceWithConfigure   = (*ruleOrderResource)(nil)
	_ resource.ResourceWithIdentity    = (*ruleOrderResource)(nil)
	_ resource.ResourceWithImportState = (*ruleOrderResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*ruleOrderResource)(nil)
)

type ruleOrderResource struct{ tfkit.PerScope }

// NewRuleOrderResource returns the resource sentinelone_firewall_rule_order.
func NewRuleOrderResource() resource.Resource { return &ruleOrderResource{} }

type ruleOrderModel struct {
	Scope   tfkit.Scope `tfsdk:"scope"`
	RuleIDs types.List  `tfsdk:"rule_ids"`
}

// Metadata implements resource.Resource.
func (r *ruleOrderResource) Metadata(
	_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_firewall_rule_order"
}

// Schema implements resource.Resource.
func (r *ruleOrderResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The order of the firewall rules that a scope itself owns. Endpoints look at rules from the " +
			"first to the last, those of the narrowest scope first, and the first that matches decides. A scope has one " +
			"order: have one resource for it. Destroying it leaves the rules in the order that they have." +
			tfkit.Permissions(sentinelone.ListFirewallRules, sentinelone.ReorderFirewallRules),
		Attributes: map[string]schema.Attribute{
			"scope": tfkit.ResourceScope(),
			"rule_ids": schema.ListAttribute{
				ElementType: types.StringType,
				Required:    true,
				MarkdownDescription: "The ids of the rules that come first, in this order. The scope's other rules follow, in " +
					"the order that they have. When others have come between, a plan shows them here.",
				Validators: []validator.List{
					listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.UniqueValues(),
					listvalidator.ValueStringsAre(tfkit.ID()),
				},
			},
		},
	}
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *ruleOrderResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		return
	}
	r.PlanScope(ctx, req, resp)
	r.PlanSole(ctx, req, resp, "order of firewall rules")
	tfkit.SettlePlan(req, resp)
}

// Create implements resource.Resource.
func (r *ruleOrderResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	r.apply(ctx, req.Plan, resp.Identity, &resp.State, &resp.Diagnostics)
}

// Update implements resource.Resource.
func (r *ruleOrderResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	r.apply(ctx, req.Plan, resp.Identity, &resp.State, &resp.Diagnostics)
}

func (r *ruleOrderResource) apply(
	ctx context.Context, planned tfsdk.Plan, identity *tfsdk.ResourceIdentity, state *tfsdk.State, diags *diag.Diagnostics,
) {
	var plan ruleOrderModel
	diags.Append(planned.Get(ctx, &plan)...)
	if r.arrange(ctx, plan, diags); diags.HasError() {
		return
	}
	diags.Append(r.Identify(ctx, identity, tfkit.ScopeOf(ctx, plan.Scope))...)
	diags.Append(state.Set(ctx, plan)...)
}

// Read implements resource.Resource.
func (r *ruleOrderResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state ruleOrderModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	in := tfkit.ScopeOf(ctx, state.Scope)
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, in)...)
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	rules, err := ordered(ctx, r.Provider.Rules, in)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListFirewallRules, describeOrder(in), err)
		return
	}
	found := idsOf(rules)
	if !state.RuleIDs.IsNull() { // null after an import, which is about all rules
		var listed []string
		resp.Diagnostics.Append(state.RuleIDs.ElementsAs(ctx, &listed, false)...)
		found = head(found, listed)
	}
	ids, diags := types.ListValueFrom(ctx, types.StringType, found)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("rule_ids"), ids)...)
}

// Delete implements resource.Resource. It changes nothing on the console: rules have some order in any case.
func (r *ruleOrderResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}

// arrange puts the rules of a scope in order with one call, and none when they are. What it can't achieve because
// others order the same rules is a warning: repeating it would not help.
func (r *ruleOrderResource) arrange(ctx context.Context, plan ruleOrderModel, diags *diag.Diagnostics) {
	var wanted []string
	diags.Append(plan.RuleIDs.ElementsAs(ctx, &wanted, false)...)
	client := r.Client(diags)
	if diags.HasError() {
		return
	}
	in := tfkit.ScopeOf(ctx, plan.Scope)
	rules, err := r.reordered(ctx, in)
	if err != nil {
		tfkit.AddFailure(diags, sentinelone.ListFirewallRules, describeOrder(in), err)
		return
	}
	rules = slices.DeleteFunc(rules, func(rule sentinelone.FirewallRule) bool { return !rule.Editable })
	current := idsOf(rules)
	if strangers := without(wanted, current); len(strangers) > 0 {
		diags.AddAttributeError(path.Root("rule_ids"), "Not rules of the scope", "These are no rules that "+in.String()+
			" itself owns and the token may change: "+strings.Join(strangers, ", ")+". A scope's order is about its own "+
			"rules; those that it inherits come behind them.")
		return
	}
	if slices.Equal(arranged(wanted, current), current) {
		return
	}
	if err := client.FirewallRules.Reorder(ctx, in, arranged(wanted, current)); err != nil {
		tfkit.AddFailure(diags, sentinelone.ReorderFirewallRules, describeOrder(in), err)
		return
	}
	if rules, err = r.reordered(ctx, in); err != nil {
		tfkit.AddFailure(diags, sentinelone.ListFirewallRules, describeOrder(in), err)
		return
	}
	if text := contested(wanted, rules); text != "" {
		diags.AddWarning("Firewall rules out of order", describeOrder(in)+": the console took the order, and has another "+
			"now. Something else seems to order the same rules; leave the order to one of the two.\n\n"+text)
	}
}

// reordered returns the rules of a scope in an order that has been changed, or may have been: each rule that comes, goes
// or moves gives others new places.
func (r *ruleOrderResource) reordered(
	ctx context.Context, in sentinelone.Scope,
) ([]sentinelone.FirewallRule, error) {
	r.Provider.Rules.Forget(in)
	return ordered(ctx, r.Provider.Rules, in)
}

func describeOrder(in sentinelone.Scope) string {
	return tfkit.Describe("Order of firewall rules", "", "", in)
}
