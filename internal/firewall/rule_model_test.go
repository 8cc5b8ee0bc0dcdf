package firewall

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// A rule that is written and read again is the same rule.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		want := drawRule(t)
		model, diags := newRuleFacts(ctx, want, tfkit.DefaultMarker)
		if diags.HasError() {
			t.Fatal(diags)
		}
		fields, diags := model.toAPI(ctx, tfkit.DefaultMarker)
		if diags.HasError() {
			t.Fatal(diags)
		}
		if diff := cmp.Diff(want.FirewallRuleFields, fields, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// Any order and any spelling of the values means the same, and one value more or less does not.
func TestMeaning(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := *newHosts(drawHosts(t)...)
		respelled := h
		respelled.Addresses = shuffled(t, respell(h.Addresses))
		respelled.CIDRs = shuffled(t, respell(h.CIDRs))
		respelled.FQDNs = shuffled(t, respell(h.FQDNs))
		respelled.Ranges = shuffled(t, h.Ranges)
		if h.Meaning() != respelled.Meaning() {
			t.Fatalf("%+v and %+v mean different things", h, respelled)
		}
		more := h
		more.FQDNs = append(slices.Clone(h.FQDNs), "one-more.example")
		if h.Meaning() == more.Meaning() {
			t.Fatalf("%+v and %+v mean the same", h, more)
		}
	})
}

// The console may say "any", and nothing, in several ways: all of them are a target that is left out.
func TestFixUpsOfTheConsole(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	for name, rule := range map[string]sentinelone.FirewallRuleFields{
		"absent": {},
		"any": {
			Direction: "any", Application: anyTarget(), LocalHost: anyTarget(),
			RemoteHosts: []sentinelone.Target{anyTarget()}, LocalPort: sentinelone.PortTarget{Type: "any"},
			RemotePort: sentinelone.PortTarget{Type: "any"}, Location: sentinelone.LocationTarget{Type: "all"},
			Description: "", TagIDs: []string{}, OSTypes: []string{},
		},
		"a kind without values": {
			LocalHost: sentinelone.Target{Type: "addresses"}, RemoteHosts: []sentinelone.Target{{Type: "fqdn"}},
			Application: sentinelone.Target{Type: "path"}, RemotePort: sentinelone.PortTarget{Type: "ports"},
			Location: sentinelone.LocationTarget{Type: "specific"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, diags := newRuleFacts(ctx, sentinelone.FirewallRule{FirewallRuleFields: rule}, tfkit.DefaultMarker)
			if diags.HasError() {
				t.Fatal(diags)
			}
			for attribute, null := range map[string]bool{
				"description": m.Description.IsNull(), "protocol": m.Protocol.IsNull(), "tag_ids": m.TagIDs.IsNull(),
				"application": m.Application.IsNull(), "local_host": m.LocalHost.IsNull(),
				"remote_hosts": m.RemoteHosts.IsNull(), "local_port": m.LocalPort.IsNull(),
				"remote_port": m.RemotePort.IsNull(), "location": m.Location.IsNull(),
			} {
				if !null {
					t.Errorf("%s is not null", attribute)
				}
			}
			if m.Direction != types.StringValue("any") {
				t.Errorf("direction is %s", m.Direction)
			}
		})
	}
}

// Nothing that is present and empty is ever written, whatever has let it come that far.
func TestEmptyTargetsAreNeverWritten(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	m := ruleFacts{Name: types.StringValue("x"), RemoteHosts: mustBe(t, hosts{Addresses: []string{}})}
	if _, diags := m.toAPI(ctx, tfkit.DefaultMarker); !diags.HasError() {
		t.Error("an empty list of addresses was taken")
	}
}

func mustBe(t *testing.T, h hosts) tfkit.Object[hosts] {
	t.Helper()
	o, diags := hostsType.Of(t.Context(), h)
	if diags.HasError() {
		t.Fatal(diags)
	}
	return o
}

