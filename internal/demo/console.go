package main

import (
	"context"
	"fmt"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// console looks at the stand-in console, and changes it, through its API.
type console struct {
	narrator
	client *sentinelone.Client
}

// contents are all rules and entries that the console holds.
func (c console) contents(ctx context.Context) (
	rules []sentinelone.FirewallRule, entries []sentinelone.Restriction, err error,
) {
	rules, err = sentinelone.Collect(c.client.FirewallRules.List(ctx, sentinelone.FirewallRuleQuery{}))
	if err != nil {
		return nil, nil, err
	}
	entries, err = sentinelone.Collect(c.client.Restrictions.List(ctx, sentinelone.RestrictionQuery{}))
	return rules, entries, err
}

func (c console) show(ctx context.Context) error {
	rules, entries, err := c.contents(ctx)
	if err != nil {
		return err
	}
	c.printf("The console now holds:\n")
	for _, rule := range rules {
		c.printf("  rule   %-28q %s %s", rule.Name, rule.Status, rule.Action)
		for _, target := range rule.RemoteHosts {
			c.printf(", %d %s", len(target.Values), target.Type)
		}
		c.printf(": %q\n", rule.Description)
	}
	for _, entry := range entries {
		c.printf("  entry  %s on %s: %q\n", entry.SHA1, entry.OSType, entry.Description)
	}
	return nil
}

func (c console) tamper(ctx context.Context) error {
	rules, entries, err := c.contents(ctx)
	if err != nil {
		return err
	}
	rule, entry := rules[0], entries[0]
	rule.Status = sentinelone.StatusDisabled
	if _, err := c.client.FirewallRules.Update(ctx, rule.ID, rule.FirewallRuleFields); err != nil {
		return err
	}
	c.printf("  disabled rule %q\n", rule.Name)
	if _, err := c.client.Restrictions.Delete(ctx, entry.Scope(), entry.ID); err != nil {
		return err
	}
	c.printf("  deleted blocklist entry %s\n", entry.SHA1)
	return nil
}

func (c console) mustBeEmpty(ctx context.Context) error {
	rules, entries, err := c.contents(ctx)
	if err != nil {
		return err
	}
	c.printf("The console now holds %d rules and %d blocklist entries.\n", len(rules), len(entries))
	if len(rules)+len(entries) > 0 {
		return fmt.Errorf("%d objects were left behind", len(rules)+len(entries))
	}
	return nil
}
