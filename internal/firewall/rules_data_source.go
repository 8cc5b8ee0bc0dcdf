package firewall

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ datasource.DataSourceWithConfigure = (*rulesDataSource)(nil)

type rulesDataSource struct{ tfkit.DataSource }

// NewRulesDataSource returns the data source sentinelone_firewall_rules.
func NewRulesDataSource() datasource.DataSource { return &rulesDataSource{} }

type rulesModel struct {
	Scope     tfkit.Scope `tfsdk:"scope"`
	Inherited types.Bool  `tfsdk:"inherited"`
	ruleFilters
	Rules []ruleRow `tfsdk:"rules"`
}

// ruleRow is a rule with what its neighbours and the scope it was asked for make of it.
type ruleRow struct {
	ruleFacts
	Order     types.Int64  `tfsdk:"order"`
	Editable  types.Bool   `tfsdk:"editable"`
	UpdatedAt types.String `tfsdk:"updated_at"`
}

// Metadata implements datasource.DataSource.
func (d *rulesDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_firewall_rules"
}

// Schema implements datasource.DataSource.
func (d *rulesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The firewall rules of a scope in the order in which endpoints look at them: the first that " +
			"matches decides. Narrow it by any of the filters." + tfkit.Permissions(sentinelone.ListFirewallRules),
		Attributes: ruleFilterAttributes().DataSource(map[string]schema.Attribute{
			"scope": tfkit.DataSourceScope(),
			"inherited": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "`true` for all rules in effect: behind the scope's own come those of the scopes above, " +
					"from the nearest to the tenant. Default `false`: the scope's own rules.",
			},
			"rules": tfkit.ComputedRows("The rules, in the order in which they are looked at.", ruleRowAttributes()),
		}),
	}
}

func ruleRowAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":            tfkit.ComputedText("The console's id of the rule."),
		"scope":         tfkit.ReadyScope(),
		"name":          tfkit.ComputedText("The name of the rule."),
		"description":   tfkit.ComputedText("What the rule is for, without the provider's marker."),
		"action":        tfkit.ComputedText("`Block` or `Allow`."),
		"status":        tfkit.ComputedText("`Enabled` or `Disabled`."),
		"direction":     tfkit.ComputedText("Who opens the connection: `inbound`, `outbound` or `any`."),
		"os_types":      tfkit.ComputedSet("The operating systems that the rule is for."),
		"protocol":      tfkit.ComputedText("The protocol by the console's short name; null for any."),
		"application":   tfkit.ComputedObject(applicationType, "The program at the endpoint; null for any."),
		"local_host":    tfkit.ComputedObject(hostsType, "The endpoint's own addresses; null for any."),
		"remote_hosts":  tfkit.ComputedObject(hostsType, "The hosts at the other end; null for any."),
		"local_port":    tfkit.ComputedObject(portsType, "The port at the endpoint; null for any."),
		"remote_port":   tfkit.ComputedObject(portsType, "The port at the other end; null for any."),
		"location":      tfkit.ComputedObject(locationType, "The network locations; null for all."),
		"tag_ids":       tfkit.ComputedSet("The ids of the firewall tags that the rule is linked to."),
		"rule_category": tfkit.ComputedText("The console's category of the rule, `firewall`."),
		"creator":       tfkit.ComputedText("The name of the user who made the rule."),
		"created_at":    tfkit.ComputedText("When the rule was made, in UTC."),
		"updated_at":    tfkit.ComputedText("When the rule was last changed, in UTC."),
		"order":         tfkit.ComputedNumber("The rule's place among those of its own scope, from 1."),
		"editable":      tfkit.ComputedFlag("Whether the rule can be changed in the scope that was asked for."),
	}
}

// Read implements datasource.DataSource.
func (d *rulesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state rulesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	in := d.ScopeOrDefault(ctx, state.Scope, &resp.Diagnostics)
	if d.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	rules, err := tfkit.Sorted(state.rules(ctx, d.Provider, in, state.Inherited.ValueBool()))
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListFirewallRules, tfkit.Describe("Firewall rules", "", "", in), err)
		return
	}
	slices.SortStableFunc(rules, byEvaluation)
	state.Scope = tfkit.NewScope(in)
	state.Rules = make([]ruleRow, len(rules))
	for i, rule := range rules {
		var diags diag.Diagnostics
		state.Rules[i], diags = newRuleRow(ctx, rule, d.Provider.Marker)
		resp.Diagnostics.Append(diags...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// byEvaluation compares rules by when an endpoint looks at them: from the narrowest scope to the tenant, by place in
// each.
func byEvaluation(a, b sentinelone.FirewallRule) int {
	return cmp.Or(
		cmp.Compare(slices.Index(narrowestFirst, a.Level), slices.Index(narrowestFirst, b.Level)),
		cmp.Compare(a.Order, b.Order),
	)
}

var narrowestFirst = []sentinelone.Level{
	sentinelone.LevelGroup, sentinelone.LevelSite, sentinelone.LevelAccount, sentinelone.LevelTenant,
}

func newRuleRow(
	ctx context.Context, rule sentinelone.FirewallRule, marker tfkit.Marker,
) (ruleRow, diag.Diagnostics) {
	facts, diags := newRuleFacts(ctx, rule, marker)
	for _, d := range unmanageable(facts.describe(ctx), rule.FirewallRuleFields) {
		diags.AddWarning(d.Summary(), d.Detail())
	}
	return ruleRow{
		ruleFacts: facts,
		Order:     types.Int64Value(int64(rule.Order)),
		Editable:  types.BoolValue(rule.Editable),
		UpdatedAt: tfkit.Text(rule.UpdatedAt),
	}, diags
}
