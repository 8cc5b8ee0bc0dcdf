package sentinelone

// ApplicationCVE is a vulnerability of an application, whatever endpoints have it.
type ApplicationCVE struct {
	CVEID               string `json:"cveId"`
	Severity            string `json:"severity"`
	NVDBaseScore        Score  `json:"nvdBaseScore"`
	RiskScore           Score  `json:"riskScore"` // with the licence for vulnerability management, as are the next but two
	CVSSVersion         string `json:"cvssVersion"`
	Description         string `json:"description"`
	ExploitedInTheWild  string `json:"exploitedInTheWild"`
	ExploitCodeMaturity string `json:"exploitCodeMaturity"`
	RemediationLevel    string `json:"remediationLevel"`
	ReportConfidence    string `json:"reportConfidence"`
	PublishedDate       string `json:"publishedDate"`
	MitreURL            string `json:"mitreUrl"`
	NVDURL              string `json:"nvdUrl"`
	Marks               []Mark `json:"fpFnMarks"` // null for none
}

// Mark is an analyst's correction of the console.
type Mark struct {
	Type       string `json:"type"` // as in AnalystVerdicts
	Reason     string `json:"reason"`
	MarkedBy   string `json:"markedBy"`
	MarkedDate string `json:"markedDate"`
}

func (c ApplicationCVE) key() string { return c.CVEID }

// ApplicationCVEQuery narrows what is asked about the CVEs of an application. The API wants an id, or else name and
// vendor; without the licence for vulnerability management exactly one id.
type ApplicationCVEQuery struct {
	Scope               Scope      `url:"-"`
	ApplicationIDs      []string   `url:"applicationIds,comma,omitempty"`
	ApplicationName     *string    `url:"applicationName,omitempty"`
	ApplicationVendor   *string    `url:"applicationVendor,omitempty"`
	ApplicationVersions []string   `url:"applicationVersions,comma,omitempty"`
	CVEIDContains       []string   `url:"cveId__contains,comma,omitempty"` // terms are of at least nine characters
	Severities          []string   `url:"severities,comma,omitempty"`
	ExploitedInTheWild  []string   `url:"exploitedInTheWild,comma,omitempty"`  // with the licence
	ExploitCodeMaturity []string   `url:"exploitCodeMaturity,comma,omitempty"` // with the licence
	RemediationLevels   []string   `url:"remediationLevels,comma,omitempty"`   // with the licence
	ReportConfidence    []string   `url:"reportConfidence,comma,omitempty"`    // with the licence
	AnalystVerdict      []string   `url:"analystVerdict,comma,omitempty"`
	Published           TimeFilter `url:"publishedDate"`
}

func (q ApplicationCVEQuery) scope() Scope { return q.Scope }
