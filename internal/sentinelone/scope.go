package sentinelone

import (
	"fmt"
	"strings"
)

// Level is a level of the console's tree, by the word that firewall rules use for it.
type Level string

// The levels, from the widest to the narrowest. The API calls the top "global" in rows and "tenant" in filters.
const (
	LevelTenant  Level = "global"
	LevelAccount Level = "account"
	LevelSite    Level = "site"
	LevelGroup   Level = "group"
)

// Scope is one place in the console's tree: what owns a rule or an entry. ID is empty for the tenant. The zero Scope
// is no place at all.
type Scope struct {
	Level Level
	ID    string
}

// IsZero tells whether no scope is named.
func (s Scope) IsZero() bool { return s == Scope{} }

// String names the scope within a sentence.
func (s Scope) String() string {
	switch s.Level {
	case "":
		return "any scope"
	case LevelTenant:
		return "the tenant"
	default:
		return fmt.Sprintf("%s %s", s.Level, s.ID)
	}
}

// Path names the scope in one word: "tenant", "account/ID", "site/ID" or "group/ID". It is "" for the zero Scope.
func (s Scope) Path() string {
	switch s.Level {
	case "":
		return ""
	case LevelTenant:
		return tenantPath
	default:
		return string(s.Level) + "/" + s.ID
	}
}

const tenantPath = "tenant"

// ParseScope returns the scope that a path names.
func ParseScope(path string) (Scope, error) {
	in, rest, err := CutScope(path)
	if err == nil && rest != "" {
		err = notAScope(path)
	}
	return in, err
}

// CutScope returns the scope that a text begins with, by its path, and what follows behind a slash.
func CutScope(text string) (in Scope, rest string, err error) {
	level, rest, _ := strings.Cut(text, "/")
	if level == tenantPath {
		return Scope{Level: LevelTenant}, rest, nil
	}
	id, rest, _ := strings.Cut(rest, "/")
	number := id != "" && strings.Trim(id, "0123456789") == ""
	if number && (level == string(LevelAccount) || level == string(LevelSite) || level == string(LevelGroup)) {
		return Scope{Level: Level(level), ID: id}, rest, nil
	}
	return Scope{}, "", notAScope(text)
}

func notAScope(text string) error {
	return fmt.Errorf("%q is none of tenant, account/ID, site/ID and group/ID", text)
}

// scopeFilter is how the API spells scopes: in bodies as arrays, in queries as comma-separated lists, and in
// blocklist rows, where only the key in use is present.
type scopeFilter struct {
	Tenant     bool     `json:"tenant,omitempty"     url:"tenant,omitempty"`
	AccountIDs []string `json:"accountIds,omitempty" url:"accountIds,comma,omitempty"`
	SiteIDs    []string `json:"siteIds,omitempty"    url:"siteIds,comma,omitempty"`
	GroupIDs   []string `json:"groupIds,omitempty"   url:"groupIds,comma,omitempty"`
}

func (s Scope) filter() scopeFilter {
	switch s.Level {
	case LevelTenant:
		return scopeFilter{Tenant: true}
	case LevelAccount:
		return scopeFilter{AccountIDs: []string{s.ID}}
	case LevelSite:
		return scopeFilter{SiteIDs: []string{s.ID}}
	case LevelGroup:
		return scopeFilter{GroupIDs: []string{s.ID}}
	default:
		return scopeFilter{}
	}
}

// scope is the one place that a filter names, or the zero Scope when it names none.
func (f scopeFilter) scope() Scope {
	switch {
	case len(f.GroupIDs) > 0:
		return Scope{LevelGroup, f.GroupIDs[0]}
	case len(f.SiteIDs) > 0:
		return Scope{LevelSite, f.SiteIDs[0]}
	case len(f.AccountIDs) > 0:
		return Scope{LevelAccount, f.AccountIDs[0]}
	case f.Tenant:
		return Scope{Level: LevelTenant}
	default:
		return Scope{}
	}
}
