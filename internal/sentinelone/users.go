package sentinelone

import (
	"context"
	"time"
)

// User is somebody, or something, that a token speaks for.
type User struct {
	ID    string `json:"id"`
	Name  string `json:"fullName"` // null, "" here, for one without
	Email string `json:"email"`    // likewise
	Level string `json:"scope"`    // tenant, account or site
	// ScopeRoles are the user's roles, one for each scope that the user belongs to.
	ScopeRoles []ScopeRole `json:"scopeRoles"`
	// TenantRoles are names of roles. The vendor deprecates them; a console may tell no other role of a tenant's user.
	TenantRoles []string `json:"tenantRoles"`
}

// ScopeRole is a user's role in one scope.
type ScopeRole struct {
	ScopeID  string `json:"id"` // null, "" here, for the tenant
	RoleID   string `json:"roleId"`
	RoleName string `json:"roleName"` // "" on consoles that tell no more than the id
}

// tenantUser is the level of users of the tenant, by the word that the API has for users.
const tenantUser = "tenant"

// Scopes are the scopes that the user belongs to.
func (u User) Scopes() []Scope {
	if u.Level == tenantUser {
		return []Scope{{Level: LevelTenant}}
	}
	var scopes []Scope
	for _, role := range u.ScopeRoles {
		scopes = append(scopes, Scope{Level(u.Level), role.ScopeID})
	}
	return scopes
}

// RoleNames are the names of the user's roles, as far as the console tells them.
func (u User) RoleNames() []string {
	var names []string
	for _, role := range u.ScopeRoles {
		names = append(names, role.RoleName)
	}
	if len(names) == 0 {
		return u.TenantRoles
	}
	return names
}

// TokenDates are when an API token was made and until when it is good; nil where the console does not tell.
type TokenDates struct {
	CreatedAt *time.Time `json:"createdAt"`
	ExpiresAt *time.Time `json:"expiresAt"`
}

// Users are the users of the console.
type Users struct{ c *Client }

// Current returns the user that the client's token speaks for. Whether a console shows service users at all was not
// seen: the error may match [ErrForbidden] or [ErrNotFound].
func (u Users) Current(ctx context.Context) (User, error) {
	return call[User](ctx, u.c, GetUser, request{})
}

// Token returns the dates of the client's own token. They need no permission.
func (u Users) Token(ctx context.Context) (TokenDates, error) {
	return call[TokenDates](ctx, u.c, FindToken, request{body: write{Data: struct {
		APIToken string `json:"apiToken"`
	}{u.c.token()}}})
}
