package indicators

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// survey is what firewall rules and blocklist entries enforce, told by who made them.
type survey struct {
	all        ioc.Document // the note names the object, the first of several
	byCreator  map[string]*made
	narrowed   []string        // ids of rules that their hosts alone don't describe
	unreadable map[string]bool // hosts and hashes that can't be read
}

// made is what somebody made.
type made struct {
	indicators        ioc.Document
	ruleIDs, entryIDs []string
}

// newSurvey looks at rules, of which those count that are enabled and block remote hosts, and at entries; both are in the
// order of their ids.
func newSurvey(rules []sentinelone.FirewallRule, entries []sentinelone.Restriction) *survey {
	s := &survey{all: ioc.Document{}, byCreator: map[string]*made{}, narrowed: []string{}, unreadable: map[string]bool{}}
	for _, rule := range rules {
		s.addRule(rule)
	}
	for _, entry := range entries {
		m := s.madeBy(entry.UserName)
		m.entryIDs = append(m.entryIDs, entry.ID)
		s.add(m, cmp.Or(entry.Description, "blocklist entry "+entry.ID), entry.SHA1, entry.SHA256)
	}
	return s
}

func (s *survey) addRule(rule sentinelone.FirewallRule) {
	hosts, _ := hostValues(rule)
	switch {
	case rule.Action != sentinelone.ActionBlock || rule.Status != sentinelone.StatusEnabled || len(hosts) == 0:
	case narrowedBy(rule) != "":
		s.narrowed = append(s.narrowed, rule.ID)
	default:
		m := s.madeBy(rule.Creator)
		m.ruleIDs = append(m.ruleIDs, rule.ID)
		s.add(m, fmt.Sprintf("firewall rule %q", rule.Name), hosts...)
	}
}

func (s *survey) madeBy(creator string) *made {
	if s.byCreator[creator] == nil {
		s.byCreator[creator] = &made{indicators: ioc.Document{}, ruleIDs: []string{}, entryIDs: []string{}}
	}
	return s.byCreator[creator]
}

// add takes the indicators that texts name; an empty text is none.
func (s *survey) add(m *made, note string, texts ...string) {
	for _, text := range texts {
		if text == "" {
			continue
		}
		indicator, err := ioc.Parse(text)
		if err != nil {
			s.unreadable[text] = true
			continue
		}
		for _, document := range []ioc.Document{s.all, m.indicators} {
			if _, ok := document[indicator]; !ok {
				document[indicator] = ioc.Remark{Note: note}
			}
		}
	}
}

// creators are who made something, sorted.
func (s *survey) creators() []string { return slices.Sorted(maps.Keys(s.byCreator)) }
