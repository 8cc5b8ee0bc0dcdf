package exposure

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewApplicationRisksDataSource returns the data source sentinelone_application_risks.
func NewApplicationRisksDataSource() datasource.DataSource {
	return &dataSource{
		name:  "application_risks",
		title: "Application risks",
		description: "Applications with vulnerabilities, a row for each version, with all its CVEs and endpoints summed up; " +
			"narrowed by any of the filters.",
		narrow: "highest_severities or vendors",
		attributes: boundsAttributes(applicationRiskColumns(), applicationRiskFilters().DataSource(map[string]schema.Attribute{
			"applications": tfkit.ComputedRows("The applications, in the order of `sort_by`.", applicationRiskAttributes()),
		})),
		ops:   []sentinelone.Operation{sentinelone.ListApplicationRisks},
		model: func() model { return &applicationRisksModel{} },
	}
}

// applicationRisksModel holds the filters, and what they select.
type applicationRisksModel struct {
	bounds
	HighestSeverities     []string `tfsdk:"highest_severities"`
	ExploitedInTheWild    []string `tfsdk:"exploited_in_the_wild"`
	ExploitCodeMaturities []string `tfsdk:"exploit_code_maturities"`
	RemediationLevels     []string `tfsdk:"remediation_levels"`
	MostCommonStatuses    []string `tfsdk:"most_common_statuses"`
	ApplicationTypes      []string `tfsdk:"application_types"`
	ApplicationContains   []string `tfsdk:"application_contains"`
	Vendors               []string `tfsdk:"vendors"`
	VendorContains        []string `tfsdk:"vendor_contains"`
	CVEIDContains         []string `tfsdk:"cve_id_contains"`
	Domains               []string `tfsdk:"domains"`
	EndpointTypes         []string `tfsdk:"endpoint_types"`
	EndpointNameContains  []string `tfsdk:"endpoint_name_contains"`
	EndpointUUIDContains  []string `tfsdk:"endpoint_uuid_contains"`
	OSTypes               []string `tfsdk:"os_types"`
	MinDaysDetected       *int64   `tfsdk:"min_days_detected"`
	detected
	Applications []applicationRisk `tfsdk:"applications"`
}

func applicationRiskFilters() tfkit.Filters {
	const seen = "Only applications that were detected"
	return join(endpointFilters("Only applications of endpoints"), cveFilters("applications"), timeFilters("detected", seen), tfkit.Filters{
		"highest_severities": tfkit.OneOfFilter("Only applications whose worst CVE has one of these severities",
			sentinelone.Severities()...),
		"most_common_statuses": licensedWords("Only applications about which most endpoints have one of these decisions",
			sentinelone.MitigationStatuses()),
		"application_types": wordsFilter(licensedFilter + " Only applications of these kinds, such as `Application`."),
		"application_contains": termsFilter(
			"Only applications whose name and version, such as `7-Zip 22.01`, contain one of these texts."),
		"vendors":                wordsFilter("Only applications of these vendors."),
		"vendor_contains":        termsFilter("Only applications whose vendor's name contains one of these texts."),
		"endpoint_uuid_contains": termsFilter("Only applications of endpoints whose UUIDs contain one of these texts."),
		"min_days_detected":      minDaysFilter(seen),
	})
}

// query returns the filters as the API takes them.
func (m *applicationRisksModel) query(in sentinelone.Scope) sentinelone.ApplicationRiskQuery {
	return sentinelone.ApplicationRiskQuery{
		Scope:                in,
		HighestSeverities:    m.HighestSeverities,
		ExploitedInTheWild:   m.ExploitedInTheWild,
		ExploitCodeMaturity:  m.ExploitCodeMaturities,
		RemediationLevels:    m.RemediationLevels,
		MostCommonStatuses:   m.MostCommonStatuses,
		ApplicationTypes:     m.ApplicationTypes,
		ApplicationContains:  m.ApplicationContains,
		Vendors:              m.Vendors,
		VendorContains:       m.VendorContains,
		CVEIDContains:        m.CVEIDContains,
		Domains:              m.Domains,
		EndpointTypes:        m.EndpointTypes,
		EndpointNameContains: m.EndpointNameContains,
		EndpointUUIDContains: m.EndpointUUIDContains,
		OSTypes:              m.OSTypes,
		MinDaysDetected:      m.MinDaysDetected,
		Detected:             sentinelone.TimeFilter(m.detected),
	}
}

func (m *applicationRisksModel) read(ctx context.Context, console *sentinelone.Client, in sentinelone.Scope) error {
	found, err := readTable(ctx, &m.bounds, console.ApplicationRisks, m.query(in), applicationRiskColumns())
	m.Applications = rowsOf(found, newApplicationRisk)
	return err
}
