package indicators

import (
	"fmt"
	"slices"
	"testing"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// Endpoints look at the rules of the group, the site, the account and the tenant, those of one scope by order; the first that
// matches decides. The console's own sequence means nothing.
func TestPolicyCovering(t *testing.T) {
	t.Parallel()
	at := func(rule sentinelone.FirewallRule, id string, level sentinelone.Level, order int) sentinelone.FirewallRule {
		rule.ID, rule.Level, rule.Order = id, level, order
		return rule
	}
	block := func(id string, level sentinelone.Level, order int, hosts ...string) sentinelone.FirewallRule {
		return at(blockRule(hosts...), id, level, order)
	}
	allow := func(id string, level sentinelone.Level, order int, hosts ...string) sentinelone.FirewallRule {
		rule := block(id, level, order, hosts...)
		rule.Action = sentinelone.ActionAllow
		return rule
	}
	disabled := func(rule sentinelone.FirewallRule) sentinelone.FirewallRule {
		rule.Status = sentinelone.StatusDisabled
		return rule
	}
	const host = "203.0.113.7"
	const tenant, account, site, group = sentinelone.LevelTenant, sentinelone.LevelAccount, sentinelone.LevelSite, sentinelone.LevelGroup
	for name, row := range map[string]struct {
		rules       []sentinelone.FirewallRule
		rule, allow string // ids
	}{
		"no rule":                {nil, "", ""},
		"an Allow rule alone":    {[]sentinelone.FirewallRule{allow("1", site, 1, host)}, "", ""},
		"Block before Allow":     {[]sentinelone.FirewallRule{allow("1", site, 2, host), block("2", site, 1, host)}, "2", ""},
		"Allow before Block":     {[]sentinelone.FirewallRule{block("1", site, 2, host), allow("2", site, 1, host)}, "1", "2"},
		"Allow of a group":       {[]sentinelone.FirewallRule{block("1", site, 1, host), allow("2", group, 9, host)}, "1", "2"},
		"Allow of a site":        {[]sentinelone.FirewallRule{block("1", account, 1, host), allow("2", site, 9, host)}, "1", "2"},
		"Allow of an account":    {[]sentinelone.FirewallRule{block("1", tenant, 1, host), allow("2", account, 9, host)}, "1", "2"},
		"Allow of the tenant":    {[]sentinelone.FirewallRule{block("1", account, 9, host), allow("2", tenant, 1, host)}, "1", ""},
		"Allow that is disabled": {[]sentinelone.FirewallRule{block("1", site, 2, host), disabled(allow("2", site, 1, host))}, "1", ""},
		"Allow for another host": {[]sentinelone.FirewallRule{block("1", site, 2, host), allow("2", site, 1, "203.0.113.8")}, "1", ""},
		"the first of two Allow": {[]sentinelone.FirewallRule{block("1", site, 3, host), allow("2", site, 2, host), allow("3", site, 1, host)}, "1", "3"},
		"the first that covers":  {[]sentinelone.FirewallRule{block("1", site, 2, host), disabled(block("2", site, 1, host)), block("3", tenant, 1, host)}, "1", ""},
		"a network that is first": {
			[]sentinelone.FirewallRule{block("1", site, 2, host), block("2", site, 1, "203.0.113.0/24")}, "2", "",
		},
		"Allow between two that cover": {
			[]sentinelone.FirewallRule{block("1", site, 1, "203.0.113.0/24"), allow("2", site, 2, host), block("3", site, 3, host)}, "1", "",
		},
		"an equal order, by id": {[]sentinelone.FirewallRule{block("10", site, 1, host), block("9", site, 1, host)}, "9", ""},
	} {
		idOf := func(rule *hostRule) string {
			if rule == nil {
				return ""
			}
			return rule.ID
		}
		for range 2 {
			p := newPolicy(row.rules, nil)
			rule, exempt := p.covering(indicator(t, host), desktops)
			if idOf(rule) != row.rule || idOf(exempt) != row.allow {
				t.Errorf("%s: covered by %q and allowed by %q", name, idOf(rule), idOf(exempt))
			}
			if c := p.enforced(indicator(t, host), desktops); (c != nil) != (row.rule != "" && row.allow == "") {
				t.Errorf("%s: enforced by %v", name, c)
			}
			slices.Reverse(row.rules)
		}
	}
}

// A hash takes an entry for each operating system, by either of its hashes.
func TestPolicyEnforcesHashes(t *testing.T) {
	t.Parallel()
	const sha1, sha256 = "3395856ce81f2b7382dee72602f798b642f14140", "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f"
	entry := func(id, osType, sha1, sha256 string) sentinelone.Restriction {
		return sentinelone.Restriction{ID: id, OSType: osType, SHA1: sha1, SHA256: sha256}
	}
	for name, row := range map[string]struct {
		entries []sentinelone.Restriction
		hash    string
		want    string // the id of the first entry
	}{
		"nothing":        {nil, sha1, ""},
		"one of two":     {[]sentinelone.Restriction{entry("1", "windows", sha1, "")}, sha1, ""},
		"the other":      {[]sentinelone.Restriction{entry("1", "macos", sha1, "")}, sha1, ""},
		"another system": {[]sentinelone.Restriction{entry("1", "windows", sha1, ""), entry("2", "linux", sha1, "")}, sha1, ""},
		"both":           {[]sentinelone.Restriction{entry("1", "windows", sha1, ""), entry("2", "macos", sha1, "")}, sha1, "2"},
		"in upper case":  {[]sentinelone.Restriction{entry("1", "windows", "3395856CE81F2B7382DEE72602F798B642F14140", ""), entry("2", "macos", sha1, "")}, sha1, "2"},
		"with both hashes": {
			[]sentinelone.Restriction{entry("1", "windows", sha1, sha256), entry("2", "macos", sha1, sha256)}, sha256, "2",
		},
		"the other hash": {[]sentinelone.Restriction{entry("1", "windows", sha1, ""), entry("2", "macos", sha1, "")}, sha256, ""},
	} {
		got := ""
		if c := newPolicy(nil, row.entries).enforced(indicator(t, row.hash), desktops); c != nil {
			got = c.ID
		}
		if got != row.want {
			t.Errorf("%s: enforced by %q", name, got)
		}
	}
}

// What a set shares with others: each blocks a hash on some of the operating systems, and together on all.
func TestPolicyCompletes(t *testing.T) {
	t.Parallel()
	hash := indicator(t, "3395856ce81f2b7382dee72602f798b642f14140")
	for _, row := range []struct {
		own, others []string
		want        bool
	}{
		{[]string{"macos"}, []string{"windows"}, true},
		{[]string{"macos", "windows"}, nil, true},
		{nil, []string{"macos", "windows"}, false},
		{[]string{"macos"}, []string{"linux"}, false},
	} {
		var entries []sentinelone.Restriction
		for i, osType := range row.others {
			entries = append(entries, sentinelone.Restriction{ID: fmt.Sprint(i), OSType: osType, SHA1: hash.Value})
		}
		own := map[hashOn]bool{}
		for _, osType := range row.own {
			own[hashOn{ioc.Indicator{Type: ioc.TypeSHA1, Value: hash.Value}, osType}] = true
		}
		if got := newPolicy(nil, entries).completes(hash, desktops, own); got != row.want {
			t.Errorf("%v and %v: %t", row.own, row.others, got)
		}
	}
}
