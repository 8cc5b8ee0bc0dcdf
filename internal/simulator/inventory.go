package simulator

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// inventoryRow is an application with all its versions and computers.
type inventoryRow struct {
	id, name, vendor    string
	versions, computers map[string]bool
}

type inventoryView struct {
	ApplicationName          string `json:"applicationName"`
	ApplicationVendor        string `json:"applicationVendor"`
	ApplicationVersionsCount int    `json:"applicationVersionsCount"`
	EndpointsCount           int    `json:"endpointsCount"`
	Estimate                 bool   `json:"estimate"`
}

// listInventory serves GET /application-management/inventory: applications by name and vendor. As with risks, a filter on
// computers narrows what is counted.
func listInventory(c *call) (any, error) {
	wanted, err := c.softwareWanted(c.inventoryFilters())
	if err != nil {
		return nil, err
	}
	var applications []*inventoryRow
	byID := map[string]*inventoryRow{}
	for _, w := range c.applications.software.rows {
		if !all(wanted, w) {
			continue
		}
		id := identifierOf("application", w.Vendor, w.Name)
		row := byID[id]
		if row == nil {
			row = &inventoryRow{id, w.Name, w.Vendor, map[string]bool{}, map[string]bool{}}
			byID[id] = row
			applications = append(applications, row)
		}
		row.versions[w.Version], row.computers[w.AgentID] = true, true
	}
	found, page, err := inventoryListing().page(c, slices.Values(applications), nil)
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(found, (*inventoryRow).view), Pagination: page}, nil
}

func (row *inventoryRow) view() inventoryView {
	return inventoryView{
		ApplicationName: row.name, ApplicationVendor: row.vendor,
		ApplicationVersionsCount: len(row.versions), EndpointsCount: len(row.computers),
	}
}

// softwareWanted returns what the query asks for, of the applications that are there in its scope.
func (c *call) softwareWanted(f filters[Software]) ([]predicate[Software], error) {
	computers, err := c.computersAsked()
	if err != nil {
		return nil, err
	}
	reached := func(w *Software) bool { return computers[w.AgentID] && w.RemovalDate == nil }
	return append([]predicate[Software]{reached}, f.predicates(c.query)...), nil
}

// inventoryFilters are the filters of GET inventory, but for the scopes.
func (s *store) inventoryFilters() filters[Software] {
	f := endpointFilters(s.computer).only("osTypes", "osVersions", "osVersion__contains", "osArchitectures",
		"endpointName__contains", "endpointUuid__contains")
	f["vendors"] = oneOf(func(w *Software) string { return w.Vendor })
	f["vendor__contains"] = contains(func(w *Software) []string { return []string{w.Vendor} })
	f["name__contains"] = contains(func(w *Software) []string { return []string{w.Name} })
	return f
}

func inventoryListing() listing[inventoryRow] {
	return listing[inventoryRow]{
		noun: "inventory",
		id:   func(row *inventoryRow) string { return row.id },
		columns: map[string]func(*inventoryRow) sortKey{
			"applicationName":          byText(func(row *inventoryRow) string { return row.name }),
			"applicationVendor":        byText(func(row *inventoryRow) string { return row.vendor }),
			"applicationVersionsCount": byNumber(func(row *inventoryRow) int { return len(row.versions) }),
			"endpointsCount":           byNumber(func(row *inventoryRow) int { return len(row.computers) }),
		},
	}
}

// installedView is an application on a computer, as GET inventory/endpoints lists it.
type installedView struct {
	ID                          string    `json:"id"`
	ApplicationName             string    `json:"applicationName"`
	Version                     string    `json:"version"`
	CPE                         *string   `json:"cpe"`
	FileSize                    int       `json:"fileSize"`
	ApplicationInstallationDate timestamp `json:"applicationInstallationDate"`
	ApplicationInstallationPath string    `json:"applicationInstallationPath"`
	DetectionDate               timestamp `json:"detectionDate"`
	EndpointID                  string    `json:"endpointId"`
	EndpointName                string    `json:"endpointName"`
	EndpointUUID                string    `json:"endpointUuid"`
	EndpointType                string    `json:"endpointType"`
	OSType                      string    `json:"osType"`
	OSName                      string    `json:"osName"`
	OSVersion                   string    `json:"osVersion"`
	OSArch                      string    `json:"osArch"`
	CPUCount                    int       `json:"cpuCount"`
	CoreCount                   int       `json:"coreCount"`
	AccountName                 string    `json:"accountName"`
	SiteName                    string    `json:"siteName"`
	GroupName                   string    `json:"groupName"`
}

