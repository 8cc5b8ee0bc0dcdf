package indicators

import (
	"slices"
	"strings"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// terms are what enforcing an indicator takes.
type terms struct {
	osTypes   []string
	direction string // of rules; the Blocklist knows none
}

// hostRule is a firewall rule, and its remote hosts as something to look into.
type hostRule struct {
	sentinelone.FirewallRule
	hosts *ioc.Hosts // nil for any
}

func newHostRule(rule sentinelone.FirewallRule) hostRule {
	r := hostRule{FirewallRule: rule}
	values, anyHost := hostValues(rule)
	if !anyHost {
		r.hosts = ioc.NewHosts(values)
	}
	return r
}

// hostValues returns the remote hosts of a rule. One target for any host swallows the rest.
func hostValues(rule sentinelone.FirewallRule) (values []string, anyHost bool) {
	for _, target := range rule.RemoteHosts {
		if target.Type == "" || target.Type == sentinelone.TypeAny {
			return nil, true
		}
		values = append(values, target.Values...)
	}
	return values, len(rule.RemoteHosts) == 0
}

// covers tells whether a rule by itself enforces an indicator on these terms: it blocks, it lacks nothing, and the indicator
// is one of its hosts or lies in one. A rule for any host does not count: it is no statement about the indicator.
func covers(rule hostRule, indicator ioc.Indicator, on terms) bool {
	return names(rule, indicator) && shortfall(rule.FirewallRule, on) == ""
}

// names tells whether a rule blocks an indicator at all, on whatever terms.
func names(rule hostRule, indicator ioc.Indicator) bool {
	return rule.Action == sentinelone.ActionBlock && rule.hosts != nil && rule.hosts.Contain(indicator)
}

// shortfall says why a rule does not enforce its hosts on these terms: it has to be enabled, for all of the operating systems
// and for the direction, and nothing but its hosts may narrow it. It returns "" when it does.
func shortfall(rule sentinelone.FirewallRule, on terms) string {
	narrowed := narrowedBy(rule)
	switch {
	case rule.Status != sentinelone.StatusEnabled:
		return "it is disabled"
	case !within(on.osTypes, rule.OSTypes):
		return "it is for " + strings.Join(rule.OSTypes, ", ") + " only"
	case !includesDirection(rule.Direction, on.direction):
		return "it is for " + rule.Direction + " connections only"
	case narrowed != "":
		return "it is narrowed by its " + narrowed
	default:
		return ""
	}
}

// exempts tells whether a rule may let some of the traffic through that is to be blocked.
func exempts(rule hostRule, indicator ioc.Indicator, on terms) bool {
	return rule.Action == sentinelone.ActionAllow && rule.Status == sentinelone.StatusEnabled &&
		slices.ContainsFunc(on.osTypes, func(osType string) bool { return slices.Contains(rule.OSTypes, osType) }) &&
		meetDirections(rule.Direction, on.direction) && (rule.hosts == nil || rule.hosts.Overlap(indicator))
}

// hashesOf returns the hashes of an entry, one or two.
func hashesOf(entry sentinelone.Restriction) (hashes []ioc.Indicator) {
	for _, text := range []string{entry.SHA1, entry.SHA256} {
		if hash, err := ioc.Parse(text); err == nil {
			hashes = append(hashes, hash)
		}
	}
	return hashes
}

// narrowedBy names what limits a rule beside its remote hosts, its direction and its operating systems; "" is nothing.
func narrowedBy(rule sentinelone.FirewallRule) string {
	isAny := func(kind string) bool { return kind == "" || kind == sentinelone.TypeAny }
	switch {
	case !isAny(rule.Application.Type):
		return "application"
	case rule.Protocol != "":
		return "protocol"
	case !isAny(rule.LocalHost.Type):
		return "local host"
	case !isAny(rule.LocalPort.Type) || !isAny(rule.RemotePort.Type):
		return "port"
	case rule.Location.Type != "" && rule.Location.Type != sentinelone.LocationAll:
		return "location"
	default:
		return ""
	}
}

// includesDirection tells whether a rule's direction, which the API may leave out for any, includes another.
func includesDirection(rule, wanted string) bool {
	return rule == "" || rule == sentinelone.DirectionAny || rule == wanted
}

func meetDirections(rule, wanted string) bool {
	return wanted == sentinelone.DirectionAny || includesDirection(rule, wanted)
}

// within tells whether all of a list are in another.
func within(list, other []string) bool {
	return !slices.ContainsFunc(list, func(each string) bool { return !slices.Contains(other, each) })
}
