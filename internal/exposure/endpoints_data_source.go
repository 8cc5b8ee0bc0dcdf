package exposure

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

const mostAgentTerms = 10 // of a filter of agents by texts

// NewEndpointsDataSource returns the data source sentinelone_endpoints.
func NewEndpointsDataSource() datasource.DataSource {
	return &dataSource{
		name:  "endpoints",
		title: "Endpoints",
		description: "The computers that have an agent, narrowed by any of the filters. Passphrases, licence keys and the users " +
			"who logged in are never read.",
		narrow: "os_types or network_statuses",
		attributes: boundsAttributes(endpointColumns(), agentFilters().DataSource(map[string]schema.Attribute{
			"endpoints": tfkit.ComputedRows("The endpoints, in the order of `sort_by`.", endpointAttributes()),
		})),
		ops:   []sentinelone.Operation{sentinelone.ListAgents},
		model: func() model { return &endpointsModel{} },
	}
}

// endpointsModel holds the filters, and what they select.
type endpointsModel struct {
	bounds
	IDs                       []string `tfsdk:"ids"`
	UUIDs                     []string `tfsdk:"uuids"`
	Name                      *string  `tfsdk:"name"`
	NameContains              []string `tfsdk:"name_contains"`
	ExternalIPContains        []string `tfsdk:"external_ip_contains"`
	Query                     *string  `tfsdk:"query"`
	Domains                   []string `tfsdk:"domains"`
	OSTypes                   []string `tfsdk:"os_types"`
	MachineTypes              []string `tfsdk:"machine_types"`
	AgentVersions             []string `tfsdk:"agent_versions"`
	NetworkStatuses           []string `tfsdk:"network_statuses"`
	OperationalStates         []string `tfsdk:"operational_states"`
	AppsVulnerabilityStatuses []string `tfsdk:"apps_vulnerability_statuses"`
	LocationIDs               []string `tfsdk:"location_ids"`
	IsActive                  *bool    `tfsdk:"is_active"`
	IsDecommissioned          *bool    `tfsdk:"is_decommissioned"`
	IsUninstalled             *bool    `tfsdk:"is_uninstalled"`
	IsPendingUninstall        *bool    `tfsdk:"is_pending_uninstall"`
	IsUpToDate                *bool    `tfsdk:"is_up_to_date"`
	Infected                  *bool    `tfsdk:"infected"`
	FirewallEnabled           *bool    `tfsdk:"firewall_enabled"`
	NetworkQuarantineEnabled  *bool    `tfsdk:"network_quarantine_enabled"`
	LocationEnabled           *bool    `tfsdk:"location_enabled"`
	active
	registered
	updated
	Endpoints []endpoint `tfsdk:"endpoints"`
}

func agentFilters() tfkit.Filters {
	return join(
		timeFilters("active", "Only endpoints that were last heard of"),
		timeFilters("registered", "Only endpoints that first called the console"),
		timeFilters("updated", "Only endpoints about which something last changed"),
		tfkit.Filters{
			"ids":           tfkit.IDsFilter("Only the endpoints of these ids."),
			"uuids":         wordsFilter("Only the endpoints of these UUIDs."),
			"name":          tfkit.TextFilter("Only the endpoints of this name."),
			"name_contains": tfkit.TermsFilter("Only endpoints whose names contain one of these texts.", mostAgentTerms),
			"external_ip_contains": tfkit.TermsFilter(
				"Only endpoints that the console sees from an address that contains one of these texts.", mostAgentTerms),
			"query":          tfkit.TextFilter("Only endpoints with this text in any of their attributes that the console searches."),
			"domains":        wordsFilter("Only endpoints in these network domains."),
			"os_types":       tfkit.OneOfFilter("Only endpoints with one of these operating systems", sentinelone.OSTypes()...),
			"machine_types":  tfkit.OneOfFilter("Only endpoints of one of these kinds", sentinelone.MachineTypes()...),
			"agent_versions": wordsFilter("Only endpoints with these versions of the agent."),
			"network_statuses": tfkit.OneOfFilter("Only endpoints that stand so with their network, `disconnected` for those in "+
				"quarantine", sentinelone.NetworkStatuses()...),
			"operational_states": wordsFilter("Only endpoints whose agents are in these states, such as `na` for those that work."),
			"apps_vulnerability_statuses": tfkit.OneOfFilter("Only endpoints whose applications are so",
				sentinelone.AppsVulnerabilityStatuses()...),
			"location_ids": tfkit.IDsFilter("Only endpoints in the network locations of these ids."),
			"is_active":    tfkit.FlagFilter("Only endpoints that were heard of recently, or only the others."),
			"is_decommissioned": tfkit.FlagFilter("`true` for only the endpoints that the console has set aside. Default `false`: " +
				"only the others."),
			"is_uninstalled":       tfkit.FlagFilter("Only endpoints from which the agent was removed, or only the others."),
			"is_pending_uninstall": tfkit.FlagFilter("Only endpoints from which the agent is to be removed, or only the others."),
			"is_up_to_date":        tfkit.FlagFilter("Only endpoints with the newest version of the agent, or only the others."),
			"infected":             tfkit.FlagFilter("Only endpoints with active threats, or only the others."),
			"firewall_enabled": tfkit.FlagFilter(
				"Only endpoints that support Firewall Control and have it on, or only the others."),
			"network_quarantine_enabled": tfkit.FlagFilter(
				"Only endpoints that support Network Quarantine Control and have it on, or only the others."),
			"location_enabled": tfkit.FlagFilter(
				"Only endpoints that support network locations and have them on, or only the others."),
		})
}

// query returns the filters as the API takes them.
func (m *endpointsModel) query(in sentinelone.Scope) sentinelone.AgentQuery {
	query := sentinelone.AgentQuery{
		Scope:                     in,
		IDs:                       m.IDs,
		UUIDs:                     m.UUIDs,
		Name:                      m.Name,
		NameContains:              m.NameContains,
		ExternalIPContains:        m.ExternalIPContains,
		Query:                     m.Query,
		Domains:                   m.Domains,
		OSTypes:                   m.OSTypes,
		MachineTypes:              m.MachineTypes,
		AgentVersions:             m.AgentVersions,
		NetworkStatuses:           m.NetworkStatuses,
		OperationalStates:         m.OperationalStates,
		AppsVulnerabilityStatuses: m.AppsVulnerabilityStatuses,
		LocationIDs:               m.LocationIDs,
		IsActive:                  m.IsActive,
		IsDecommissioned:          m.IsDecommissioned,
		IsUninstalled:             m.IsUninstalled,
		IsPendingUninstall:        m.IsPendingUninstall,
		IsUpToDate:                m.IsUpToDate,
		Infected:                  m.Infected,
		FirewallEnabled:           m.FirewallEnabled,
		NetworkQuarantineEnabled:  m.NetworkQuarantineEnabled,
		LocationEnabled:           m.LocationEnabled,
		LastActive:                sentinelone.TimeFilter(m.active),
		Registered:                sentinelone.TimeFilter(m.registered),
		Updated:                   sentinelone.TimeFilter(m.updated),
	}
	if query.IsDecommissioned == nil {
		query.IsDecommissioned = new(false)
	}
	return query
}

func (m *endpointsModel) read(ctx context.Context, console *sentinelone.Client, in sentinelone.Scope) error {
	found, err := readTable(ctx, &m.bounds, console.Agents, m.query(in), endpointColumns())
	m.Endpoints = rowsOf(found, newEndpoint)
	return err
}
