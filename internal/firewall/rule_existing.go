package firewall

import (
	"context"
	"strings"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// unchanged tells whether the console holds what the state has: nothing yet of a rule that is being imported.
func (m ruleFacts) unchanged(ctx context.Context, rule sentinelone.FirewallRule, marker tfkit.Marker) bool {
	if m.Name.IsNull() {
		return true
	}
	known, diags := m.toAPI(ctx, marker)
	return !diags.HasError() && rule.Name == known.Name && rule.Status == known.Status &&
		marker.Strip(rule.Description) == m.Description.ValueString() && sameEffect(rule, known)
}

// sameEffect tells whether a rule matches and does what another is to: its description and status may differ.
func sameEffect(rule sentinelone.FirewallRule, wanted sentinelone.FirewallRuleFields) bool {
	return len(unknownKinds(rule.FirewallRuleFields)) == 0 && effect(rule.FirewallRuleFields) == effect(wanted)
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
