package sentinelone

import "context"

// Role is what its users may do, page by page of the console.
type Role struct {
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	Pages []RolePage `json:"pages"`
}

// RolePage is the part of a role that is about one page of the console.
type RolePage struct {
	Identifier  string           `json:"identifier"`
	Name        string           `json:"name"`
	Permissions []RolePermission `json:"permissions"`
}

// RolePermission is one permission of a page, and whether the role grants it.
type RolePermission struct {
	Identifier string `json:"identifier"`
	Title      string `json:"title"`
	Value      bool   `json:"value"`
}

// Grants tells whether the role grants a permission; known is false when it does not speak of it.
func (r Role) Grants(p Permission) (granted, known bool) {
	for _, page := range r.Pages {
		if !p.isOn(page) {
			continue
		}
		for _, row := range page.Permissions {
			if p.is(row) {
				return row.Value, true
			}
		}
	}
	return false, false
}

// Roles are the roles of the console.
type Roles struct{ c *Client }

// Get returns a role by its id.
func (r Roles) Get(ctx context.Context, id string) (Role, error) {
	return call[Role](ctx, r.c, GetRole, request{id: id})
}
