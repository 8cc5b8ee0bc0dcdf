package simulator

import (
	"slices"
	"time"
)

// cveView is a vulnerability as GET risks/cves lists it, whatever computers have it.
type cveView struct {
	CVEID               string     `json:"cveId"`
	Severity            string     `json:"severity"`
	NVDBaseScore        *string    `json:"nvdBaseScore"`
	CVSSVersion         string     `json:"cvssVersion"`
	RiskScore           licensed   `json:"riskScore,omitzero"`
	ExploitedInTheWild  licensed   `json:"exploitedInTheWild,omitzero"`
	ExploitCodeMaturity licensed   `json:"exploitCodeMaturity,omitzero"`
	RemediationLevel    licensed   `json:"remediationLevel,omitzero"`
	ReportConfidence    licensed   `json:"reportConfidence,omitzero"`
	Description         string     `json:"description"`
	PublishedDate       seconds    `json:"publishedDate"`
	MitreURL            string     `json:"mitreUrl"`
	NVDURL              string     `json:"nvdUrl"`
	FPFNMarks           []markView `json:"fpFnMarks"`
}

// markView is an analyst's mark. All marks are taken for the tenant's.
type markView struct {
	Type          string    `json:"type"`
	Reason        string    `json:"reason"`
	MarkedBy      string    `json:"markedBy"`
	MarkedDate    timestamp `json:"markedDate"`
	MarkedOnScope markScope `json:"markedOnScope"`
}

type markScope struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Type string `json:"type"`
}

func (s *store) viewCVE(r *Risk) cveView {
	b := s.behaviour
	has := b.RiskLicense != "none"
	v := cveView{
		CVEID: r.CVEID, Severity: r.Severity, NVDBaseScore: scoreText(r.BaseScore), CVSSVersion: r.CVSSVersion,
		RiskScore: b.licensed(has, scoreText(r.RiskScore)), ExploitedInTheWild: b.licensed(has, r.ExploitedInTheWild),
		ExploitCodeMaturity: b.licensed(has, r.ExploitCodeMaturity),
		RemediationLevel:    b.licensed(has, r.RemediationLevel),
		ReportConfidence:    b.licensed(has, r.ReportConfidence),
		Description:         r.Description, PublishedDate: seconds(r.PublishedDate),
		MitreURL: "https://cve.mitre.org/cgi-bin/cvename.cgi?name=" + r.CVEID,
		NVDURL:   "https://nvd.nist.gov/vuln/detail/" + r.CVEID,
	}
	if m := r.Mark; m != nil {
		scope := markScope{Name: s.scopes.names[tenant], Type: levelOfUser(tenant)}
		v.FPFNMarks = []markView{{m.Type, m.Reason, m.MarkedBy, timestamp(m.MarkedDate), scope}}
	}
	v.FPFNMarks = values(b, v.FPFNMarks)
	return v
}

// listCVEs serves GET /application-management/risks/cves: each vulnerability once, in whatever versions it is.
func listCVEs(c *call) (any, error) {
	if err := c.applicationChosen(); err != nil {
		return nil, err
	}
	found, err := c.exposuresFor(applicationFilters())
	if err != nil {
		return nil, err
	}
	var risks []*Risk
	seen := map[string]bool{}
	for e := range found {
		if !seen[e.risk.CVEID] {
			seen[e.risk.CVEID] = true
			risks = append(risks, e.risk)
		}
	}
	risks, page, err := cveListing().page(c, slices.Values(risks), cveFilters().predicates(c.query))
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(risks, c.viewCVE), Pagination: page}, nil
}

// applicationFilters are the filters of GET risks/cves on the application.
func applicationFilters() filters[exposure] {
	return filters[exposure]{
		"applicationIds":      oneOf(func(e *exposure) string { return e.applicationID }),
		"applicationName":     oneOf(func(e *exposure) string { return e.software.Name }),
		"applicationVendor":   oneOf(func(e *exposure) string { return e.software.Vendor }),
		"applicationVersions": oneOf(func(e *exposure) string { return e.software.Version }),
	}
}

// cveFilters are those on the vulnerability.
func cveFilters() filters[Risk] {
	f := filters[Risk]{
		"cveId__contains":     contains(func(r *Risk) []string { return []string{r.CVEID} }),
		"severities":          oneOf(func(r *Risk) string { return r.Severity }),
		"analystVerdict":      oneOf((*Risk).verdict),
		"exploitedInTheWild":  oneOf(func(r *Risk) string { return r.ExploitedInTheWild }),
		"exploitCodeMaturity": oneOf(func(r *Risk) string { return r.ExploitCodeMaturity }),
		"remediationLevels":   oneOf(func(r *Risk) string { return r.RemediationLevel }),
		"reportConfidence":    oneOf(func(r *Risk) string { return r.ReportConfidence }),
	}
	f.timeFilters("publishedDate", func(r *Risk) time.Time { return r.PublishedDate })
	return f
}

func cveListing() listing[Risk] {
	return listing[Risk]{
		noun: "cve",
		id:   func(r *Risk) string { return r.CVEID },
		columns: map[string]func(*Risk) sortKey{
			"cveId":               byText(func(r *Risk) string { return r.CVEID }),
			"severity":            func(r *Risk) sortKey { return rankKey(severities, r.Severity) },
			"nvdBaseScore":        func(r *Risk) sortKey { return scoreKey(r.BaseScore) },
			"riskScore":           func(r *Risk) sortKey { return scoreKey(r.RiskScore) },
			"publishedDate":       byTime(func(r *Risk) time.Time { return r.PublishedDate }),
			"exploitedInTheWild":  func(r *Risk) sortKey { return rankKey(exploitations, r.ExploitedInTheWild) },
			"exploitCodeMaturity": func(r *Risk) sortKey { return rankKey(maturities, r.ExploitCodeMaturity) },
			"remediationLevel":    func(r *Risk) sortKey { return rankKey(remediations, r.RemediationLevel) },
			"reportConfidence":    func(r *Risk) sortKey { return rankKey(confidences, r.ReportConfidence) },
		},
	}
}
