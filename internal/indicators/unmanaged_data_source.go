package indicators

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ datasource.DataSourceWithConfigure = (*unmanagedDataSource)(nil)

type unmanagedDataSource struct{ tfkit.DataSource }

// NewUnmanagedDataSource returns the data source sentinelone_unmanaged_indicators.
func NewUnmanagedDataSource() datasource.DataSource { return &unmanagedDataSource{} }

type unmanagedModel struct {
	Scope               tfkit.Scope  `tfsdk:"scope"`
	Creator             *string      `tfsdk:"creator"`
	DescriptionContains *string      `tfsdk:"description_contains"`
	Indicators          document     `tfsdk:"indicators"`
	ByCreator           []creatorRow `tfsdk:"by_creator"`
	NarrowedRuleIDs     []string     `tfsdk:"narrowed_rule_ids"`
	Unreadable          []string     `tfsdk:"unreadable"`
}

type creatorRow struct {
	Creator    types.String `tfsdk:"creator"`
	Indicators document     `tfsdk:"indicators"`
	RuleIDs    []string     `tfsdk:"rule_ids"`
	EntryIDs   []string     `tfsdk:"entry_ids"`
}

// Metadata implements datasource.DataSource.
func (d *unmanagedDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_unmanaged_indicators"
}

// Schema implements datasource.DataSource.
func (d *unmanagedDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	filters := tfkit.Filters{
		"creator": tfkit.TextFilter("Only what the user of exactly this name made."),
		"description_contains": tfkit.TextFilter("Only rules and entries whose descriptions contain exactly this text, such " +
			"as another product's marker."),
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: unmanagedDescription + tfkit.Permissions(sentinelone.ListFirewallRules, sentinelone.ListRestrictions),
		Attributes: filters.DataSource(map[string]schema.Attribute{
			"scope": tfkit.DataSourceScope(),
			"indicators": computedDocument("All of the indicators, as the JSON document that a `sentinelone_indicator_set` takes. " +
				"The note names the rule, or is the description of the entry; of several, it is about the first by id, rules before " +
				"entries."),
			"by_creator": tfkit.ComputedRows("The same, told by who made it, by name.", map[string]schema.Attribute{
				"creator":    tfkit.ComputedText("The name of the user; null when the console does not tell."),
				"indicators": computedDocument("The indicators of what the user made, as a JSON document."),
				"rule_ids":   tfkit.ComputedList("The ids of the user's firewall rules that block them."),
				"entry_ids":  tfkit.ComputedList("The ids of the user's blocklist entries that block them."),
			}),
			"narrowed_rule_ids": tfkit.ComputedList("The ids of the rules left out since more than their hosts narrows them: an " +
				"application, a protocol, a local host, ports or locations."),
			"unreadable": tfkit.ComputedList("The hosts and hashes left out since no indicator set takes them, such as names of " +
				"a local network, sorted."),
		}),
	}
}

const unmanagedDescription = "The indicators that others enforce in a scope: enabled Block rules with remote hosts, and " +
	"blocklist entries, that the scope itself owns and that do not carry the provider's `marker`. Directions and operating " +
	"systems are not told apart. This is how older indicators are taken in: hand `indicators` to a `sentinelone_indicator_set`. " +
	"It skips them as long as the others enforce them. Keep the document in a file before the others' objects are deleted, " +
	"since nothing is read from here after that."

func computedDocument(description string) schema.Attribute {
	return schema.StringAttribute{Computed: true, CustomType: documentType{}, MarkdownDescription: description}
}

// Read implements datasource.DataSource.
func (d *unmanagedDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state unmanagedModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	in := d.ScopeOrDefault(ctx, state.Scope, &resp.Diagnostics)
	if d.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	object := tfkit.Describe("Indicators of others", "", "", in)
	rules, err := state.rules(ctx, d.Provider, in)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListFirewallRules, object, err)
		return
	}
	entries, err := state.entries(ctx, d.Provider, in)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListRestrictions, object, err)
		return
	}
	state.Scope = tfkit.NewScope(in)
	state.report(newSurvey(rules, entries))
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (m *unmanagedModel) rules(
	ctx context.Context, p *tfkit.Provider, in sentinelone.Scope,
) ([]sentinelone.FirewallRule, error) {
	all := p.Console.FirewallRules.List(ctx, sentinelone.OwnRules(in))
	owned := tfkit.Owned(all, m.ownership(), p.Marker, func(r sentinelone.FirewallRule) string { return r.Description })
	return tfkit.Sorted(tfkit.Keep(owned, func(r sentinelone.FirewallRule) bool {
		return r.Scope() == in && m.madeBy(r.Creator)
	}))
}

func (m *unmanagedModel) entries(
	ctx context.Context, p *tfkit.Provider, in sentinelone.Scope,
) ([]sentinelone.Restriction, error) {
	all := p.Console.Restrictions.List(ctx, sentinelone.RestrictionQuery{
		Scope: in, DescriptionContains: m.ownership().DescriptionTerms(p.Marker),
	})
	owned := tfkit.Owned(all, m.ownership(), p.Marker, func(e sentinelone.Restriction) string { return e.Description })
	return tfkit.Sorted(tfkit.Keep(owned, func(e sentinelone.Restriction) bool {
		return e.Scope() == in && m.madeBy(e.UserName)
	}))
}

func (m *unmanagedModel) ownership() tfkit.Ownership {
	return tfkit.Ownership{Managed: new(false), DescriptionContains: m.DescriptionContains}
}

func (m *unmanagedModel) madeBy(creator string) bool {
	return m.Creator == nil || *m.Creator == creator
}

func (m *unmanagedModel) report(s *survey) {
	m.Indicators = newDocument(s.all)
	m.ByCreator = []creatorRow{}
	for _, creator := range s.creators() {
		by := s.byCreator[creator]
		m.ByCreator = append(m.ByCreator, creatorRow{
			Creator: tfkit.Text(creator), Indicators: newDocument(by.indicators), RuleIDs: by.ruleIDs, EntryIDs: by.entryIDs,
		})
	}
	m.NarrowedRuleIDs = s.narrowed
	m.Unreadable = append([]string{}, slices.Sorted(maps.Keys(s.unreadable))...)
}
