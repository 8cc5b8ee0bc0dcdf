package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ list.ListResourceWithConfigure = (*ruleResource)(nil)

// NewRuleListResource returns the list resource sentinelone_firewall_rule.
func NewRuleListResource() list.ListResource { return &ruleResource{} }

type ruleListModel struct {
	Scope tfkit.Scope `tfsdk:"scope"`
	ruleFilters
}

// ListResourceConfigSchema implements list.ListResource.
func (r *ruleResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The firewall rules that a scope itself owns, to be imported." + tfkit.ListLimits +
			tfkit.Permissions(sentinelone.ListFirewallRules),
		Attributes: ruleFilterAttributes().List(map[string]schema.Attribute{"scope": tfkit.ListScope()}),
	}
}

// List implements list.ListResource.
func (r *ruleResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config ruleListModel
	diags := req.Config.Get(ctx, &config)
	in := r.ScopeOrDefault(ctx, config.Scope, &diags)
	if r.Client(&diags); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = tfkit.Results(ctx, req, config.rules(ctx, r.Provider, in, false),
		sentinelone.ListFirewallRules, tfkit.Describe("Firewall rules", "", "", in),
		func(rule sentinelone.FirewallRule) (tfkit.Listed, diag.Diagnostics) {
			model, diags := r.model(ctx, rule, ruleModel{})
			return tfkit.Listed{Name: rule.Name, ID: rule.ID, Scope: rule.Scope(), Model: model}, diags
		})
}
