package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// ruleModel is a firewall rule in code, plan and state.
type ruleModel struct {
	ruleFacts
	OnExisting types.String `tfsdk:"on_existing"`
	AllowAny   types.Bool   `tfsdk:"allow_any"`
}

// ruleFacts are what the console holds of a rule, as far as only the rule's own writes change it.
type ruleFacts struct {
	ID           types.String              `tfsdk:"id"`
	Scope        tfkit.Scope               `tfsdk:"scope"`
	Name         types.String              `tfsdk:"name"`
	Description  types.String              `tfsdk:"description"`
	Action       types.String              `tfsdk:"action"`
	Status       types.String              `tfsdk:"status"`
	Direction    types.String              `tfsdk:"direction"`
	OSTypes      types.Set                 `tfsdk:"os_types"`
	Protocol     types.String              `tfsdk:"protocol"`
	Application  tfkit.Object[application] `tfsdk:"application"`
	LocalHost    tfkit.Object[hosts]       `tfsdk:"local_host"`
	RemoteHosts  tfkit.Object[hosts]       `tfsdk:"remote_hosts"`
	LocalPort    tfkit.Object[ports]       `tfsdk:"local_port"`
	RemotePort   tfkit.Object[ports]       `tfsdk:"remote_port"`
	Location     tfkit.Object[location]    `tfsdk:"location"`
	TagIDs       types.Set                 `tfsdk:"tag_ids"`
	RuleCategory types.String              `tfsdk:"rule_category"`
	Creator      types.String              `tfsdk:"creator"`
	CreatedAt    types.String              `tfsdk:"created_at"`
}

// toAPI returns the rule as the console is to hold it. Everything is sent, so that what the code has dropped is
// cleared. A target that is present with nothing in it is an error: left out, it would mean "any".
func (m ruleFacts) toAPI(ctx context.Context, marker tfkit.Marker) (sentinelone.FirewallRuleFields, diag.Diagnostics) {
	diags := m.problems(ctx)
	if diags.HasError() {
		return sentinelone.FirewallRuleFields{}, diags
	}
	fields := sentinelone.FirewallRuleFields{
		Name:        m.Name.ValueString(),
		Description: marker.Mark(m.Description.ValueString()),
		Action:      m.Action.ValueString(),
		Status:      m.Status.ValueString(),
		Direction:   m.Direction.ValueString(),
		OSTypes:     tfkit.Strings(ctx, m.OSTypes, &diags),
		Protocol:    m.Protocol.ValueString(),
		Application: anyTarget(),
		LocalHost:   anyTarget(),
		RemoteHosts: []sentinelone.Target{anyTarget()},
		LocalPort:   sentinelone.PortTarget{Type: sentinelone.TypeAny, Values: []int64{}},
		RemotePort:  sentinelone.PortTarget{Type: sentinelone.TypeAny, Values: []int64{}},
		Location:    sentinelone.LocationTarget{Type: sentinelone.LocationAll},
		TagIDs:      tfkit.Strings(ctx, m.TagIDs, &diags),
	}
	if a, ok := m.Application.Known(ctx); ok {
		fields.Application = a.target()
	}
	if h, ok := m.LocalHost.Known(ctx); ok {
		fields.LocalHost = h.targets()[0]
	}
	if h, ok := m.RemoteHosts.Known(ctx); ok {
		fields.RemoteHosts = h.targets()
	}
	if p, ok := m.LocalPort.Known(ctx); ok {
		fields.LocalPort = p.target()
	}
	if p, ok := m.RemotePort.Known(ctx); ok {
		fields.RemotePort = p.target()
	}
	if l, ok := m.Location.Known(ctx); ok {
		fields.Location = l.target()
	}
	return fields, diags
}

// newRuleFacts returns the rule as the console holds it, without the marker.
func newRuleFacts(
	ctx context.Context, rule sentinelone.FirewallRule, marker tfkit.Marker,
) (ruleFacts, diag.Diagnostics) {
	var diags diag.Diagnostics
	m := ruleFacts{
		ID:           types.StringValue(rule.ID),
		Scope:        tfkit.NewScope(rule.Scope()),
		Name:         types.StringValue(rule.Name),
		Description:  tfkit.Text(marker.Strip(rule.Description)),
		Action:       types.StringValue(rule.Action),
		Status:       types.StringValue(rule.Status),
		Direction:    types.StringValue(rule.Direction),
		OSTypes:      setOrNull(rule.OSTypes),
		Protocol:     tfkit.Text(rule.Protocol),
		Application:  object(ctx, applicationType, newApplication(rule.Application), &diags),
		LocalHost:    object(ctx, hostsType, newHosts(rule.LocalHost), &diags),
		RemoteHosts:  object(ctx, hostsType, newHosts(rule.RemoteHosts...), &diags),
		LocalPort:    object(ctx, portsType, newPorts(rule.LocalPort), &diags),
		RemotePort:   object(ctx, portsType, newPorts(rule.RemotePort), &diags),
		Location:     object(ctx, locationType, newLocation(rule.Location), &diags),
		TagIDs:       setOrNull(rule.TagIDs),
		RuleCategory: tfkit.Text(rule.RuleCategory),
		Creator:      tfkit.Text(rule.Creator),
		CreatedAt:    tfkit.Text(rule.CreatedAt),
	}
	if rule.Direction == "" { // the API may answer null for any
		m.Direction = types.StringValue(sentinelone.DirectionAny)
	}
	return m, diags
}

// newRuleModel returns a rule that the console holds, beside what steers the provider alone: that is null after an import,
// and its default then.
func newRuleModel(
	ctx context.Context, rule sentinelone.FirewallRule, marker tfkit.Marker, known ruleModel,
) (ruleModel, diag.Diagnostics) {
	facts, diags := newRuleFacts(ctx, rule, marker)
	diags.Append(unmanageable(facts.describe(ctx), rule.FirewallRuleFields)...)
	return ruleModel{
		ruleFacts:  facts,
		OnExisting: tfkit.OnExistingOf(known.OnExisting),
		AllowAny:   types.BoolValue(known.AllowAny.ValueBool()),
	}, diags
}

// describe names the rule in an error.
func (m ruleFacts) describe(ctx context.Context) string {
	return tfkit.Describe("Firewall rule", m.Name.ValueString(), m.ID.ValueString(), tfkit.ScopeOf(ctx, m.Scope))
}

func anyTarget() sentinelone.Target {
	return sentinelone.Target{Type: sentinelone.TypeAny, Values: []string{}}
}

// setOrNull returns texts as a set, null for none: the schema takes no empty set, and the API tells it from none in no
// answer.
func setOrNull(texts []string) types.Set {
	if len(texts) == 0 {
		return types.SetNull(types.StringType)
	}
	return tfkit.StringSet(texts)
}
