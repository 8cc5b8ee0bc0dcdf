package simulator

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// catalog is what a store knows about applications.
type catalog struct {
	software  collection[Software]
	risks     []*Risk
	risksOf   map[product][]*Risk
	scans     []Scan
	settings  []ScanSettings // at most one for a scope counts, the first
	exposures []*exposure    // nil before they are asked for, and after a change
}

// product is one version of an application, as installed software and risks name it.
type product struct{ vendor, name, version string }

func (w *Software) product() product { return product{w.Vendor, w.Name, w.Version} }
func (r *Risk) product() product {
	return product{r.ApplicationVendor, r.ApplicationName, r.ApplicationVersion}
}

// id returns the applicationId of the version.
func (p product) id() string { return identifierOf("application", p.vendor, p.name, p.version) }

// identifierOf returns an identifier that is always the same for the same texts: what is computed from the state has
// none of its own, and has to keep it from page to page and from change to change.
func identifierOf(texts ...string) string {
	h := fnv.New64a()
	for _, text := range texts {
		_, _ = io.WriteString(h, text+"\x00") // A hash never fails.
	}
	const first, count = 1e18, 8e18
	return strconv.FormatUint(first+h.Sum64()%count, 10)
}

func newCatalog(seed ApplicationManagement) (catalog, error) {
	c := catalog{
		software: newCollection(func(w *Software) string { return w.ID }),
		risks:    pointers(seed.Risks), risksOf: map[product][]*Risk{}, scans: seed.Scans, settings: seed.ScanSettings,
	}
	for _, r := range c.risks {
		for _, other := range c.risksOf[r.product()] {
			if other.CVEID == r.CVEID {
				return c, fmt.Errorf("%s of %s %s is there twice", r.CVEID, r.ApplicationName, r.ApplicationVersion)
			}
		}
		c.risksOf[r.product()] = append(c.risksOf[r.product()], r)
	}
	return c, c.software.load(pointers(seed.Applications))
}

func (c *catalog) snapshot() ApplicationManagement {
	a := ApplicationManagement{Applications: c.software.values(), Scans: c.scans, ScanSettings: c.settings}
	for _, r := range c.risks {
		a.Risks = append(a.Risks, *r)
	}
	return a
}

// settleApplications drops the applications of agents that are not there: they go with their computer.
func settleApplications(seed *State) {
	agents := map[string]bool{}
	for i := range seed.Agents {
		agents[seed.Agents[i].ID] = true
	}
	seed.Applications = slices.DeleteFunc(seed.Applications, func(w Software) bool { return !agents[w.AgentID] })
}

// fillInApplications gives applications and risks what they lack.
func (a *ApplicationManagement) fillInApplications(s *store) {
	for i := range a.Applications {
		a.Applications[i].fillIn(s)
	}
	for i := range a.Risks {
		a.Risks[i].fillIn(s)
	}
	for i := range a.Scans {
		a.Scans[i].StartedAt = s.orNow(a.Scans[i].StartedAt)
	}
}

func (w *Software) fillIn(s *store) {
	w.ID = s.orNew(w.ID)
	w.DetectionDate = s.orNow(w.DetectionDate)
	w.InstallationDate = orTime(w.InstallationDate, w.DetectionDate)
	w.LastScanDate = orTime(w.LastScanDate, w.DetectionDate)
	orDefault(&w.LastScanResult, "Succeeded")
	orDefault(&w.Type, "Application")
}

func (r *Risk) fillIn(s *store) {
	r.DetectionDate = s.orNow(r.DetectionDate)
	r.PublishedDate = orTime(r.PublishedDate, r.DetectionDate)
	r.RiskUpdatedDate = orTime(r.RiskUpdatedDate, r.DetectionDate)
	orDefault(&r.Severity, severityOf(r.BaseScore))
	orDefault(&r.CVSSVersion, "3.1")
	orDefault(&r.ExploitedInTheWild, exploitations[0])
	orDefault(&r.ExploitCodeMaturity, maturities[0])
	orDefault(&r.RemediationLevel, remediations[0])
	orDefault(&r.ReportConfidence, confidences[0])
	orDefault(&r.Status, statusDetected)
}

