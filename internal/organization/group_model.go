package organization

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

type groupModel struct {
	ID             types.String `tfsdk:"id"`
	Name           types.String `tfsdk:"name"`
	Description    types.String `tfsdk:"description"`
	SiteID         types.String `tfsdk:"site_id"`
	Type           types.String `tfsdk:"type"`
	IsDefault      types.Bool   `tfsdk:"is_default"`
	FilterID       types.String `tfsdk:"filter_id"`
	FilterName     types.String `tfsdk:"filter_name"`
	Rank           types.Int64  `tfsdk:"rank"`
	InheritsPolicy types.Bool   `tfsdk:"inherits_policy"`
	TotalAgents    types.Int64  `tfsdk:"total_agents"`
	Creator        types.String `tfsdk:"creator"`
	CreatedAt      types.String `tfsdk:"created_at"`
	UpdatedAt      types.String `tfsdk:"updated_at"`
	Scope          tfkit.Scope  `tfsdk:"scope"`
}

func groupAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":          tfkit.ComputedText("The group's id."),
		"name":        tfkit.ComputedText("The group's name."),
		"description": tfkit.ComputedText("The group's description; null when it has none."),
		"site_id":     tfkit.ComputedText("The id of the group's site."),
		"type":        tfkit.ComputedText("`static`, `dynamic` or `pinned`."),
		"is_default":  tfkit.ComputedFlag("Whether it is its site's default group."),
		"filter_id":   tfkit.ComputedText("The id of the filter that a dynamic group's endpoints fit; null for others."),
		"filter_name": tfkit.ComputedText("The name of that filter."),
		"rank": tfkit.ComputedNumber("The priority of a dynamic group among those of its site, the first before the " +
			"second; null for others."),
		"inherits_policy": tfkit.ComputedFlag("Whether its policy is its site's. Firewall settings have an inheritance of " +
			"their own: see `sentinelone_firewall_status`."),
		"total_agents": tfkit.ComputedNumber("The number of endpoints."),
		"creator":      tfkit.ComputedText("The name of the user who made the group."),
		"created_at":   tfkit.ComputedText("When the group was made, in UTC."),
		"updated_at":   tfkit.ComputedText("When the group was last changed, in UTC."),
		"scope":        tfkit.ReadyScope(),
	}
}

func newGroupModel(group sentinelone.Group) groupModel {
	return groupModel{
		ID:             types.StringValue(group.ID),
		Name:           types.StringValue(group.Name),
		Description:    tfkit.Text(group.Description),
		SiteID:         types.StringValue(group.SiteID),
		Type:           tfkit.Text(group.Type),
		IsDefault:      types.BoolValue(group.IsDefault),
		FilterID:       tfkit.Text(group.FilterID),
		FilterName:     tfkit.Text(group.FilterName),
		Rank:           types.Int64PointerValue(group.Rank),
		InheritsPolicy: types.BoolValue(group.Inherits),
		TotalAgents:    types.Int64Value(group.TotalAgents),
		Creator:        tfkit.Text(group.Creator),
		CreatedAt:      tfkit.Text(group.CreatedAt),
		UpdatedAt:      tfkit.Text(group.UpdatedAt),
		Scope:          tfkit.NewScope(group.Scope()),
	}
}
