package simulator

import (
	"slices"
	"time"
)

// riskyEndpointView is a computer with a vulnerable version of an application, as GET risks/endpoints lists it. No
// console here has a system for tickets.
type riskyEndpointView struct {
	EndpointID               string       `json:"endpointId"`
	EndpointName             string       `json:"endpointName"`
	EndpointUUID             string       `json:"endpointUuid"`
	EndpointType             string       `json:"endpointType"`
	OSType                   string       `json:"osType"`
	OSVersion                string       `json:"osVersion"`
	Domain                   string       `json:"domain"`
	AccountName              string       `json:"accountName"`
	SiteName                 string       `json:"siteName"`
	GroupName                string       `json:"groupName"`
	ApplicationVersion       string       `json:"applicationVersion"`
	ApplicationDetectionDate timestamp    `json:"applicationDetectionDate"`
	ApplicationDaysDetected  int          `json:"applicationDaysDetected"`
	LastScanDate             seconds      `json:"lastScanDate"`
	LastScanResult           string       `json:"lastScanResult"`
	Ticket                   *struct{}    `json:"ticket"`
	ExternalTicketSystem     ticketSystem `json:"externalTicketSystem"`
	StatusHistory            licensed     `json:"statusHistory,omitzero"`
}

type ticketSystem struct {
	Available bool   `json:"available"`
	Type      string `json:"type"`
}

// statusChange is a step of a mitigation; the first has no status before it.
type statusChange struct {
	CurrentKey    string    `json:"currentKey"`
	CurrentLabel  string    `json:"currentLabel"`
	PreviousKey   *string   `json:"previousKey"`
	PreviousLabel *string   `json:"previousLabel"`
	ChangedAt     timestamp `json:"changedAt"`
	ChangedBy     string    `json:"changedBy"`
	Reason        string    `json:"reason"`
}

func (s *store) viewRiskyEndpoint(w *Software) riskyEndpointView {
	a := s.computer(w)
	return riskyEndpointView{
		EndpointID: a.ID, EndpointName: a.ComputerName, EndpointUUID: a.UUID, EndpointType: a.MachineType, OSType: a.OSType,
		OSVersion: a.version(), Domain: a.Domain, AccountName: s.accountOf(a), SiteName: s.siteOf(a), GroupName: s.groupOf(a),
		ApplicationVersion: w.Version, ApplicationDetectionDate: timestamp(w.DetectionDate),
		ApplicationDaysDetected: s.days(w.DetectionDate), LastScanDate: seconds(w.LastScanDate),
		LastScanResult: w.LastScanResult, StatusHistory: s.behaviour.licensed(s.behaviour.RiskLicense != "none", w.history()),
	}
}

func (w *Software) history() []statusChange {
	changes := []statusChange{}
	for i, m := range w.Mitigations {
		change := statusChange{
			CurrentKey: wordKey(m.Status), CurrentLabel: m.Status, ChangedAt: timestamp(m.ChangedAt), ChangedBy: m.ChangedBy,
			Reason: m.Reason,
		}
		if i > 0 {
			before := w.Mitigations[i-1].Status
			change.PreviousKey, change.PreviousLabel = new(wordKey(before)), &before
		}
		changes = append(changes, change)
	}
	return changes
}

// listRiskyEndpoints serves GET /application-management/risks/endpoints.
func listRiskyEndpoints(c *call) (any, error) {
	if err := c.applicationChosen(); err != nil {
		return nil, err
	}
	if err := c.checkLicense(); err != nil {
		return nil, err
	}
	computers, err := c.computersAsked()
	if err != nil {
		return nil, err
	}
	reached := func(w *Software) bool { return computers[w.AgentID] && c.vulnerable(w) }
	wanted := append([]predicate[Software]{reached}, c.riskyEndpointFilters().predicates(c.query)...)
	found, page, err := c.riskyEndpointListing().page(c, slices.Values(c.applications.software.rows), wanted)
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(found, c.viewRiskyEndpoint), Pagination: page}, nil
}

// vulnerable reports whether an application is there and has a risk that is.
func (s *store) vulnerable(w *Software) bool {
	return w.RemovalDate == nil && slices.ContainsFunc(s.applications.risksOf[w.product()], func(r *Risk) bool {
		return r.Status != statusRemoved
	})
}

// riskyEndpointFilters are the filters of GET risks/endpoints, but for the scopes and those on tickets, which this
// console does not take.
func (s *store) riskyEndpointFilters() filters[Software] {
	f := endpointFilters(s.computer).only("osTypes", "osVersions", "endpointTypes", "domains", "domain__contains",
		"endpointId__contains", "endpointName__contains", "endpointUuid__contains")
	f["applicationIds"] = oneOf(func(w *Software) string { return w.product().id() })
	f["applicationName"] = oneOf(func(w *Software) string { return w.Name })
	f["applicationVendor"] = oneOf(func(w *Software) string { return w.Vendor })
	f["applicationVersions"] = oneOf(func(w *Software) string { return w.Version })
	f["lastScanResults"] = oneOf(func(w *Software) string { return w.LastScanResult })
	f["statuses"] = anyOf(func(w *Software) []string { return spellings(w.mitigation().Status) })
	f["statusMessage__contains"] = contains(func(w *Software) []string { return []string{w.mitigation().Reason} })
	f["daysFromDetection"] = atLeast(func(w *Software) int { return s.days(w.DetectionDate) })
	f.timeFilters("detectionDate", func(w *Software) time.Time { return w.DetectionDate })
	f.timeFilters("lastScanDate", func(w *Software) time.Time { return w.LastScanDate })
	return f
}

func (s *store) riskyEndpointListing() listing[Software] {
	text := func(field func(*Agent) string) func(*Software) sortKey {
		return byText(func(w *Software) string { return field(s.computer(w)) })
	}
	return listing[Software]{
		noun: "endpoint",
		id:   func(w *Software) string { return w.ID },
		columns: map[string]func(*Software) sortKey{
			"name":               text(func(a *Agent) string { return a.ComputerName }),
			"osType":             text(func(a *Agent) string { return a.OSType }),
			"osVersion":          text((*Agent).version),
			"endpointType":       text(func(a *Agent) string { return a.MachineType }),
			"domain":             text(func(a *Agent) string { return a.Domain }),
			"account":            text(s.accountOf),
			"site":               text(s.siteOf),
			"group":              text(s.groupOf),
			"applicationVersion": byText(func(w *Software) string { return w.Version }),
			"lastScanResult":     byText(func(w *Software) string { return w.LastScanResult }),
			"status":             func(w *Software) sortKey { return rankKey(mitigations, w.mitigation().Status) },
			"detectionDate":      byTime(func(w *Software) time.Time { return w.DetectionDate }),
			"daysDetected":       byNumber(func(w *Software) int { return s.days(w.DetectionDate) }),
			"lastScanDate":       byTime(func(w *Software) time.Time { return w.LastScanDate }),
		},
	}
}
