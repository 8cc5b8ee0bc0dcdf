package indicators

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"terraform-provider-sentinelone/internal/ioc"
)

// NewRefangFunction returns the function refang.
func NewRefangFunction() function.Function { return refangFunction{} }

type refangFunction struct{}

// Metadata implements function.Function.
func (refangFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "refang"
}

// Definition implements function.Function.
func (refangFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Undoes what made an indicator safe to click on.",
		MarkdownDescription: "Returns an indicator as it was before somebody defanged it or wrote it into a sentence: " +
			"`evil[.]example`, `evil(dot)example` and `“evil.example”,` are `evil.example`, and `hxxps[:]//evil[.]example/a` " +
			"is `https://evil.example/a`. Case stays, and nothing is judged; `indicator_type` does that. A text without " +
			"any of that is returned as it is.\n\n" +
			"Rules and entries take indicators in any form but a defanged one. This is for the lists that people share.",
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "text",
			MarkdownDescription: "One indicator, as it stands in a report or a mail.",
		}},
		Return: function.StringReturn{},
	}
}

// Run implements function.Function.
func (refangFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error == nil {
		resp.Error = resp.Result.Set(ctx, ioc.Refang(text))
	}
}
