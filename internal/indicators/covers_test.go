package indicators

import (
	"testing"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
)

var desktops = terms{[]string{"macos", "windows"}, sentinelone.DirectionOutbound}

// blockRule returns a rule that enforces its hosts on the terms of desktops.
func blockRule(hosts ...string) sentinelone.FirewallRule {
	return sentinelone.FirewallRule{ID: "1", Level: sentinelone.LevelSite, FirewallRuleFields: sentinelone.FirewallRuleFields{
		Action: sentinelone.ActionBlock, Status: sentinelone.StatusEnabled, Direction: sentinelone.DirectionOutbound,
		OSTypes:     []string{"macos", "windows"},
		Application: sentinelone.Target{Type: sentinelone.TypeAny},
		LocalHost:   sentinelone.Target{Type: sentinelone.TypeAny},
		LocalPort:   sentinelone.PortTarget{Type: sentinelone.TypeAny},
		RemotePort:  sentinelone.PortTarget{Type: sentinelone.TypeAny},
		Location:    sentinelone.LocationTarget{Type: sentinelone.LocationAll},
		RemoteHosts: []sentinelone.Target{{Type: sentinelone.HostAddresses, Values: hosts}},
	}}
}

func indicator(t *testing.T, text string) ioc.Indicator {
	t.Helper()
	i, err := ioc.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// Each condition of what counts as enforced, by a row that changes nothing but that.
func TestCovers(t *testing.T) {
	t.Parallel()
	none := func(*sentinelone.FirewallRule, *terms) {}
	for name, row := range map[string]struct {
		change func(*sentinelone.FirewallRule, *terms)
		want   bool
		short  string // what the rule lacks
	}{
		"as it is":                    {none, true, ""},
		"it allows":                   {func(r *sentinelone.FirewallRule, _ *terms) { r.Action = "Allow" }, false, ""},
		"it is disabled":              {func(r *sentinelone.FirewallRule, _ *terms) { r.Status = "Disabled" }, false, "it is disabled"},
		"for fewer operating systems": {func(_ *sentinelone.FirewallRule, on *terms) { on.osTypes = []string{"linux", "windows"} }, false, "it is for macos, windows only"},
		"for more operating systems":  {func(_ *sentinelone.FirewallRule, on *terms) { on.osTypes = []string{"windows"} }, true, ""},
		"for any direction":           {func(r *sentinelone.FirewallRule, _ *terms) { r.Direction = "any" }, true, ""},
		"without a direction":         {func(r *sentinelone.FirewallRule, _ *terms) { r.Direction = "" }, true, ""},
		"for the other direction":     {func(r *sentinelone.FirewallRule, _ *terms) { r.Direction = "inbound" }, false, "it is for inbound connections only"},
		"for one direction of any":    {func(_ *sentinelone.FirewallRule, on *terms) { on.direction = "any" }, false, "it is for outbound connections only"},
		"for an application":          {func(r *sentinelone.FirewallRule, _ *terms) { r.Application.Type = "path" }, false, "it is narrowed by its application"},
		"for a protocol":              {func(r *sentinelone.FirewallRule, _ *terms) { r.Protocol = "TCP" }, false, "it is narrowed by its protocol"},
		"for a local host":            {func(r *sentinelone.FirewallRule, _ *terms) { r.LocalHost.Type = "addresses" }, false, "it is narrowed by its local host"},
		"for a local port":            {func(r *sentinelone.FirewallRule, _ *terms) { r.LocalPort.Type = "ports" }, false, "it is narrowed by its port"},
		"for a remote port":           {func(r *sentinelone.FirewallRule, _ *terms) { r.RemotePort.Type = "range" }, false, "it is narrowed by its port"},
		"for a location":              {func(r *sentinelone.FirewallRule, _ *terms) { r.Location.Type = "specific" }, false, "it is narrowed by its location"},
		"with types left out": {func(r *sentinelone.FirewallRule, _ *terms) {
			r.Application.Type, r.LocalHost.Type, r.LocalPort.Type, r.RemotePort.Type, r.Location.Type = "", "", "", "", ""
		}, true, ""},
		"for any host":        {func(r *sentinelone.FirewallRule, _ *terms) { r.RemoteHosts = nil }, false, ""},
		"for any host, typed": {func(r *sentinelone.FirewallRule, _ *terms) { r.RemoteHosts[0] = sentinelone.Target{Type: "any"} }, false, ""},
		"for any host beside others": {func(r *sentinelone.FirewallRule, _ *terms) {
			r.RemoteHosts = append(r.RemoteHosts, sentinelone.Target{Type: "any"})
		}, false, ""},
		"for other hosts": {func(r *sentinelone.FirewallRule, _ *terms) { r.RemoteHosts[0].Values = []string{"203.0.113.8"} }, false, ""},
		"in a second target": {func(r *sentinelone.FirewallRule, _ *terms) {
			r.RemoteHosts = append([]sentinelone.Target{{Type: "fqdn", Values: []string{"evil.example"}}}, r.RemoteHosts...)
		}, true, ""},
	} {
		rule, on := blockRule("203.0.113.7"), desktops
		row.change(&rule, &on)
		if got := covers(newHostRule(rule), indicator(t, "203.0.113.7"), on); got != row.want {
			t.Errorf("%s: covers is %t", name, got)
		}
		if got := shortfall(rule, on); got != row.short {
			t.Errorf("%s: it falls short since %q instead of %q", name, got, row.short)
		}
	}
}

// Which hosts contain which indicators.
func TestCoversHosts(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		host, indicator string
		want            bool
	}{
		{"203.0.113.7", "203[.]0.113.7/32", true},
		{"203.0.113.0/24", "203.0.113.7", true},
		{"203.0.113.0/24", "203.0.114.7", false},
		{"203.0.113.0/24", "203.0.113.128/25", true},
		{"203.0.113.128/25", "203.0.113.0/24", false},
		{"203.0.113.1-203.0.113.9", "203.0.113.9", true},
		{"203.0.113.1-203.0.113.9", "203.0.113.10", false},
		{"203.0.113.1-203.0.113.9", "203.0.113.8-203.0.113.10", false},
		{"2001:DB8::7", "2001:db8:0::7", true},
		{"2001:db8::/64", "2001:db8::ffff", true},
		{"EVIL.example.", "evil.example", true},
		{"evil.example", "www.evil.example", false},
		{"*.evil.example", "www.evil.example", false}, // what a console takes it for is not known
		{"what is that", "evil.example", false},
	} {
		if got := covers(newHostRule(blockRule(row.host)), indicator(t, row.indicator), desktops); got != row.want {
			t.Errorf("%s covers %s: %t", row.host, row.indicator, got)
		}
	}
}