const (
	statusDetected = "Detected"
	statusRemoved  = "Removed"
)

// The words of answers, from the least to the most.
var (
	severities    = []string{"NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"}
	exploitations = []string{"Not Defined", "Unknown", "Yes"}
	maturities    = []string{"Not Defined", "Unproven", "Proof of Concept", "Functional", "High"}
	remediations  = []string{"Not Defined", "Unavailable", "Workaround", "Temporary Fix", "Official Fix"}
	confidences   = []string{"Not Defined", "Unknown", "Reasonable", "Confirmed"}
	mitigations   = []string{"Not mitigated", "To be patched", "On hold"}
)

// severityOf rates a base score as CVSS 3 does.
func severityOf(score *float64) string {
	switch {
	case score == nil || *score == 0:
		return "NONE"
	case *score < 4:
		return "LOW"
	case *score < 7:
		return "MEDIUM"
	case *score < 9:
		return "HIGH"
	default:
		return "CRITICAL"
	}
}

// wordKey spells a word of answers the way that the filters of GET risks do: "Not mitigated" is NOT_MITIGATED there.
func wordKey(word string) string { return strings.ToUpper(strings.ReplaceAll(word, " ", "_")) }

// checkScans refuses scans and settings of scopes that are not there.
func (t scopeTree) checkScans(s State) error {
	var err error // the first
	for _, scan := range s.Scans {
		err = cmp.Or(err, t.holds(scan.place(), "a", "scan"))
	}
	for _, settings := range s.ScanSettings {
		err = cmp.Or(err, t.holds(settings.place(), "a", "scan setting"))
	}
	return err
}

// checkApplications refuses applications and risks that can't be answered within the contract.
func (c *Console) checkApplications(s *store) error {
	for _, w := range s.applications.software.rows {
		if err := c.checkAnswer("InstalledApplication", s.viewInstalled(w)); err != nil {
			return fmt.Errorf("application %s: %w", w.ID, err)
		}
		if err := c.checkAnswer("RiskyEndpoint", s.viewRiskyEndpoint(w)); err != nil {
			return fmt.Errorf("application %s: %w", w.ID, err)
		}
	}
	for _, r := range s.applications.risks {
		if err := c.checkAnswer("RiskyCVE", s.viewCVE(r)); err != nil {
			return fmt.Errorf("risk %s: %w", r.CVEID, err)
		}
	}
	for _, e := range s.exposures() {
		if err := c.checkAnswer("Risk", s.viewExposure(e)); err != nil {
			return fmt.Errorf("risk %s: %w", e.risk.CVEID, err)
		}
	}
	for _, settings := range s.applications.settings {
		if err := c.checkAnswer("ScanSettings", s.viewScanSettings(settings.place())); err != nil {
			return fmt.Errorf("scan settings of %s %s: %w", settings.Scope, settings.ScopeID, err)
		}
	}
	return nil
}

// mitigation returns the decision in force.
func (w *Software) mitigation() Mitigation {
	if n := len(w.Mitigations); n > 0 {
		return w.Mitigations[n-1]
	}
	return Mitigation{Status: mitigations[0]}
}

// days returns for how many whole days something has been there.
func (s *store) days(since time.Time) int { return int(s.now().Sub(since) / (24 * time.Hour)) }

// later returns the last of several times.
func later(first time.Time, others ...time.Time) time.Time {
	for _, t := range others {
		if t.After(first) {
			first = t
		}
	}
	return first
}

// version returns a computer's system as it is filtered by.
func (a *Agent) version() string { return strings.TrimSpace(a.OSName + " " + a.OSRevision) }
