package tfkit

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var idPattern = regexp.MustCompile(`^[0-9]+$`)

// ID validates an id of the console: a decimal number, 18 or 19 digits long wherever one was seen.
func ID() validator.String {
	return stringvalidator.RegexMatches(idPattern, "must be an id of the console: digits only")
}

// Parses validates a text by parsing it. The parser's error says what is wrong.
func Parses[T any](parse func(string) (T, error)) validator.String {
	return parses{func(text string) error {
		_, err := parse(text)
		return err
	}}
}

type parses struct{ check func(string) error }

func (parses) Description(context.Context) string { return "must have the right form" }

func (v parses) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v parses) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid value", err.Error()+".")
	}
}
