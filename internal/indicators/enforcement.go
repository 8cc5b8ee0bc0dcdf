package indicators

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// enforcement brings what the console holds of a set to what the code wants, in as few writes as that takes. What adds
// protection comes first, what takes some away last.
type enforcement struct {
	provider *tfkit.Provider
	set      set
	tight    bool // merge rules at any price
	held     held
	foreign  *policy // what others enforce; nil when nothing is missing
	turn     *inventory.Turn[ioc.Indicator]

	mu       sync.Mutex // guards what follows
	writes   int
	skipped  map[ioc.Indicator]cover
	failed   map[ioc.Indicator]error
	failures []failure
	kept     []ioc.Indicator // for another set that could not take them
}

// failure is a call that failed without an indicator being to blame.
type failure struct {
	op     sentinelone.Operation
	object string
	err    error
}

// newEnforcement looks at what is there, and decides what is left to others.
func newEnforcement(
	ctx context.Context, p *tfkit.Provider, s set, h held, turn *inventory.Turn[ioc.Indicator],
) (*enforcement, error) {
	e := &enforcement{
		provider: p, set: s, held: h, turn: turn,
		skipped: map[ioc.Indicator]cover{}, failed: map[ioc.Indicator]error{},
	}
	missing := s.wanted()
	for indicator := range h.indicators(s.terms) {
		delete(missing, indicator)
	}
	if len(missing) == 0 {
		return e, nil
	}
	foreign, err := readForeign(ctx, p, s.in, hasHashes(s.document))
	if err != nil {
		return nil, err
	}
	e.foreign = foreign
	for indicator := range missing {
		if by := foreign.enforced(indicator, s.terms); by != nil {
			e.skipped[indicator] = *by
		}
	}
	return e, nil
}

// readForeign returns what others enforce in a scope: what does not carry the provider's marker.
func readForeign(ctx context.Context, p *tfkit.Provider, in sentinelone.Scope, withEntries bool) (*policy, error) {
	return readPolicy(ctx, p, in, withEntries, func(description string) bool { return !p.Marker.Marks(description) })
}

// run writes.
func (e *enforcement) run(ctx context.Context) {
	defer e.turn.Taken(e.missed)
	rules, entries := e.planRules(), e.planEntries()
	each(rules.filter(func(c *ruleChange) bool { return len(c.drop) == 0 && !c.emptied() }), func(c *ruleChange) { e.write(ctx, c) })
	each(entries.changes, func(c entryChange) { e.writeEntry(ctx, c) })

	shrinking := rules.filter(func(c *ruleChange) bool { return len(c.drop) > 0 || c.emptied() })
	dropped := e.dropped(shrinking, entries)
	others, err := e.turn.Contested(ctx, dropped)
	var missed []ioc.Indicator
	if len(others) > 0 { // else one write for each rule is enough
		each(shrinking.filter(growing), func(c *ruleChange) { e.addOnly(ctx, c) })
		e.turn.Taken(e.missed)
		missed, err = e.turn.Await(ctx, others, dropped)
	}
	if err != nil {
		e.breakOff(shrinking, err)
		return
	}
	e.keep(missed, shrinking, &entries)
	each(shrinking.filter(growing), func(c *ruleChange) { e.write(ctx, c) }) // first, since hosts may move between rules
	e.turn.Taken(e.missed)
	e.retain(shrinking)
	each(shrinking.filter(func(c *ruleChange) bool { return !growing(c) && !c.emptied() }), func(c *ruleChange) { e.write(ctx, c) })
	e.deleteRules(ctx, shrinking.filter((*ruleChange).emptied))
	e.deleteEntries(ctx, entries.dropped)
}

// missed tells whether an indicator could not be enforced.
func (e *enforcement) missed(indicator ioc.Indicator) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.failed[indicator] != nil
}

