package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewGroupDataSource returns the data source sentinelone_group.
func NewGroupDataSource() datasource.DataSource {
	return &dataSource[groupModel]{
		name:  "group",
		title: "Group",
		description: "One group of endpoints, by id or by its site and exact name, with a ready-made `scope`. Registration " +
			"tokens are never read.",
		attributes: oneGroupAttributes(),
		validators: []datasource.ConfigValidator{
			idOrName(), datasourcevalidator.RequiredTogether(path.MatchRoot("name"), path.MatchRoot("site_id")),
		},
		op:   sentinelone.ListGroups,
		read: readGroup,
	}
}

func oneGroupAttributes() map[string]schema.Attribute {
	attributes := oneOf(groupAttributes())
	attributes["site_id"] = given(attributes["site_id"], "A `name` needs it: every site has a default group of the same "+
		"name.", tfkit.ID())
	return attributes
}

func readGroup(ctx context.Context, p *tfkit.Provider, state *groupModel) error {
	around := sentinelone.GroupQuery{SiteIDs: only(state.SiteID)}
	asked := around
	asked.GroupIDs, asked.Name = only(state.ID), state.Name.ValueStringPointer()
	group, err := search[sentinelone.Group]{
		kind: "group", id: state.ID, name: state.Name,
		nameOf: func(group sentinelone.Group) string { return group.Name },
	}.in(p.Console.Groups.List(ctx, asked), p.Console.Groups.List(ctx, around))
	*state = newGroupModel(group)
	return err
}
