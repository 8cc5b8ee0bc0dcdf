package indicators

import (
	"context"
	"errors"
	"slices"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewInheritedRules returns the rules that scopes inherit, or would: the API lists those of the scopes above.
func NewInheritedRules(
	console *sentinelone.Client,
) *inventory.Facts[sentinelone.Scope, []sentinelone.FirewallRule] {
	return inventory.NewFacts(func(ctx context.Context, in sentinelone.Scope) ([]sentinelone.FirewallRule, error) {
		above := levelsAbove(in.Level)
		if above == nil {
			return nil, nil
		}
		return sentinelone.Collect(console.FirewallRules.List(ctx, sentinelone.FirewallRuleQuery{Scope: in, Levels: above}))
	})
}

// NewInheritedEntries returns the blocklist entries of the scopes above others, which hold there, too.
func NewInheritedEntries(
	console *sentinelone.Client,
) *inventory.Facts[sentinelone.Scope, []sentinelone.Restriction] {
	return inventory.NewFacts(func(ctx context.Context, in sentinelone.Scope) ([]sentinelone.Restriction, error) {
		if levelsAbove(in.Level) == nil {
			return nil, nil
		}
		all, err := sentinelone.Collect(console.Restrictions.List(ctx,
			sentinelone.RestrictionQuery{Scope: in, IncludeParents: true}))
		return slices.DeleteFunc(all, func(entry sentinelone.Restriction) bool { return entry.Scope() == in }), err
	})
}

func levelsAbove(level sentinelone.Level) []sentinelone.Level {
	all := []sentinelone.Level{
		sentinelone.LevelGroup, sentinelone.LevelSite, sentinelone.LevelAccount, sentinelone.LevelTenant,
	}
	return slices.Clone(all[slices.Index(all, level)+1:])
}

// readPolicy returns what the console enforces in a scope, as far as an object's description is counted. Entries are looked
// at only on demand.
func readPolicy(
	ctx context.Context, p *tfkit.Provider, in sentinelone.Scope, withEntries bool, counts func(description string) bool,
) (*policy, error) {
	own, err := p.Rules.All(ctx, in)
	if err != nil {
		return nil, err
	}
	inherited, err := p.InheritedRules.Get(ctx, in)
	if err != nil {
		return nil, err
	}
	rules, err := appliedRules(ctx, p, in, slices.Concat(own, inherited))
	if err != nil {
		return nil, err
	}
	rules = slices.DeleteFunc(rules, func(rule sentinelone.FirewallRule) bool {
		return rule.Action == sentinelone.ActionBlock && !counts(rule.Description)
	})
	var entries []sentinelone.Restriction
	if withEntries {
		own, err := p.Entries.All(ctx, in)
		if err != nil {
			return nil, err
		}
		inherited, err := p.InheritedEntries.Get(ctx, in)
		if err != nil {
			return nil, err
		}
		entries = slices.DeleteFunc(slices.Concat(own, inherited), func(entry sentinelone.Restriction) bool {
			return !counts(entry.Description)
		})
	}
	return newPolicy(rules, entries), nil
}

// currentRules returns the rules that apply in a scope at this moment, whoever made them. It takes nothing from what the run
// remembers, its own writes included: those are to be verified.
func currentRules(ctx context.Context, p *tfkit.Provider, in sentinelone.Scope) ([]sentinelone.FirewallRule, error) {
	rules, err := sentinelone.Collect(p.Console.FirewallRules.List(ctx, sentinelone.FirewallRuleQuery{
		Scope: in, Levels: append(levelsAbove(in.Level), in.Level),
	}))
	if err != nil {
		return nil, err
	}
	return appliedRules(ctx, p, in, rules)
}

// currentEntries returns the entries that apply in a scope at this moment, by id, as currentRules does.
func currentEntries(ctx context.Context, p *tfkit.Provider, in sentinelone.Scope) ([]sentinelone.Restriction, error) {
	return tfkit.Sorted(p.Console.Restrictions.List(ctx, sentinelone.RestrictionQuery{Scope: in, IncludeParents: true}))
}

// appliedRules returns the rules that endpoints of a scope look at, out of its own and those of the scopes above: those that
// it inherits by configuration.
func appliedRules(
	ctx context.Context, p *tfkit.Provider, in sentinelone.Scope, rules []sentinelone.FirewallRule,
) ([]sentinelone.FirewallRule, error) {
	isOwn := func(rule sentinelone.FirewallRule) bool { return rule.Scope() == in }
	if !slices.ContainsFunc(rules, func(rule sentinelone.FirewallRule) bool { return !isOwn(rule) }) {
		return rules, nil
	}
	sources, tags, err := inheritance(ctx, p, in)
	return slices.DeleteFunc(rules, func(rule sentinelone.FirewallRule) bool {
		chosen := slices.ContainsFunc(rule.TagIDs, func(id string) bool { return slices.Contains(tags, id) })
		return !isOwn(rule) && !chosen && !slices.Contains(sources, rule.Level)
	}), err
}

// inheritance returns the levels whose rules a scope inherits as a whole, and the tags whose rules it has chosen. It
// follows the configurations up to the first scope that does not inherit, or that the token may not view: what can't be
// seen to be inherited is not counted.
func inheritance(
	ctx context.Context, p *tfkit.Provider, in sentinelone.Scope,
) (sources []sentinelone.Level, tags []string, err error) {
	for !in.IsZero() && in.Level != sentinelone.LevelTenant {
		configuration, err := p.Configurations.Get(ctx, in)
		if err != nil {
			return sources, tags, unlessHidden(err)
		}
		tags = append(tags, configuration.SelectedTags...)
		if !configuration.InheritAllFirewallRules {
			break
		}
		if in, err = p.Console.Parent(ctx, in); err != nil {
			return sources, tags, unlessHidden(err)
		}
		sources = append(sources, in.Level)
	}
	return sources, tags, nil
}

// unlessHidden drops the error of a token that may not view a scope.
func unlessHidden(err error) error {
	if errors.Is(err, sentinelone.ErrForbidden) || errors.Is(err, sentinelone.ErrNotFound) {
		return nil
	}
	return err
}
