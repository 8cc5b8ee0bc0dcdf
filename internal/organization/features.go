package organization

import (
	"maps"
	"slices"
	"strings"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// features are what one may want to use, by the operations that it takes: one for each permission.
var features = map[string][]sentinelone.Operation{
	"accounts":     {sentinelone.ListAccounts},
	"applications": {sentinelone.ListApplications, sentinelone.ListVulnerabilities},
	"blocklist": {
		sentinelone.ListRestrictions, sentinelone.CreateRestriction, sentinelone.UpdateRestriction,
		sentinelone.DeleteRestrictions,
	},
	"endpoints": {sentinelone.ListAgents},
	"firewall": {
		sentinelone.ListFirewallRules, sentinelone.CreateFirewallRule, sentinelone.UpdateFirewallConfiguration,
	},
	"groups":    {sentinelone.ListGroups},
	"locations": {sentinelone.ListLocations},
	"scans":     {sentinelone.StartApplicationScan},
	"sites":     {sentinelone.ListSites},
}

func featureNames() []string { return slices.Sorted(maps.Keys(features)) }

// permissionsOf returns what features need, each once. Of several that will do, that is the narrowest.
func permissionsOf(names []string) []sentinelone.Permission {
	var needed []sentinelone.Permission
	for _, name := range names {
		for _, op := range features[name] {
			needed = append(needed, op.Permissions[0])
		}
	}
	slices.Sort(needed)
	return slices.Compact(needed)
}

// describeFeatures lists the features for a docs page, with what each needs.
func describeFeatures() string {
	var texts []string
	for _, name := range featureNames() {
		var needed []string
		for _, p := range permissionsOf([]string{name}) {
			needed = append(needed, "*"+string(p)+"*")
		}
		texts = append(texts, "`"+name+"` "+strings.Join(needed, ", "))
	}
	return strings.Join(texts, "; ")
}
