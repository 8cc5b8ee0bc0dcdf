package simulator

import (
	"slices"
	"time"
)

// ApplicationManagement is the part of State about installed applications and their vulnerabilities. What the API lists
// is computed from it: a vulnerability appears where a risk is added or an application gets the version that has it, is
// patched where the version changes or either is marked as removed, and vanishes with them.
type ApplicationManagement struct {
	Applications []Software     `json:"applications"`
	Risks        []Risk         `json:"risks"`
	Scans        []Scan         `json:"scans"`
	ScanSettings []ScanSettings `json:"scanSettings"`
}

// Software is one version of an application on one computer. Its system, domain and scopes are those of the agent, with
// which it goes.
type Software struct {
	ID               string    `json:"id"`
	AgentID          string    `json:"agentId"`
	Name             string    `json:"name"`
	Vendor           string    `json:"vendor"`
	Version          string    `json:"version"`
	Type             string    `json:"type"`
	CPE              *string   `json:"cpe"`
	InstallationPath string    `json:"installationPath"`
	InstallationDate time.Time `json:"installationDate"`
	Size             int       `json:"size"`
	DetectionDate    time.Time `json:"detectionDate"`
	// RemovalDate is when the application was found to be gone, or another version in its place: from then on it is in
	// no inventory, and its risks have the status Removed.
	RemovalDate    *time.Time   `json:"removalDate"`
	LastScanDate   time.Time    `json:"lastScanDate"`
	LastScanResult string       `json:"lastScanResult"` // Succeeded or Failed
	Mitigations    []Mitigation `json:"mitigations"`    // from the first to the one in force; without one it is not mitigated
}

// Mitigation is what somebody decided about the risks of an application on a computer.
type Mitigation struct {
	Status    string    `json:"status"` // Not mitigated, To be patched or On hold
	Reason    string    `json:"reason"`
	ChangedBy string    `json:"changedBy"`
	ChangedAt time.Time `json:"changedAt"`
}

// Risk is a vulnerability of one version of an application, wherever that is installed.
type Risk struct {
	CVEID               string    `json:"cveId"`
	ApplicationName     string    `json:"applicationName"`
	ApplicationVendor   string    `json:"applicationVendor"`
	ApplicationVersion  string    `json:"applicationVersion"`
	Severity            string    `json:"severity"`  // CRITICAL, HIGH, MEDIUM, LOW or NONE; empty follows from the base score
	BaseScore           *float64  `json:"baseScore"` // null for one that nobody has rated
	CVSSVersion         string    `json:"cvssVersion"`
	RiskScore           *float64  `json:"riskScore"`
	ExploitedInTheWild  string    `json:"exploitedInTheWild"`  // Yes, Unknown or Not Defined
	ExploitCodeMaturity string    `json:"exploitCodeMaturity"` // High, Functional, Proof of Concept, Unproven or Not Defined
	RemediationLevel    string    `json:"remediationLevel"`    // Official Fix, Temporary Fix, Workaround, Unavailable or Not Defined
	ReportConfidence    string    `json:"reportConfidence"`    // Confirmed, Reasonable, Unknown or Not Defined
	Description         string    `json:"description"`
	Status              string    `json:"status"` // Detected, or Removed from every computer
	Mark                *Mark     `json:"mark"`
	PublishedDate       time.Time `json:"publishedDate"`
	DetectionDate       time.Time `json:"detectionDate"` // where the application was there already
	RiskUpdatedDate     time.Time `json:"riskUpdatedDate"`
}

// Mark is an analyst's correction of the console.
type Mark struct {
	Type       string    `json:"type"` // False Positive or Added CVE
	Reason     string    `json:"reason"`
	MarkedBy   string    `json:"markedBy"`
	MarkedDate time.Time `json:"markedDate"`
}

// Scan is a vulnerability scan that somebody started. The console takes the next one only some hours later.
type Scan struct {
	Scope     string    `json:"scope"` // global, account or site
	ScopeID   string    `json:"scopeId"`
	UserID    string    `json:"userId"`
	StartedAt time.Time `json:"startedAt"`
}

// ScanSettings are the settings of one scope. A scope without any has those of the nearest scope above it.
type ScanSettings struct {
	Scope                      string        `json:"scope"`
	ScopeID                    string        `json:"scopeId"`
	VulnerabilitiesScanEnabled bool          `json:"vulnerabilitiesScanEnabled"`
	ExtensiveScanEnabled       bool          `json:"extensiveScanEnabled"`
	ExtensiveLinuxScanEnabled  bool          `json:"extensiveLinuxScanEnabled"`
	ScanSchedule               *ScanSchedule `json:"scanSchedule"`
}

// ScanSchedule tells when computers are scanned.
type ScanSchedule struct {
	ScanEvery int    `json:"scanEvery"` // weeks
	RepeatOn  string `json:"repeatOn"`  // a day of the week
	Timezone  string `json:"timezone"`
	Time      string `json:"time"` // of the day, such as 20:15
}

func (a ApplicationManagement) clone() ApplicationManagement {
	a.Applications = cloneEach(a.Applications, Software.clone)
	a.Risks = cloneEach(a.Risks, Risk.clone)
	a.Scans = cloneEach(a.Scans, func(s Scan) Scan { return s })
	a.ScanSettings = cloneEach(a.ScanSettings, ScanSettings.clone)
	return a
}

func (w Software) clone() Software {
	w.CPE = clonePointer(w.CPE)
	w.RemovalDate = clonePointer(w.RemovalDate)
	w.Mitigations = slices.Clone(w.Mitigations)
	return w
}

func (r Risk) clone() Risk {
	r.BaseScore = clonePointer(r.BaseScore)
	r.RiskScore = clonePointer(r.RiskScore)
	r.Mark = clonePointer(r.Mark)
	return r
}

func (s ScanSettings) clone() ScanSettings {
	s.ScanSchedule = clonePointer(s.ScanSchedule)
	return s
}
