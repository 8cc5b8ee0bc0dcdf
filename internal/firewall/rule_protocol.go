package firewall

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// NewProtocols returns the protocols that a console knows, by their values.
func NewProtocols(console *sentinelone.Client) *inventory.Facts[struct{}, []string] {
	return inventory.NewFacts(func(ctx context.Context, _ struct{}) ([]string, error) {
		protocols, err := sentinelone.Collect(console.FirewallProtocols.List(ctx, ""))
		values := make([]string, len(protocols))
		for i, protocol := range protocols {
			values[i] = protocol.Value
		}
		return values, err
	})
}

// unknownProtocol tells that a protocol is none of the console's. It is asked at plan: a console may take any text, and
// enforce nothing.
func (r *ruleResource) unknownProtocol(ctx context.Context, m ruleFacts) diag.Diagnostics {
	var diags diag.Diagnostics
	name := m.Protocol.ValueString()
	if name == "" || r.Provider == nil || r.Provider.Protocols == nil {
		return diags
	}
	known, err := r.Provider.Protocols.Get(ctx, struct{}{})
	switch {
	case err != nil:
		diags.AddWarning("Cannot check protocols", fmt.Sprintf("%s: whether the console knows the protocol %q was not found out. %s.",
			m.describe(ctx), name, err))
	case !slices.Contains(known, name):
		i := slices.IndexFunc(known, func(value string) bool { return strings.EqualFold(value, name) })
		remedy := "The data source sentinelone_firewall_protocols lists them."
		if i >= 0 {
			remedy = fmt.Sprintf("It spells it %q.", known[i])
		}
		diags.AddAttributeError(path.Root("protocol"), "Unknown protocol",
			fmt.Sprintf("%q is no protocol that the console knows. %s", name, remedy))
	}
	return diags
}

// portProtocols are the protocols whose connections have ports.
var portProtocols = []string{"TCP", "UDP", "SCTP", "DCCP", "UDPLite"}

// portless are the ports of a rule whose protocol has none.
func (m ruleFacts) portless() diag.Diagnostics {
	var diags diag.Diagnostics
	name := m.Protocol.ValueString()
	if name == "" || slices.ContainsFunc(portProtocols, func(p string) bool { return strings.EqualFold(p, name) }) {
		return diags
	}
	for _, attribute := range m.portAttributes() {
		diags.AddAttributeError(path.Root(attribute), "Ports of a protocol without ports", fmt.Sprintf(
			"%s has no ports; these do: %s.", name, strings.Join(portProtocols, ", ")))
	}
	return diags
}

// anyProtocolPorts are warnings of ports without any protocol: whether a console takes them is not known.
func (m ruleFacts) anyProtocolPorts() diag.Diagnostics {
	var diags diag.Diagnostics
	if !m.Protocol.IsNull() {
		return diags
	}
	for _, attribute := range m.portAttributes() {
		diags.AddAttributeWarning(path.Root(attribute), "Ports without a protocol", fmt.Sprintf(
			"The rule has %s and no protocol, and not every protocol has ports. Set protocol, such as \"TCP\": what a console "+
				"makes of such a rule is not documented.", attribute))
	}
	return diags
}

// portAttributes are the attributes by which the rule is narrowed to ports.
func (m ruleFacts) portAttributes() (attributes []string) {
	if isKnown(m.LocalPort) {
		attributes = append(attributes, "local_port")
	}
	if isKnown(m.RemotePort) {
		attributes = append(attributes, "remote_port")
	}
	return attributes
}