// An Allow rule counts as soon as it may let some of it through: less is enough than it takes to cover.
func TestExempts(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		change func(*sentinelone.FirewallRule, *terms)
		want   bool
	}{
		"as it is":                        {func(*sentinelone.FirewallRule, *terms) {}, true},
		"it blocks":                       {func(r *sentinelone.FirewallRule, _ *terms) { r.Action = "Block" }, false},
		"it is disabled":                  {func(r *sentinelone.FirewallRule, _ *terms) { r.Status = "Disabled" }, false},
		"for one of the systems":          {func(r *sentinelone.FirewallRule, _ *terms) { r.OSTypes = []string{"linux", "macos"} }, true},
		"for none of the systems":         {func(r *sentinelone.FirewallRule, _ *terms) { r.OSTypes = []string{"linux"} }, false},
		"for any direction":               {func(r *sentinelone.FirewallRule, _ *terms) { r.Direction = "any" }, true},
		"for the other direction":         {func(r *sentinelone.FirewallRule, _ *terms) { r.Direction = "inbound" }, false},
		"for one direction of any":        {func(_ *sentinelone.FirewallRule, on *terms) { on.direction = "any" }, true},
		"for a protocol":                  {func(r *sentinelone.FirewallRule, _ *terms) { r.Protocol = "TCP" }, true},
		"for any host":                    {func(r *sentinelone.FirewallRule, _ *terms) { r.RemoteHosts = nil }, true},
		"for a network around it":         {func(r *sentinelone.FirewallRule, _ *terms) { r.RemoteHosts[0].Values = []string{"203.0.113.0/24"} }, true},
		"for an address in it":            {func(r *sentinelone.FirewallRule, _ *terms) { r.RemoteHosts[0].Values = []string{"203.0.113.9"} }, true},
		"for a network that meets it not": {func(r *sentinelone.FirewallRule, _ *terms) { r.RemoteHosts[0].Values = []string{"203.0.113.64/26"} }, false},
	} {
		rule, on := blockRule("203.0.113.0/26"), desktops
		rule.Action = sentinelone.ActionAllow
		row.change(&rule, &on)
		if got := exempts(newHostRule(rule), indicator(t, "203.0.113.0/26"), on); got != row.want {
			t.Errorf("%s: exempts is %t", name, got)
		}
	}
}