func drawRule(t *rapid.T) sentinelone.FirewallRule {
	ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[1-9][0-9]{17}`), 0, 3, rapid.ID[string])
	fields := sentinelone.FirewallRuleFields{
		Name:        rapid.StringMatching(`[a-z]{1,10}`).Draw(t, "name"),
		Description: tfkit.DefaultMarker.Mark(rapid.StringMatching(`([a-z]{1,5} ?\[?){0,3}`).Draw(t, "description")),
		Action:      rapid.SampledFrom(sentinelone.Actions()).Draw(t, "action"),
		Status:      rapid.SampledFrom(sentinelone.Statuses()).Draw(t, "status"),
		Direction:   rapid.SampledFrom(sentinelone.Directions()).Draw(t, "direction"),
		OSTypes:     sorted(rapid.SliceOfNDistinct(rapid.SampledFrom(sentinelone.OSTypes()), 1, 4, rapid.ID[string]).Draw(t, "os")),
		Protocol:    rapid.SampledFrom([]string{"", "TCP"}).Draw(t, "protocol"),
		TagIDs:      sorted(ids.Draw(t, "tags")),
		RemoteHosts: drawHosts(t),
		LocalHost:   drawHosts(t)[0],
		Application: rapid.SampledFrom([]sentinelone.Target{
			anyTarget(),
			{Type: "path", Values: []string{"/bin/nc"}},
			{Type: "system"},
			{Type: "sha1", Values: []string{strings.Repeat("ab", 20)}},
		}).Draw(t, "application"),
		LocalPort:  drawPorts(t),
		RemotePort: drawPorts(t),
		Location:   sentinelone.LocationTarget{Type: rapid.SampledFrom([]string{"all", "fallback"}).Draw(t, "location")},
	}
	return sentinelone.FirewallRule{ID: "1", FirewallRuleFields: fields, Level: sentinelone.LevelTenant}
}

// drawHosts returns one target or more, of distinct kinds in the order in which they are sent.
func drawHosts(t *rapid.T) []sentinelone.Target {
	pattern := map[string]string{
		"addresses": `10\.0\.0\.[1-9]|2001:db8::[a-f]`, "cidr": `10\.[1-9]\.0\.0/16|2001:db8:[a-f]::/48`,
		"range": `10\.0\.0\.1-10\.0\.0\.[2-9]`, "fqdn": `[a-z]{1,5}\.example`,
	}
	var targets []sentinelone.Target
	for _, kind := range hostKinds {
		values := rapid.SliceOfNDistinct(rapid.StringMatching(pattern[kind.apiType]), 0, 3, rapid.ID[string])
		if drawn := values.Draw(t, kind.attribute); len(drawn) > 0 {
			targets = append(targets, sentinelone.Target{Type: kind.apiType, Values: drawn})
		}
	}
	if len(targets) == 0 {
		return []sentinelone.Target{{Type: "fqdn", Values: []string{"evil.example"}}}
	}
	return targets
}

func drawPorts(t *rapid.T) sentinelone.PortTarget {
	return rapid.SampledFrom([]sentinelone.PortTarget{
		{Type: "any"}, {Type: "ports", Values: []int64{443, 80}}, {Type: "range", Values: []int64{1024, lastPort}},
	}).Draw(t, "ports")
}

func respell(values []string) (respelled []string) {
	for _, value := range values {
		respelled = append(respelled, strings.ToUpper(value))
	}
	return respelled
}

func shuffled(t *rapid.T, values []string) []string {
	if len(values) == 0 {
		return values
	}
	return append(rapid.Permutation(values).Draw(t, "order"), values[0])
}

func sorted(values []string) []string {
	slices.Sort(values)
	return values
}

// Whatever a rule of the console holds, it is read: strange values stay as they are, and nothing panics.
func FuzzFromAPI(f *testing.F) {
	f.Add(`{"id":"1","remoteHosts":[{"type":"fqdn","values":[null,""]},null],"location":{"type":"specific","values":[{}]}}`)
	f.Add(`{"localPort":{"type":"range","values":[1]},"remotePort":{"type":"ports","values":[-1,70000]},"application":{"type":"system"}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var rule sentinelone.FirewallRule
		if json.Unmarshal([]byte(text), &rule) != nil {
			return
		}
		m, diags := newRuleFacts(t.Context(), rule, tfkit.DefaultMarker)
		if diags.HasError() {
			t.Fatal(diags)
		}
		m.toAPI(t.Context(), tfkit.DefaultMarker)
		effect(rule.FirewallRuleFields)
	})
}
