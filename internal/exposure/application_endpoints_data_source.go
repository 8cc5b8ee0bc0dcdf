package exposure

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/boolvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewApplicationEndpointsDataSource returns the data source sentinelone_application_endpoints.
func NewApplicationEndpointsDataSource() datasource.DataSource {
	return &dataSource{
		name:  "application_endpoints",
		title: "Endpoints of a vulnerable application",
		description: "The endpoints that have a vulnerable version of one application, narrowed by any of the filters, and where " +
			"it is installed on them. The application is given by `application_ids`, or by `application_name` and " +
			"`application_vendor`; by both, the ids select the endpoints, and the name finds the installation paths.",
		narrow:     "os_types or endpoint_name_contains",
		attributes: boundsAttributes(applicationEndpointColumns(), applicationEndpointsAttributes()),
		validators: []datasource.ConfigValidator{
			datasourcevalidator.AtLeastOneOf(path.MatchRoot("application_ids"), path.MatchRoot("application_name")),
			nameWithVendor(),
		},
		ops:   []sentinelone.Operation{sentinelone.ListApplicationEndpoints, sentinelone.ListInstallations},
		model: func() model { return &applicationEndpointsModel{} },
	}
}

func applicationEndpointsAttributes() map[string]schema.Attribute {
	return applicationEndpointFilters().DataSource(map[string]schema.Attribute{
		"include_installation_paths": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "`true` for the installation paths, which the console's inventory has: one more call for each " +
				"1000 installations, and the permission *" + string(sentinelone.ListInstallations.Permissions[0]) + "*. It goes with " +
				"`application_name`. Default `false`.",
			Validators: []validator.Bool{boolvalidator.AlsoRequires(path.MatchRoot("application_name"))},
		},
		"installation_paths": schema.MapAttribute{
			ElementType: types.ListType{ElemType: types.StringType},
			Computed:    true,
			MarkdownDescription: "Where the versions among the rows are installed anywhere in the scope, by the operating system's " +
				"word in firewall rules, such as `windows`: each path once, in the order of the alphabet. Null unless " +
				"`include_installation_paths` is set, and with `count_only`.",
		},
		"endpoints": tfkit.ComputedRows("The endpoints, in the order of `sort_by`.", applicationEndpointAttributes()),
	})
}

// applicationEndpointsModel holds the filters, and what they select.
type applicationEndpointsModel struct {
	bounds
	application
	Domains                  []string `tfsdk:"domains"`
	DomainContains           []string `tfsdk:"domain_contains"`
	EndpointTypes            []string `tfsdk:"endpoint_types"`
	EndpointIDContains       []string `tfsdk:"endpoint_id_contains"`
	EndpointNameContains     []string `tfsdk:"endpoint_name_contains"`
	EndpointUUIDContains     []string `tfsdk:"endpoint_uuid_contains"`
	OSTypes                  []string `tfsdk:"os_types"`
	OSVersions               []string `tfsdk:"os_versions"`
	LastScanResults          []string `tfsdk:"last_scan_results"`
	MitigationStatuses       []string `tfsdk:"mitigation_statuses"`
	MitigationReasonContains []string `tfsdk:"mitigation_status_reason_contains"`
	MinDaysDetected          *int64   `tfsdk:"min_days_detected"`
	detected
	scanned
	IncludeInstallationPaths *bool                 `tfsdk:"include_installation_paths"`
	InstallationPaths        map[string][]string   `tfsdk:"installation_paths"`
	Endpoints                []applicationEndpoint `tfsdk:"endpoints"`
}

func applicationEndpointFilters() tfkit.Filters {
	const seen = "Only endpoints on which the application was detected"
	return join(applicationFilters(), endpointFilters("Only endpoints"),
		timeFilters("detected", seen),
		timeFilters("scanned", "Only endpoints that were last scanned"),
		tfkit.Filters{
			"domain_contains":        termsFilter("Only endpoints whose network domain contains one of these texts."),
			"endpoint_id_contains":   termsFilter("Only endpoints whose ids contain one of these texts."),
			"endpoint_uuid_contains": termsFilter("Only endpoints whose UUIDs contain one of these texts."),
			"os_versions":            wordsFilter("Only endpoints with these versions of an operating system."),
			"last_scan_results":      scanResultsFilter("Only endpoints"),
			"mitigation_statuses": licensedWords("Only endpoints about which one of these was decided",
				sentinelone.MitigationStatuses()),
			"mitigation_status_reason_contains": termsFilter(licensedFilter +
				" Only endpoints about which was decided for a reason that contains one of these texts."),
			"min_days_detected": minDaysFilter(seen),
		})
}

// query returns the filters as the API takes them.
func (m *applicationEndpointsModel) query(in sentinelone.Scope) sentinelone.ApplicationEndpointQuery {
	query := sentinelone.ApplicationEndpointQuery{
		Scope:                 in,
		ApplicationIDs:        m.ApplicationIDs,
		ApplicationVersions:   m.ApplicationVersions,
		Domains:               m.Domains,
		DomainContains:        m.DomainContains,
		EndpointTypes:         m.EndpointTypes,
		EndpointIDContains:    m.EndpointIDContains,
		EndpointNameContains:  m.EndpointNameContains,
		EndpointUUIDContains:  m.EndpointUUIDContains,
		OSTypes:               m.OSTypes,
		OSVersions:            m.OSVersions,
		LastScanResults:       m.LastScanResults,
		Statuses:              m.MitigationStatuses,
		StatusMessageContains: m.MitigationReasonContains,
		MinDaysDetected:       m.MinDaysDetected,
		Detected:              sentinelone.TimeFilter(m.detected),
		LastScanned:           sentinelone.TimeFilter(m.scanned),
	}
	if len(m.ApplicationIDs) == 0 { // the API takes one or the other
		query.ApplicationName, query.ApplicationVendor = m.ApplicationName, m.ApplicationVendor
	}
	return query
}

func (m *applicationEndpointsModel) read(
	ctx context.Context, console *sentinelone.Client, in sentinelone.Scope,
) error {
	found, err := readTable(ctx, &m.bounds, console.ApplicationEndpoints, m.query(in), applicationEndpointColumns())
	if err != nil {
		return err
	}
	m.Endpoints = rowsOf(found, newApplicationEndpoint)
	if m.countOnly() || m.IncludeInstallationPaths == nil || !*m.IncludeInstallationPaths {
		return nil
	}
	paths, err := readInstallationPaths(ctx, console, sentinelone.InstallationQuery{
		Scope: in, ApplicationName: *m.ApplicationName, ApplicationVendor: *m.ApplicationVendor,
	}, found)
	m.InstallationPaths = paths.byOS
	for i, endpoint := range found {
		m.Endpoints[i].InstallationPaths = paths.of(endpoint)
	}
	return err
}
