package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewGroupsDataSource returns the data source sentinelone_groups.
func NewGroupsDataSource() datasource.DataSource {
	return &dataSource[groupsModel]{
		name:  "groups",
		title: "Groups",
		description: "The groups of endpoints that the token may see, narrowed by any of the filters. Each comes with a " +
			"ready-made `scope`. Registration tokens are never read.",
		attributes: groupFilters().DataSource(map[string]schema.Attribute{
			"groups": tfkit.ComputedRows("The groups, by id.", groupAttributes()),
		}),
		op: sentinelone.ListGroups,
		read: func(ctx context.Context, p *tfkit.Provider, state *groupsModel) (err error) {
			state.Groups, err = rowsOf(p.Console.Groups.List(ctx, state.query()), newGroupModel)
			return err
		},
	}
}

// groupsModel holds the filters, and what they select.
type groupsModel struct {
	GroupIDs      []string     `tfsdk:"group_ids"`
	SiteIDs       []string     `tfsdk:"site_ids"`
	AccountIDs    []string     `tfsdk:"account_ids"`
	Name          *string      `tfsdk:"name"`
	Description   *string      `tfsdk:"description"`
	Query         *string      `tfsdk:"query"`
	Types         []string     `tfsdk:"types"`
	Rank          *int64       `tfsdk:"rank"`
	IsDefault     *bool        `tfsdk:"is_default"`
	UpdatedBefore *string      `tfsdk:"updated_before"`
	UpdatedUntil  *string      `tfsdk:"updated_until"`
	UpdatedAfter  *string      `tfsdk:"updated_after"`
	UpdatedSince  *string      `tfsdk:"updated_since"`
	Groups        []groupModel `tfsdk:"groups"`
}

func groupFilters() tfkit.Filters {
	return tfkit.Filters{
		"group_ids":      tfkit.ListFilter("Only the groups of these ids.", mostScopeIDs, tfkit.ID()),
		"site_ids":       tfkit.ListFilter("Only the groups of these sites.", mostScopeIDs, tfkit.ID()),
		"account_ids":    tfkit.ListFilter("Only the groups of these accounts' sites.", mostScopeIDs, tfkit.ID()),
		"name":           tfkit.TextFilter("Only the groups of this name."),
		"description":    tfkit.TextFilter("Only groups with this description."),
		"query":          tfkit.TextFilter("Only groups whose name or description contains this text."),
		"types":          tfkit.OneOfFilter("Only groups of one of these types", "static", "dynamic", "pinned"),
		"rank":           tfkit.NumberFilter("Only dynamic groups of this rank."),
		"is_default":     tfkit.FlagFilter("Only the default groups of sites, or only the others."),
		"updated_before": tfkit.TimeFilter("Only groups that were last changed before this time."),
		"updated_until":  tfkit.TimeFilter("Only groups that were last changed at this time or before."),
		"updated_after":  tfkit.TimeFilter("Only groups that were last changed after this time."),
		"updated_since":  tfkit.TimeFilter("Only groups that were last changed at this time or after."),
	}
}

// query returns the filters as the API takes them.
func (m *groupsModel) query() sentinelone.GroupQuery {
	return sentinelone.GroupQuery{
		GroupIDs:      m.GroupIDs,
		SiteIDs:       m.SiteIDs,
		AccountIDs:    m.AccountIDs,
		Name:          m.Name,
		Description:   m.Description,
		Query:         m.Query,
		Types:         m.Types,
		Rank:          m.Rank,
		IsDefault:     m.IsDefault,
		UpdatedBefore: m.UpdatedBefore,
		UpdatedUntil:  m.UpdatedUntil,
		UpdatedAfter:  m.UpdatedAfter,
		UpdatedSince:  m.UpdatedSince,
	}
}
