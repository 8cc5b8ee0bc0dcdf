package simulator

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// exposureListing is the order of GET risks.
func (s *store) exposureListing() listing[exposure] {
	return listing[exposure]{
		noun: "risk",
		id:   func(e *exposure) string { return e.id },
		columns: map[string]func(*exposure) sortKey{
			"accountId":           byText(func(e *exposure) string { return s.accountIDOf(s.computer(e.software)) }),
			"siteId":              byText(func(e *exposure) string { return s.computer(e.software).SiteID }),
			"cveId":               byText(func(e *exposure) string { return e.risk.CVEID }),
			"endpointName":        byText(func(e *exposure) string { return s.computer(e.software).ComputerName }),
			"application":         byText(func(e *exposure) string { return e.software.title() }),
			"applicationVendor":   byText(func(e *exposure) string { return e.software.Vendor }),
			"baseScore":           func(e *exposure) sortKey { return scoreKey(e.risk.BaseScore) },
			"nvdBaseScore":        func(e *exposure) sortKey { return scoreKey(e.risk.BaseScore) },
			"riskScore":           func(e *exposure) sortKey { return scoreKey(e.risk.RiskScore) },
			"severity":            func(e *exposure) sortKey { return rankKey(severities, e.risk.Severity) },
			"daysDetected":        byNumber(func(e *exposure) int { return s.days(e.detected()) }),
			"detectionDate":       byTime((*exposure).detected),
			"publishedDate":       byTime(func(e *exposure) time.Time { return e.risk.PublishedDate }),
			"lastScanDate":        byTime(func(e *exposure) time.Time { return e.software.LastScanDate }),
			"lastScanResult":      byText(func(e *exposure) string { return e.software.LastScanResult }),
			"exploitCodeMaturity": func(e *exposure) sortKey { return rankKey(maturities, e.risk.ExploitCodeMaturity) },
			"remediationLevel":    func(e *exposure) sortKey { return rankKey(remediations, e.risk.RemediationLevel) },
			"reportConfidence":    func(e *exposure) sortKey { return rankKey(confidences, e.risk.ReportConfidence) },
			"mitigationStatus":    func(e *exposure) sortKey { return rankKey(mitigations, e.software.mitigation().Status) },
		},
	}
}

// scoreKey sorts by a score; one that is not there is the lowest.
func scoreKey(score *float64) sortKey {
	if score == nil {
		return sortKey{number: -1}
	}
	return sortKey{number: int64(*score*100 + 0.5)}
}

// rankKey sorts by what a word means, from the least to the most. Whether a real console goes by the alphabet instead
// is not known.
func rankKey(words []string, word string) sortKey {
	return sortKey{number: int64(slices.Index(words, word))}
}

// exposureFilters are the filters of GET risks, but for the scopes and includeRemovals. Those without a list of words in
// the swagger take the words of its examples, which are not those of answers.
func (s *store) exposureFilters() filters[exposure] {
	f := endpointFilters(func(e *exposure) *Agent { return s.computer(e.software) }).only(
		"osTypes", "osVersions", "endpointTypes", "domains", "domain__contains", "endpointName__contains")
	f["applicationNames"] = oneOf(func(e *exposure) string { return e.software.Name })
	f["vendors"] = oneOf(func(e *exposure) string { return e.software.Vendor })
	f["applicationVendor__contains"] = contains(func(e *exposure) []string { return []string{e.software.Vendor} })
	f["application__contains"] = contains(func(e *exposure) []string { return []string{e.software.title()} })
	f["cveId__contains"] = contains(func(e *exposure) []string { return []string{e.risk.CVEID} })
	f["severities"] = oneOf(func(e *exposure) string { return e.risk.Severity })
	f["lastScanResults"] = oneOf(func(e *exposure) string { return e.software.LastScanResult })
	f["analystVerdict"] = oneOf(func(e *exposure) string { return e.risk.verdict() })
	f["mitigationStatus"] = oneOf(func(e *exposure) string { return wordKey(e.software.mitigation().Status) })
	f["exploitCodeMaturity"] = oneOf(func(e *exposure) string { return wordKey(e.risk.ExploitCodeMaturity) })
	f["exploitedInTheWild"] = oneOf(func(e *exposure) string { return exploitationKey(e.risk.ExploitedInTheWild) })
	f["remediationLevels"] = oneOf(func(e *exposure) string { return wordKey(e.risk.RemediationLevel) })
	f["reportConfidence"] = oneOf(func(e *exposure) string { return wordKey(e.risk.ReportConfidence) })
	f["riskScore__between"] = between(func(e *exposure) *float64 { return e.risk.RiskScore })
	f["daysFromCveDetection"] = atLeast(func(e *exposure) int { return s.days(e.detected()) })
	f.timeFilters("detectionDate", (*exposure).detected)
	f.timeFilters("publishedDate", func(e *exposure) time.Time { return e.risk.PublishedDate })
	f.timeFilters("riskUpdatedDate", (*exposure).updated)
	return f
}

// endpointFilters are the filters of rows that are about a computer.
func endpointFilters[T any](computer func(*T) *Agent) filters[T] {
	text := func(field func(*Agent) string) func(*T) string {
		return func(row *T) string { return field(computer(row)) }
	}
	texts := func(field func(*Agent) string) func(*T) []string {
		return func(row *T) []string { return []string{field(computer(row))} }
	}
	id := func(a *Agent) string { return a.ID }
	uuid := func(a *Agent) string { return a.UUID }
	name := func(a *Agent) string { return a.ComputerName }
	domain := func(a *Agent) string { return a.Domain }
	return filters[T]{
		"osTypes":                oneOf(text(func(a *Agent) string { return a.OSType })),
		"osVersions":             oneOf(text((*Agent).version)),
		"osVersion__contains":    contains(texts((*Agent).version)),
		"osArchitectures":        oneOf(text(func(a *Agent) string { return a.OSArch })),
		"endpointTypes":          oneOf(text(func(a *Agent) string { return a.MachineType })),
		"endpointId__contains":   contains(texts(id)),
		"endpointUuid__contains": contains(texts(uuid)),
		"endpointName__contains": contains(texts(name)),
		"domains":                oneOf(text(domain)),
		"domain__contains":       contains(texts(domain)),
	}
}

// only returns the filters of some parameters.
func (f filters[T]) only(names ...string) filters[T] {
	some := filters[T]{}
	for _, name := range names {
		some[name] = f[name]
	}
	return some
}

// atLeast wants rows whose number is the one given, or a greater one.
func atLeast[T any](field func(*T) int) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		limit, err := strconv.Atoi(args[0])
		return func(row *T) bool { return err == nil && field(row) >= limit }
	}
}

// between wants rows whose score lies in a range, with its ends.
func between[T any](field func(*T) *float64) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		from, to, _ := strings.Cut(args[0], "-")
		first, last := scoreOf(from), scoreOf(to)
		return func(row *T) bool {
			score := field(row)
			return score != nil && first <= *score && *score <= last
		}
	}
}

// scoreOf reads one end of a range that has passed the contract.
func scoreOf(text string) float64 {
	score, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return score
}

// exploitationKey is wordKey but for the one word that the swagger's example spells out.
func exploitationKey(word string) string {
	if word == "Unknown" {
		return "EXPLOITED_UNKNOWN"
	}
	return wordKey(word)
}

// verdict returns what the filters call a mark.
func (r *Risk) verdict() string {
	if r.Mark == nil {
		return "Default"
	}
	return r.Mark.Type
}
