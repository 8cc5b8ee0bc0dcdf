package firewall

import (
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// A rule that a newer console narrows in a way of its own is not taken for one that matches any: neither adopted as such,
// nor imported, nor kept.
func TestRuleOfAnUnknownKind(t *testing.T) {
	t.Parallel()
	for attribute, narrow := range map[string]func(*sentinelone.FirewallRuleFields){
		"application":  func(f *sentinelone.FirewallRuleFields) { f.Application.Type = "signer" },
		"local_host":   func(f *sentinelone.FirewallRuleFields) { f.LocalHost.Type = "country" },
		"remote_hosts": func(f *sentinelone.FirewallRuleFields) { f.RemoteHosts = []sentinelone.Target{{Type: "country"}} },
		"local_port":   func(f *sentinelone.FirewallRuleFields) { f.LocalPort.Type = "service" },
		"remote_port":  func(f *sentinelone.FirewallRuleFields) { f.RemotePort.Type = "service" },
		"location":     func(f *sentinelone.FirewallRuleFields) { f.Location.Type = "country" },
	} {
		t.Run(attribute, func(t *testing.T) {
			t.Parallel()
			wanted := sentinelone.FirewallRuleFields{Name: "x", Action: "Block"}
			rule := sentinelone.FirewallRule{ID: "7", Level: sentinelone.LevelTenant, FirewallRuleFields: wanted}
			narrow(&rule.FirewallRuleFields)
			if sameEffect(rule, wanted) {
				t.Error("it would be adopted as a rule that matches any")
			}
			_, diags := newRuleModel(t.Context(), rule, tfkit.DefaultMarker, ruleModel{})
			if !diags.HasError() || !strings.Contains(diags[0].Detail(), `"x" (id 7) in the tenant has `+attribute+" of the kind") {
				t.Errorf("got %v", diags)
			}
			if _, diags := newRuleRow(t.Context(), rule, tfkit.DefaultMarker); diags.HasError() || diags.WarningsCount() != 1 {
				t.Errorf("a listing says %v", diags)
			}
		})
	}
}
