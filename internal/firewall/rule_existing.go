package firewall

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

const ruleType = "sentinelone_firewall_rule"

// NewRuleInventory returns the inventory of a console's firewall rules.
func NewRuleInventory(console *sentinelone.Client) *inventory.Inventory[sentinelone.FirewallRule] {
	return inventory.New(inventory.Kind[sentinelone.FirewallRule]{
		Pages: func(in sentinelone.Scope) inventory.Pages[sentinelone.FirewallRule] {
			return console.FirewallRules.Pages(sentinelone.OwnRules(in))
		},
		Find:    console.FirewallRules.Find,
		Delete:  console.FirewallRules.Delete,
		Names:   func(rule sentinelone.FirewallRule) []string { return []string{rule.Name} },
		Persist: console.Persist,
	})
}

// planExisting announces what a create will do about a rule of the same name and effect, as soon as both are known.
func (r *ruleResource) planExisting(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if !req.Config.Raw.IsFullyKnown() || r.Provider == nil || r.Provider.Rules == nil {
		return
	}
	var plan ruleModel
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &plan)...)
	in := tfkit.ScopeOf(ctx, plan.Scope)
	fields, diags := plan.toAPI(ctx, r.Provider.Marker)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || in.IsZero() {
		return
	}
	found, err := r.Provider.Rules.Strangers(ctx, in, fields.Name)
	found = slices.DeleteFunc(found, func(rule sentinelone.FirewallRule) bool { return !sameEffect(rule, fields) })
	tfkit.PlanExisting(&resp.Diagnostics, plan.OnExisting, ruleType, plan.describe(ctx), candidates(found), err)
}

// create makes the rule, or takes over the one that exists.
func (r *ruleResource) create(
	ctx context.Context, console *sentinelone.Client, plan ruleModel, fields sentinelone.FirewallRuleFields,
) (sentinelone.FirewallRule, error) {
	in := tfkit.ScopeOf(ctx, plan.Scope)
	return r.Provider.Rules.Create(ctx, inventory.Creation[sentinelone.FirewallRule]{
		In:    in,
		Names: []string{fields.Name},
		Same:  func(rule sentinelone.FirewallRule) bool { return sameEffect(rule, fields) },
		Existing: func(found []sentinelone.FirewallRule) (sentinelone.FirewallRule, error) {
			if err := tfkit.Adopt(plan.OnExisting, ruleType, candidates(found)); err != nil {
				return sentinelone.FirewallRule{}, err
			}
			return console.FirewallRules.Update(ctx, found[0].ID, fields)
		},
		Send: func(ctx context.Context) (sentinelone.FirewallRule, error) {
			return console.FirewallRules.Create(ctx, in, fields)
		},
	})
}

// find returns the rules of a scope that a natural key names.
func (r *ruleResource) find(ctx context.Context, in sentinelone.Scope, key string) ([]tfkit.Candidate, error) {
	name, ok := strings.CutPrefix(key, "rule/")
	if !ok {
		return nil, &tfkit.MalformedKeyError{Key: key}
	}
	found, err := r.Provider.Rules.Named(ctx, in, name)
	return candidates(found), err
}

func candidates(found []sentinelone.FirewallRule) (list []tfkit.Candidate) {
	for _, rule := range found {
		list = append(list, tfkit.Candidate{
			ID: rule.ID, Made: fmt.Sprintf("%s, made by %q on %s", rule.Status, rule.Creator, rule.CreatedAt),
		})
	}
	return list
}

// unchanged tells whether a rule is what the state has: nothing is known yet of one that is being imported.
func (r *ruleResource) unchanged(ctx context.Context, rule sentinelone.FirewallRule, prior ruleModel) bool {
	if prior.Name.IsNull() {
		return true
	}
	known, diags := prior.toAPI(ctx, r.Provider.Marker)
	return !diags.HasError() && rule.Name == known.Name && rule.Status == known.Status &&
		r.Provider.Marker.Strip(rule.Description) == prior.Description.ValueString() && sameEffect(rule, known)
}

// sameEffect tells whether a rule matches and does what another is to: its description and status may differ.
func sameEffect(rule sentinelone.FirewallRule, wanted sentinelone.FirewallRuleFields) bool {
	return effect(rule.FirewallRuleFields) == effect(wanted)
}

func effect(f sentinelone.FirewallRuleFields) string {
	if f.Direction == "" { // the API may answer null for any
		f.Direction = sentinelone.DirectionAny
	}
	return strings.Join([]string{
		f.Action, f.Direction, f.Protocol, asSet(f.OSTypes), asSet(f.TagIDs),
		meaning(newApplication(f.Application)), meaning(newHosts(f.LocalHost)), meaning(newHosts(f.RemoteHosts...)),
		meaning(newPorts(f.LocalPort)), meaning(newPorts(f.RemotePort)), meaning(newLocation(f.Location)),
	}, "\n")
}

// meaning is what a target means, "" for any.
func meaning[T tfkit.Meaningful](target *T) string {
	if target == nil {
		return ""
	}
	return (*target).Meaning()
}
