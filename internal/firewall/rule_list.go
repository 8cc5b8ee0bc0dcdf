package firewall

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ list.ListResourceWithConfigure = (*ruleResource)(nil)

// NewRuleListResource returns the list resource sentinelone_firewall_rule.
func NewRuleListResource() list.ListResource { return &ruleResource{tfkit.NewInventoried(ruleKind)} }

var ruleListing = tfkit.Listing[sentinelone.FirewallRule]{
	Plural:  "Firewall rules",
	Filters: ruleFilterAttributes,
	Rows:    ownRules,
	Name:    func(rule sentinelone.FirewallRule) string { return rule.Name },
}

type ruleListModel struct {
	Scope tfkit.Scope `tfsdk:"scope"`
	ruleFilters
}

func ownRules(
	ctx context.Context, config tfsdk.Config, provider *tfkit.Provider, in sentinelone.Scope,
) (iter.Seq2[sentinelone.FirewallRule, error], diag.Diagnostics) {
	var asked ruleListModel
	diags := config.Get(ctx, &asked)
	return asked.rules(ctx, provider, in, false), diags
}
