package indicators

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/ioc"
)

// NewGuardFunction returns the function guard.
func NewGuardFunction() function.Function { return guardFunction{} }

type guardFunction struct{}

// Metadata implements function.Function.
func (guardFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "guard"
}

// Definition implements function.Function.
func (guardFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Says why an indicator must not be blocked.",
		MarkdownDescription: "Returns why it would hurt to block an indicator, or `null` when it would not. It hurts to " +
			"block private and link-local addresses, the machine itself, multicast, networks wider than a /16 (IPv6: a /32), " +
			"`sentinelone.net`, public suffixes such as `co.uk`, the well-known public resolvers, an empty file, and what " +
			"is given as protected. `guard(v) == null` is a condition, and `compact([for v in values : guard(v)])` lists the " +
			"reasons.\n\n" +
			"A value that is no indicator of a type that can be enforced is an error, as of `indicator_type`. Functions do " +
			"not know the provider's configuration, so the console's own host counts only where it is below " +
			"`sentinelone.net` or protected.",
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "value",
			MarkdownDescription: "One indicator, in any spelling.",
		}},
		VariadicParameter: function.StringParameter{
			Name: "protected",
			MarkdownDescription: "What else must not be blocked: addresses, networks, ranges, hashes, and names with all " +
				"names below them, also those of one's own network, such as `corp.lan`. A list is given as `local.protected...`.",
		},
		Return: function.StringReturn{},
	}
}

// Run implements function.Function.
func (guardFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var value string
	var protected []string
	if resp.Error = req.Arguments.Get(ctx, &value, &protected); resp.Error != nil {
		return
	}
	indicator, err := ioc.Parse(value)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	g, err := ioc.NewGuard(protected, "")
	if err != nil {
		resp.Error = function.NewArgumentFuncError(1, err.Error())
		return
	}
	reason := types.StringNull()
	if err := g.Check(indicator); err != nil {
		reason = types.StringValue(err.Error())
	}
	resp.Error = resp.Result.Set(ctx, reason)
}
