package simulator

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// adminRoleID is the role of users that may do everything, unless they have another.
const adminRoleID = "1900000000000000011"

// role is what its users may do. It is not kept anywhere, so it can't differ from what calls are checked against. All
// roles are the tenant's.
type role struct {
	id, name    string
	permissions []string // nil is all
	users       int
	creator     User
	created     time.Time
}

func (r *role) predefined() bool { return r.id == adminRoleID }

func (r *role) may(permission string) bool { return User{Permissions: r.permissions}.may(permission) }

// rolesOf gathers the roles of users, in the order of their ids. It refuses users who share one and not what it says.
func rolesOf(users []User) ([]*role, error) {
	byID := map[string]*role{}
	for _, u := range users {
		r := byID[u.RoleID]
		if r == nil {
			r = &role{id: u.RoleID, name: u.RoleName, permissions: u.Permissions, creator: users[0], created: u.CreatedAt}
			byID[u.RoleID] = r
		}
		if r.name != u.RoleName || !sameSet(r.permissions, u.Permissions) {
			return nil, fmt.Errorf("user %s: the name or the permissions of role %s differ from those of another user", u.ID, r.id)
		}
		r.users++
		if u.CreatedAt.Before(r.created) {
			r.created = u.CreatedAt
		}
	}
	roles := slices.Collect(maps.Values(byID))
	slices.SortFunc(roles, func(a, b *role) int { return compareIDs(a.id, b.id) })
	return roles, nil
}

// sameSet reports whether two lists of permissions allow the same; null allows all.
func sameSet(a, b []string) bool {
	in := func(list []string) func(string) bool { return func(s string) bool { return !slices.Contains(list, s) } }
	return (a == nil) == (b == nil) && !slices.ContainsFunc(a, in(b)) && !slices.ContainsFunc(b, in(a))
}

// roleView is a role as the vendor's description lists it; alone it has its pages too.
type roleView struct {
	ID             string    `json:"id"`
	Name           string    `json:"name"`
	AccountName    *string   `json:"accountName"`
	CreatedAt      timestamp `json:"createdAt"`
	Creator        *string   `json:"creator"` // an email; null for what the vendor made
	CreatorID      *string   `json:"creatorId"`
	Description    string    `json:"description"`
	PredefinedRole bool      `json:"predefinedRole"`
	Scope          string    `json:"scope"`
	ScopeID        *string   `json:"scopeId"`
	SiteName       *string   `json:"siteName"`
	UpdatedAt      timestamp `json:"updatedAt"`
	UpdatedBy      *string   `json:"updatedBy"`
	UpdatedByID    *string   `json:"updatedById"`
	UsersInRoles   int       `json:"usersInRoles"`
}

type fullRoleView struct {
	roleView
	Pages []pageView `json:"pages"`
}

func (r *role) view() roleView {
	v := roleView{
		ID: r.id, Name: r.name, Description: r.description(), CreatedAt: timestamp(r.created), UpdatedAt: timestamp(r.created),
		PredefinedRole: r.predefined(), Scope: levelOfUser(tenant), UsersInRoles: r.users,
	}
	if !r.predefined() {
		v.Creator, v.CreatorID = orNull(r.creator.Email), &r.creator.ID
		v.UpdatedBy, v.UpdatedByID = v.Creator, v.CreatorID
	}
	return v
}

func (r *role) description() string {
	if r.predefined() {
		return "Everything"
	}
	return ""
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func roleListing() listing[role] {
	when := byTime(func(r *role) time.Time { return r.created })
	none := func(*role) sortKey { return sortKey{} }
	creator := byText(func(r *role) string { return orBlank(r.view().Creator) })
	return listing[role]{
		noun: "role",
		id:   func(r *role) string { return r.id },
		columns: map[string]func(*role) sortKey{
			"name":         byText(func(r *role) string { return r.name }),
			"description":  byText((*role).description),
			"usersInRoles": byNumber(func(r *role) int { return r.users }),
			"creator":      creator,
			"updatedBy":    creator,
			"createdAt":    when,
			"updatedAt":    when,
			"accountName":  none,
			"siteName":     none,
		},
	}
}

// roleFilters are the filters of GET /rbac/roles, but for the scopes.
func roleFilters() filters[role] {
	creator := oneOf(func(r *role) string { return orBlank(r.view().Creator) })
	creatorID := oneOf(func(r *role) string { return orBlank(r.view().CreatorID) })
	none := oneOf(func(*role) string { return "" })
	created := func(r *role) time.Time { return r.created }
	f := filters[role]{
		"ids":            oneOf(func(r *role) string { return r.id }),
		"name":           oneOf(func(r *role) string { return r.name }),
		"description":    oneOf((*role).description),
		"query":          contains(func(r *role) []string { return []string{r.name, r.description()} }),
		"predefinedRole": flag((*role).predefined),
		"creator":        creator,
		"creatorId":      creatorID,
		"updatedBy":      creator,
		"updatedById":    creatorID,
		"accountName":    none,
		"siteName":       none,
		"createdAt":      instant(created),
		"updatedAt":      instant(created),
	}
	f.timeFilters("createdAt", created)
	f.timeFilters("updatedAt", created)
	return f
}

// listRoles serves GET /rbac/roles. A scope below the tenant has no roles of its own, but those above it, unless the
// query leaves them out.
func listRoles(c *call) (any, error) {
	asked, err := c.readableOrOwn(c.query)
	if err != nil {
		return nil, err
	}
	_, chosen := c.query["includeParents"] // They are included unless the query says no.
	shown := slices.Contains(asked, tenant) || !chosen || c.query.is("includeParents")
	wanted := append(roleFilters().predicates(c.query), func(*role) bool { return shown })
	found, page, err := roleListing().page(c, slices.Values(c.roles), wanted)
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(found, (*role).view), Pagination: page}, nil
}

// getRole serves GET /rbac/role/{role_id}.
func getRole(c *call) (any, error) {
	i := slices.IndexFunc(c.roles, func(r *role) bool { return r.id == c.id })
	if i < 0 {
		return nil, notFound()
	}
	r := c.roles[i]
	return single{fullRoleView{r.view(), c.pages(r.may)}}, nil
}
