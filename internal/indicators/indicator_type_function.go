package indicators

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"terraform-provider-sentinelone/internal/ioc"
)

// NewIndicatorTypeFunction returns the function indicator_type.
func NewIndicatorTypeFunction() function.Function { return indicatorTypeFunction{} }

type indicatorTypeFunction struct{}

// Metadata implements function.Function.
func (indicatorTypeFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "indicator_type"
}

// Definition implements function.Function.
func (indicatorTypeFunction) Definition(
	_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse,
) {
	resp.Definition = function.Definition{
		Summary: "Tells the type of an indicator.",
		MarkdownDescription: "Returns the type of an indicator, however it is spelled or defanged: `ipv4`, `ipv6`, `cidr`, " +
			"`range`, `domain`, `sha1` or `sha256`. An address with a prefix of its full length is an address.\n\n" +
			"All else is an error that says why: an MD5 or a URL, which nothing here can enforce, and a text that is no " +
			"indicator. `can()` tells whether there is one.",
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "value",
			MarkdownDescription: "One indicator.",
		}},
		Return: function.StringReturn{},
	}
}

// Run implements function.Function.
func (indicatorTypeFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var value string
	if resp.Error = req.Arguments.Get(ctx, &value); resp.Error != nil {
		return
	}
	indicator, err := ioc.Parse(value)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, string(indicator.Type))
}
