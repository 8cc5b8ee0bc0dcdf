package simulator

import (
	"strconv"
	"time"
)

func restrictionListing(scopes scopeTree) listing[Restriction] {
	return listing[Restriction]{
		noun: "restriction",
		id:   func(r *Restriction) string { return r.ID },
		columns: map[string]func(*Restriction) sortKey{
			"createdAt":   byTime(func(r *Restriction) time.Time { return r.CreatedAt }),
			"updatedAt":   byTime(func(r *Restriction) time.Time { return r.UpdatedAt }),
			"osType":      byText(func(r *Restriction) string { return r.OSType }),
			"description": byText(func(r *Restriction) string { return orBlank(r.Description) }),
			"scope":       byText(func(r *Restriction) string { return r.Scope }),
			"value":       byText(func(r *Restriction) string { return orBlank(r.Value) }),
			"userName":    byText(func(r *Restriction) string { return r.UserName }),
			"source":      byText(func(r *Restriction) string { return r.Source }),
			"scopePath":   byText(func(r *Restriction) string { return scopes.path(r.place()) }),
			"imported":    byText(func(r *Restriction) string { return strconv.FormatBool(r.Imported) }),
		},
	}
}

func orBlank(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// restrictionFilters are the filters of GET /restrictions, but for the scopes. `unified` changes nothing: it is about
// exclusions, which share the vendor's code.
func (b Behaviour) restrictionFilters() filters[Restriction] {
	hashes := func(r *Restriction) []string { return []string{orBlank(r.Value), orBlank(r.SHA256Value)} }
	description := func(r *Restriction) []string { return []string{orBlank(r.Description)} }
	kind := func(r *Restriction) string { return r.Type }
	user := func(r *Restriction) []string { return []string{r.UserName} }
	f := filters[Restriction]{
		"ids":                   oneOf(func(r *Restriction) string { return r.ID }),
		"type":                  oneOf(kind),
		"types":                 oneOf(kind),
		"value":                 anyOf(hashes),
		"value__contains":       contains(hashes),
		"description__contains": contains(description),
		"user__contains":        contains(user),
		"osTypes":               oneOf(func(r *Restriction) string { return r.OSType }),
		"source":                oneOf(func(r *Restriction) string { return r.Source }),
		"userIds":               oneOf(func(r *Restriction) string { return r.UserID }),
		"recommendations":       oneOf(func(r *Restriction) string { return r.NotRecommended }),
		"imported":              flag(func(r *Restriction) bool { return r.Imported }),
		"modes":                 oneOf(func(*Restriction) string { return "" }),
		"query": contains(func(r *Restriction) []string {
			return []string{orBlank(r.Value), orBlank(r.SHA256Value), orBlank(r.Description), r.UserName}
		}),
	}
	if b.FoldValueFilter {
		f["value"] = anyOfFold(hashes)
	}
	f.timeFilters("createdAt", func(r *Restriction) time.Time { return r.CreatedAt })
	f.timeFilters("updatedAt", func(r *Restriction) time.Time { return r.UpdatedAt })
	return f
}
