package sentinelone

import (
	"context"
	"iter"
)

// FirewallProtocol is a protocol that rules may be about. Value is what a rule's protocol holds, such as "TCP".
type FirewallProtocol struct {
	Value string `json:"value"`
	Name  string `json:"name"`
}

// FirewallProtocols are the protocols that the console knows.
type FirewallProtocols struct{ c *Client }

// List yields the protocols that contain a text, all of them for "".
func (f FirewallProtocols) List(ctx context.Context, text string) iter.Seq2[FirewallProtocol, error] {
	protocols := listed(ListFirewallProtocols, func(p FirewallProtocol) string { return p.Value + " " + p.Name })
	return protocols.of(ctx, f.c, struct {
		Query string `url:"query,omitempty"`
	}{text})
}
