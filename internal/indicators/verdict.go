package indicators

import (
	"fmt"
	"slices"
	"strings"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/tfkit"
)

// verdict says whether an indicator is enforced, by what, or why not.
type verdict struct {
	Enforced  bool        `json:"enforced"`
	CoveredBy *ownedCover `json:"covered_by"`
	AllowedBy *string     `json:"allowed_by"` // the id of an Allow rule that comes before the one that covers
	Reason    *string     `json:"reason"`     // nil for what is enforced
}

// ownedCover is a cover, and whose it is.
type ownedCover struct {
	cover
	Managed bool    `json:"managed"` // it carries the provider's marker
	Set     *string `json:"set"`     // the id of the indicator set that it is of
}

func newOwnedCover(c *cover, description string, marker tfkit.Marker) *ownedCover {
	owned := &ownedCover{cover: *c, Managed: marker.Marks(description)}
	if id, ok := setOf(marker, description); ok {
		owned.Set = &id
	}
	return owned
}

// judge is what verdicts depend on beside the indicator.
type judge struct {
	policy   *policy
	on       terms
	firewall bool // whether endpoints enforce firewall rules at all
	marker   tfkit.Marker
}

// verdict judges one indicator.
func (j judge) verdict(indicator ioc.Indicator) verdict {
	if !indicator.Type.IsHost() {
		return j.ofHash(indicator)
	}
	return j.ofHost(indicator)
}

func (j judge) ofHost(indicator ioc.Indicator) verdict {
	rule, exempt := j.policy.covering(indicator, j.on)
	if rule == nil {
		return verdict{Reason: new(j.uncovered(indicator))}
	}
	v := verdict{CoveredBy: newOwnedCover(coverOfRule(rule.FirewallRule), rule.Description, j.marker)}
	switch {
	case exempt != nil:
		v.AllowedBy = &exempt.ID
		v.Reason = new(fmt.Sprintf("%s comes before %s", describeRule(exempt), describeRule(rule)))
	case !j.firewall:
		v.Reason = new("Firewall Control is off in this scope")
	default:
		v.Enforced = true
	}
	return v
}

// uncovered says why no rule covers a host: the first that blocks it falls short, if there is one.
func (j judge) uncovered(indicator ioc.Indicator) string {
	if rule := j.policy.naming(indicator); rule != nil {
		return fmt.Sprintf("%s does not suffice: %s", describeRule(rule), shortfall(rule.FirewallRule, j.on))
	}
	return "no firewall rule that applies in this scope blocks it"
}

func (j judge) ofHash(hash ioc.Indicator) verdict {
	missing := slices.DeleteFunc(slices.Clone(j.on.osTypes), func(osType string) bool {
		return j.policy.blocking(hashOn{hash, osType}) != nil
	})
	if len(missing) > 0 {
		return verdict{Reason: new("no entry of the Blocklist blocks it on " + strings.Join(missing, ", "))}
	}
	first := j.policy.blocking(hashOn{hash, j.on.osTypes[0]})
	return verdict{Enforced: true, CoveredBy: newOwnedCover(coverOfEntry(*first), first.Description, j.marker)}
}

func describeRule(rule *hostRule) string {
	return fmt.Sprintf("the %s rule %q (id %s) of %s", rule.Action, rule.Name, rule.ID, rule.Scope())
}
