package exposure

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// endpoint is a row of sentinelone_endpoints.
type endpoint struct {
	ID                       types.String `tfsdk:"id"`
	Name                     types.String `tfsdk:"name"`
	UUID                     types.String `tfsdk:"uuid"`
	Domain                   types.String `tfsdk:"domain"`
	AccountID                types.String `tfsdk:"account_id"`
	AccountName              types.String `tfsdk:"account_name"`
	SiteID                   types.String `tfsdk:"site_id"`
	SiteName                 types.String `tfsdk:"site_name"`
	GroupID                  types.String `tfsdk:"group_id"`
	GroupName                types.String `tfsdk:"group_name"`
	OSType                   types.String `tfsdk:"os_type"`
	OSName                   types.String `tfsdk:"os_name"`
	OSRevision               types.String `tfsdk:"os_revision"`
	OSArch                   types.String `tfsdk:"os_arch"`
	MachineType              types.String `tfsdk:"machine_type"`
	ModelName                types.String `tfsdk:"model_name"`
	AgentVersion             types.String `tfsdk:"agent_version"`
	IsUpToDate               types.Bool   `tfsdk:"is_up_to_date"`
	IsActive                 types.Bool   `tfsdk:"is_active"`
	IsDecommissioned         types.Bool   `tfsdk:"is_decommissioned"`
	IsUninstalled            types.Bool   `tfsdk:"is_uninstalled"`
	IsPendingUninstall       types.Bool   `tfsdk:"is_pending_uninstall"`
	Infected                 types.Bool   `tfsdk:"infected"`
	ActiveThreats            types.Int64  `tfsdk:"active_threats"`
	NetworkStatus            types.String `tfsdk:"network_status"`
	FirewallEnabled          types.Bool   `tfsdk:"firewall_enabled"`
	NetworkQuarantineEnabled types.Bool   `tfsdk:"network_quarantine_enabled"`
	LocationEnabled          types.Bool   `tfsdk:"location_enabled"`
	LocationType             types.String `tfsdk:"location_type"`
	LocationIDs              []string     `tfsdk:"location_ids"`
	OperationalState         types.String `tfsdk:"operational_state"`
	AppsVulnerabilityStatus  types.String `tfsdk:"apps_vulnerability_status"`
	MitigationMode           types.String `tfsdk:"mitigation_mode"`
	ExternalIP               types.String `tfsdk:"external_ip"`
	LastIPToConsole          types.String `tfsdk:"last_ip_to_console"`
	LastActiveDate           types.String `tfsdk:"last_active_date"`
	RegisteredAt             types.String `tfsdk:"registered_at"`
	UpdatedAt                types.String `tfsdk:"updated_at"`
}

func endpointAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":            tfkit.ComputedText("The console's id of the endpoint's agent."),
		"name":          tfkit.ComputedText("The name of the computer."),
		"uuid":          tfkit.ComputedText("The agent's own id, which no other console gives again."),
		"domain":        tfkit.ComputedText("The network domain."),
		"account_id":    tfkit.ComputedText("The id of the account that it belongs to."),
		"account_name":  tfkit.ComputedText("The name of that account."),
		"site_id":       tfkit.ComputedText("The id of the site that it belongs to."),
		"site_name":     tfkit.ComputedText("The name of that site."),
		"group_id":      tfkit.ComputedText("The id of the group that it belongs to."),
		"group_name":    tfkit.ComputedText("The name of that group."),
		"os_type":       tfkit.ComputedText("The operating system, by the word that firewall rules use."),
		"os_name":       tfkit.ComputedText("The name of the operating system, such as `Windows Server 2022`."),
		"os_revision":   tfkit.ComputedText("The revision of the operating system; null when the agent does not tell."),
		"os_arch":       tfkit.ComputedText("`32 bit`, `64 bit` or `ARM64`."),
		"machine_type":  tfkit.ComputedText("The kind of computer, such as `laptop` or `server`."),
		"model_name":    tfkit.ComputedText("The model of the computer; null when the agent does not tell."),
		"agent_version": tfkit.ComputedText("The version of the agent."),
		"is_up_to_date": tfkit.ComputedFlag("Whether that is the newest version."),
		"is_active":     tfkit.ComputedFlag("Whether the agent was heard of recently."),
		"is_decommissioned": tfkit.ComputedFlag(
			"Whether the console has set it aside, such as after a long silence."),
		"is_uninstalled":       tfkit.ComputedFlag("Whether the agent was removed from the computer."),
		"is_pending_uninstall": tfkit.ComputedFlag("Whether the agent is to be removed."),
		"infected":             tfkit.ComputedFlag("Whether it has threats that are active."),
		"active_threats":       tfkit.ComputedNumber("The number of these threats."),
		"network_status": tfkit.ComputedText("How it stands with its network: `connected`, `disconnected`, which is quarantined, " +
			"`connecting` or `disconnecting`."),
		"firewall_enabled":           tfkit.ComputedFlag("Whether it supports Firewall Control and has it on."),
		"network_quarantine_enabled": tfkit.ComputedFlag("Whether it supports Network Quarantine Control and has it on."),
		"location_enabled":           tfkit.ComputedFlag("Whether it supports network locations and has them on."),
		"location_type": tfkit.ComputedText("Where it is: in `specific` locations, in none of those that there are (`fallback`), " +
			"`not_applicable` or `not_supported`."),
		"location_ids":              tfkit.ComputedSet("The ids of the network locations that it is in."),
		"operational_state":         tfkit.ComputedText("Whether the agent is disabled, and why; `na` while it works."),
		"apps_vulnerability_status": tfkit.ComputedText("`patch_required`, `up_to_date` or `not_applicable`."),
		"mitigation_mode":           tfkit.ComputedText("What it does about threats: `protect` or `detect`."),
		"external_ip":               tfkit.ComputedText("The address that the console sees it from."),
		"last_ip_to_console":        tfkit.ComputedText("Its own address when it last called; null when that is not known."),
		"last_active_date":          tfkit.ComputedText("When the agent was last heard of, in UTC."),
		"registered_at":             tfkit.ComputedText("When the agent first called the console, in UTC."),
		"updated_at":                tfkit.ComputedText("When something about it last changed, in UTC."),
	}
}

