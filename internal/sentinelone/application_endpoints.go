package sentinelone

import "strings"

// ApplicationEndpoint is an endpoint with a vulnerable version of an application.
type ApplicationEndpoint struct {
	EndpointID         string         `json:"endpointId"`
	EndpointName       string         `json:"endpointName"`
	EndpointUUID       string         `json:"endpointUuid"`
	EndpointType       string         `json:"endpointType"`
	OSType             string         `json:"osType"`
	OSVersion          string         `json:"osVersion"`
	Domain             string         `json:"domain"`
	AccountName        string         `json:"accountName"`
	SiteName           string         `json:"siteName"`
	GroupName          string         `json:"groupName"`
	ApplicationVersion string         `json:"applicationVersion"`
	DetectionDate      string         `json:"applicationDetectionDate"`
	DaysDetected       *int64         `json:"applicationDaysDetected"`
	LastScanDate       string         `json:"lastScanDate"`
	LastScanResult     string         `json:"lastScanResult"`
	StatusHistory      []StatusChange `json:"statusHistory"` // with the licence for vulnerability management
}

// StatusChange is a decision about the risks of an application on an endpoint.
type StatusChange struct {
	Status    string `json:"currentLabel"` // as in MitigationStatuses
	Reason    string `json:"reason"`
	ChangedBy string `json:"changedBy"`
	ChangedAt string `json:"changedAt"`
}

// key has all that may differ: one endpoint can have several versions.
func (e ApplicationEndpoint) key() string {
	return strings.Join([]string{e.EndpointID, e.ApplicationVersion, e.DetectionDate}, "\n")
}

// ApplicationEndpointQuery narrows what is asked about the endpoints of an application. The API wants an id, or else name
// and vendor; without the licence for vulnerability management exactly one id.
type ApplicationEndpointQuery struct {
	Scope                 Scope      `url:"-"`
	ApplicationIDs        []string   `url:"applicationIds,comma,omitempty"`
	ApplicationName       *string    `url:"applicationName,omitempty"`
	ApplicationVendor     *string    `url:"applicationVendor,omitempty"`
	ApplicationVersions   []string   `url:"applicationVersions,comma,omitempty"`
	Domains               []string   `url:"domains,comma,omitempty"`
	DomainContains        []string   `url:"domain__contains,comma,omitempty"`
	EndpointTypes         []string   `url:"endpointTypes,comma,omitempty"`
	EndpointNameContains  []string   `url:"endpointName__contains,comma,omitempty"`
	EndpointIDContains    []string   `url:"endpointId__contains,comma,omitempty"`
	EndpointUUIDContains  []string   `url:"endpointUuid__contains,comma,omitempty"`
	OSTypes               []string   `url:"osTypes,comma,omitempty"`
	OSVersions            []string   `url:"osVersions,comma,omitempty"`
	LastScanResults       []string   `url:"lastScanResults,comma,omitempty"`
	Statuses              capitals   `url:"statuses,omitempty"`                      // with the licence
	StatusMessageContains []string   `url:"statusMessage__contains,comma,omitempty"` // with the licence
	MinDaysDetected       *int64     `url:"daysFromDetection,omitempty"`             // 0 to 28
	Detected              TimeFilter `url:"detectionDate"`
	LastScanned           TimeFilter `url:"lastScanDate"`
}

func (q ApplicationEndpointQuery) scope() Scope { return q.Scope }
