package firewall

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// unknownKinds names the targets of a rule whose kind the provider does not know, as a newer console may have them. Read as
// "any", the rule would match more than it does, and the next write would make that true.
func unknownKinds(f sentinelone.FirewallRuleFields) (targets []string) {
	check := func(attribute, kind string, known ...string) {
		if kind != "" && !slices.Contains(known, kind) {
			targets = append(targets, fmt.Sprintf("%s of the kind %q", attribute, kind))
		}
	}
	hosts := []string{sentinelone.TypeAny}
	for _, kind := range hostKinds {
		hosts = append(hosts, kind.apiType)
	}
	ports := []string{sentinelone.TypeAny, sentinelone.PortPorts, sentinelone.PortRange}
	check("application", f.Application.Type, sentinelone.TypeAny, sentinelone.ApplicationPath, sentinelone.ApplicationSHA1,
		sentinelone.ApplicationSystem)
	check("local_host", f.LocalHost.Type, hosts...)
	for _, target := range f.RemoteHosts {
		check("remote_hosts", target.Type, hosts...)
	}
	check("local_port", f.LocalPort.Type, ports...)
	check("remote_port", f.RemotePort.Type, ports...)
	check("location", f.Location.Type, sentinelone.LocationAll, sentinelone.LocationSpecific, sentinelone.LocationFallback)
	return targets
}

// unmanageable refuses to take a rule for what it is not.
func unmanageable(object string, f sentinelone.FirewallRuleFields) diag.Diagnostics {
	var diags diag.Diagnostics
	if targets := unknownKinds(f); len(targets) > 0 {
		diags.AddError("Firewall rule of an unknown kind", fmt.Sprintf("%s has %s, which this version of the provider does not "+
			"know: it reads like a rule that matches any. Use a newer version, or change the rule in the console.",
			object, strings.Join(targets, " and ")))
	}
	return diags
}
