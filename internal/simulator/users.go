package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// tokenLifetime is how many years a token lasts for which a seed sets no end: no test may depend on the day it runs.
const tokenLifetime = 100

// userView is the caller, with the fields of the vendor's description that are not about logging in; nobody has
// published one from the wire.
type userView struct {
	ID          string         `json:"id"`
	APIToken    tokenView      `json:"apiToken"`
	DateJoined  timestamp      `json:"dateJoined"`
	Email       *string        `json:"email"`
	FullName    *string        `json:"fullName"`
	IsSystem    bool           `json:"isSystem"`
	LowestRole  string         `json:"lowestRole"`
	Scope       string         `json:"scope"`
	ScopeRoles  []roleInScope  `json:"scopeRoles"`
	SiteRoles   []siteRoleView `json:"siteRoles"`
	TenantRoles []string       `json:"tenantRoles"`
}

type tokenView struct {
	CreatedAt timestamp `json:"createdAt"`
	ExpiresAt timestamp `json:"expiresAt"`
}

// roleInScope is a role and the scope that somebody has it in; the tenant is a scope without an id.
type roleInScope struct {
	ID          *string  `json:"id"`
	Name        string   `json:"name"`
	AccountName *string  `json:"accountName"`
	RoleID      string   `json:"roleId"`
	RoleName    string   `json:"roleName"`
	Roles       []string `json:"roles"`
}

type siteRoleView struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	RoleID   string   `json:"roleId"`
	RoleName string   `json:"roleName"`
	Roles    []string `json:"roles"`
}

func (u *User) token() tokenView {
	return tokenView{timestamp(u.TokenCreatedAt), timestamp(u.TokenExpiresAt)}
}

func (s *store) viewUser(u *User) userView {
	p, roles := u.place(), []string{u.RoleName}
	v := userView{
		ID: u.ID, APIToken: u.token(), DateJoined: timestamp(u.CreatedAt), Email: orNull(u.Email), FullName: orNull(u.Name),
		LowestRole: u.RoleName, Scope: levelOfUser(p), ScopeRoles: []roleInScope{}, SiteRoles: []siteRoleView{}, TenantRoles: []string{},
	}
	inScope := roleInScope{ID: orNull(p.id), Name: s.scopes.names[p], RoleID: u.RoleID, RoleName: u.RoleName, Roles: roles}
	for _, q := range s.scopes.lineage(p) {
		if q.level == "account" {
			inScope.AccountName = new(s.scopes.names[q])
		}
	}
	if p == tenant {
		v.TenantRoles = roles
	}
	if p != tenant || s.behaviour.TenantUserRole != "name" {
		v.ScopeRoles = append(v.ScopeRoles, inScope)
	}
	if p.level == "site" {
		v.SiteRoles = append(v.SiteRoles, siteRoleView{p.id, inScope.Name, u.RoleID, u.RoleName, roles})
	}
	return v
}

// fillIn completes a user of a seed. One without a role is an administrator if it may do everything, and else gets a
// role of its own.
func (u *User) fillIn(store *store) {
	u.ID = store.orNew(u.ID)
	if u.Permissions != nil && u.RoleID == adminRoleID { // Nobody is an administrator with less than everything.
		u.RoleID, u.RoleName = "", ""
	}
	switch {
	case u.RoleID == "" && u.Permissions == nil:
		u.RoleID, u.RoleName = adminRoleID, "Admin"
	case u.RoleID == "":
		u.RoleID = store.orNew("")
	}
	if u.RoleName == "" {
		u.RoleName = "Role " + u.RoleID
	}
	u.CreatedAt = store.orNow(u.CreatedAt)
	u.TokenCreatedAt = orTime(u.TokenCreatedAt, u.CreatedAt)
	u.TokenExpiresAt = orTime(u.TokenExpiresAt, u.TokenCreatedAt.AddDate(tokenLifetime, 0, 0))
}

// hasExpired reports whether the user's token is good no longer.
func (u *User) hasExpired(now time.Time) bool { return !now.Before(u.TokenExpiresAt) }

// getUser serves GET /user, which is about the caller.
func getUser(c *call) (any, error) {
	u, err := c.seenUser(c.user.ID)
	if err != nil {
		return nil, err
	}
	return single{c.viewUser(u)}, nil
}

// getTokenDetails serves GET /users/{user_id}/api-token-details.
func getTokenDetails(c *call) (any, error) {
	u, err := c.seenUser(c.id)
	if err != nil {
		return nil, err
	}
	return single{u.token()}, nil
}

// seenUser returns a user whom the caller may see: the permission is for those in its scope, by switch everybody may
// see themselves, and service users may be out of sight for all.
func (c *call) seenUser(id string) (*User, error) {
	if !c.user.may("Users.view") && (c.behaviour.OwnUser != "open" || id != c.user.ID) {
		return nil, forbidden()
	}
	users := pointers(c.state.Users)
	i := slices.IndexFunc(users, func(u *User) bool { return u.ID == id })
	switch {
	case i < 0, !c.scopes.within(users[i].place(), c.user.place()):
		return nil, notFound()
	case users[i].Service && c.behaviour.ServiceUsers == "hidden":
		return nil, notFound()
	}
	return users[i], nil
}

// findTokenDetails serves POST /users/api-token-details. Who has a token may know when it expires.
func findTokenDetails(c *call) (any, error) {
	var body struct {
		Data struct {
			APIToken string `json:"apiToken"`
		} `json:"data"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("token: %w", err)
	}
	users := pointers(c.state.Users)
	i := slices.IndexFunc(users, func(u *User) bool { return u.Token == body.Data.APIToken })
	switch {
	case i >= 0:
		return single{users[i].token()}, nil
	case c.behaviour.UnknownTokenStatus == 404:
		return nil, notFound()
	default:
		return nil, invalid("data: apiToken: Not a valid token.")
	}
}
