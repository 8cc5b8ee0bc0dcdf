package simulator

import (
	"slices"
	"time"
)

// riskSummary sums up the exposures of one version of an application, or of all its versions.
type riskSummary struct {
	id          string
	name        string
	vendor      string
	kind        string
	versions    map[string]bool
	cves        map[string]bool
	computers   map[string]bool
	counted     map[string]bool // applications whose mitigation status is counted
	statuses    map[string]int
	severity    string
	exploited   string
	maturity    string
	remediation string
	baseScore   *float64
	riskScore   *float64
	detection   time.Time
}

// summarise groups the exposures that the query asks for, by what id says. A filter on computers or CVEs narrows what is
// counted; whether it does on a real console is not known.
func (c *call) summarise(f filters[exposure], id func(*exposure) string) ([]*riskSummary, error) {
	found, err := c.exposuresFor(f)
	if err != nil {
		return nil, err
	}
	var list []*riskSummary
	byID := map[string]*riskSummary{}
	for e := range found {
		sum := byID[id(e)]
		if sum == nil {
			sum = &riskSummary{
				id: id(e), name: e.software.Name, vendor: e.software.Vendor, kind: e.software.Type,
				versions: map[string]bool{}, cves: map[string]bool{}, computers: map[string]bool{},
				counted: map[string]bool{}, statuses: map[string]int{}, detection: e.software.DetectionDate,
			}
			byID[sum.id] = sum
			list = append(list, sum)
		}
		sum.add(e)
	}
	return list, nil
}

// add takes an exposure into account: the worst of all counts, and the earliest detection.
func (sum *riskSummary) add(e *exposure) {
	w, r := e.software, e.risk
	sum.versions[w.Version] = true
	sum.cves[r.CVEID] = true
	sum.computers[w.AgentID] = true
	if !sum.counted[w.ID] {
		sum.counted[w.ID] = true
		sum.statuses[w.mitigation().Status]++
	}
	sum.severity = highest(severities, sum.severity, r.Severity)
	sum.exploited = highest(exploitations, sum.exploited, r.ExploitedInTheWild)
	sum.maturity = highest(maturities, sum.maturity, r.ExploitCodeMaturity)
	sum.remediation = highest(remediations, sum.remediation, r.RemediationLevel)
	sum.baseScore = highestScore(sum.baseScore, r.BaseScore)
	sum.riskScore = highestScore(sum.riskScore, r.RiskScore)
	if w.DetectionDate.Before(sum.detection) {
		sum.detection = w.DetectionDate
	}
}

// highest returns the word that says more.
func highest(words []string, a, b string) string {
	if slices.Index(words, b) > slices.Index(words, a) {
		return b
	}
	return a
}

func highestScore(a, b *float64) *float64 {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}

// mostCommon returns the mitigation status of most computers; of several, the first that an application goes through.
func (sum *riskSummary) mostCommon() string {
	most := ""
	for _, status := range mitigations {
		if sum.statuses[status] > sum.statuses[most] {
			most = status
		}
	}
	return most
}

// statusCount tells how many computers have a mitigation status. No scope has a system for tickets.
type statusCount struct {
	Key            string `json:"key"`
	Label          string `json:"label"`
	Count          int    `json:"count"`
	TicketCategory string `json:"ticketCategory"`
}

