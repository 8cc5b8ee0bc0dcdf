package indicators

import (
	"context"
	"errors"
	"slices"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// ruleChange is what has to become of one firewall rule of a set.
type ruleChange struct {
	rule            *sentinelone.FirewallRule // nil until it is made
	kind            kind
	number          int
	keep, add, drop []string // hosts in their canonical form
	refused         int      // hosts that the console refused one by one
	accepted        bool     // it has taken some that were added
}

// emptied tells whether the rule has nothing left to do.
func (c *ruleChange) emptied() bool { return len(c.keep)+len(c.add) == 0 }

// retain keeps hosts that were to go, and returns them.
func (c *ruleChange) retain(stays func(host string) bool) []string {
	retained := slices.DeleteFunc(slices.Clone(c.drop), func(host string) bool { return !stays(host) })
	c.keep = append(c.keep, retained...)
	c.drop = slices.DeleteFunc(c.drop, stays)
	return retained
}

func growing(c *ruleChange) bool { return len(c.add) > 0 }

type ruleChanges []*ruleChange

// planRules returns the changes of all rules that are not as they have to be.
func (e *enforcement) planRules() ruleChanges {
	var changes ruleChanges
	wanted := map[string][]string{}
	for indicator := range e.set.wanted() {
		if _, skipped := e.skipped[indicator]; !skipped && indicator.Type.IsHost() {
			k := kindOf(indicator.Type).name
			wanted[k] = append(wanted[k], indicator.Value)
		}
	}
	for _, k := range kinds {
		var current []ruleChange
		var hosts [][]string
		for i := range e.held.rules {
			if rule := &e.held.rules[i]; rule.kind == k {
				current = append(current, ruleChange{rule: &rule.FirewallRule, number: rule.number})
				hosts = append(hosts, valuesOf(rule.indicators))
			}
		}
		packed := pack(hosts, wanted[k.name], e.set.size, e.tight)
		numbers := newNumbers(current)
		for i, values := range packed {
			c, before := &ruleChange{}, []string(nil)
			if i < len(current) {
				c, before = &current[i], hosts[i]
			}
			c.kind, c.number = k, numbers.of(c.number)
			c.keep, c.add, c.drop = compare(before, values)
			if !e.settled(c) {
				changes = append(changes, c)
			}
		}
	}
	return changes
}

// valuesOf returns the canonical forms of indicators.
func valuesOf(indicators []ioc.Indicator) []string {
	values := make([]string, len(indicators))
	for i, indicator := range indicators {
		values[i] = indicator.Value
	}
	return values
}

// compare returns which values of a list stay, which are new and which go.
func compare(before, after []string) (keep, add, drop []string) {
	was := make(map[string]bool, len(before))
	for _, value := range before {
		was[value] = true
	}
	for _, value := range after {
		if was[value] {
			keep = append(keep, value)
			delete(was, value)
		} else {
			add = append(add, value)
		}
	}
	for _, value := range before {
		if was[value] {
			drop = append(drop, value)
			delete(was, value)
		}
	}
	return keep, add, drop
}

// settled tells whether a rule needs no change.
func (e *enforcement) settled(c *ruleChange) bool {
	if c.rule == nil || len(c.keep) == 0 || len(c.add)+len(c.drop) > 0 {
		return false
	}
	rule := newHeldRule(*c.rule)
	return rule.follows(e.set.terms) && len(rule.indicators) == len(c.keep) && rule.Status == e.set.status &&
		rule.Name == e.set.ruleName(c.kind, c.number) && rule.Description == e.set.ruleDescription()
}

// numbers tell the rules of one kind apart. A rule keeps its number for good.
type numbers map[int]bool

func newNumbers(current []ruleChange) numbers {
	taken := numbers{}
	for i := range current {
		if taken[current[i].number] {
			current[i].number = 0 // somebody has copied a rule
		}
		taken[current[i].number] = true
	}
	return taken
}

// of returns the number of a rule, a new one for 0.
func (n numbers) of(number int) int {
	if number > 0 {
		return number
	}
	next := 1
	for n[next] {
		next++
	}
	n[next] = true
	return next
}

// write brings a rule to what it is to be. When the console refuses hosts that are new, they are halved until it is known
// which of them are to blame. A rule that can take none of them is left without: what is to go from it goes all the same.
func (e *enforcement) write(ctx context.Context, c *ruleChange) {
	if len(c.add) > 0 {
		if e.add(ctx, c, c.add); c.rule != nil && !c.accepted {
			c.add = nil
		}
		return
	}
	if err := e.send(ctx, c, c.keep); err != nil {
		e.broke(failure{sentinelone.UpdateFirewallRule, e.describeRule(c.rule.Name, c.rule.ID), err})
	}
}

func (e *enforcement) add(ctx context.Context, c *ruleChange, hosts []string) {
	err := e.send(ctx, c, slices.Concat(c.keep, hosts))
	switch {
	case err == nil:
		c.keep, c.accepted = append(c.keep, hosts...), true
	case len(hosts) > 1 && errors.Is(err, sentinelone.ErrRefused) && !c.hopeless():
		e.add(ctx, c, hosts[:len(hosts)/2])
		e.add(ctx, c, hosts[len(hosts)/2:])
	default:
		c.refused++
		e.fail(hosts, err)
	}
}

// hopeless tells whether it is the rule that the console refuses, rather than some of its hosts.
func (c *ruleChange) hopeless() bool { return c.refused >= 3 && !c.accepted }

// addOnly writes what is new in a rule, and leaves there for now what is to go: another set wants some of that, and may
// not have it yet.
func (e *enforcement) addOnly(ctx context.Context, c *ruleChange) {
	n := min(len(c.add), mostInRule-len(c.keep)-len(c.drop))
	if n <= 0 {
		return // there is no room for both
	}
	now, later := c.add[:n], c.add[n:]
	c.keep = slices.Concat(c.keep, c.drop)
	e.add(ctx, c, now)
	c.keep = slices.DeleteFunc(c.keep, func(host string) bool { return slices.Contains(c.drop, host) })
	c.add = later
}

// send writes a rule with these hosts.
func (e *enforcement) send(ctx context.Context, c *ruleChange, hosts []string) error {
	hosts = slices.Clone(hosts)
	slices.Sort(hosts)
	var tags []string
	if c.rule != nil {
		tags = c.rule.TagIDs
	}
	fields := e.set.rule(c.kind, c.number, hosts, tags)
	rule, err := e.store(ctx, c.rule, fields)
	if err != nil {
		return err
	}
	e.provider.Rules.Wrote(rule)
	e.wrote()
	c.rule = &rule
	return nil
}

// store makes a rule, or changes it. A rule of the same set and name that was not known is one of a run that was killed, or
// that a lost answer did not tell of.
func (e *enforcement) store(
	ctx context.Context, rule *sentinelone.FirewallRule, fields sentinelone.FirewallRuleFields,
) (sentinelone.FirewallRule, error) {
	console := e.provider.Console
	if rule != nil {
		return console.FirewallRules.Update(ctx, rule.ID, fields)
	}
	return e.provider.Rules.Create(ctx, inventory.Creation[sentinelone.FirewallRule]{
		In:    e.set.in,
		Names: fields.Names(),
		Same:  func(other sentinelone.FirewallRule) bool { return other.Description == fields.Description },
		Existing: func(found []sentinelone.FirewallRule) (sentinelone.FirewallRule, error) {
			return console.FirewallRules.Update(ctx, found[0].ID, fields)
		},
		Send: func(ctx context.Context) (sentinelone.FirewallRule, error) {
			return console.FirewallRules.Create(ctx, e.set.in, fields)
		},
	})
}

// deleteRules removes the rules that have nothing left to do.
func (e *enforcement) deleteRules(ctx context.Context, emptied ruleChanges) {
	ids := make([]string, 0, len(emptied))
	for _, c := range emptied {
		ids = append(ids, c.rule.ID)
	}
	failures := e.provider.Rules.DeleteAll(ctx, e.set.in, ids)
	for _, c := range emptied {
		if err := failures[c.rule.ID]; err != nil {
			e.broke(failure{sentinelone.DeleteFirewallRules, e.describeRule(c.rule.Name, c.rule.ID), err})
		} else {
			e.wrote()
		}
	}
}
