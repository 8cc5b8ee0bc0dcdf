package exposure

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewVulnerabilitiesDataSource returns the data source sentinelone_vulnerabilities.
func NewVulnerabilitiesDataSource() datasource.DataSource {
	return &dataSource{
		name:  "vulnerabilities",
		title: "Vulnerabilities",
		description: "What is vulnerable where: a row for each endpoint, application and CVE, narrowed by any of the filters. A " +
			"large console has hundreds of thousands; ask `sentinelone_application_risks` first for what to look at.",
		narrow: "severities or cve_id_contains",
		attributes: boundsAttributes(vulnerabilityColumns(), vulnerabilityFilters().DataSource(map[string]schema.Attribute{
			"vulnerabilities": tfkit.ComputedRows("The vulnerabilities, in the order of `sort_by`.", vulnerabilityAttributes()),
		})),
		ops:   []sentinelone.Operation{sentinelone.ListVulnerabilities},
		model: func() model { return &vulnerabilitiesModel{} },
	}
}

// vulnerabilitiesModel holds the filters, and what they select.
type vulnerabilitiesModel struct {
	bounds
	CVEIDContains         []string `tfsdk:"cve_id_contains"`
	Severities            []string `tfsdk:"severities"`
	ExploitedInTheWild    []string `tfsdk:"exploited_in_the_wild"`
	ExploitCodeMaturities []string `tfsdk:"exploit_code_maturities"`
	RemediationLevels     []string `tfsdk:"remediation_levels"`
	ReportConfidences     []string `tfsdk:"report_confidences"`
	MitigationStatuses    []string `tfsdk:"mitigation_statuses"`
	AnalystVerdicts       []string `tfsdk:"analyst_verdicts"`
	RiskScoreBetween      *string  `tfsdk:"risk_score_between"`
	ApplicationNames      []string `tfsdk:"application_names"`
	ApplicationContains   []string `tfsdk:"application_contains"`
	Vendors               []string `tfsdk:"vendors"`
	VendorContains        []string `tfsdk:"vendor_contains"`
	Domains               []string `tfsdk:"domains"`
	DomainContains        []string `tfsdk:"domain_contains"`
	EndpointTypes         []string `tfsdk:"endpoint_types"`
	EndpointNameContains  []string `tfsdk:"endpoint_name_contains"`
	OSTypes               []string `tfsdk:"os_types"`
	OSVersions            []string `tfsdk:"os_versions"`
	LastScanResults       []string `tfsdk:"last_scan_results"`
	IncludeRemovals       *bool    `tfsdk:"include_removals"`
	MinDaysDetected       *int64   `tfsdk:"min_days_detected"`
	detected
	published
	updated
	Vulnerabilities []vulnerability `tfsdk:"vulnerabilities"`
}

func vulnerabilityFilters() tfkit.Filters {
	const (
		endpoints = "Only vulnerabilities of endpoints"
		seen      = "Only vulnerabilities that were detected"
	)
	return join(endpointFilters(endpoints), cveFilters("vulnerabilities"),
		timeFilters("detected", seen),
		timeFilters("published", "Only vulnerabilities whose CVE was published"),
		timeFilters("updated", "Only vulnerabilities of which something significant changed"),
		tfkit.Filters{
			"severities": tfkit.OneOfFilter("Only vulnerabilities of one of these severities", sentinelone.Severities()...),
			"report_confidences": licensedWords("Only vulnerabilities that are sure to one of these degrees",
				sentinelone.ReportConfidences()),
			"mitigation_statuses": licensedWords("Only vulnerabilities about which one of these was decided",
				sentinelone.MitigationStatuses()),
			"analyst_verdicts": tfkit.OneOfFilter("Only vulnerabilities with one of these verdicts of an analyst, `Default` for "+
				"those that nobody has corrected", sentinelone.AnalystVerdicts()...),
			"risk_score_between": tfkit.TextFilter(licensedFilter+" Only vulnerabilities with a risk score from the first to the "+
				"second of two numbers, such as `7-10` or `5-8.9`.", tfkit.Parses(parseScoreRange)),
			"application_names": wordsFilter("Only vulnerabilities of applications of these exact names."),
			"application_contains": termsFilter(
				"Only vulnerabilities of applications whose name and version contain one of these texts."),
			"vendors":           wordsFilter("Only vulnerabilities of applications of these vendors."),
			"vendor_contains":   termsFilter("Only vulnerabilities of applications whose vendor's name contains one of these texts."),
			"domain_contains":   termsFilter("Only vulnerabilities of endpoints whose network domain contains one of these texts."),
			"os_versions":       wordsFilter("Only vulnerabilities of endpoints with these versions of an operating system."),
			"last_scan_results": scanResultsFilter(endpoints),
			"include_removals": tfkit.FlagFilter("`true` for the vulnerabilities that are gone, too: their `status` is `Removed`. " +
				"Default `false`."),
			"min_days_detected": minDaysFilter(seen),
		})
}

// query returns the filters as the API takes them.
func (m *vulnerabilitiesModel) query(in sentinelone.Scope) sentinelone.VulnerabilityQuery {
	return sentinelone.VulnerabilityQuery{
		Scope:                in,
		CVEIDContains:        m.CVEIDContains,
		Severities:           m.Severities,
		ExploitedInTheWild:   m.ExploitedInTheWild,
		ExploitCodeMaturity:  m.ExploitCodeMaturities,
		RemediationLevels:    m.RemediationLevels,
		ReportConfidence:     m.ReportConfidences,
		MitigationStatus:     m.MitigationStatuses,
		AnalystVerdict:       m.AnalystVerdicts,
		RiskScoreBetween:     m.RiskScoreBetween,
		ApplicationNames:     m.ApplicationNames,
		ApplicationContains:  m.ApplicationContains,
		Vendors:              m.Vendors,
		VendorContains:       m.VendorContains,
		Domains:              m.Domains,
		DomainContains:       m.DomainContains,
		EndpointTypes:        m.EndpointTypes,
		EndpointNameContains: m.EndpointNameContains,
		OSTypes:              m.OSTypes,
		OSVersions:           m.OSVersions,
		LastScanResults:      m.LastScanResults,
		IncludeRemovals:      m.IncludeRemovals,
		MinDaysDetected:      m.MinDaysDetected,
		Detected:             sentinelone.TimeFilter(m.detected),
		Published:            sentinelone.TimeFilter(m.published),
		Updated:              sentinelone.TimeFilter(m.updated),
	}
}

func (m *vulnerabilitiesModel) read(ctx context.Context, console *sentinelone.Client, in sentinelone.Scope) error {
	found, err := readTable(ctx, &m.bounds, console.Vulnerabilities, m.query(in), vulnerabilityColumns())
	m.Vulnerabilities = rowsOf(found, newVulnerability)
	return err
}