// summaryView is an application as GET risks/applications lists each version of it, with an id, and GET
// risks/aggregated-applications all together, with the number of versions.
type summaryView struct {
	ApplicationID          string        `json:"applicationId,omitzero"`
	VersionCount           int           `json:"versionCount,omitzero"`
	Name                   string        `json:"name"`
	Vendor                 string        `json:"vendor"`
	ApplicationType        licensed      `json:"applicationType,omitzero"`
	CVECount               int           `json:"cveCount"`
	EndpointCount          int           `json:"endpointCount"`
	EndpointsWithoutTicket licensed      `json:"endpointsWithoutTicket,omitzero"`
	HighestSeverity        string        `json:"highestSeverity"`
	HighestNVDBaseScore    *string       `json:"highestNvdBaseScore"`
	HighestRiskScore       licensed      `json:"highestRiskScore,omitzero"`
	ExploitedInTheWild     licensed      `json:"exploitedInTheWild,omitzero"`
	ExploitCodeMaturity    licensed      `json:"exploitCodeMaturity,omitzero"`
	RemediationLevel       licensed      `json:"remediationLevel,omitzero"`
	DetectionDate          timestamp     `json:"detectionDate"`
	DaysDetected           int           `json:"daysDetected"`
	Estimate               bool          `json:"estimate"`
	Statuses               []statusCount `json:"statuses"`
}

func (s *store) viewSummary(sum *riskSummary) summaryView {
	b := s.behaviour
	has := b.RiskLicense != "none"
	v := summaryView{
		Name: sum.name, Vendor: sum.vendor, ApplicationType: b.licensed(has, sum.kind),
		CVECount: len(sum.cves), EndpointCount: len(sum.computers), EndpointsWithoutTicket: b.licensed(has, 0),
		HighestSeverity: sum.severity, HighestNVDBaseScore: scoreText(sum.baseScore),
		HighestRiskScore:    b.licensed(has, scoreText(sum.riskScore)),
		ExploitedInTheWild:  b.licensed(has, sum.exploited),
		ExploitCodeMaturity: b.licensed(has, sum.maturity),
		RemediationLevel:    b.licensed(has, sum.remediation),
		DetectionDate:       timestamp(sum.detection), DaysDetected: s.days(sum.detection), Statuses: []statusCount{},
	}
	for _, status := range mitigations {
		if n := sum.statuses[status]; n > 0 {
			v.Statuses = append(v.Statuses, statusCount{Key: wordKey(status), Label: status, Count: n})
		}
	}
	return v
}

// listRiskyApplications serves GET /application-management/risks/applications: a row for each version.
func listRiskyApplications(c *call) (any, error) {
	sums, err := c.summarise(c.versionFilters(), func(e *exposure) string { return e.applicationID })
	if err != nil {
		return nil, err
	}
	found, page, err := c.versionListing().page(c, slices.Values(sums), c.summaryFilters().predicates(c.query))
	if err != nil {
		return nil, err
	}
	views := rowsFrom(found, func(sum *riskSummary) summaryView {
		v := c.viewSummary(sum)
		v.ApplicationID = sum.id
		return v
	})
	return list{Data: views, Pagination: page}, nil
}

// listAggregatedApplications serves GET /application-management/risks/aggregated-applications: a row for each
// application, with all its versions.
func listAggregatedApplications(c *call) (any, error) {
	if c.behaviour.refusesUnlicensed() {
		return nil, forbidden()
	}
	sums, err := c.summarise(c.aggregateFilters(), func(e *exposure) string {
		return identifierOf("application", e.software.Vendor, e.software.Name)
	})
	if err != nil {
		return nil, err
	}
	found, page, err := c.aggregateListing().page(c, slices.Values(sums), c.summaryFilters().predicates(c.query))
	if err != nil {
		return nil, err
	}
	views := rowsFrom(found, func(sum *riskSummary) summaryView {
		v := c.viewSummary(sum)
		v.VersionCount = len(sum.versions)
		return v
	})
	return list{Data: views, Pagination: page}, nil
}

