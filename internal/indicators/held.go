package indicators

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// held is what the console holds of a set.
type held struct {
	rules   []heldRule                // by id
	entries []sentinelone.Restriction // by id
}

// heldRule is a firewall rule of a set.
type heldRule struct {
	sentinelone.FirewallRule
	kind       kind
	name       string // of the set, as the rule says
	number     int    // 0 when the rule does not say
	indicators []ioc.Indicator
}

// readHeld returns what a scope holds of a set: the rules and entries that say so, and the rules of these ids, whose marker
// somebody may have removed. They belong to this run from now on. Entries are looked at only on demand: who has no hashes
// need not list a blocklist.
func readHeld(
	ctx context.Context, p *tfkit.Provider, in sentinelone.Scope, id string, ruleIDs []string, withEntries bool,
) (held, error) {
	var h held
	rules, err := p.Rules.All(ctx, in)
	if err != nil {
		return h, err
	}
	for _, rule := range rules {
		if owner, ok := setOf(p.Marker, rule.Description); ok && owner == id || !ok && slices.Contains(ruleIDs, rule.ID) {
			p.Rules.Claim(rule.ID)
			h.rules = append(h.rules, newHeldRule(rule))
		}
	}
	if !withEntries {
		return h, nil
	}
	entries, err := p.Entries.All(ctx, in)
	for _, entry := range entries {
		if owner, _ := setOf(p.Marker, entry.Description); owner == id {
			p.Entries.Claim(entry.ID)
			h.entries = append(h.entries, entry)
		}
	}
	return h, err
}

func newHeldRule(rule sentinelone.FirewallRule) heldRule {
	r := heldRule{FirewallRule: rule}
	r.kind, r.name, r.number = readRuleName(rule.Name)
	values, _ := hostValues(rule)
	for _, value := range values {
		r.indicators = append(r.indicators, asIndicator(value))
	}
	if len(rule.RemoteHosts) > 0 { // which counts for more than what a person can write over
		at := slices.IndexFunc(kinds, func(k kind) bool { return k.apiType == rule.RemoteHosts[0].Type })
		if at >= 0 {
			r.kind = kinds[at]
		}
	}
	return r
}

// asIndicator returns the indicator that a rule's host is. What somebody wrote there that is none is told by its text.
func asIndicator(host string) ioc.Indicator {
	if indicator, err := ioc.ParseHost(host); err == nil {
		return indicator
	}
	return ioc.Indicator{Type: ioc.TypeDomain, Value: strings.ToLower(host)}
}

// follows tells whether a rule does what the rules of a set on these terms do. Its status aside: that is an attribute.
func (r heldRule) follows(on terms) bool {
	return r.Action == sentinelone.ActionBlock && narrowedBy(r.FirewallRule) == "" &&
		within(on.osTypes, r.OSTypes) && within(r.OSTypes, on.osTypes) &&
		includesDirection(r.Direction, on.direction) && (r.Direction == on.direction || on.direction == sentinelone.DirectionAny)
}

// indicators returns what is held on these terms: by rules that do nothing else, and by an entry for each operating system.
func (h held) indicators(on terms) map[ioc.Indicator]bool {
	own, size := h.hashes(), 0
	for _, rule := range h.rules {
		size += len(rule.indicators)
	}
	all := make(map[ioc.Indicator]bool, size+len(own))
	for _, rule := range h.rules {
		if rule.follows(on) {
			for _, indicator := range rule.indicators {
				all[indicator] = true
			}
		}
	}
	for key := range own {
		if !slices.ContainsFunc(on.osTypes, func(osType string) bool { return !own[hashOn{key.hash, osType}] }) {
			all[key.hash] = true
		}
	}
	return all
}

// strange describes the rules that do something else than the rules of a set on these terms.
func (h held) strange(on terms) (texts []string) {
	for _, rule := range h.rules {
		if !rule.follows(on) || len(rule.indicators) == 0 {
			texts = append(texts, fmt.Sprintf("%q (id %s)", rule.Name, rule.ID))
		}
	}
	return texts
}

// stray describes the entries that a set on these terms has no use for, and of which its document says nothing: calls to
// delete them have failed.
func (h held) stray(on terms, d ioc.Document, now time.Time) (texts []string) {
	if len(h.entries) == 0 {
		return nil
	}
	holds := h.indicators(on)
	for _, entry := range h.entries {
		useful := slices.ContainsFunc(hashesOf(entry), func(hash ioc.Indicator) bool {
			return holds[hash] || has(d, hash) && !d[hash].ExpiredAt(now)
		})
		if !useful || !slices.Contains(on.osTypes, entry.OSType) {
			texts = append(texts, fmt.Sprintf("%s on %s (id %s)", cmp.Or(entry.SHA1, entry.SHA256), entry.OSType, entry.ID))
		}
	}
	return texts
}

// hashes returns what the entries are about.
func (h held) hashes() map[hashOn]bool {
	own := map[hashOn]bool{}
	for _, entry := range h.entries {
		for _, hash := range hashesOf(entry) {
			own[hashOn{hash, entry.OSType}] = true
		}
	}
	return own
}

// ruleIDs are the ids of the rules, sorted.
func (h held) ruleIDs() []string {
	ids := make([]string, 0, len(h.rules))
	for _, rule := range h.rules {
		ids = append(ids, rule.ID)
	}
	slices.SortFunc(ids, sentinelone.CompareIDs)
	return ids
}
