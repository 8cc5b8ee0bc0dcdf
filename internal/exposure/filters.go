package exposure

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Limits of the API's filters.
const (
	mostWords       = 5000
	mostTerms       = 100
	mostCVETerms    = 50
	shortestCVETerm = 9
	mostDays        = 28
)

// licensed ends the description of what only the licence for vulnerability management brings.
const (
	licensed       = " Null without the licence for Singularity Vulnerability Management."
	licensedFilter = "It takes the licence for Singularity Vulnerability Management."
)

func wordsFilter(description string) tfkit.Filter {
	return tfkit.ListFilter(description, mostWords, stringvalidator.LengthAtLeast(1))
}

func termsFilter(description string) tfkit.Filter {
	return tfkit.ListFilter(description, mostTerms, stringvalidator.LengthAtLeast(1))
}

// licensedWords narrows to one of several words, where the licence allows it.
func licensedWords(description string, words []string) tfkit.Filter {
	return tfkit.OneOfFilter(licensedFilter+" "+description, words...)
}

// endpointFilters are those by endpoint that several data sources share; of begins their sentences, "Only applications of
// endpoints".
func endpointFilters(of string) tfkit.Filters {
	return tfkit.Filters{
		"os_types":               tfkit.OneOfFilter(of+" with one of these operating systems", sentinelone.OSTypes()...),
		"domains":                wordsFilter(of + " in one of these network domains."),
		"endpoint_types":         tfkit.OneOfFilter(of+" of one of these kinds", sentinelone.MachineTypes()...),
		"endpoint_name_contains": termsFilter(of + " whose names contain one of these texts."),
	}
}

// scanResultsFilter is the filter by the last scan of endpoints.
func scanResultsFilter(of string) tfkit.Filter {
	return tfkit.OneOfFilter(of+" whose last scan ended so", sentinelone.ScanResults()...)
}

// cveFilters are those by CVE that several data sources share; what is the plural of the rows.
func cveFilters(what string) tfkit.Filters {
	return tfkit.Filters{
		"cve_id_contains": tfkit.ListFilter("Only "+what+" by CVE: those whose id contains one of these texts, each of at least "+
			"nine characters, such as `CVE-2025-0411`.", mostCVETerms, stringvalidator.LengthAtLeast(shortestCVETerm)),
		"exploited_in_the_wild": licensedWords("Only "+what+" of which this is known about attacks", sentinelone.Exploitations()),
		"exploit_code_maturities": licensedWords("Only "+what+" for which there is exploit code of one of these maturities",
			sentinelone.ExploitCodeMaturities()),
		"remediation_levels": licensedWords("Only "+what+" against which the vendor offers one of these",
			sentinelone.RemediationLevels()),
	}
}

// minDaysFilter is the filter by how long ago something was detected; of says what, "Only applications detected".
func minDaysFilter(of string) tfkit.Filter {
	return tfkit.NumberFilter(fmt.Sprintf("%s at least so many days ago, 0 to %d.", of, mostDays),
		int64validator.Between(0, mostDays))
}

// timeFilters are the four filters by a time, such as detected_before; of begins their sentences.
func timeFilters(name, of string) tfkit.Filters {
	return tfkit.Filters{
		name + "_before": tfkit.TimeFilter(of + " before this time."),
		name + "_until":  tfkit.TimeFilter(of + " at this time or before."),
		name + "_after":  tfkit.TimeFilter(of + " after this time."),
		name + "_since":  tfkit.TimeFilter(of + " at this time or after."),
	}
}

// Values of timeFilters, in the shape of a sentinelone.TimeFilter.

type detected struct {
	Before *string `tfsdk:"detected_before"`
	Until  *string `tfsdk:"detected_until"`
	After  *string `tfsdk:"detected_after"`
	Since  *string `tfsdk:"detected_since"`
}

type published struct {
	Before *string `tfsdk:"published_before"`
	Until  *string `tfsdk:"published_until"`
	After  *string `tfsdk:"published_after"`
	Since  *string `tfsdk:"published_since"`
}

type updated struct {
	Before *string `tfsdk:"updated_before"`
	Until  *string `tfsdk:"updated_until"`
	After  *string `tfsdk:"updated_after"`
	Since  *string `tfsdk:"updated_since"`
}

type scanned struct {
	Before *string `tfsdk:"scanned_before"`
	Until  *string `tfsdk:"scanned_until"`
	After  *string `tfsdk:"scanned_after"`
	Since  *string `tfsdk:"scanned_since"`
}

type active struct {
	Before *string `tfsdk:"active_before"`
	Until  *string `tfsdk:"active_until"`
	After  *string `tfsdk:"active_after"`
	Since  *string `tfsdk:"active_since"`
}

type registered struct {
	Before *string `tfsdk:"registered_before"`
	Until  *string `tfsdk:"registered_until"`
	After  *string `tfsdk:"registered_after"`
	Since  *string `tfsdk:"registered_since"`
}

// join returns all filters of several groups.
func join(groups ...tfkit.Filters) tfkit.Filters {
	all := tfkit.Filters{}
	for _, group := range groups {
		maps.Copy(all, group)
	}
	return all
}

// application says which application a data source is about.
type application struct {
	ApplicationIDs      []string `tfsdk:"application_ids"`
	ApplicationName     *string  `tfsdk:"application_name"`
	ApplicationVendor   *string  `tfsdk:"application_vendor"`
	ApplicationVersions []string `tfsdk:"application_versions"`
}

func applicationFilters() tfkit.Filters {
	return tfkit.Filters{
		"application_ids": tfkit.IDsFilter("The application by the ids of its vulnerable versions, which are the " +
			"`application_id` of `sentinelone_application_risks`. More than one takes the licence for Singularity " +
			"Vulnerability Management."),
		"application_name": tfkit.TextFilter("The application by its exact name, all versions of it. In place of ids, it " +
			"takes the licence for Singularity Vulnerability Management."),
		"application_vendor":   tfkit.TextFilter("The exact name of the vendor. It goes with `application_name`."),
		"application_versions": wordsFilter("Only these versions of the application."),
	}
}

// nameWithVendor validates that an application's name comes with its vendor's.
func nameWithVendor() datasource.ConfigValidator {
	return datasourcevalidator.RequiredTogether(path.MatchRoot("application_name"), path.MatchRoot("application_vendor"))
}

// parseScoreRange checks a range of scores as the API takes it: "5-8.9".
func parseScoreRange(text string) (string, error) {
	from, to, _ := strings.Cut(text, "-")
	lowest, err := strconv.ParseFloat(from, 64)
	highest, err2 := strconv.ParseFloat(to, 64)
	if err != nil || err2 != nil || !(0 <= lowest && lowest <= highest && highest <= 10) {
		return "", fmt.Errorf("%q is no range of scores, such as 7-10 or 5-8.9", text)
	}
	return text, nil
}
