package indicators

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ datasource.DataSourceWithConfigure        = (*statusDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*statusDataSource)(nil)
)

type statusDataSource struct{ tfkit.DataSource }

// NewStatusDataSource returns the data source sentinelone_indicator_status.
func NewStatusDataSource() datasource.DataSource { return &statusDataSource{} }

type statusModel struct {
	Scope           tfkit.Scope  `tfsdk:"scope"`
	Indicators      document     `tfsdk:"indicators"`
	Values          types.List   `tfsdk:"values"`
	OSTypes         types.Set    `tfsdk:"os_types"`
	Direction       types.String `tfsdk:"direction"`
	Enforced        types.Bool   `tfsdk:"enforced"`
	NotEnforced     types.String `tfsdk:"not_enforced"`
	Statuses        types.String `tfsdk:"statuses"`
	FirewallEnabled types.Bool   `tfsdk:"firewall_enabled"`
}

// Metadata implements datasource.DataSource.
func (d *statusDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_indicator_status"
}

// Schema implements datasource.DataSource.
func (d *statusDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: statusDescription +
			tfkit.Permissions(sentinelone.ListFirewallRules, sentinelone.ListRestrictions) +
			tfkit.OptionalPermissions(sentinelone.ListSites, sentinelone.ListGroups),
		Attributes: map[string]schema.Attribute{
			"scope": tfkit.DataSourceScope(),
			"indicators": schema.StringAttribute{
				Optional:   true,
				CustomType: documentType{},
				MarkdownDescription: "The indicators, as the JSON document that a `sentinelone_indicator_set` takes. What has " +
					"expired is left out: it need not be enforced. Exactly one of `indicators` and `values` is set.",
			},
			"values": schema.ListAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "The indicators, as a list of a few, in any spelling.",
			},
			"os_types": tfkit.DataSourceOSTypes("The operating systems that the indicators are to be enforced on"),
			"direction": schema.StringAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "Who opens the connections to addresses and domains that are to be blocked: `inbound`, " +
					"`outbound` or `any`. Default `outbound`.",
				Validators: []validator.String{stringvalidator.OneOf(sentinelone.Directions()...)},
			},
			"enforced": tfkit.ComputedFlag("Whether all of the indicators are enforced."),
			"not_enforced": tfkit.ComputedText("The indicators that are not enforced, as a JSON object from each to the " +
				"reason: `{}` when all are."),
			"statuses": tfkit.ComputedText("What is known of each indicator, as a JSON object from its canonical form to " +
				"`enforced`, `covered_by`, `allowed_by` and `reason`. `covered_by` is the first object that would enforce it: its " +
				"`kind` (`firewall_rule` or `blocklist_entry`), `id`, `scope`, `creator`, whether it is `managed` (carries the " +
				"provider's `marker`), and the id of the indicator `set` that it is of. `allowed_by` is the id of an Allow rule that " +
				"endpoints look at before that. What there is none of is null."),
			"firewall_enabled": tfkit.ComputedFlag("Whether Firewall Control is on in the scope."),
		},
	}
}

const statusDescription = "Whether indicators are enforced in a scope, by what, and if not, why not. An address, a network, a " +
	"range or a domain is when Firewall Control is on, a Block rule of the scope or one that it inherits covers it, and no " +
	"Allow rule is looked at before that may let some of it through. Such a rule is enabled, is for all of the operating " +
	"systems and for the direction, and nothing but its hosts narrows it; an address in its networks or ranges counts. A hash " +
	"is when the Blocklist of the scope or of one above has it for each of the operating systems. Who made the rule or the " +
	"entry makes no difference; an inherited rule counts as far as the token may view what it is " +
	"inherited through. The console is asked anew each time, which proves to a `check` block that a set is deployed."

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *statusDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("indicators"), path.MatchRoot("values")),
	}
}

// Read implements datasource.DataSource.
func (d *statusDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state statusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	in := d.ScopeOrDefault(ctx, state.Scope, &resp.Diagnostics)
	if d.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	state.complete(in)
	asked := state.asked(d.Provider, &resp.Diagnostics)
	on := terms{tfkit.Strings(ctx, state.OSTypes, &resp.Diagnostics), state.Direction.ValueString()}
	if resp.Diagnostics.HasError() {
		return
	}
	j := judge{on: on, marker: d.Provider.Marker}
	if op, err := j.look(ctx, d.Provider, in, hasHashes(asked)); err != nil {
		tfkit.AddFailure(&resp.Diagnostics, op, tfkit.Describe("Indicators", "", "", in), err)
		return
	}
	state.judge(asked, j)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// look completes a judge with what the console has in a scope at this moment. An error comes with the operation that failed.
func (j *judge) look(
	ctx context.Context, p *tfkit.Provider, in sentinelone.Scope, withEntries bool,
) (sentinelone.Operation, error) {
	settings, err := p.Configurations.Get(ctx, in)
	if err != nil {
		return sentinelone.GetFirewallConfiguration, err
	}
	rules, err := currentRules(ctx, p, in)
	if err != nil {
		return sentinelone.ListFirewallRules, err
	}
	var entries []sentinelone.Restriction
	if withEntries {
		if entries, err = currentEntries(ctx, p, in); err != nil {
			return sentinelone.ListRestrictions, err
		}
	}
	j.firewall, j.policy = settings.Enabled, newPolicy(rules, entries)
	return sentinelone.Operation{}, nil
}

// complete fills in what the code leaves out.
func (m *statusModel) complete(in sentinelone.Scope) {
	m.Scope = tfkit.NewScope(in)
	m.Direction = types.StringValue(cmp.Or(m.Direction.ValueString(), sentinelone.DirectionOutbound))
	if m.OSTypes.IsNull() {
		m.OSTypes = tfkit.StringSet(tfkit.DefaultOSTypes())
	}
}

// asked returns the indicators in question, and adds what is wrong with them.
func (m *statusModel) asked(p *tfkit.Provider, diags *diag.Diagnostics) ioc.Document {
	asked := ioc.Document{}
	for _, indicator := range parseIndicators(m.Values.Elements(), ioc.Parse, path.Root("values"), diags) {
		asked[indicator] = ioc.Remark{}
	}
	if m.Indicators.IsNull() {
		return asked
	}
	now := p.Now()
	for indicator, remark := range parseDocument(m.Indicators, path.Root("indicators"), diags) {
		if !remark.ExpiredAt(now) {
			asked[indicator] = remark
		}
	}
	return asked
}

func (m *statusModel) judge(asked ioc.Document, j judge) {
	statuses := make(map[ioc.Indicator]verdict, len(asked))
	reasons := map[ioc.Indicator]string{}
	for indicator := range asked {
		v := j.verdict(indicator)
		statuses[indicator] = v
		if !v.Enforced {
			reasons[indicator] = *v.Reason
		}
	}
	m.FirewallEnabled = types.BoolValue(j.firewall)
	m.Enforced = types.BoolValue(len(reasons) == 0)
	m.NotEnforced = types.StringValue(ioc.Compose(reasons))
	m.Statuses = types.StringValue(ioc.Compose(statuses))
}
