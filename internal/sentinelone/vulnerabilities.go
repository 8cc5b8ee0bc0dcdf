package sentinelone

// Vulnerability is a CVE of an application on an endpoint. The licence for vulnerability management adds fields, and takes
// BaseScore away.
type Vulnerability struct {
	ID                         string `json:"id"`
	CVEID                      string `json:"cveId"`
	Severity                   string `json:"severity"`
	BaseScore                  Score  `json:"baseScore"`    // without the licence
	NVDBaseScore               Score  `json:"nvdBaseScore"` // with the licence
	RiskScore                  Score  `json:"riskScore"`    // with the licence
	CVSSVersion                string `json:"cvssVersion"`
	NVDCVSSVersion             string `json:"nvdCvssVersion"`      // with the licence
	ExploitCodeMaturity        string `json:"exploitCodeMaturity"` // with the licence
	RemediationLevel           string `json:"remediationLevel"`    // with the licence
	ReportConfidence           string `json:"reportConfidence"`    // with the licence
	Application                string `json:"application"`         // name and version
	ApplicationName            string `json:"applicationName"`
	ApplicationVendor          string `json:"applicationVendor"`
	ApplicationVersion         string `json:"applicationVersion"`
	EndpointID                 string `json:"endpointId"`
	EndpointName               string `json:"endpointName"`
	EndpointType               string `json:"endpointType"`
	OSType                     string `json:"osType"`
	Status                     string `json:"status"` // Detected, or Removed
	DetectionDate              string `json:"detectionDate"`
	DaysDetected               *int64 `json:"daysDetected"`
	PublishedDate              string `json:"publishedDate"`
	LastScanDate               string `json:"lastScanDate"`
	LastScanResult             string `json:"lastScanResult"`
	MitigationStatus           string `json:"mitigationStatus"`           // with the licence
	MitigationStatusReason     string `json:"mitigationStatusReason"`     // with the licence
	MitigationStatusChangedBy  string `json:"mitigationStatusChangedBy"`  // with the licence
	MitigationStatusChangeTime string `json:"mitigationStatusChangeTime"` // with the licence
	MarkType                   string `json:"markType"`                   // an analyst's verdict, "" for none
	MarkedBy                   string `json:"markedBy"`
	MarkedDate                 string `json:"markedDate"`
	Reason                     string `json:"reason"` // of the mark
}

func (v Vulnerability) key() string { return v.ID }

// VulnerabilityQuery narrows what is asked about vulnerabilities.
type VulnerabilityQuery struct {
	Scope                Scope         `url:"-"`
	CVEIDContains        []string      `url:"cveId__contains,comma,omitempty"` // terms are of at least nine characters
	Severities           []string      `url:"severities,comma,omitempty"`
	ExploitedInTheWild   exploitations `url:"exploitedInTheWild,omitempty"`  // with the licence
	ExploitCodeMaturity  capitals      `url:"exploitCodeMaturity,omitempty"` // with the licence
	RemediationLevels    capitals      `url:"remediationLevels,omitempty"`   // with the licence
	ReportConfidence     capitals      `url:"reportConfidence,omitempty"`    // with the licence
	MitigationStatus     capitals      `url:"mitigationStatus,omitempty"`    // with the licence
	AnalystVerdict       []string      `url:"analystVerdict,comma,omitempty"`
	RiskScoreBetween     *string       `url:"riskScore__between,omitempty"` // "5-8.9", with the licence
	ApplicationNames     []string      `url:"applicationNames,comma,omitempty"`
	ApplicationContains  []string      `url:"application__contains,comma,omitempty"`
	Vendors              []string      `url:"vendors,comma,omitempty"`
	VendorContains       []string      `url:"applicationVendor__contains,comma,omitempty"`
	Domains              []string      `url:"domains,comma,omitempty"`
	DomainContains       []string      `url:"domain__contains,comma,omitempty"`
	EndpointTypes        []string      `url:"endpointTypes,comma,omitempty"`
	EndpointNameContains []string      `url:"endpointName__contains,comma,omitempty"`
	OSTypes              []string      `url:"osTypes,comma,omitempty"`
	OSVersions           []string      `url:"osVersions,comma,omitempty"`
	LastScanResults      []string      `url:"lastScanResults,comma,omitempty"`
	IncludeRemovals      *bool         `url:"includeRemovals,omitempty"`
	MinDaysDetected      *int64        `url:"daysFromCveDetection,omitempty"` // 0 to 28
	Detected             TimeFilter    `url:"detectionDate"`
	Published            TimeFilter    `url:"publishedDate"`
	Updated              TimeFilter    `url:"riskUpdatedDate"`
}

func (q VulnerabilityQuery) scope() Scope { return q.Scope }
