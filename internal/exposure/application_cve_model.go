package exposure

import (
	"cmp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// applicationCVE is a row of sentinelone_application_cves.
type applicationCVE struct {
	CVEID               types.String  `tfsdk:"cve_id"`
	Severity            types.String  `tfsdk:"severity"`
	NVDBaseScore        types.Float64 `tfsdk:"nvd_base_score"`
	RiskScore           types.Float64 `tfsdk:"risk_score"`
	CVSSVersion         types.String  `tfsdk:"cvss_version"`
	Description         types.String  `tfsdk:"description"`
	ExploitedInTheWild  types.String  `tfsdk:"exploited_in_the_wild"`
	ExploitCodeMaturity types.String  `tfsdk:"exploit_code_maturity"`
	RemediationLevel    types.String  `tfsdk:"remediation_level"`
	ReportConfidence    types.String  `tfsdk:"report_confidence"`
	PublishedDate       types.String  `tfsdk:"published_date"`
	MitreURL            types.String  `tfsdk:"mitre_url"`
	NVDURL              types.String  `tfsdk:"nvd_url"`
	Marks               []mark        `tfsdk:"marks"`
}

// mark is an analyst's correction of the console.
type mark struct {
	Type       types.String `tfsdk:"type"`
	Reason     types.String `tfsdk:"reason"`
	MarkedBy   types.String `tfsdk:"marked_by"`
	MarkedDate types.String `tfsdk:"marked_date"`
}

func applicationCVEAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"cve_id":         tfkit.ComputedText("The CVE, such as `CVE-2025-0411`."),
		"severity":       tfkit.ComputedText("`CRITICAL`, `HIGH`, `MEDIUM`, `LOW` or `NONE`."),
		"nvd_base_score": tfkit.ComputedScore("The CVSS base score, 0 to 10; null when the CVE is not rated."),
		"risk_score":     tfkit.ComputedScore("The risk score, 0 to 10, which takes attacks and exploits into account." + licensed),
		"cvss_version":   tfkit.ComputedText("The version of CVSS that the base score is by."),
		"description":    tfkit.ComputedText("What the vulnerability is."),
		"exploited_in_the_wild": tfkit.ComputedText(
			"Whether it is used in attacks: `Yes`, `Unknown` or `Not Defined`." + licensed),
		"exploit_code_maturity": tfkit.ComputedText("How far exploit code goes: `High`, `Functional`, `Proof of Concept`, " +
			"`Unproven` or `Not Defined`." + licensed),
		"remediation_level": tfkit.ComputedText("What the vendor offers: `Official Fix`, `Temporary Fix`, `Workaround`, " +
			"`Unavailable` or `Not Defined`." + licensed),
		"report_confidence": tfkit.ComputedText("How sure the vulnerability is: `Confirmed`, `Reasonable`, `Unknown` or " +
			"`Not Defined`." + licensed),
		"published_date": tfkit.ComputedText("When the CVE was published, in UTC."),
		"mitre_url":      tfkit.ComputedText("The page of the CVE at MITRE."),
		"nvd_url":        tfkit.ComputedText("The page of the CVE at the National Vulnerability Database."),
		"marks": tfkit.ComputedRows("The corrections of the console by analysts, by time.", map[string]schema.Attribute{
			"type":        tfkit.ComputedText("`False Positive` or `Added CVE`."),
			"reason":      tfkit.ComputedText("Why it was made; null when nobody says."),
			"marked_by":   tfkit.ComputedText("Who made it."),
			"marked_date": tfkit.ComputedText("When it was made, in UTC."),
		}),
	}
}

func newApplicationCVE(cve sentinelone.ApplicationCVE) applicationCVE {
	return applicationCVE{
		CVEID:               types.StringValue(cve.CVEID),
		Severity:            tfkit.Text(cve.Severity),
		NVDBaseScore:        types.Float64PointerValue(cve.NVDBaseScore.Pointer()),
		RiskScore:           types.Float64PointerValue(cve.RiskScore.Pointer()),
		CVSSVersion:         tfkit.Text(cve.CVSSVersion),
		Description:         tfkit.Text(cve.Description),
		ExploitedInTheWild:  tfkit.Text(cve.ExploitedInTheWild),
		ExploitCodeMaturity: tfkit.Text(cve.ExploitCodeMaturity),
		RemediationLevel:    tfkit.Text(cve.RemediationLevel),
		ReportConfidence:    tfkit.Text(cve.ReportConfidence),
		PublishedDate:       tfkit.Text(cve.PublishedDate),
		MitreURL:            tfkit.Text(cve.MitreURL),
		NVDURL:              tfkit.Text(cve.NVDURL),
		Marks:               newMarks(cve.Marks),
	}
}

func newMarks(made []sentinelone.Mark) []mark {
	sorted := slices.SortedFunc(slices.Values(made), func(a, b sentinelone.Mark) int {
		return cmp.Or(cmp.Compare(a.MarkedDate, b.MarkedDate), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Reason, b.Reason))
	})
	return rowsOf(sorted, func(m sentinelone.Mark) mark {
		return mark{tfkit.Text(m.Type), tfkit.Text(m.Reason), tfkit.Text(m.MarkedBy), tfkit.Text(m.MarkedDate)}
	})
}

func applicationCVEColumns() columns[sentinelone.ApplicationCVE] {
	type row = sentinelone.ApplicationCVE
	id := func(c row) string { return c.CVEID }
	return columns[row]{
		byName: map[string]column[row]{
			"cve_id":         byValue("cveId", id),
			"severity":       byRank("severity", sentinelone.Severities(), func(c row) string { return c.Severity }),
			"nvd_base_score": byPresent("nvdBaseScore", func(c row) *float64 { return c.NVDBaseScore.Pointer() }),
			"risk_score":     byPresent("riskScore", func(c row) *float64 { return c.RiskScore.Pointer() }),
			"published_date": byValue("publishedDate", func(c row) string { return c.PublishedDate }),
			"exploited_in_the_wild": byRank("exploitedInTheWild", sentinelone.Exploitations(),
				func(c row) string { return c.ExploitedInTheWild }),
			"exploit_code_maturity": byRank("exploitCodeMaturity", sentinelone.ExploitCodeMaturities(),
				func(c row) string { return c.ExploitCodeMaturity }),
			"remediation_level": byRank("remediationLevel", sentinelone.RemediationLevels(),
				func(c row) string { return c.RemediationLevel }),
			"report_confidence": byRank("reportConfidence", sentinelone.ReportConfidences(),
				func(c row) string { return c.ReportConfidence }),
		},
		tie:  func(a, b row) int { return cmp.Compare(a.CVEID, b.CVEID) },
		name: "severity", direction: sentinelone.Descending, why: worstFirst,
	}
}
