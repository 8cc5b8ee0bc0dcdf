package sentinelone

// Installation is an application on an endpoint, vulnerable or not.
type Installation struct {
	ID         string `json:"id"`
	EndpointID string `json:"endpointId"`
	OSType     string `json:"osType"`
	Version    string `json:"version"`
	Path       string `json:"applicationInstallationPath"` // "" where none is known
}

func (i Installation) key() string { return i.ID }

// InstallationQuery says which application is asked for.
type InstallationQuery struct {
	Scope             Scope    `url:"-"`
	ApplicationName   string   `url:"applicationName"`
	ApplicationVendor string   `url:"applicationVendor"`
	Versions          []string `url:"versions,comma,omitempty"`
}

func (q InstallationQuery) scope() Scope { return q.Scope }