func newEndpoint(a sentinelone.Agent) endpoint {
	return endpoint{
		ID:                       types.StringValue(a.ID),
		Name:                     tfkit.Text(a.Name),
		UUID:                     tfkit.Text(a.UUID),
		Domain:                   tfkit.Text(a.Domain),
		AccountID:                tfkit.Text(a.AccountID),
		AccountName:              tfkit.Text(a.AccountName),
		SiteID:                   tfkit.Text(a.SiteID),
		SiteName:                 tfkit.Text(a.SiteName),
		GroupID:                  tfkit.Text(a.GroupID),
		GroupName:                tfkit.Text(a.GroupName),
		OSType:                   tfkit.Text(a.OSType),
		OSName:                   tfkit.Text(a.OSName),
		OSRevision:               tfkit.Text(a.OSRevision),
		OSArch:                   tfkit.Text(a.OSArch),
		MachineType:              tfkit.Text(a.MachineType),
		ModelName:                tfkit.Text(a.ModelName),
		AgentVersion:             tfkit.Text(a.AgentVersion),
		IsUpToDate:               types.BoolValue(a.IsUpToDate),
		IsActive:                 types.BoolValue(a.IsActive),
		IsDecommissioned:         types.BoolValue(a.IsDecommissioned),
		IsUninstalled:            types.BoolValue(a.IsUninstalled),
		IsPendingUninstall:       types.BoolValue(a.IsPendingUninstall),
		Infected:                 types.BoolValue(a.Infected),
		ActiveThreats:            types.Int64Value(a.ActiveThreats),
		NetworkStatus:            tfkit.Text(a.NetworkStatus),
		FirewallEnabled:          types.BoolValue(a.FirewallEnabled),
		NetworkQuarantineEnabled: types.BoolValue(a.NetworkQuarantineEnabled),
		LocationEnabled:          types.BoolValue(a.LocationEnabled),
		LocationType:             tfkit.Text(a.LocationType),
		LocationIDs:              locationIDs(a),
		OperationalState:         tfkit.Text(a.OperationalState),
		AppsVulnerabilityStatus:  tfkit.Text(a.AppsVulnerabilityStatus),
		MitigationMode:           tfkit.Text(a.MitigationMode),
		ExternalIP:               tfkit.Text(a.ExternalIP),
		LastIPToConsole:          tfkit.Text(a.LastIPToConsole),
		LastActiveDate:           tfkit.Text(a.LastActiveDate),
		RegisteredAt:             tfkit.Text(a.RegisteredAt),
		UpdatedAt:                tfkit.Text(a.UpdatedAt),
	}
}

func locationIDs(a sentinelone.Agent) []string {
	ids := rowsOf(a.Locations, func(l sentinelone.Named) string { return l.ID })
	slices.SortFunc(ids, sentinelone.CompareIDs)
	return ids
}

func endpointColumns() columns[sentinelone.Agent] {
	type row = sentinelone.Agent
	id := byID(func(a row) string { return a.ID })
	return columns[row]{
		byName: map[string]column[row]{
			"id":                         {"id", id},
			"name":                       byValue("computerName", func(a row) string { return a.Name }),
			"domain":                     byValue("domain", func(a row) string { return a.Domain }),
			"account_name":               byValue("accountName", func(a row) string { return a.AccountName }),
			"site_name":                  byValue("siteName", func(a row) string { return a.SiteName }),
			"group_name":                 byValue("groupName", func(a row) string { return a.GroupName }),
			"os_type":                    byValue("osType", func(a row) string { return a.OSType }),
			"os_name":                    byValue("osName", func(a row) string { return a.OSName }),
			"os_arch":                    byValue("osArch", func(a row) string { return a.OSArch }),
			"machine_type":               byValue("machineType", func(a row) string { return a.MachineType }),
			"agent_version":              byValue("agentVersion", func(a row) string { return a.AgentVersion }),
			"is_up_to_date":              byFlag("isUpToDate", func(a row) bool { return a.IsUpToDate }),
			"is_active":                  byFlag("isActive", func(a row) bool { return a.IsActive }),
			"infected":                   byFlag("infected", func(a row) bool { return a.Infected }),
			"active_threats":             byValue("activeThreats", func(a row) int64 { return a.ActiveThreats }),
			"network_status":             byValue("networkStatus", func(a row) string { return a.NetworkStatus }),
			"firewall_enabled":           byFlag("firewallEnabled", func(a row) bool { return a.FirewallEnabled }),
			"network_quarantine_enabled": byFlag("networkQuarantineEnabled", func(a row) bool { return a.NetworkQuarantineEnabled }),
			"operational_state":          byValue("operationalState", func(a row) string { return a.OperationalState }),
			"apps_vulnerability_status":  byValue("appsVulnerabilityStatus", func(a row) string { return a.AppsVulnerabilityStatus }),
			"last_active_date":           byValue("lastActiveDate", func(a row) string { return a.LastActiveDate }),
			"registered_at":              byValue("registeredAt", func(a row) string { return a.RegisteredAt }),
			"updated_at":                 byValue("updatedAt", func(a row) string { return a.UpdatedAt }),
		},
		tie:  id,
		name: "name", direction: sentinelone.Ascending, why: alphabetical,
	}
}