func (s *store) viewInstalled(w *Software) installedView {
	a := s.computer(w)
	return installedView{
		ID: w.ID, ApplicationName: w.Name, Version: w.Version, CPE: s.behaviour.text(w.CPE), FileSize: w.Size,
		ApplicationInstallationDate: timestamp(w.InstallationDate), ApplicationInstallationPath: w.InstallationPath,
		DetectionDate: timestamp(w.DetectionDate), EndpointID: a.ID, EndpointName: a.ComputerName, EndpointUUID: a.UUID,
		EndpointType: a.MachineType, OSType: a.OSType, OSName: a.OSName, OSVersion: a.version(), OSArch: a.OSArch,
		CPUCount: a.CPUCount, CoreCount: a.CoreCount,
		AccountName: s.accountOf(a), SiteName: s.siteOf(a), GroupName: s.groupOf(a),
	}
}

// listInventoryEndpoints serves GET /application-management/inventory/endpoints: where an application is installed.
func listInventoryEndpoints(c *call) (any, error) {
	wanted, err := c.softwareWanted(c.installedFilters())
	if err != nil {
		return nil, err
	}
	found, page, err := c.installedListing().page(c, slices.Values(c.applications.software.rows), wanted)
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(found, c.viewInstalled), Pagination: page}, nil
}

// installedFilters are the filters of GET inventory/endpoints, but for the scopes.
func (s *store) installedFilters() filters[Software] {
	f := endpointFilters(s.computer).only("osTypes", "osVersions", "osArchitectures", "endpointName__contains",
		"endpointUuid__contains")
	f["applicationName"] = oneOf(func(w *Software) string { return w.Name })
	f["applicationVendor"] = oneOf(func(w *Software) string { return w.Vendor })
	f["versions"] = oneOf(func(w *Software) string { return w.Version })
	f.timeFilters("detectionDate", func(w *Software) time.Time { return w.DetectionDate })
	return f
}

func (s *store) installedListing() listing[Software] {
	text := func(field func(*Agent) string) func(*Software) sortKey {
		return byText(func(w *Software) string { return field(s.computer(w)) })
	}
	count := func(field func(*Agent) int) func(*Software) sortKey {
		return byNumber(func(w *Software) int { return field(s.computer(w)) })
	}
	return listing[Software]{
		noun: "installation",
		id:   func(w *Software) string { return w.ID },
		columns: map[string]func(*Software) sortKey{
			"endpointName":                text(func(a *Agent) string { return a.ComputerName }),
			"endpointType":                text(func(a *Agent) string { return a.MachineType }),
			"osType":                      text(func(a *Agent) string { return a.OSType }),
			"osVersion":                   text((*Agent).version),
			"osArch":                      text(func(a *Agent) string { return a.OSArch }),
			"accountName":                 text(s.accountOf),
			"siteName":                    text(s.siteOf),
			"groupName":                   text(s.groupOf),
			"cpuCount":                    count(func(a *Agent) int { return a.CPUCount }),
			"coreCount":                   count(func(a *Agent) int { return a.CoreCount }),
			"version":                     byText(func(w *Software) string { return w.Version }),
			"fileSize":                    byNumber(func(w *Software) int { return w.Size }),
			"detectionDate":               byTime(func(w *Software) time.Time { return w.DetectionDate }),
			"applicationInstallationDate": byTime(func(w *Software) time.Time { return w.InstallationDate }),
			"applicationInstallationPath": byText(func(w *Software) string { return w.InstallationPath }),
		},
	}
}

// agentApplication is an application as GET inventory/applications lists it, without a word of the computer.
type agentApplication struct {
	Name          string    `json:"name"`
	Publisher     string    `json:"publisher"`
	Version       string    `json:"version"`
	Size          int       `json:"size"`
	InstalledDate timestamp `json:"installedDate"`
}

// listInstalledApplications serves GET /application-management/inventory/applications: what is installed on certain
// computers, not in pages. Those that are not there, or not the caller's, have nothing.
func listInstalledApplications(c *call) (any, error) {
	reach := c.computersIn(c.user.place())
	asked := oneOf(func(w *Software) string { return w.AgentID })(c.query["ids"])
	var found []*Software
	for _, w := range c.applications.software.rows {
		if asked(w) && reach[w.AgentID] && w.RemovalDate == nil {
			found = append(found, w)
		}
	}
	slices.SortStableFunc(found, func(a, b *Software) int {
		return cmp.Or(compareIDs(a.AgentID, b.AgentID), strings.Compare(a.Name, b.Name), strings.Compare(a.Version, b.Version))
	})
	return single{rowsFrom(found, func(w *Software) agentApplication {
		return agentApplication{w.Name, w.Vendor, w.Version, w.Size, timestamp(w.InstallationDate)}
	})}, nil
}
