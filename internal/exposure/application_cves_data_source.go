package exposure

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewApplicationCVEsDataSource returns the data source sentinelone_application_cves.
func NewApplicationCVEsDataSource() datasource.DataSource {
	return &dataSource{
		name:  "application_cves",
		title: "CVEs of an application",
		description: "The CVEs of one application, whatever endpoints have it, narrowed by any of the filters. The application is " +
			"given by `application_ids`, or by `application_name` and `application_vendor`.",
		narrow: "severities or published_since",
		attributes: boundsAttributes(applicationCVEColumns(), applicationCVEFilters().DataSource(map[string]schema.Attribute{
			"cves": tfkit.ComputedRows("The CVEs, in the order of `sort_by`.", applicationCVEAttributes()),
		})),
		validators: []datasource.ConfigValidator{
			datasourcevalidator.ExactlyOneOf(path.MatchRoot("application_ids"), path.MatchRoot("application_name")),
			nameWithVendor(),
		},
		ops:   []sentinelone.Operation{sentinelone.ListApplicationCVEs},
		model: func() model { return &applicationCVEsModel{} },
	}
}

// applicationCVEsModel holds the filters, and what they select.
type applicationCVEsModel struct {
	bounds
	application
	CVEIDContains         []string `tfsdk:"cve_id_contains"`
	Severities            []string `tfsdk:"severities"`
	ExploitedInTheWild    []string `tfsdk:"exploited_in_the_wild"`
	ExploitCodeMaturities []string `tfsdk:"exploit_code_maturities"`
	RemediationLevels     []string `tfsdk:"remediation_levels"`
	ReportConfidences     []string `tfsdk:"report_confidences"`
	AnalystVerdicts       []string `tfsdk:"analyst_verdicts"`
	published
	CVEs []applicationCVE `tfsdk:"cves"`
}

func applicationCVEFilters() tfkit.Filters {
	return join(applicationFilters(), cveFilters("CVEs"), timeFilters("published", "Only CVEs that were published"), tfkit.Filters{
		"severities": tfkit.OneOfFilter("Only CVEs of one of these severities", sentinelone.Severities()...),
		"report_confidences": licensedWords("Only CVEs that are sure to one of these degrees",
			sentinelone.ReportConfidences()),
		"analyst_verdicts": tfkit.OneOfFilter("Only CVEs with one of these verdicts of an analyst, `Default` for those that "+
			"nobody has corrected", sentinelone.AnalystVerdicts()...),
	})
}

// query returns the filters as the API takes them.
func (m *applicationCVEsModel) query(in sentinelone.Scope) sentinelone.ApplicationCVEQuery {
	return sentinelone.ApplicationCVEQuery{
		Scope:               in,
		ApplicationIDs:      m.ApplicationIDs,
		ApplicationName:     m.ApplicationName,
		ApplicationVendor:   m.ApplicationVendor,
		ApplicationVersions: m.ApplicationVersions,
		CVEIDContains:       m.CVEIDContains,
		Severities:          m.Severities,
		ExploitedInTheWild:  m.ExploitedInTheWild,
		ExploitCodeMaturity: m.ExploitCodeMaturities,
		RemediationLevels:   m.RemediationLevels,
		ReportConfidence:    m.ReportConfidences,
		AnalystVerdict:      m.AnalystVerdicts,
		Published:           sentinelone.TimeFilter(m.published),
	}
}

func (m *applicationCVEsModel) read(ctx context.Context, console *sentinelone.Client, in sentinelone.Scope) error {
	found, err := readTable(ctx, &m.bounds, console.ApplicationCVEs, m.query(in), applicationCVEColumns())
	m.CVEs = rowsOf(found, newApplicationCVE)
	return err
}
