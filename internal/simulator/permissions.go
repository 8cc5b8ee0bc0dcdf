package simulator

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The permissions are those that the vendor's description names for operations: page and identifier in its own words,
// which joined by a dot are what an operation asks for. What roles call the pages and permissions was not seen.
//
//go:embed contract/permissions.txt
var permissionTable string

// permission is a line of the table.
type permission struct{ page, pageName, identifier, title string }

func (p permission) String() string { return p.page + "." + p.identifier }

// permissions reads the table once for all consoles of a process.
var permissions = sync.OnceValue(func() []permission {
	var list []permission
	for line := range strings.Lines(permissionTable) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		list = append(list, permission{fields[0], fields[1], fields[2], fields[3]})
	}
	return list
})

// pageView is a page of a role: what somebody may do in one part of the console.
type pageView struct {
	Identifier  string           `json:"identifier"`
	Name        string           `json:"name"`
	Permissions []permissionView `json:"permissions"`
}

type permissionView struct {
	AdditionalDescription *string  `json:"additionalDescription"`
	DependsOn             []string `json:"dependsOn"`
	Description           string   `json:"description"`
	DisabledReason        *string  `json:"disabledReason"`
	DisabledReasonCode    *string  `json:"disabledReasonCode"`
	GroupName             *string  `json:"groupName"`
	Identifier            string   `json:"identifier"`
	Title                 string   `json:"title"`
	Type                  string   `json:"type"` // which there are is not known; always empty
	Value                 bool     `json:"value"`
}

// knownPermissions returns the table and, in order behind it, what users have that is not in it.
func (s *store) knownPermissions() []permission {
	known := slices.Clone(permissions())
	seen := map[string]bool{}
	for _, p := range known {
		seen[p.String()] = true
	}
	var more []string
	for _, u := range s.state.Users {
		for _, text := range u.Permissions {
			if !seen[text] {
				seen[text] = true
				more = append(more, text)
			}
		}
	}
	slices.Sort(more)
	for _, text := range more {
		page, identifier, _ := strings.Cut(text, ".")
		known = append(known, permission{page, page, identifier, identifier})
	}
	return known
}

// pages returns all that the console knows as pages of a role, with what its users may do turned on. On each page all
// else depends on viewing it. What something depends on is a number, as in the swagger, however permissions are spelled.
func (s *store) pages(may func(string) bool) []pageView {
	known := s.knownPermissions()
	view := map[string]string{}
	for i, p := range known {
		if p.identifier == "view" {
			view[p.page] = permissionID(i)
		}
	}
	var pages []pageView
	for i, p := range known {
		at := slices.IndexFunc(pages, func(v pageView) bool { return v.Identifier == p.page })
		if at < 0 {
			at = len(pages)
			pages = append(pages, pageView{Identifier: p.page, Name: p.pageName})
		}
		v := permissionView{
			Identifier: s.behaviour.identifierOf(p, i), Title: p.title, Value: may(p.String()), DependsOn: []string{},
		}
		if id := view[p.page]; id != "" && id != permissionID(i) {
			v.DependsOn = []string{id}
		}
		pages[at].Permissions = append(pages[at].Permissions, v)
	}
	return pages
}

// permissionID is the number of a permission, the i-th that is known.
func permissionID(i int) string { return strconv.Itoa(1900000000000001001 + i) }

// identifierOf spells the identifier of a permission, the i-th that is known.
func (b Behaviour) identifierOf(p permission, i int) string {
	switch b.PermissionIdentifiers {
	case "full":
		return p.String()
	case "number":
		return permissionID(i)
	default:
		return p.identifier
	}
}
