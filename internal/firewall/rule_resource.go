// Package firewall holds the Terraform objects of Network Control.
package firewall

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"terraform-provider-sentinelone/internal/inventory"
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

type ruleResource struct {
	tfkit.Inventoried[sentinelone.FirewallRule, sentinelone.FirewallRuleFields, ruleModel]
}

// NewRuleResource returns the resource sentinelone_firewall_rule.
func NewRuleResource() resource.Resource { return &ruleResource{tfkit.NewInventoried(ruleKind)} }

var ruleKind = tfkit.Kind[sentinelone.FirewallRule, sentinelone.FirewallRuleFields, ruleModel]{
	Type: "sentinelone_firewall_rule",
	Operations: tfkit.Operations{
		List:   sentinelone.ListFirewallRules,
		Create: sentinelone.CreateFirewallRule,
		Update: sentinelone.UpdateFirewallRule,
		Delete: sentinelone.DeleteFirewallRules,
	},
	Steering:  []string{"allow_any"},
	Inventory: func(p *tfkit.Provider) *inventory.Inventory[sentinelone.FirewallRule] { return p.Rules },
	Describe:  ruleModel.describe,
	ToAPI:     ruleModel.toAPI,
	Unchanged: ruleModel.unchanged,
	FromAPI:   newRuleModel,
	Create: func(
		ctx context.Context, console *sentinelone.Client, in sentinelone.Scope, fields sentinelone.FirewallRuleFields,
	) (sentinelone.FirewallRule, error) {
		return console.FirewallRules.Create(ctx, in, fields)
	},
	Update: func(
		ctx context.Context, console *sentinelone.Client, _ sentinelone.Scope, id string, fields sentinelone.FirewallRuleFields,
	) (sentinelone.FirewallRule, error) {
		return console.FirewallRules.Update(ctx, id, fields)
	},
	Same: sameEffect,
	Made: func(rule sentinelone.FirewallRule) string {
		return fmt.Sprintf("%s, made by %q on %s", rule.Status, rule.Creator, rule.CreatedAt)
	},
	Key:     tfkit.NameKey[sentinelone.FirewallRule]("rule"),
	Listing: ruleListing,
}

// NewRuleInventory returns the inventory of a console's firewall rules.
func NewRuleInventory(console *sentinelone.Client) *inventory.Inventory[sentinelone.FirewallRule] {
	return inventory.New(inventory.Kind[sentinelone.FirewallRule]{
		Pages: func(in sentinelone.Scope) inventory.Pages[sentinelone.FirewallRule] {
			return console.FirewallRules.Pages(sentinelone.OwnRules(in))
		},
		Find:    console.FirewallRules.Find,
		Delete:  console.FirewallRules.Delete,
		Names:   sentinelone.FirewallRule.Names,
		Persist: console.Persist,
	})
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

// ModifyPlan implements resource.ResourceWithModifyPlan. It also refuses a rule that would come to match any host, and a
// protocol that the console does not know.
func (r *ruleResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	r.Inventoried.ModifyPlan(ctx, req, resp)
	if req.Plan.Raw.IsNull() {
		return
	}
	var prior, planned ruleModel
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &planned)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	}
	resp.Diagnostics.Append(widening(prior, planned)...)
	if !planned.Protocol.Equal(prior.Protocol) {
		resp.Diagnostics.Append(r.unknownProtocol(ctx, planned.ruleFacts)...)
	}
}

// Update implements resource.Resource. Once more it refuses a rule that would match any host: what was unknown at plan
// may have come out null.
func (r *ruleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior ruleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	resp.Diagnostics.Append(widening(prior, plan)...)
	r.Inventoried.Update(ctx, req, resp)
}