// keep leaves indicators in place that another set was to take, and could not: what is enforced stays so. The next plan
// finds them here, and tries again.
func (e *enforcement) keep(missed []ioc.Indicator, rules ruleChanges, entries *entryPlan) {
	if len(missed) == 0 {
		return
	}
	kept := map[ioc.Indicator]bool{}
	for _, indicator := range missed {
		kept[indicator] = true
	}
	for _, c := range rules {
		c.retain(func(host string) bool { return kept[asIndicator(host)] })
	}
	entries.dropped = slices.DeleteFunc(entries.dropped, func(entry sentinelone.Restriction) bool {
		return slices.ContainsFunc(hashesOf(entry), func(hash ioc.Indicator) bool { return kept[hash] })
	})
	e.kept = missed
}

// retain leaves hosts in their rule that were to move to another rule of the set, which could not be written: they stay
// enforced, and it is the call that failed.
func (e *enforcement) retain(rules ruleChanges) {
	for _, c := range rules {
		retained := c.retain(func(host string) bool { return e.missed(asIndicator(host)) })
		if len(retained) == 0 {
			continue
		}
		object := e.describeRule(c.rule.Name, c.rule.ID) + ", which keeps its hosts"
		e.broke(failure{sentinelone.UpdateFirewallRule, object, e.failed[asIndicator(retained[0])]})
		for _, host := range retained {
			delete(e.failed, asIndicator(host))
		}
	}
}

// breakOff records what is not written because the run was cancelled while it waited for others.
func (e *enforcement) breakOff(rules ruleChanges, err error) {
	for _, c := range rules {
		e.fail(c.add, err)
	}
	e.broke(failure{sentinelone.UpdateFirewallRule, e.describe(), err})
}

// dropped returns the indicators that leave the set with this run. One that only moves within it is nobody else's business.
func (e *enforcement) dropped(rules ruleChanges, entries entryPlan) []ioc.Indicator {
	gone, wanted := map[ioc.Indicator]bool{}, e.set.wanted()
	note := func(indicator ioc.Indicator) {
		if !wanted[indicator] {
			gone[indicator] = true
		}
	}
	for _, c := range rules {
		for _, value := range c.drop {
			note(asIndicator(value))
		}
	}
	for _, entry := range entries.dropped {
		for _, hash := range hashesOf(entry) {
			note(hash)
		}
	}
	return sorted(gone)
}

// summary returns how many indicators of each type came to each end.
func (e *enforcement) summary() summary {
	s := newSummary()
	for indicator, remark := range e.set.document {
		_, skipped := e.skipped[indicator]
		switch {
		case e.failed[indicator] != nil:
			s.failed[indicator.Type]++
		case remark.ExpiredAt(e.set.now):
			s.expired[indicator.Type]++
		case skipped:
			s.skipped[indicator.Type]++
		default:
			s.enforced[indicator.Type]++
		}
	}
	return s
}

func (e *enforcement) describe() string {
	return tfkit.Describe("Indicator set", e.set.name, e.set.id, e.set.in)
}

func (e *enforcement) describeRule(name, id string) string {
	return fmt.Sprintf("%s, firewall rule %q (id %s)", e.describe(), name, id)
}

func (e *enforcement) wrote() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.writes++
}

func (e *enforcement) fail(values []string, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, value := range values {
		e.failed[asIndicator(value)] = err
	}
}

func (e *enforcement) broke(f failure) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.failures = append(e.failures, f)
}

// atOnce is how many writes of one set are under way at most. The client paces them for each area of the API.
const atOnce = 16

// each does something with all items, several at once.
func each[T any](items []T, do func(T)) {
	var workers sync.WaitGroup
	queue := make(chan T)
	for range min(atOnce, len(items)) {
		workers.Go(func() {
			for item := range queue {
				do(item)
			}
		})
	}
	for _, item := range items {
		queue <- item
	}
	close(queue)
	workers.Wait()
}

// filter returns the changes that satisfy a condition.
func (c ruleChanges) filter(keep func(*ruleChange) bool) ruleChanges {
	return slices.DeleteFunc(slices.Clone(c), func(each *ruleChange) bool { return !keep(each) })
}
