package indicators

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/tfkit"
)

// setModel is an indicator set in code, plan and state.
type setModel struct {
	ID              types.String `tfsdk:"id"`
	Scope           tfkit.Scope  `tfsdk:"scope"`
	Name            types.String `tfsdk:"name"`
	Description     types.String `tfsdk:"description"`
	Indicators      document     `tfsdk:"indicators"`
	OSTypes         types.Set    `tfsdk:"os_types"`
	Direction       types.String `tfsdk:"direction"`
	Status          types.String `tfsdk:"status"`
	ValuesPerRule   types.Int64  `tfsdk:"values_per_rule"`
	OnExisting      types.String `tfsdk:"on_existing"`
	Protected       types.List   `tfsdk:"protected"`
	Allow           types.List   `tfsdk:"allow"`
	MaxRemovals     types.Int64  `tfsdk:"max_removals"`
	FirewallRuleIDs types.List   `tfsdk:"firewall_rule_ids"`
	Summary         types.Object `tfsdk:"summary"`
	Skipped         types.String `tfsdk:"skipped"`
	Failed          types.String `tfsdk:"failed"`
}

// toSet returns the set that the code wants.
func (m setModel) toSet(ctx context.Context, p *tfkit.Provider, d ioc.Document, diags *diag.Diagnostics) set {
	return set{
		label: label{
			marker: p.Marker, id: m.ID.ValueString(), name: m.Name.ValueString(), description: m.Description.ValueString(),
		},
		terms:    m.terms(ctx, diags),
		in:       tfkit.ScopeOf(ctx, m.Scope),
		status:   m.Status.ValueString(),
		size:     int(m.ValuesPerRule.ValueInt64()),
		document: d,
		now:      p.Now(),
	}
}

func (m setModel) terms(ctx context.Context, diags *diag.Diagnostics) terms {
	return terms{osTypes: tfkit.Strings(ctx, m.OSTypes, diags), direction: m.Direction.ValueString()}
}

// document returns what the attribute says, as far as it can be read.
func (m setModel) document(ctx context.Context, p *tfkit.Provider) ioc.Document {
	d, _ := p.Documents.Get(ctx, m.Indicators.ValueString())
	return d
}

// ruleIDs are the ids of the set's rules as the state has them.
func (m setModel) ruleIDs(ctx context.Context, diags *diag.Diagnostics) (ids []string) {
	if !m.FirewallRuleIDs.IsNull() && !m.FirewallRuleIDs.IsUnknown() {
		diags.Append(m.FirewallRuleIDs.ElementsAs(ctx, &ids, false)...)
	}
	return ids
}

// describe names the set in an error.
func (m setModel) describe(ctx context.Context) string {
	return tfkit.Describe("Indicator set", m.Name.ValueString(), m.ID.ValueString(), tfkit.ScopeOf(ctx, m.Scope))
}

// guard returns what refuses the set's indicators: all but those that it allows. The console's host is "" while it is not
// known.
func (m setModel) guard(consoleHost string, diags *diag.Diagnostics) func(ioc.Indicator) error {
	var protected []string
	for _, value := range m.Protected.Elements() {
		if text, ok := value.(types.String); ok && !text.IsUnknown() {
			protected = append(protected, text.ValueString())
		}
	}
	guard, err := ioc.NewGuard(protected, consoleHost)
	if err != nil {
		diags.AddAttributeError(path.Root("protected"), "Invalid value", err.Error()+".")
		return nil
	}
	allowed := map[ioc.Indicator]bool{}
	for _, indicator := range parseIndicators(m.Allow.Elements(), ioc.ParseHost, path.Root("allow"), diags) {
		allowed[indicator] = true
	}
	return func(indicator ioc.Indicator) error {
		if allowed[indicator] {
			return nil
		}
		return guard.Check(indicator)
	}
}

// summary counts indicators by type, for each end that they come to.
type summary struct{ enforced, skipped, expired, failed counts }

type counts map[ioc.Type]int64

func newSummary() summary {
	zero := func() counts {
		c := counts{}
		for _, t := range ioc.Types() {
			c[t] = 0
		}
		return c
	}
	return summary{zero(), zero(), zero(), zero()}
}

var summaryType = map[string]attr.Type{
	"enforced": countsType, "skipped": countsType, "expired": countsType, "failed": countsType,
}

var countsType = types.MapType{ElemType: types.Int64Type}

func (s summary) object() types.Object {
	return types.ObjectValueMust(summaryType, map[string]attr.Value{
		"enforced": s.enforced.value(), "skipped": s.skipped.value(), "expired": s.expired.value(), "failed": s.failed.value(),
	})
}

// value has all types, so that code can name any without asking whether there are some.
func (c counts) value() types.Map {
	values := map[string]attr.Value{}
	for t, n := range c {
		values[string(t)] = types.Int64Value(n)
	}
	return types.MapValueMust(types.Int64Type, values)
}

// countsOf reads one end's counts out of a state's summary.
func countsOf(summary types.Object, end string) counts {
	c := newSummary().failed
	if values, ok := summary.Attributes()[end].(types.Map); ok {
		for t, n := range values.Elements() {
			if number, ok := n.(types.Int64); ok {
				c[ioc.Type(t)] = number.ValueInt64()
			}
		}
	}
	return c
}

func (c counts) total() (n int64) {
	for _, each := range c {
		n += each
	}
	return n
}

// expiredAt counts the indicators of a document that have had their time.
func expiredAt(d ioc.Document, now time.Time) (n int64) {
	for _, remark := range d {
		if remark.ExpiredAt(now) {
			n++
		}
	}
	return n
}

// reasons returns why indicators failed, as a JSON document.
func reasons(failed map[ioc.Indicator]error) types.String {
	texts := make(map[ioc.Indicator]string, len(failed))
	for indicator, err := range failed {
		texts[indicator] = err.Error()
	}
	return types.StringValue(ioc.Compose(texts))
}

// ruleIDList returns ids as an attribute.
func ruleIDList(h held) types.List {
	ids := []attr.Value{}
	for _, id := range h.ruleIDs() {
		ids = append(ids, types.StringValue(id))
	}
	return types.ListValueMust(types.StringType, ids)
}

const (
	skipExisting   = "skip"
	refuseExisting = "error"

	defaultPerRule = 1000
	mostInRule     = 5000 // as the API takes them
	longestName    = 150  // leaves room for the rule's kind and number within the API's 200
)