// summaryColumns are those of applications by version and of all versions.
func (s *store) summaryColumns() map[string]func(*riskSummary) sortKey {
	return map[string]func(*riskSummary) sortKey{
		"name":                byText(func(sum *riskSummary) string { return sum.name }),
		"vendor":              byText(func(sum *riskSummary) string { return sum.vendor }),
		"applicationType":     byText(func(sum *riskSummary) string { return sum.kind }),
		"highestNvdBaseScore": func(sum *riskSummary) sortKey { return scoreKey(sum.baseScore) },
		"highestRiskScore":    func(sum *riskSummary) sortKey { return scoreKey(sum.riskScore) },
		"highestSeverity":     func(sum *riskSummary) sortKey { return rankKey(severities, sum.severity) },
		"exploitedInTheWild":  func(sum *riskSummary) sortKey { return rankKey(exploitations, sum.exploited) },
		"exploitCodeMaturity": func(sum *riskSummary) sortKey { return rankKey(maturities, sum.maturity) },
		"remediationLevel":    func(sum *riskSummary) sortKey { return rankKey(remediations, sum.remediation) },
		"mostCommonStatus":    func(sum *riskSummary) sortKey { return rankKey(mitigations, sum.mostCommon()) },
		"cveCount":            byNumber(func(sum *riskSummary) int { return len(sum.cves) }),
		"endpointCount":       byNumber(func(sum *riskSummary) int { return len(sum.computers) }),
		"detectionDate":       byTime(func(sum *riskSummary) time.Time { return sum.detection }),
		"daysDetected":        byNumber(func(sum *riskSummary) int { return s.days(sum.detection) }),
	}
}

func (s *store) versionListing() listing[riskSummary] {
	columns := s.summaryColumns()
	columns["endpointsWithoutTicket"] = func(*riskSummary) sortKey { return sortKey{} }
	return listing[riskSummary]{noun: "application", id: func(sum *riskSummary) string { return sum.id }, columns: columns}
}

func (s *store) aggregateListing() listing[riskSummary] {
	columns := s.summaryColumns()
	columns["versionCount"] = byNumber(func(sum *riskSummary) int { return len(sum.versions) })
	return listing[riskSummary]{noun: "aggregate", id: func(sum *riskSummary) string { return sum.id }, columns: columns}
}

// summaryFilters are the filters on what is summed up.
func (s *store) summaryFilters() filters[riskSummary] {
	f := filters[riskSummary]{
		"highestSeverities":   oneOf(func(sum *riskSummary) string { return sum.severity }),
		"exploitedInTheWild":  oneOf(func(sum *riskSummary) string { return sum.exploited }),
		"exploitCodeMaturity": oneOf(func(sum *riskSummary) string { return sum.maturity }),
		"remediationLevels":   oneOf(func(sum *riskSummary) string { return sum.remediation }),
		"applicationTypes":    oneOf(func(sum *riskSummary) string { return sum.kind }),
		"mostCommonStatuses":  anyOf(func(sum *riskSummary) []string { return spellings(sum.mostCommon()) }),
		"daysFromDetection":   atLeast(func(sum *riskSummary) int { return s.days(sum.detection) }),
	}
	f.timeFilters("detectionDate", func(sum *riskSummary) time.Time { return sum.detection })
	return f
}

// spellings returns a mitigation status in both ways that filters may mean: the swagger has a list of words for one of
// them only.
func spellings(status string) []string { return []string{status, wordKey(status)} }

// versionFilters are the filters of GET risks/applications on what goes into a row.
func (s *store) versionFilters() filters[exposure] {
	f := s.rowFilters()
	f["application__contains"] = contains(func(e *exposure) []string { return []string{e.software.title()} })
	return f
}

// aggregateFilters are those of GET risks/aggregated-applications.
func (s *store) aggregateFilters() filters[exposure] {
	f := s.rowFilters()
	f["name__contains"] = contains(func(e *exposure) []string { return []string{e.software.Name} })
	return f
}

func (s *store) rowFilters() filters[exposure] {
	f := endpointFilters(func(e *exposure) *Agent { return s.computer(e.software) }).only(
		"osTypes", "endpointTypes", "domains", "endpointName__contains", "endpointUuid__contains")
	f["vendors"] = oneOf(func(e *exposure) string { return e.software.Vendor })
	f["vendor__contains"] = contains(func(e *exposure) []string { return []string{e.software.Vendor} })
	f["cveId__contains"] = contains(func(e *exposure) []string { return []string{e.risk.CVEID} })
	return f
}
