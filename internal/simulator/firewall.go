package simulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// listRules serves GET /firewall-control.
func listRules(c *call) (any, error) {
	if !c.behaviour.RuleFilterOptional && !narrowed(c.query) {
		return nil, invalid("At least one filter is required: action, status, osType, name or a scope.")
	}
	seen, editable, err := c.reach(c.query, true)
	if err != nil {
		return nil, err
	}
	wanted := append(c.ruleFilters().predicates(c.query), seen)
	rules, page, err := ruleListing().page(c, c.rules.candidates(c.query), wanted)
	if err != nil {
		return nil, err
	}
	views := rowsFrom(rules, func(r *Rule) ruleView { return c.viewRule(r, editable(r)) })
	return list{Data: views, Pagination: page}, nil
}

// listRulesOfCategory serves GET /firewall-control/{rule_id}. A live console took any word there for the firewall's own
// category and listed its rules, so whoever asks for a rule by its id gets them all. The words that do mean something
// else are what the stand-in does not have.
func listRulesOfCategory(c *call) (any, error) {
	if c.id == "network-quarantine" || c.id == "export" {
		return nil, notSupported()
	}
	return listRules(c)
}

// createRule serves POST /firewall-control. It creates the rule in each scope of the filter. The answer is a single
// object all the same, the rule of the first scope; what a real console answers for several is not known.
func createRule(c *call) (any, error) {
	var body struct {
		Data   ruleInput `json:"data"`
		Filter arguments `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("rule: %w", err)
	}
	places, err := c.writable(body.Filter, "rule")
	if err != nil {
		return nil, err
	}
	created := make([]*Rule, len(places))
	for i, p := range places {
		r := &Rule{Scope: p.level, ScopeID: p.id}
		body.Data.applyTo(r, c.behaviour)
		if err := c.checkRule(r); err != nil {
			return nil, err
		}
		created[i] = r
	}
	for _, r := range created {
		c.addRule(r)
	}
	return single{c.viewRule(created[0], true)}, nil
}

func (c *call) addRule(r *Rule) {
	r.fillIn(c.store, c.user)
	if o := c.ordering(r.place()); c.behaviour.NewRuleAt == "top" {
		r.Order = o.prepend()
	} else {
		r.Order = o.append()
	}
	c.rules.put(r)
}

// updateRule serves PUT /firewall-control/{rule_id}.
func updateRule(c *call) (any, error) {
	old := c.rules.byID[c.id]
	if old == nil {
		return nil, notFound()
	}
	if err := c.mayChange(old.place()); err != nil {
		return nil, err
	}
	var body struct {
		Data ruleInput `json:"data"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("rule: %w", err)
	}
	changed := old.clone()
	if c.behaviour.PutRule == "replace" {
		changed = Rule{
			ID: old.ID, Scope: old.Scope, ScopeID: old.ScopeID, Order: old.Order, Name: old.Name, Action: old.Action,
			Status: old.Status, Creator: old.Creator, CreatorID: old.CreatorID, CreatedAt: old.CreatedAt,
		}
	}
	body.Data.applyTo(&changed, c.behaviour)
	if err := c.checkRule(&changed); err != nil {
		return nil, err
	}
	changed.UpdatedAt = c.now()
	changed.fillIn(c.store, c.user)
	c.rules.put(&changed)
	return single{c.viewRule(&changed, true)}, nil
}

// mayChange refuses to change what belongs to a scope above the caller's, which it can see; what lies beside is not
// there for it.
func (c *call) mayChange(p place) error {
	own := c.user.place()
	switch {
	case c.scopes.within(p, own):
		return nil
	case c.scopes.within(own, p):
		return forbidden()
	default:
		return notFound()
	}
}

// checkRule refuses what the contract can't see: names taken, tags and locations that are not there for the scope, and
// by switch protocols that are not in the list, and a host. The
// text about locations was seen on a live console, the one about tags follows it.
func (c *call) checkRule(r *Rule) error {
	for _, id := range r.Location.IDs {
		if l := c.location(id); !c.scopes.within(r.place(), place{l.Scope, l.ScopeID}) {
			return invalid("invalid location(s) for this scope")
		}
	}
	for _, id := range r.TagIDs {
		if t := c.tag(id); !c.scopes.within(r.place(), place{t.Scope, t.ScopeID}) {
			return invalid("invalid tag(s) for this scope")
		}
	}
	for _, host := range append(r.RemoteHosts, r.LocalHost) {
		if c.behaviour.RefusedHost != "" && slices.Contains(host.Values, c.behaviour.RefusedHost) {
			return invalid("data: remoteHosts: %s is not a valid value.", quoted(c.behaviour.RefusedHost))
		}
	}
	if c.behaviour.UnknownProtocol == "refuse" && !isProtocol(r.Protocol) {
		return invalid("data: protocol: %s is not a valid choice.", quoted(r.Protocol))
	}
	if !c.behaviour.UniqueRuleNames {
		return nil
	}
	for _, other := range c.rules.rows {
		if other.Name == r.Name && other.place() == r.place() && other.ID != r.ID {
			return c.behaviour.alreadyExists("rule with the same name")
		}
	}
	return nil
}

// chosenRules returns the rules that a body's filter finds, in the order of their ids. On a real console a filter with
// nothing in it may well hit every rule in reach of the token; here it is refused, and so is one with empty lists only.
// Inherited rules are not among a scope's own.
func (c *call) chosenRules(filter arguments) ([]*Rule, error) {
	maps.DeleteFunc(filter, func(_ string, values []string) bool { return len(values) == 0 })
	wanted := c.ruleFilters().predicates(filter)
	if len(wanted) == 0 && len(askedPlaces(filter)) == 0 {
		return nil, invalid("filter: Missing data for required field.")
	}
	seen, _, err := c.reach(filter, false)
	if err != nil {
		return nil, err
	}
	wanted = append(wanted, seen)
	var chosen []*Rule
	for r := range c.rules.candidates(filter) {
		if all(wanted, r) {
			chosen = append(chosen, r)
		}
	}
	return chosen, nil
}

// enableRules serves PUT /firewall-control/enable. Whether a real console counts a rule that has the status already is
// not known; here all that the filter finds are counted.
func enableRules(c *call) (any, error) {
	var body struct {
		Data struct {
			Status string `json:"status"`
		} `json:"data"`
		Filter arguments `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	chosen, err := c.chosenRules(body.Filter)
	if err != nil {
		return nil, err
	}
	now := c.now()
	for _, r := range chosen {
		changed := r.clone()
		changed.Status, changed.UpdatedAt = body.Data.Status, now
		c.rules.put(&changed)
	}
	return affected(len(chosen)), nil
}

// deleteRules serves DELETE /firewall-control.
func deleteRules(c *call) (any, error) {
	var body struct {
		Filter arguments `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	gone, err := c.chosenRules(body.Filter)
	if err != nil {
		return nil, err
	}
	numbers := map[place][]int{}
	for _, r := range gone {
		numbers[r.place()] = append(numbers[r.place()], r.Order)
	}
	c.rules.remove(gone)
	for p, free := range numbers {
		slices.Sort(free)
		o := c.ordering(p)
		*o = without(*o, free)
	}
	return affected(len(gone)), nil
}
