package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// scanInterval is how long a scan keeps the next one waiting.
const scanInterval = 8 * time.Hour

func (s Scan) place() place { return place{s.Scope, s.ScopeID} }

// startScan serves POST /application-management/scan. It is over at once: of all applications on computers that are
// switched on, the last scan is now.
func startScan(c *call) (any, error) {
	var body struct {
		Filter arguments `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("scan: %w", err)
	}
	p, err := c.writablePlace(body.Filter, "scan")
	if err != nil {
		return nil, err
	}
	scan := Scan{Scope: p.level, ScopeID: p.id, UserID: c.user.ID, StartedAt: c.now()}
	if slices.ContainsFunc(c.applications.scans, func(last Scan) bool { return c.behaviour.blocks(last, scan) }) {
		return nil, c.behaviour.tooEarly()
	}
	c.applications.scans = append(c.applications.scans, scan)
	c.scanned(c.computersIn(p), scan.StartedAt)
	return succeeded(), nil
}

// blocks reports whether a scan comes too early after another one. Whether a scan of the scope above would do so too is
// not known.
func (b Behaviour) blocks(last, next Scan) bool {
	same := last.place() == next.place()
	if b.ScanLimit == "token" {
		same = last.UserID == next.UserID
	}
	return same && next.StartedAt.Sub(last.StartedAt) < scanInterval
}

// scanned notes a scan of computers.
func (s *store) scanned(computers map[string]bool, at time.Time) {
	for _, w := range s.applications.software.rows {
		if computers[w.AgentID] && s.computer(w).IsActive && w.RemovalDate == nil {
			changed := w.clone()
			changed.LastScanDate, changed.LastScanResult = at, "Succeeded"
			s.applications.software.put(&changed)
		}
	}
	s.applications.exposures = nil
}

func (s ScanSettings) place() place { return place{s.Scope, s.ScopeID} }

// scanSettingsView has the keys that a live console was seen to send.
type scanSettingsView struct {
	VulnerabilitiesScanEnabled bool          `json:"vulnerabilitiesScanEnabled"`
	ExtensiveScanEnabled       bool          `json:"extensiveScanEnabled"`
	ExtensiveLinuxScanEnabled  bool          `json:"extensiveLinuxScanEnabled"`
	IsDefaultPolicy            bool          `json:"isDefaultPolicy"` // the scope has no settings of its own
	InheritedFrom              *string       `json:"inheritedFrom"`
	HasBreakingInheritance     bool          `json:"hasBreakingInheritance"` // a scope below it has
	ScanSchedule               *ScanSchedule `json:"scanSchedule"`
}

// getScanSettings serves GET /application-management/settings, without a scope those of the caller's own.
func getScanSettings(c *call) (any, error) {
	asked, err := c.readableOrOwn(c.query)
	if err != nil {
		return nil, err
	}
	p, err := onlyPlace(asked)
	if err != nil {
		return nil, err
	}
	return single{c.viewScanSettings(p)}, nil
}

// viewScanSettings shows the settings in force, those of the nearest scope that has any. The tenant's are on where
// nobody has set them. What inheritedFrom holds is not known but for its type; it is taken for the level.
func (s *store) viewScanSettings(p place) scanSettingsView {
	effective, from := ScanSettings{VulnerabilitiesScanEnabled: true}, tenant
	for _, q := range s.scopes.lineage(p) {
		if i := s.indexOfScanSettings(q); i >= 0 {
			effective, from = s.applications.settings[i], q
			break
		}
	}
	v := scanSettingsView{
		VulnerabilitiesScanEnabled: effective.VulnerabilitiesScanEnabled, ExtensiveScanEnabled: effective.ExtensiveScanEnabled,
		ExtensiveLinuxScanEnabled: effective.ExtensiveLinuxScanEnabled, ScanSchedule: effective.ScanSchedule,
		IsDefaultPolicy: s.indexOfScanSettings(p) < 0,
		HasBreakingInheritance: slices.ContainsFunc(s.applications.settings, func(other ScanSettings) bool {
			return other.place() != p && s.scopes.within(other.place(), p)
		}),
	}
	if from != p {
		v.InheritedFrom = new(levelOfUser(from))
	}
	return v
}

func (s *store) indexOfScanSettings(p place) int {
	return slices.IndexFunc(s.applications.settings, func(settings ScanSettings) bool { return settings.place() == p })
}
