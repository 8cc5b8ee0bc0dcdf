package firewall

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// ordered returns the rules that a scope itself owns, in the order in which endpoints look at them.
func ordered(
	ctx context.Context, rules *inventory.Inventory[sentinelone.FirewallRule], in sentinelone.Scope,
) ([]sentinelone.FirewallRule, error) {
	own, err := rules.All(ctx, in)
	slices.SortStableFunc(own, func(a, b sentinelone.FirewallRule) int { return cmp.Compare(a.Order, b.Order) })
	return own, err
}

func idsOf(rules []sentinelone.FirewallRule) []string {
	ids := make([]string, len(rules))
	for i, rule := range rules {
		ids[i] = rule.ID
	}
	return ids
}

// arranged returns an order in which the wanted rules come first, as wanted, and the others follow in the order that
// they had.
func arranged(wanted, current []string) []string {
	return slices.Concat(wanted, without(current, wanted))
}

// head returns the part of an order that a list of rules is about: that list, without what is gone, where it comes
// first as it is; else all down to the last of its rules, so that the difference shows what is in the way.
func head(current, listed []string) []string {
	in := setOfIDs(listed)
	last := 0
	for i, id := range current {
		if in[id] {
			last = i + 1
		}
	}
	return current[:last]
}

// without returns the ids of a list that are not in another, in the list's order.
func without(list, other []string) []string {
	in := setOfIDs(other)
	return slices.DeleteFunc(slices.Clone(list), func(id string) bool { return in[id] })
}

func setOfIDs(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// mostContested bounds how many rules a warning names.
const mostContested = 10

// contested says which rules are not where a list wants them, "" when it is obeyed.
func contested(wanted []string, rules []sentinelone.FirewallRule) string {
	found := head(idsOf(rules), wanted)
	var lines []string
	for i, id := range found {
		switch at := slices.Index(wanted, id); {
		case at == i:
		case at < 0:
			lines = append(lines, fmt.Sprintf("  %q (id %s) is at place %d, and is not listed", rules[i].Name, id, i+1))
		default:
			lines = append(lines, fmt.Sprintf("  %q (id %s) is at place %d instead of %d", rules[i].Name, id, i+1, at+1))
		}
	}
	for _, id := range without(wanted, found) {
		lines = append(lines, fmt.Sprintf("  id %s is gone", id))
	}
	if more := len(lines) - mostContested; more > 0 {
		lines = append(lines[:mostContested], fmt.Sprintf("  and %d more", more))
	}
	return strings.Join(lines, "\n")
}
