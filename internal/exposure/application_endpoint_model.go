package exposure

import (
	"cmp"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// applicationEndpoint is a row of sentinelone_application_endpoints.
type applicationEndpoint struct {
	EndpointID                types.String `tfsdk:"endpoint_id"`
	EndpointName              types.String `tfsdk:"endpoint_name"`
	EndpointUUID              types.String `tfsdk:"endpoint_uuid"`
	EndpointType              types.String `tfsdk:"endpoint_type"`
	OSType                    types.String `tfsdk:"os_type"`
	OSVersion                 types.String `tfsdk:"os_version"`
	Domain                    types.String `tfsdk:"domain"`
	AccountName               types.String `tfsdk:"account_name"`
	SiteName                  types.String `tfsdk:"site_name"`
	GroupName                 types.String `tfsdk:"group_name"`
	ApplicationVersion        types.String `tfsdk:"application_version"`
	DetectionDate             types.String `tfsdk:"detection_date"`
	DaysDetected              types.Int64  `tfsdk:"days_detected"`
	LastScanDate              types.String `tfsdk:"last_scan_date"`
	LastScanResult            types.String `tfsdk:"last_scan_result"`
	MitigationStatus          types.String `tfsdk:"mitigation_status"`
	MitigationStatusReason    types.String `tfsdk:"mitigation_status_reason"`
	MitigationStatusChangedBy types.String `tfsdk:"mitigation_status_changed_by"`
	MitigationStatusChangedAt types.String `tfsdk:"mitigation_status_change_time"`
	InstallationPaths         []string     `tfsdk:"installation_paths"`
}

func applicationEndpointAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"endpoint_id":         tfkit.ComputedText("The id of the endpoint."),
		"endpoint_name":       tfkit.ComputedText("The name of the endpoint."),
		"endpoint_uuid":       tfkit.ComputedText("The UUID of the endpoint."),
		"endpoint_type":       tfkit.ComputedText("The kind of endpoint, such as `desktop` or `server`."),
		"os_type":             tfkit.ComputedText("The operating system, by the word that firewall rules use."),
		"os_version":          tfkit.ComputedText("The name and version of the operating system."),
		"domain":              tfkit.ComputedText("The network domain of the endpoint."),
		"account_name":        tfkit.ComputedText("The name of the account that the endpoint belongs to."),
		"site_name":           tfkit.ComputedText("The name of the site that the endpoint belongs to."),
		"group_name":          tfkit.ComputedText("The name of the group that the endpoint belongs to."),
		"application_version": tfkit.ComputedText("The vulnerable version of the application."),
		"detection_date":      tfkit.ComputedText("When that version was detected there, in UTC."),
		"days_detected":       tfkit.ComputedNumber("For how many days that version has been detected there."),
		"last_scan_date":      tfkit.ComputedText("When the endpoint was last scanned, in UTC."),
		"last_scan_result":    tfkit.ComputedText("How that scan ended: `Succeeded` or `Failed`."),
		"mitigation_status": tfkit.ComputedText("What was decided last about the application on this endpoint: `Not mitigated`, " +
			"`To be patched` or `On hold`; null when nothing was." + licensed),
		"mitigation_status_reason":      tfkit.ComputedText("Why that was decided; null when nobody says." + licensed),
		"mitigation_status_changed_by":  tfkit.ComputedText("Who decided it; null when nobody has." + licensed),
		"mitigation_status_change_time": tfkit.ComputedText("When it was decided, in UTC; null when it never was." + licensed),
		"installation_paths": tfkit.ComputedList("Where that version is installed on this endpoint, in the order of the " +
			"alphabet; null unless `include_installation_paths` is set."),
	}
}

func newApplicationEndpoint(e sentinelone.ApplicationEndpoint) applicationEndpoint {
	last := lastChange(e.StatusHistory)
	return applicationEndpoint{
		EndpointID:                types.StringValue(e.EndpointID),
		EndpointName:              tfkit.Text(e.EndpointName),
		EndpointUUID:              tfkit.Text(e.EndpointUUID),
		EndpointType:              tfkit.Text(e.EndpointType),
		OSType:                    tfkit.Text(e.OSType),
		OSVersion:                 tfkit.Text(e.OSVersion),
		Domain:                    tfkit.Text(e.Domain),
		AccountName:               tfkit.Text(e.AccountName),
		SiteName:                  tfkit.Text(e.SiteName),
		GroupName:                 tfkit.Text(e.GroupName),
		ApplicationVersion:        tfkit.Text(e.ApplicationVersion),
		DetectionDate:             tfkit.Text(e.DetectionDate),
		DaysDetected:              types.Int64PointerValue(e.DaysDetected),
		LastScanDate:              tfkit.Text(e.LastScanDate),
		LastScanResult:            tfkit.Text(e.LastScanResult),
		MitigationStatus:          tfkit.Text(last.Status),
		MitigationStatusReason:    tfkit.Text(last.Reason),
		MitigationStatusChangedBy: tfkit.Text(last.ChangedBy),
		MitigationStatusChangedAt: tfkit.Text(last.ChangedAt),
	}
}

// lastChange is the decision in force. The API does not say in what order it lists them.
func lastChange(history []sentinelone.StatusChange) (last sentinelone.StatusChange) {
	for _, change := range history {
		if change.ChangedAt >= last.ChangedAt {
			last = change
		}
	}
	return last
}

func applicationEndpointColumns() columns[sentinelone.ApplicationEndpoint] {
	type row = sentinelone.ApplicationEndpoint
	id := byID(func(e row) string { return e.EndpointID })
	return columns[row]{
		byName: map[string]column[row]{
			"endpoint_name":       byValue("name", func(e row) string { return e.EndpointName }),
			"os_type":             byValue("osType", func(e row) string { return e.OSType }),
			"os_version":          byValue("osVersion", func(e row) string { return e.OSVersion }),
			"endpoint_type":       byValue("endpointType", func(e row) string { return e.EndpointType }),
			"account_name":        byValue("account", func(e row) string { return e.AccountName }),
			"site_name":           byValue("site", func(e row) string { return e.SiteName }),
			"group_name":          byValue("group", func(e row) string { return e.GroupName }),
			"domain":              byValue("domain", func(e row) string { return e.Domain }),
			"detection_date":      byValue("detectionDate", func(e row) string { return e.DetectionDate }),
			"days_detected":       byPresent("daysDetected", func(e row) *int64 { return e.DaysDetected }),
			"application_version": byValue("applicationVersion", func(e row) string { return e.ApplicationVersion }),
			"last_scan_date":      byValue("lastScanDate", func(e row) string { return e.LastScanDate }),
			"last_scan_result":    byValue("lastScanResult", func(e row) string { return e.LastScanResult }),
			"mitigation_status": byRank("status", sentinelone.MitigationStatuses(),
				func(e row) string { return lastChange(e.StatusHistory).Status }),
		},
		tie: func(a, b row) int { // an endpoint can have several versions
			return cmp.Or(id(a, b), cmp.Compare(a.ApplicationVersion, b.ApplicationVersion),
				cmp.Compare(a.DetectionDate, b.DetectionDate))
		},
		name: "endpoint_name", direction: sentinelone.Ascending, why: alphabetical,
	}
}
