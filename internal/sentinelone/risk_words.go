package sentinelone

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
)

// Words of answers about risks, from the least to the most. Filters take the same words, but for those of
// vulnerabilities: see [capitals].

// Severities are how grave a vulnerability is.
func Severities() []string { return []string{"NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"} }

// Exploitations are what is known of attacks that use a vulnerability.
func Exploitations() []string { return []string{"Not Defined", "Unknown", "Yes"} }

// ExploitCodeMaturities are how far code goes that uses a vulnerability.
func ExploitCodeMaturities() []string {
	return []string{"Not Defined", "Unproven", "Proof of Concept", "Functional", "High"}
}

// RemediationLevels are what a vendor offers against a vulnerability.
func RemediationLevels() []string {
	return []string{"Not Defined", "Unavailable", "Workaround", "Temporary Fix", "Official Fix"}
}

// ReportConfidences are how sure a vulnerability is.
func ReportConfidences() []string {
	return []string{"Not Defined", "Unknown", "Reasonable", "Confirmed"}
}

// MitigationStatuses are what somebody decided about the risks of an application on an endpoint.
func MitigationStatuses() []string { return []string{"Not mitigated", "To be patched", "On hold"} }

// AnalystVerdicts are whether an analyst has corrected the console: "Default" for not.
func AnalystVerdicts() []string { return []string{"Default", "False Positive", "Added CVE"} }

// ScanResults are how the last scan of an endpoint ended.
func ScanResults() []string { return []string{"Succeeded", "Failed"} }

// capitals are words of answers that a filter takes in capitals: "Not mitigated" is NOT_MITIGATED there. The vendor's
// description has a list for mitigation statuses only, and examples in the same spelling for the others.
type capitals []string

// EncodeValues implements query.Encoder.
func (c capitals) EncodeValues(key string, v *url.Values) error {
	words := make([]string, len(c))
	for i, word := range c {
		words[i] = strings.ToUpper(strings.ReplaceAll(word, " ", "_"))
	}
	v.Set(key, strings.Join(words, ","))
	return nil
}

// exploitations are capitals with the one word that the description's example spells in a way of its own.
type exploitations []string

// EncodeValues implements query.Encoder.
func (e exploitations) EncodeValues(key string, v *url.Values) error {
	words := make(capitals, len(e))
	for i, word := range e {
		words[i] = word
		if word == "Unknown" {
			words[i] = "Exploited Unknown"
		}
	}
	return words.EncodeValues(key, v)
}

// TimeFilter narrows by a time, in RFC 3339. Its fields are nil for no limit.
type TimeFilter struct{ Before, Until, After, Since *string }

// EncodeValues implements query.Encoder.
func (f TimeFilter) EncodeValues(key string, v *url.Values) error {
	for suffix, limit := range map[string]*string{
		"__lt": f.Before, "__lte": f.Until, "__gt": f.After, "__gte": f.Since,
	} {
		if limit != nil {
			v.Set(key+suffix, *limit)
		}
	}
	return nil
}

// Score is a score from 0 to 10, or none: the console has not rated, or the licence does not cover it. The API writes it
// as text, "7.00".
type Score struct{ value *float64 }

// Pointer returns the score, nil for none.
func (s Score) Pointer() *float64 { return s.value }

// Or returns the score, or another where it is none.
func (s Score) Or(other Score) Score {
	if s.value == nil {
		return other
	}
	return s
}

// UnmarshalJSON implements json.Unmarshaler. It takes a number, too, and an empty text or null for none.
func (s *Score) UnmarshalJSON(text []byte) error {
	number := strings.Trim(string(text), `"`)
	if number == "" || number == "null" {
		s.value = nil
		return nil
	}
	value, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) { // of which Terraform can't make a number
		return fmt.Errorf("%s is no score", text)
	}
	s.value = &value
	return nil
}
