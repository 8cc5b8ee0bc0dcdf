package simulator

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

// askedPlace is where a rule is to stand among those of its scope, from 1. Order is only compared, so that any number
// that JSON can hold will do.
type askedPlace struct {
	ID    string  `json:"id"`
	Order float64 `json:"order"`
}

// reorderRules serves PUT /firewall-control/reorder. It is about the rules of one scope, not about those that the scope
// inherits. The deprecated osTypes of the filter has no effect, and updatedAt stays: a place is not part of a rule.
func reorderRules(c *call) (any, error) {
	var body struct {
		Data   []askedPlace `json:"data"`
		Filter arguments    `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("order: %w", err)
	}
	p, err := c.writablePlace(body.Filter, "rule")
	if err != nil {
		return nil, err
	}
	row := c.rulesOf(p)
	if err := c.behaviour.checkOrder(row, body.Data); err != nil {
		return nil, err
	}
	if c.behaviour.Reorder != "ignore" {
		c.renumber(p, c.arranged(row, body.Data))
	}
	return succeeded(), nil
}

// rulesOf returns a scope's own rules in their order.
func (s *store) rulesOf(p place) []*Rule {
	var row []*Rule
	for _, r := range s.rules.rows {
		if r.place() == p {
			row = append(row, r)
		}
	}
	slices.SortFunc(row, compareOrders)
	return row
}

// checkOrder refuses rules that are not in the row or are asked for twice, and by switch a list that leaves some out.
// None of the texts is known.
func (b Behaviour) checkOrder(row []*Rule, asked []askedPlace) error {
	open := make(map[string]bool, len(row)) // in the row, and not asked for so far
	for _, r := range row {
		open[r.ID] = true
	}
	for i, a := range asked {
		switch {
		case open[a.ID]:
			delete(open, a.ID)
		case slices.ContainsFunc(asked[:i], func(other askedPlace) bool { return other.ID == a.ID }):
			return invalid("data: %d: id: rule %s is given twice", i, a.ID)
		default:
			return invalid("data: %d: id: rule %s is not in this scope", i, a.ID)
		}
	}
	if b.Reorder == "strict" && len(open) > 0 {
		return invalid("data: %d rule(s) of this scope are missing", len(open))
	}
	return nil
}

// arranged returns the row with the rules asked for at their places; the others keep their order around them. Of two
// rules for one place the first goes before the second, and who asks for a place behind the end gets the last.
func (s *store) arranged(row []*Rule, asked []askedPlace) []*Rule {
	asked = slices.Clone(asked)
	slices.SortStableFunc(asked, func(a, b askedPlace) int { return cmp.Compare(a.Order, b.Order) })
	named := make(map[string]bool, len(asked))
	for _, a := range asked {
		named[a.ID] = true
	}
	rest := slices.DeleteFunc(slices.Clone(row), func(r *Rule) bool { return named[r.ID] })
	list := make([]*Rule, 0, len(row))
	for len(list) < len(row) {
		if len(asked) > 0 && (len(rest) == 0 || asked[0].Order <= float64(len(list)+1)) {
			list = append(list, s.rules.byID[asked[0].ID])
			asked = asked[1:]
		} else {
			list = append(list, rest[0])
			rest = rest[1:]
		}
	}
	return list
}

// renumber gives the rules of a scope its numbers, in the order of the list. No number is new, so a rule that stays
// where it is keeps its own.
func (s *store) renumber(p place, list []*Rule) {
	numbers := *s.ordering(p)
	for i, r := range list {
		if r.Order != numbers[i] {
			moved := r.clone()
			moved.Order = numbers[i]
			s.rules.put(&moved)
		}
	}
}
