package simulator

import (
	"slices"
	"time"
)

// ruleListing is the order of rules. sortBy=order takes their order numbers, not their places in the row: those shift
// when a rule is deleted, and a cursor would skip the next one.
func ruleListing() listing[Rule] {
	return listing[Rule]{
		noun: "rule",
		id:   func(r *Rule) string { return r.ID },
		columns: map[string]func(*Rule) sortKey{
			"name":   byText(func(r *Rule) string { return r.Name }),
			"action": byText(func(r *Rule) string { return r.Action }),
			"status": byText(func(r *Rule) string { return r.Status }),
			"order":  byNumber(func(r *Rule) int { return r.Order }),
		},
	}
}

// ruleFilters are the filters of GET, DELETE and enable in /firewall-control, but for the scopes that are asked for. What
// `service__contains` looks at is not known: here, the application's values.
func (s *store) ruleFilters() filters[Rule] {
	name := func(r *Rule) string { return r.Name }
	names := func(r *Rule) []string { return []string{r.Name} }
	protocol := func(r *Rule) string { return r.Protocol }
	applications := func(r *Rule) []string { return r.Application.Values }
	freeText := func(r *Rule) []string {
		return slices.Concat([]string{r.Name, r.Tag, r.Protocol}, r.Application.Values, s.tagNames(r))
	}
	f := filters[Rule]{
		"ids":                   oneOf(func(r *Rule) string { return r.ID }),
		"query":                 contains(freeText),
		"scopes":                oneOf(func(r *Rule) string { return r.Scope }),
		"applications":          anyOf(applications),
		"name":                  oneOf(name),
		"protocols":             oneOf(protocol),
		"osTypes":               anyOf(func(r *Rule) []string { return r.OSTypes }),
		"directions":            oneOf(func(r *Rule) string { return r.Direction }),
		"actions":               oneOf(func(r *Rule) string { return r.Action }),
		"statuses":              oneOf(func(r *Rule) string { return r.Status }),
		"locationIds":           anyOf(func(r *Rule) []string { return r.Location.IDs }),
		"tagIds":                anyOf(func(r *Rule) []string { return r.TagIDs }),
		"name__contains":        contains(names),
		"tagName__contains":     contains(s.tagNames),
		"application__contains": contains(applications),
		"protocol__contains":    contains(func(r *Rule) []string { return []string{r.Protocol} }),
		"service__contains":     contains(applications),
	}
	f.timeFilters("createdAt", func(r *Rule) time.Time { return r.CreatedAt })
	return f
}

// reach tells which rules a call is about: those of the scopes that args name and, with inherited, of the scopes that
// they inherit from. Without any scope it is all that lies within the caller's own, or by switch that one alone.
// editable tells whether a rule can be changed where it was asked for.
func (c *call) reach(args arguments, inherited bool) (seen predicate[Rule], editable func(*Rule) bool, err error) {
	var sources func(place) []place
	if inherited {
		sources = c.ruleSources
	}
	own, in, err := c.reached(args, sources)
	if err != nil {
		return nil, nil, err
	}
	return func(r *Rule) bool { return in[r.place()] }, func(r *Rule) bool { return own[r.place()] }, nil
}

// ruleSources returns p and the scopes above it whose rules apply to it: up to the first that does not inherit.
func (s *store) ruleSources(p place) []place {
	line := s.scopes.lineage(p)
	for i, q := range line {
		if !s.configurationOf(q).InheritAllFirewallRules {
			return line[:i+1]
		}
	}
	return line
}

// narrowed reports whether a query for rules has one of the filters that the swagger requires. An id is not enough.
func narrowed(query arguments) bool {
	return len(askedPlaces(query)) > 0 ||
		slices.ContainsFunc([]string{"actions", "statuses", "osTypes", "name"}, func(name string) bool {
			return query[name] != nil
		})
}

func (s *store) tag(id string) Tag {
	if t := s.tags.byID[id]; t != nil {
		return *t
	}
	return Tag{ID: id}
}

func (s *store) location(id string) Location {
	if l := s.locations.byID[id]; l != nil {
		return *l
	}
	return Location{ID: id}
}

func (s *store) tagNames(r *Rule) []string {
	names := make([]string, len(r.TagIDs))
	for i, id := range r.TagIDs {
		names[i] = s.tag(id).Name
	}
	return names
}
