package sentinelone

// ApplicationRisk is one version of an application with vulnerabilities, with all of them and all endpoints summed up. Its
// version has no field of its own. The fields for the licence for vulnerability management are empty without it.
type ApplicationRisk struct {
	ApplicationID          string                  `json:"applicationId"`
	Name                   string                  `json:"name"`
	Vendor                 string                  `json:"vendor"`
	Type                   string                  `json:"applicationType"` // with the licence
	CVECount               int64                   `json:"cveCount"`
	EndpointCount          int64                   `json:"endpointCount"`
	EndpointsWithoutTicket *int64                  `json:"endpointsWithoutTicket"` // with the licence
	HighestSeverity        string                  `json:"highestSeverity"`
	HighestNVDBaseScore    Score                   `json:"highestNvdBaseScore"`
	HighestRiskScore       Score                   `json:"highestRiskScore"`    // with the licence
	ExploitedInTheWild     string                  `json:"exploitedInTheWild"`  // with the licence
	ExploitCodeMaturity    string                  `json:"exploitCodeMaturity"` // with the licence
	RemediationLevel       string                  `json:"remediationLevel"`    // with the licence
	DetectionDate          string                  `json:"detectionDate"`
	DaysDetected           *int64                  `json:"daysDetected"`
	Estimate               bool                    `json:"estimate"` // the counts are estimates
	Statuses               []MitigationStatusCount `json:"statuses"`
}

// MitigationStatusCount is how many endpoints have a mitigation status.
type MitigationStatusCount struct {
	Label string `json:"label"` // as in MitigationStatuses
	Count int64  `json:"count"`
}

func (r ApplicationRisk) key() string { return r.ApplicationID }

// ApplicationRiskQuery narrows what is asked about application risks.
type ApplicationRiskQuery struct {
	Scope                Scope      `url:"-"`
	HighestSeverities    []string   `url:"highestSeverities,comma,omitempty"`
	ExploitedInTheWild   []string   `url:"exploitedInTheWild,comma,omitempty"`  // with the licence
	ExploitCodeMaturity  []string   `url:"exploitCodeMaturity,comma,omitempty"` // with the licence
	RemediationLevels    []string   `url:"remediationLevels,comma,omitempty"`   // with the licence
	MostCommonStatuses   capitals   `url:"mostCommonStatuses,omitempty"`        // with the licence
	ApplicationTypes     []string   `url:"applicationTypes,comma,omitempty"`    // with the licence
	ApplicationContains  []string   `url:"application__contains,comma,omitempty"`
	Vendors              []string   `url:"vendors,comma,omitempty"`
	VendorContains       []string   `url:"vendor__contains,comma,omitempty"`
	CVEIDContains        []string   `url:"cveId__contains,comma,omitempty"` // terms are of at least nine characters
	Domains              []string   `url:"domains,comma,omitempty"`
	EndpointTypes        []string   `url:"endpointTypes,comma,omitempty"`
	EndpointNameContains []string   `url:"endpointName__contains,comma,omitempty"`
	EndpointUUIDContains []string   `url:"endpointUuid__contains,comma,omitempty"`
	OSTypes              []string   `url:"osTypes,comma,omitempty"`
	MinDaysDetected      *int64     `url:"daysFromDetection,omitempty"` // 0 to 28
	Detected             TimeFilter `url:"detectionDate"`
}

func (q ApplicationRiskQuery) scope() Scope { return q.Scope }
