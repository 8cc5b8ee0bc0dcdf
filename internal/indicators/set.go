package indicators

import (
	"maps"
	"slices"
	"time"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// set is an indicator set as the code wants it.
type set struct {
	label
	terms
	in       sentinelone.Scope
	status   string
	size     int // indicators in a rule, at most
	document ioc.Document
	now      time.Time
}

// wanted are the indicators to enforce: what has not expired.
func (s set) wanted() map[ioc.Indicator]bool {
	wanted := make(map[ioc.Indicator]bool, len(s.document))
	for indicator, remark := range s.document {
		if !remark.ExpiredAt(s.now) {
			wanted[indicator] = true
		}
	}
	return wanted
}

// rule returns a firewall rule of the set as the console is to hold it. Tags are people's own means to choose rules, so
// those stay.
func (s set) rule(k kind, number int, values, tagIDs []string) sentinelone.FirewallRuleFields {
	anyTarget := sentinelone.Target{Type: sentinelone.TypeAny, Values: []string{}}
	anyPort := sentinelone.PortTarget{Type: sentinelone.TypeAny, Values: []int64{}}
	return sentinelone.FirewallRuleFields{
		Name:        s.ruleName(k, number),
		Description: s.ruleDescription(),
		Action:      sentinelone.ActionBlock,
		Status:      s.status,
		Direction:   s.direction,
		OSTypes:     s.osTypes,
		Application: anyTarget,
		LocalHost:   anyTarget,
		RemoteHosts: []sentinelone.Target{{Type: k.apiType, Values: values}},
		LocalPort:   anyPort,
		RemotePort:  anyPort,
		Location:    sentinelone.LocationTarget{Type: sentinelone.LocationAll},
		TagIDs:      append([]string{}, tagIDs...),
	}
}

// entry returns a blocklist entry of the set as the console is to hold it.
func (s set) entry(key hashOn) sentinelone.RestrictionFields {
	fields := sentinelone.RestrictionFields{OSType: key.osType, Description: s.entryDescription()}
	if key.hash.Type == ioc.TypeSHA1 {
		fields.SHA1 = key.hash.Value
	} else {
		fields.SHA256 = key.hash.Value
	}
	return fields
}

// hasHashes tells whether a document has something for the Blocklist.
func hasHashes(d ioc.Document) bool {
	for indicator := range d {
		if !indicator.Type.IsHost() {
			return true
		}
	}
	return false
}

// sorted returns indicators in the order of their canonical forms.
func sorted[V any](indicators map[ioc.Indicator]V) []ioc.Indicator {
	return slices.SortedFunc(maps.Keys(indicators), ioc.Compare)
}
