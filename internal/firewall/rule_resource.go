// Package firewall holds the Terraform objects of Network Control.
package firewall

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ resource.ResourceWithConfigure      = (*ruleResource)(nil)
	_ resource.ResourceWithIdentity       = (*ruleResource)(nil)
	_ resource.ResourceWithImportState    = (*ruleResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*ruleResource)(nil)
	_ resource.ResourceWithValidateConfig = (*ruleResource)(nil)
)

type ruleResource struct{ tfkit.Identified }

// NewRuleResource returns the resource sentinelone_firewall_rule.
func NewRuleResource() resource.Resource { return &ruleResource{} }

// Metadata implements resource.Resource.
func (r *ruleResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_firewall_rule"
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *ruleResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config ruleModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(config.problems(ctx)...)
	resp.Diagnostics.Append(config.anyProtocolPorts()...)
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *ruleResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		return
	}
	r.PlanScope(ctx, req, resp)
	var prior, planned ruleModel
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &planned)...)
	if req.State.Raw.IsNull() {
		r.planExisting(ctx, req, resp)
	} else {
		resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
		resp.Diagnostics.Append(widening(prior, planned)...)
	}
	if !planned.Protocol.Equal(prior.Protocol) {
		resp.Diagnostics.Append(r.unknownProtocol(ctx, planned.ruleFacts)...)
	}
	tfkit.SettlePlan(req, resp, "allow_any", tfkit.OnExisting)
}

// Create implements resource.Resource.
func (r *ruleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan ruleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	fields, diags := plan.toAPI(ctx, r.Provider.Marker)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	rule, err := r.create(ctx, client, plan, fields)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.CreateFirewallRule, plan.describe(ctx), err)
		return
	}
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, rule.ID, rule.Scope())...)
	resp.Diagnostics.Append(r.record(ctx, rule, plan, &resp.State)...)
}

// Read implements resource.Resource.
func (r *ruleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var prior ruleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	in, id := tfkit.ScopeOf(ctx, prior.Scope), prior.ID.ValueString()
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	rule, err := tfkit.Read(ctx, r.Provider, r.Provider.Rules, in, id, func(rule sentinelone.FirewallRule) bool {
		return r.unchanged(ctx, rule, prior)
	})
	if errors.Is(err, sentinelone.ErrNotFound) {
		resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, id, in)...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListFirewallRules, prior.describe(ctx), err)
		return
	}
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, rule.ID, rule.Scope())...)
	resp.Diagnostics.Append(r.record(ctx, rule, prior, &resp.State)...)
}

// Update implements resource.Resource.
func (r *ruleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior ruleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	client := r.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	fields, diags := plan.toAPI(ctx, r.Provider.Marker)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(widening(prior, plan)...) // again: what was unknown at plan may have come out null
	if resp.Diagnostics.HasError() {
		return
	}
	rule, err := client.FirewallRules.Update(ctx, plan.ID.ValueString(), fields)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.UpdateFirewallRule, plan.describe(ctx), err)
		return
	}
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, rule.ID, rule.Scope())...)
	r.Provider.Rules.Wrote(rule)
	resp.Diagnostics.Append(r.record(ctx, rule, plan, &resp.State)...)
}

// Delete implements resource.Resource.
func (r *ruleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state ruleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	if err := r.Provider.Rules.Delete(ctx, tfkit.ScopeOf(ctx, state.Scope), state.ID.ValueString()); err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.DeleteFirewallRules, state.describe(ctx), err)
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *ruleResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	r.Import(ctx, req, resp, tfkit.NaturalKey{Form: "rule/NAME", Operation: sentinelone.ListFirewallRules, Find: r.find})
}

// record writes the rule that the console holds to the state, beside what steers the provider alone.
func (r *ruleResource) record(
	ctx context.Context, rule sentinelone.FirewallRule, steering ruleModel, state *tfsdk.State,
) diag.Diagnostics {
	model, diags := r.model(ctx, rule, steering)
	diags.Append(state.Set(ctx, model)...)
	return diags
}

// model returns the rule that the console holds, beside what steers the provider alone: that is null after an import,
// and its default then.
func (r *ruleResource) model(
	ctx context.Context, rule sentinelone.FirewallRule, steering ruleModel,
) (ruleModel, diag.Diagnostics) {
	facts, diags := newRuleFacts(ctx, rule, r.Provider.Marker)
	return ruleModel{
		ruleFacts:  facts,
		OnExisting: tfkit.OnExistingOf(steering.OnExisting),
		AllowAny:   types.BoolValue(steering.AllowAny.ValueBool()),
	}, diags
}

// describe names the rule in an error.
func (m ruleFacts) describe(ctx context.Context) string {
	return tfkit.Describe("Firewall rule", m.Name.ValueString(), m.ID.ValueString(), tfkit.ScopeOf(ctx, m.Scope))
}
