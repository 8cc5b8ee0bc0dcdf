package simulator

import (
	"slices"
	"strconv"
	"time"
)

// groupView is a group as a live console was seen to answer it alone: with twelve keys, the creator's id and not the
// name.
type groupView struct {
	ID                string    `json:"id"`
	Name              string    `json:"name"`
	CreatedAt         timestamp `json:"createdAt"`
	CreatorID         string    `json:"creatorId"`
	Description       *string   `json:"description"`
	FilterID          *string   `json:"filterId"`
	IsDefault         bool      `json:"isDefault"`
	Rank              *int      `json:"rank"`
	RegistrationToken string    `json:"registrationToken"`
	SiteID            string    `json:"siteId"`
	Type              string    `json:"type"`
	UpdatedAt         timestamp `json:"updatedAt"`
}

// listedGroupView is a group in a list, where the swagger has four more keys.
type listedGroupView struct {
	groupView
	Creator     string  `json:"creator"`
	FilterName  *string `json:"filterName"`
	Inherits    bool    `json:"inherits"`
	TotalAgents int     `json:"totalAgents"`
}

func viewGroup(g *Group) groupView {
	return groupView{
		ID: g.ID, Name: g.Name, CreatedAt: timestamp(g.CreatedAt), CreatorID: g.CreatorID, Description: g.Description,
		FilterID: g.FilterID, IsDefault: g.IsDefault, Rank: g.Rank, RegistrationToken: g.RegistrationToken,
		SiteID: g.SiteID, Type: g.Type, UpdatedAt: timestamp(g.UpdatedAt),
	}
}

func viewListedGroup(g *Group, totals agentTotals) listedGroupView {
	return listedGroupView{viewGroup(g), g.Creator, g.FilterName, !g.OwnPolicy, totals.of(g.place(), g.TotalAgents)}
}

func (g *Group) place() place { return place{"group", g.ID} }

// rankText is the rank as it is asked for; a group without one has none that could be.
func (g *Group) rankText() string {
	if g.Rank == nil {
		return ""
	}
	return strconv.Itoa(*g.Rank)
}

func groupListing() listing[Group] {
	return listing[Group]{
		noun: "group",
		id:   func(g *Group) string { return g.ID },
		columns: map[string]func(*Group) sortKey{
			"name":        byText(func(g *Group) string { return g.Name }),
			"type":        byText(func(g *Group) string { return g.Type }),
			"siteId":      byText(func(g *Group) string { return g.SiteID }),
			"description": byText(func(g *Group) string { return orBlank(g.Description) }),
			"createdAt":   byTime(func(g *Group) time.Time { return g.CreatedAt }),
			"updatedAt":   byTime(func(g *Group) time.Time { return g.UpdatedAt }),
			"rank": func(g *Group) sortKey {
				if g.Rank == nil { // Those without a rank come first.
					return sortKey{number: -1}
				}
				return sortKey{number: int64(*g.Rank)}
			},
		},
	}
}

// groupFilters are the filters of GET /groups. As with sites, the ids are filters like the others: one that is not
// there, or not the caller's, finds nothing.
func (s *store) groupFilters() filters[Group] {
	id := func(g *Group) string { return g.ID }
	kind := func(g *Group) string { return g.Type }
	f := filters[Group]{
		"id":         oneOf(id),
		"groupIds":   oneOf(id),
		"siteIds":    oneOf(func(g *Group) string { return g.SiteID }),
		"accountIds": oneOf(func(g *Group) string { return s.scopes.parents[place{"site", g.SiteID}].id }),
		"name":       oneOf(func(g *Group) string { return g.Name }),
		"query": contains(func(g *Group) []string {
			return []string{g.Name, orBlank(g.Description)}
		}),
		"description":       oneOf(func(g *Group) string { return orBlank(g.Description) }),
		"type":              oneOf(kind),
		"types":             oneOf(kind),
		"rank":              oneOf((*Group).rankText),
		"isDefault":         flag(func(g *Group) bool { return g.IsDefault }),
		"registrationToken": oneOf(func(g *Group) string { return g.RegistrationToken }),
	}
	f.timeFilters("updatedAt", func(g *Group) time.Time { return g.UpdatedAt })
	delete(f, "updatedAt__between") // The swagger does not have it.
	return f
}

// listGroups serves GET /groups.
func listGroups(c *call) (any, error) {
	reach := c.scopes.below(c.user.place())
	wanted := append(c.groupFilters().predicates(c.query), func(g *Group) bool { return reach[g.place()] })
	found, page, err := groupListing().page(c, slices.Values(pointers(c.state.Groups)), wanted)
	if err != nil {
		return nil, err
	}
	totals := c.agentTotals()
	view := func(g *Group) listedGroupView { return viewListedGroup(g, totals) }
	return list{Data: rowsFrom(found, view), Pagination: page}, nil
}

// getGroup serves GET /groups/{group_id}.
func getGroup(c *call) (any, error) {
	group, err := c.seenGroup()
	if err != nil {
		return nil, err
	}
	return single{viewGroup(group)}, nil
}

// getGroupToken serves GET /groups/{group_id}/token.
func getGroupToken(c *call) (any, error) {
	group, err := c.seenGroup()
	if err != nil {
		return nil, err
	}
	return single{registrationView{group.RegistrationToken}}, nil
}

// seenGroup returns the group of the path. One that is not there is answered as any scope is that is not.
func (c *call) seenGroup() (*Group, error) {
	if err := c.mayEnter(place{"group", c.id}); err != nil {
		return nil, err
	}
	groups := pointers(c.state.Groups)
	return groups[slices.IndexFunc(groups, func(g *Group) bool { return g.ID == c.id })], nil
}
