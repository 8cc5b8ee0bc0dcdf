package indicators

import (
	"cmp"
	"slices"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// policy is what the console enforces in a scope, its own and inherited, made to be asked about many indicators. It never
// changes, so many may ask at once.
type policy struct {
	rules   []hostRule       // in the order in which endpoints look at them
	named   map[string][]int // places of the rules that have a host by its canonical form
	wide    []int            // places of rules whose networks contain more than what they are called
	allows  []int
	entries map[hashOn][]sentinelone.Restriction
}

// hashOn is a hash on an operating system: what one blocklist entry is about.
type hashOn struct {
	hash   ioc.Indicator
	osType string
}

// newPolicy returns the policy of all that applies in a scope.
func newPolicy(rules []sentinelone.FirewallRule, entries []sentinelone.Restriction) *policy {
	p := &policy{named: map[string][]int{}, entries: map[hashOn][]sentinelone.Restriction{}}
	for _, rule := range inOrder(rules) {
		place, hosted := len(p.rules), newHostRule(rule)
		p.rules = append(p.rules, hosted)
		if rule.Action == sentinelone.ActionAllow {
			p.allows = append(p.allows, place)
			continue
		}
		values, _ := hostValues(rule)
		for _, value := range values {
			if indicator, err := ioc.ParseHost(value); err == nil {
				p.named[indicator.Value] = append(p.named[indicator.Value], place)
			}
		}
		if hosted.hosts != nil && hosted.hosts.Wide() {
			p.wide = append(p.wide, place)
		}
	}
	for _, entry := range entries {
		for _, hash := range hashesOf(entry) {
			key := hashOn{hash, entry.OSType}
			p.entries[key] = append(p.entries[key], entry)
		}
	}
	return p
}

// inOrder returns rules in the order in which endpoints look at them: those of the group first, then of the site, of the
// account and of the tenant, and those of one scope by their order.
func inOrder(rules []sentinelone.FirewallRule) []sentinelone.FirewallRule {
	levels := []sentinelone.Level{
		sentinelone.LevelGroup, sentinelone.LevelSite, sentinelone.LevelAccount, sentinelone.LevelTenant,
	}
	rules = slices.Clone(rules)
	slices.SortStableFunc(rules, func(a, b sentinelone.FirewallRule) int {
		return cmp.Or(
			cmp.Compare(slices.Index(levels, a.Level), slices.Index(levels, b.Level)),
			cmp.Compare(a.Order, b.Order), sentinelone.CompareIDs(a.ID, b.ID),
		)
	})
	return rules
}

// covering returns the first rule that enforces an indicator, and, where an Allow rule may let some of it through before
// that is looked at, the first of those. Both are nil without a rule that covers it.
func (p *policy) covering(indicator ioc.Indicator, on terms) (rule, exempt *hostRule) {
	places := p.about(indicator)
	at := slices.IndexFunc(places, func(place int) bool { return covers(p.rules[place], indicator, on) })
	if at < 0 {
		return nil, nil
	}
	for _, allow := range p.allows {
		if allow > places[at] {
			break
		}
		if exempts(p.rules[allow], indicator, on) {
			return &p.rules[places[at]], &p.rules[allow]
		}
	}
	return &p.rules[places[at]], nil
}

// naming returns the first rule that blocks an indicator on whatever terms, nil for none.
func (p *policy) naming(indicator ioc.Indicator) *hostRule {
	for _, place := range p.about(indicator) {
		if names(p.rules[place], indicator) {
			return &p.rules[place]
		}
	}
	return nil
}

// about returns the places, in order, of the rules that may block an indicator.
func (p *policy) about(indicator ioc.Indicator) []int {
	places := slices.Concat(p.named[indicator.Value], p.wide)
	slices.Sort(places)
	return places
}

// blocking returns the entry that enforces a hash on an operating system, nil for none.
func (p *policy) blocking(key hashOn) *sentinelone.Restriction {
	entries := p.entries[key]
	if len(entries) == 0 {
		return nil
	}
	return &entries[0]
}

// cover is the object of the console that enforces an indicator.
type cover struct {
	Kind    string `json:"kind"` // firewall_rule or blocklist_entry
	ID      string `json:"id"`
	Scope   string `json:"scope"` // that owns it, as a path
	Creator string `json:"creator"`
}

// enforced returns what enforces an indicator on these terms: one rule before which nothing is let through, or an entry
// for each operating system, of which it returns the first. It returns nil when nothing does.
func (p *policy) enforced(indicator ioc.Indicator, on terms) *cover {
	if indicator.Type.IsHost() {
		rule, exempt := p.covering(indicator, on)
		if rule == nil || exempt != nil {
			return nil
		}
		return coverOfRule(rule.FirewallRule)
	}
	var first *cover
	for _, osType := range on.osTypes {
		entry := p.blocking(hashOn{indicator, osType})
		if entry == nil {
			return nil
		}
		if first == nil {
			first = coverOfEntry(*entry)
		}
	}
	return first
}

// completes tells whether others block a hash on all of the operating systems on which a set does not, and the set does on
// one at least.
func (p *policy) completes(hash ioc.Indicator, on terms, own map[hashOn]bool) bool {
	some := false
	for _, osType := range on.osTypes {
		key := hashOn{hash, osType}
		if !own[key] && p.blocking(key) == nil {
			return false
		}
		some = some || own[key]
	}
	return some
}

func coverOfRule(rule sentinelone.FirewallRule) *cover {
	return &cover{"firewall_rule", rule.ID, rule.Scope().Path(), rule.Creator}
}

func coverOfEntry(entry sentinelone.Restriction) *cover {
	return &cover{"blocklist_entry", entry.ID, entry.Scope().Path(), entry.UserName}
}
