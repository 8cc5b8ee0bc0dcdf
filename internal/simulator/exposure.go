package simulator

import (
	"encoding/json"
	"strconv"
	"time"
)

// exposure is a computer's application with a vulnerability, a row of GET risks.
type exposure struct {
	id            string
	applicationID string
	software      *Software
	risk          *Risk
}

// exposures joins applications and risks, in the order of the applications. What does not change is not joined again
// for the next page.
func (s *store) exposures() []*exposure {
	c := &s.applications
	if c.exposures != nil {
		return c.exposures
	}
	for _, w := range c.software.rows {
		p := w.product()
		for _, r := range c.risksOf[p] {
			c.exposures = append(c.exposures, &exposure{
				id: identifierOf("risk", w.ID, r.CVEID), applicationID: p.id(), software: w, risk: r,
			})
		}
	}
	return c.exposures
}

// removed reports whether the application, or its vulnerability, is gone.
func (e *exposure) removed() bool {
	return e.software.RemovalDate != nil || e.risk.Status == statusRemoved
}

// detected returns when the application was there and its vulnerability known.
func (e *exposure) detected() time.Time {
	return later(e.software.DetectionDate, e.risk.DetectionDate)
}

// updated returns when a reader of changes has to look again. Which changes the console calls significant is not known.
func (e *exposure) updated() time.Time {
	last := later(e.risk.RiskUpdatedDate, e.software.DetectionDate)
	if e.software.RemovalDate != nil {
		last = later(last, *e.software.RemovalDate)
	}
	return last
}

// licensed is a field that may be left out.
type licensed struct {
	there bool
	value any
}

// IsZero lets omitzero leave it out.
func (f licensed) IsZero() bool { return !f.there }

// MarshalJSON writes the value alone.
func (f licensed) MarshalJSON() ([]byte, error) { return json.Marshal(f.value) }

// licensed returns a field that answers have if the tenant has the licence for it.
func (b Behaviour) licensed(has bool, value any) licensed {
	if has {
		return licensed{true, value}
	}
	return licensed{there: b.LackingFields == "null"}
}

// exposureView is a row of GET risks.
type exposureView struct {
	ID                         string     `json:"id"`
	Application                string     `json:"application"`
	ApplicationName            string     `json:"applicationName"`
	ApplicationVendor          string     `json:"applicationVendor"`
	ApplicationVersion         string     `json:"applicationVersion"`
	BaseScore                  licensed   `json:"baseScore,omitzero"` // without the licence only
	CVEID                      string     `json:"cveId"`
	CVSSVersion                string     `json:"cvssVersion"`
	DaysDetected               int        `json:"daysDetected"`
	DetectionDate              timestamp  `json:"detectionDate"`
	EndpointID                 string     `json:"endpointId"`
	EndpointName               string     `json:"endpointName"`
	EndpointType               string     `json:"endpointType"`
	ExploitCodeMaturity        licensed   `json:"exploitCodeMaturity,omitzero"`
	LastScanDate               seconds    `json:"lastScanDate"`
	LastScanResult             string     `json:"lastScanResult"`
	MarkType                   string     `json:"markType"`
	MarkedBy                   *string    `json:"markedBy"`
	MarkedDate                 *timestamp `json:"markedDate"`
	MitigationStatus           licensed   `json:"mitigationStatus,omitzero"`
	MitigationStatusChangedBy  licensed   `json:"mitigationStatusChangedBy,omitzero"`
	MitigationStatusChangeTime licensed   `json:"mitigationStatusChangeTime,omitzero"`
	MitigationStatusReason     licensed   `json:"mitigationStatusReason,omitzero"`
	NVDBaseScore               licensed   `json:"nvdBaseScore,omitzero"`
	NVDCVSSVersion             licensed   `json:"nvdCvssVersion,omitzero"`
	OSType                     string     `json:"osType"`
	PublishedDate              seconds    `json:"publishedDate"`
	Reason                     *string    `json:"reason"`
	RemediationLevel           licensed   `json:"remediationLevel,omitzero"`
	ReportConfidence           licensed   `json:"reportConfidence,omitzero"`
	RiskScore                  licensed   `json:"riskScore,omitzero"`
	Severity                   string     `json:"severity"`
	Status                     string     `json:"status"`
}

// viewExposure shows an exposure. The licence gives its row more keys, in exchange for baseScore.
func (s *store) viewExposure(e *exposure) exposureView {
	w, r, a := e.software, e.risk, s.computer(e.software)
	v := exposureView{
		ID: e.id, Application: w.title(), ApplicationName: w.Name, ApplicationVendor: w.Vendor, ApplicationVersion: w.Version,
		CVEID: r.CVEID, CVSSVersion: r.CVSSVersion, DaysDetected: s.days(e.detected()), DetectionDate: timestamp(e.detected()),
		EndpointID: a.ID, EndpointName: a.ComputerName, EndpointType: a.MachineType, OSType: a.OSType,
		LastScanDate: seconds(w.LastScanDate), LastScanResult: w.LastScanResult, PublishedDate: seconds(r.PublishedDate),
		Severity: r.Severity, Status: r.Status,
	}
	if e.removed() {
		v.Status = statusRemoved
	}
	if m := r.Mark; m != nil {
		v.MarkType, v.MarkedBy, v.MarkedDate, v.Reason = m.Type, &m.MarkedBy, new(timestamp(m.MarkedDate)), &m.Reason
	}
	v.MarkedBy, v.Reason = s.behaviour.text(v.MarkedBy), s.behaviour.text(v.Reason)
	s.behaviour.license(&v, e)
	return v
}

// license adds the fields that depend on the licence.
func (b Behaviour) license(v *exposureView, e *exposure) {
	full, r, m := b.RiskLicense == "full", e.risk, e.software.mitigation()
	v.BaseScore = b.licensed(!full, scoreText(r.BaseScore))
	v.NVDBaseScore = b.licensed(full, scoreText(r.BaseScore))
	v.NVDCVSSVersion = b.licensed(full, r.CVSSVersion)
	v.RiskScore = b.licensed(full, scoreText(r.RiskScore))
	v.ExploitCodeMaturity = b.licensed(full, r.ExploitCodeMaturity)
	v.RemediationLevel = b.licensed(full, r.RemediationLevel)
	v.ReportConfidence = b.licensed(full, r.ReportConfidence)
	v.MitigationStatus = b.licensed(full, m.Status)
	v.MitigationStatusReason = b.licensed(full, m.Reason)
	v.MitigationStatusChangedBy = b.licensed(full, m.ChangedBy)
	v.MitigationStatusChangeTime = b.licensed(full, m.changeTime())
}

// changeTime returns null for a status that nobody has changed.
func (m Mitigation) changeTime() *timestamp {
	if m.ChangedAt.IsZero() {
		return nil
	}
	return new(timestamp(m.ChangedAt))
}

// scoreText writes a score as it was recorded, with two decimals.
func scoreText(score *float64) *string {
	if score == nil {
		return nil
	}
	return new(strconv.FormatFloat(*score, 'f', 2, 64))
}

// title is the name and the version together.
func (w *Software) title() string { return w.Name + " " + w.Version }

// computer returns the agent of the computer that an application is installed on. There is none of what settleApplications
// drops.
func (s *store) computer(w *Software) *Agent { return s.agents.byID[w.AgentID] }
