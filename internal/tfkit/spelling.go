package tfkit

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Spelling knows which texts say the same. Its zero value is ready for use.
type Spelling interface{ Same(a, b string) bool }

// SpelledType is the type of a text that is compared by what it says.
type SpelledType[S Spelling] struct{ basetypes.StringType }

// Spelled is a text that is compared by what it says.
type Spelled[S Spelling] struct{ basetypes.StringValue }

var (
	_ basetypes.StringTypable                    = SpelledType[foldedSpelling]{}
	_ basetypes.StringValuableWithSemanticEquals = Spelled[foldedSpelling]{}
)

// NewSpelled returns the text, or null for the empty one: the API tells the two apart in no answer.
func NewSpelled[S Spelling](text string) Spelled[S] { return Spelled[S]{Text(text)} }

// Text returns the text as a Terraform value, null for the empty one.
func Text(text string) basetypes.StringValue {
	if text == "" {
		return basetypes.NewStringNull()
	}
	return basetypes.NewStringValue(text)
}

// Equal implements attr.Type.
func (t SpelledType[S]) Equal(o attr.Type) bool {
	_, ok := o.(SpelledType[S])
	return ok
}

// String implements attr.Type.
func (t SpelledType[S]) String() string { return fmt.Sprintf("tfkit.SpelledType[%T]", *new(S)) }

// ValueType implements attr.Type.
func (t SpelledType[S]) ValueType(context.Context) attr.Value { return Spelled[S]{} }

// ValueFromString implements basetypes.StringTypable.
func (t SpelledType[S]) ValueFromString(
	_ context.Context, in basetypes.StringValue,
) (basetypes.StringValuable, diag.Diagnostics) {
	return Spelled[S]{in}, nil
}

// ValueFromTerraform implements attr.Type.
func (t SpelledType[S]) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	text, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("%T is no string", value)
	}
	return Spelled[S]{text}, nil
}

// Type implements attr.Value.
func (v Spelled[S]) Type(context.Context) attr.Type { return SpelledType[S]{} }

// Equal implements attr.Value: it compares the text.
func (v Spelled[S]) Equal(other attr.Value) bool {
	spelled, ok := other.(Spelled[S])
	return ok && v.StringValue.Equal(spelled.StringValue)
}

// StringSemanticEquals implements basetypes.StringValuableWithSemanticEquals.
func (v Spelled[S]) StringSemanticEquals(
	ctx context.Context, other basetypes.StringValuable,
) (bool, diag.Diagnostics) {
	text, diags := other.ToStringValue(ctx)
	return !diags.HasError() && sameText[S](v.StringValue, text), diags
}

// Same tells whether two texts say the same, or are both absent.
func (v Spelled[S]) Same(other Spelled[S]) bool {
	return v.IsNull() && other.IsNull() || sameText[S](v.StringValue, other.StringValue)
}

// sameText tells whether two texts are there, and say the same.
func sameText[S Spelling](a, b basetypes.StringValue) bool {
	if a.IsNull() || a.IsUnknown() || b.IsNull() || b.IsUnknown() {
		return false
	}
	return a.Equal(b) || (*new(S)).Same(a.ValueString(), b.ValueString())
}

// KeepSpelling returns a plan modifier that plans the prior value when the configuration says the same in other words.
func (t SpelledType[S]) KeepSpelling() planmodifier.String { return keepTextSpelling[S]{} }

type keepTextSpelling[S Spelling] struct{}

func (keepTextSpelling[S]) Description(context.Context) string { return keepSpellingDescription }

func (keepTextSpelling[S]) MarkdownDescription(context.Context) string {
	return keepSpellingDescription
}

// PlanModifyString implements planmodifier.String.
func (keepTextSpelling[S]) PlanModifyString(
	_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse,
) {
	if sameText[S](req.StateValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}

// FoldedType is the type of a text whose case does not matter, such as a hash.
type FoldedType = SpelledType[foldedSpelling]

// Folded is a text whose case does not matter.
type Folded = Spelled[foldedSpelling]

// NewFolded is NewSpelled for a text whose case does not matter.
func NewFolded(text string) Folded { return NewSpelled[foldedSpelling](text) }

type foldedSpelling struct{}

func (foldedSpelling) Same(a, b string) bool { return strings.EqualFold(a, b) }
