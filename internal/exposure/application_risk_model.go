package exposure

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// applicationRisk is a row of sentinelone_application_risks.
type applicationRisk struct {
	ApplicationID          types.String     `tfsdk:"application_id"`
	Name                   types.String     `tfsdk:"name"`
	Vendor                 types.String     `tfsdk:"vendor"`
	ApplicationType        types.String     `tfsdk:"application_type"`
	HighestSeverity        types.String     `tfsdk:"highest_severity"`
	HighestNVDBaseScore    types.Float64    `tfsdk:"highest_nvd_base_score"`
	HighestRiskScore       types.Float64    `tfsdk:"highest_risk_score"`
	CVECount               types.Int64      `tfsdk:"cve_count"`
	EndpointCount          types.Int64      `tfsdk:"endpoint_count"`
	EndpointsWithoutTicket types.Int64      `tfsdk:"endpoints_without_ticket"`
	Estimate               types.Bool       `tfsdk:"estimate"`
	DetectionDate          types.String     `tfsdk:"detection_date"`
	DaysDetected           types.Int64      `tfsdk:"days_detected"`
	ExploitedInTheWild     types.String     `tfsdk:"exploited_in_the_wild"`
	ExploitCodeMaturity    types.String     `tfsdk:"exploit_code_maturity"`
	RemediationLevel       types.String     `tfsdk:"remediation_level"`
	Statuses               map[string]int64 `tfsdk:"mitigation_statuses"`
}

func applicationRiskAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"application_id": tfkit.ComputedText("The console's id of this version of the application: what " +
			"`sentinelone_application_cves` and `sentinelone_application_endpoints` take."),
		"name":             tfkit.ComputedText("The application's name."),
		"vendor":           tfkit.ComputedText("The application's vendor."),
		"application_type": tfkit.ComputedText("What kind of software it is." + licensed),
		"highest_severity": tfkit.ComputedText("The severity of its worst CVE: `CRITICAL`, `HIGH`, `MEDIUM`, `LOW` or `NONE`."),
		"highest_nvd_base_score": tfkit.ComputedScore(
			"The highest CVSS base score of its CVEs, 0 to 10; null when none is rated."),
		"highest_risk_score": tfkit.ComputedScore("The highest risk score of its CVEs, 0 to 10, which takes attacks and exploits " +
			"into account." + licensed),
		"cve_count":      tfkit.ComputedNumber("The number of its CVEs."),
		"endpoint_count": tfkit.ComputedNumber("The number of endpoints that have it."),
		"endpoints_without_ticket": tfkit.ComputedNumber(
			"The number of endpoints that lack a ticket where tickets are in use." + licensed),
		"estimate":       tfkit.ComputedFlag("Whether the console only estimates the counts."),
		"detection_date": tfkit.ComputedText("When it was first detected, in UTC."),
		"days_detected":  tfkit.ComputedNumber("For how many days it has been detected."),
		"exploited_in_the_wild": tfkit.ComputedText("Whether one of its CVEs is used in attacks: `Yes`, `Unknown` or " +
			"`Not Defined`." + licensed),
		"exploit_code_maturity": tfkit.ComputedText("How far exploit code for its CVEs goes: `High`, `Functional`, " +
			"`Proof of Concept`, `Unproven` or `Not Defined`." + licensed),
		"remediation_level": tfkit.ComputedText("What the vendor offers: `Official Fix`, `Temporary Fix`, `Workaround`, " +
			"`Unavailable` or `Not Defined`." + licensed),
		"mitigation_statuses": schema.MapAttribute{
			ElementType: types.Int64Type,
			Computed:    true,
			MarkdownDescription: "The number of endpoints by what was decided about it: `Not mitigated`, `To be patched` and " +
				"`On hold`. Those without endpoints are left out.",
		},
	}
}

func newApplicationRisk(risk sentinelone.ApplicationRisk) applicationRisk {
	statuses := map[string]int64{}
	for _, status := range risk.Statuses {
		statuses[status.Label] += status.Count
	}
	return applicationRisk{
		ApplicationID:          types.StringValue(risk.ApplicationID),
		Name:                   types.StringValue(risk.Name),
		Vendor:                 types.StringValue(risk.Vendor),
		ApplicationType:        tfkit.Text(risk.Type),
		HighestSeverity:        tfkit.Text(risk.HighestSeverity),
		HighestNVDBaseScore:    types.Float64PointerValue(risk.HighestNVDBaseScore.Pointer()),
		HighestRiskScore:       types.Float64PointerValue(risk.HighestRiskScore.Pointer()),
		CVECount:               types.Int64Value(risk.CVECount),
		EndpointCount:          types.Int64Value(risk.EndpointCount),
		EndpointsWithoutTicket: types.Int64PointerValue(risk.EndpointsWithoutTicket),
		Estimate:               types.BoolValue(risk.Estimate),
		DetectionDate:          tfkit.Text(risk.DetectionDate),
		DaysDetected:           types.Int64PointerValue(risk.DaysDetected),
		ExploitedInTheWild:     tfkit.Text(risk.ExploitedInTheWild),
		ExploitCodeMaturity:    tfkit.Text(risk.ExploitCodeMaturity),
		RemediationLevel:       tfkit.Text(risk.RemediationLevel),
		Statuses:               statuses,
	}
}

func applicationRiskColumns() columns[sentinelone.ApplicationRisk] {
	type row = sentinelone.ApplicationRisk
	return columns[row]{
		byName: map[string]column[row]{
			"name":             byValue("name", func(r row) string { return r.Name }),
			"vendor":           byValue("vendor", func(r row) string { return r.Vendor }),
			"application_type": byValue("applicationType", func(r row) string { return r.Type }),
			"highest_severity": byRank("highestSeverity", sentinelone.Severities(),
				func(r row) string { return r.HighestSeverity }),
			"highest_nvd_base_score": byPresent("highestNvdBaseScore",
				func(r row) *float64 { return r.HighestNVDBaseScore.Pointer() }),
			"highest_risk_score": byPresent("highestRiskScore", func(r row) *float64 { return r.HighestRiskScore.Pointer() }),
			"cve_count":          byValue("cveCount", func(r row) int64 { return r.CVECount }),
			"endpoint_count":     byValue("endpointCount", func(r row) int64 { return r.EndpointCount }),
			"detection_date":     byValue("detectionDate", func(r row) string { return r.DetectionDate }),
			"days_detected":      byPresent("daysDetected", func(r row) *int64 { return r.DaysDetected }),
			"exploited_in_the_wild": byRank("exploitedInTheWild", sentinelone.Exploitations(),
				func(r row) string { return r.ExploitedInTheWild }),
			"exploit_code_maturity": byRank("exploitCodeMaturity", sentinelone.ExploitCodeMaturities(),
				func(r row) string { return r.ExploitCodeMaturity }),
			"remediation_level": byRank("remediationLevel", sentinelone.RemediationLevels(),
				func(r row) string { return r.RemediationLevel }),
		},
		tie:  byID(func(r row) string { return r.ApplicationID }),
		name: "highest_severity", direction: sentinelone.Descending, why: worstFirst,
	}
}
