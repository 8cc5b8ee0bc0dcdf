// Package provider wires the Terraform provider: its configuration, and the objects that it offers.
package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"terraform-provider-sentinelone/internal/blocklist"
	"terraform-provider-sentinelone/internal/exposure"
	"terraform-provider-sentinelone/internal/firewall"
	"terraform-provider-sentinelone/internal/indicators"
	"terraform-provider-sentinelone/internal/organization"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Address is where Terraform finds the provider. A publisher changes it here, and in the examples' required_providers.
const Address = "registry.terraform.io/tem/sentinelone"

var (
	_ provider.ProviderWithActions            = (*sentineloneProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*sentineloneProvider)(nil)
	_ provider.ProviderWithFunctions          = (*sentineloneProvider)(nil)
	_ provider.ProviderWithListResources      = (*sentineloneProvider)(nil)
)

type sentineloneProvider struct {
	version string
	now     func() time.Time
	settle  time.Duration
}

// New returns a constructor of the provider, as Terraform's servers take it.
func New(version string, options ...Option) func() provider.Provider {
	p := sentineloneProvider{version: version, now: time.Now, settle: settle}
	for _, option := range options {
		option(&p)
	}
	return func() provider.Provider { return &p }
}

// Option changes how the provider works.
type Option func(*sentineloneProvider)

// WithClock makes indicators expire by another clock than the machine's.
func WithClock(now func() time.Time) Option { return func(p *sentineloneProvider) { p.now = now } }

// WithSettle is how long an indicator set that drops indicators waits for another that takes them to begin, in place of two
// seconds.
func WithSettle(settle time.Duration) Option {
	return func(p *sentineloneProvider) { p.settle = settle }
}

// settle is the default of WithSettle. Terraform begins at the same moment with all that does not depend on each other.
const settle = 2 * time.Second

// Metadata implements provider.Provider.
func (p *sentineloneProvider) Metadata(
	_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse,
) {
	resp.TypeName = "sentinelone"
	resp.Version = p.version
}

// Schema implements provider.Provider.
func (p *sentineloneProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Holds the enforcement of indicators of compromise on a SentinelOne console as code: IP " +
			"addresses and domains as firewall rules of Network Control, file hashes as entries of the Blocklist.",
		Attributes: map[string]schema.Attribute{
			"host": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The management console: a host name such as `example.sentinelone.net`, an address or " +
					"a URL. Environment: `SENTINELONE_HOST`, else `SENTINELONE_URL`.",
				Validators: []validator.String{tfkit.Parses(sentinelone.ParseHost)},
			},
			"api_token": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "The API token of a service user. Environment: `SENTINELONE_API_TOKEN`, else " +
					"`SENTINELONE_TOKEN`; better there than in code.",
				Validators: []validator.String{tfkit.Parses(parseToken)},
			},
			"scope": tfkit.ProviderScope(),
			"marker": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The text that ends the description of everything the provider makes, in brackets. " +
					"Default `" + string(tfkit.DefaultMarker) + "`. Workspaces that share a console choose their own.",
				Validators: []validator.String{tfkit.Parses(parseMarker)},
			},
			"retry_timeout": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How long one call may be retried while the console throttles or fails, such as " +
					"`90s`. Default `" + sentinelone.DefaultRetryTimeout.String() + "`. A host that has not answered once is " +
					"given a few seconds, since it is likelier mistyped than down; so is one that has not answered since a call " +
					"ran out of time.",
				Validators: []validator.String{tfkit.Parses(parseDuration)},
			},
			"request_timeout": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How long one attempt of a call may take. Default `" +
					sentinelone.DefaultRequestTimeout.String() + "`.",
				Validators: []validator.String{tfkit.Parses(parseDuration)},
			},
			"requests_per_second": schema.Float64Attribute{
				Optional: true,
				MarkdownDescription: "How many calls a second each area of the API gets at most, in place of the built-in " +
					"limits, which are the vendor's where they are known and 25 elsewhere. The token's other users share " +
					"what the console allows.",
				Validators: []validator.Float64{float64validator.AtLeast(0.01)},
			},
			"ca_certificate_file": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "A file of PEM certificates of authorities to trust beside the system's, for a proxy " +
					"that opens TLS.",
			},
		},
	}
}

// Resources implements provider.Provider.
func (p *sentineloneProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		blocklist.NewEntryResource,
		firewall.NewConfigurationResource,
		firewall.NewRuleOrderResource,
		firewall.NewRuleResource,
		firewall.NewTagResource,
		indicators.NewSetResource,
	}
}

// ListResources implements provider.ProviderWithListResources.
func (p *sentineloneProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		blocklist.NewEntryListResource,
		firewall.NewRuleListResource,
		firewall.NewTagListResource,
	}
}

// DataSources implements provider.Provider.
func (p *sentineloneProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		blocklist.NewEntriesDataSource,
		exposure.NewApplicationCVEsDataSource,
		exposure.NewApplicationEndpointsDataSource,
		exposure.NewApplicationRisksDataSource,
		exposure.NewEndpointsDataSource,
		exposure.NewVulnerabilitiesDataSource,
		firewall.NewLocationsDataSource,
		firewall.NewProtocolsDataSource,
		firewall.NewRulesDataSource,
		firewall.NewStatusDataSource,
		firewall.NewTagsDataSource,
		indicators.NewStatusDataSource,
		indicators.NewUnmanagedDataSource,
		organization.NewAccountDataSource,
		organization.NewAccountsDataSource,
		organization.NewAPITokenDataSource,
		organization.NewGroupDataSource,
		organization.NewGroupsDataSource,
		organization.NewPermissionsDataSource,
		organization.NewSiteDataSource,
		organization.NewSitesDataSource,
	}
}

// EphemeralResources implements provider.ProviderWithEphemeralResources.
func (p *sentineloneProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		organization.NewGroupRegistrationToken,
		organization.NewSiteRegistrationToken,
	}
}

// Actions implements provider.ProviderWithActions.
func (p *sentineloneProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{exposure.NewApplicationScanAction}
}

// Functions implements provider.ProviderWithFunctions.
func (p *sentineloneProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		indicators.NewGuardFunction,
		indicators.NewIndicatorTypeFunction,
		indicators.NewParseIndicatorsFunction,
		indicators.NewRefangFunction,
	}
}
