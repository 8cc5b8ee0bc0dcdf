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

// FoldedType is the type of a text whose case does not matter, such as a hash.
type FoldedType struct{ basetypes.StringType }

// Folded is a text whose case does not matter.
type Folded struct{ basetypes.StringValue }

var (
	_ basetypes.StringTypable                    = FoldedType{}
	_ basetypes.StringValuableWithSemanticEquals = Folded{}
)

// NewFolded returns the text, or null for the empty one: the API tells the two apart in no answer.
func NewFolded(text string) Folded { return Folded{Text(text)} }

// Text returns the text as a Terraform value, null for the empty one.
func Text(text string) basetypes.StringValue {
	if text == "" {
		return basetypes.NewStringNull()
	}
	return basetypes.NewStringValue(text)
}

// Equal implements attr.Type.
func (t FoldedType) Equal(o attr.Type) bool {
	_, ok := o.(FoldedType)
	return ok
}

// String implements attr.Type.
func (t FoldedType) String() string { return "tfkit.FoldedType" }

// ValueType implements attr.Type.
func (t FoldedType) ValueType(context.Context) attr.Value { return Folded{} }

// ValueFromString implements basetypes.StringTypable.
func (t FoldedType) ValueFromString(
	_ context.Context, in basetypes.StringValue,
) (basetypes.StringValuable, diag.Diagnostics) {
	return Folded{in}, nil
}

// ValueFromTerraform implements attr.Type.
func (t FoldedType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	text, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("%T is no string", value)
	}
	return Folded{text}, nil
}

// Type implements attr.Value.
func (f Folded) Type(context.Context) attr.Type { return FoldedType{} }

// Equal implements attr.Value: it compares the text.
func (f Folded) Equal(other attr.Value) bool {
	folded, ok := other.(Folded)
	return ok && f.StringValue.Equal(folded.StringValue)
}

// StringSemanticEquals implements basetypes.StringValuableWithSemanticEquals: it compares without case.
func (f Folded) StringSemanticEquals(
	ctx context.Context, other basetypes.StringValuable,
) (bool, diag.Diagnostics) {
	text, diags := other.ToStringValue(ctx)
	return !diags.HasError() && strings.EqualFold(f.ValueString(), text.ValueString()), diags
}

// Same tells whether two texts differ in case only, or are both absent.
func (f Folded) Same(other Folded) bool {
	return f.IsNull() == other.IsNull() && strings.EqualFold(f.ValueString(), other.ValueString())
}

// KeepSpelling returns a plan modifier that plans the prior value when the configuration differs in case only.
func (t FoldedType) KeepSpelling() planmodifier.String { return keepFoldedSpelling{} }

type keepFoldedSpelling struct{}

func (keepFoldedSpelling) Description(context.Context) string { return keepSpellingDescription }

func (keepFoldedSpelling) MarkdownDescription(context.Context) string { return keepSpellingDescription }

// PlanModifyString implements planmodifier.String.
func (keepFoldedSpelling) PlanModifyString(
	_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse,
) {
	prior, planned := req.StateValue, req.PlanValue
	if !prior.IsNull() && !planned.IsNull() && !planned.IsUnknown() &&
		strings.EqualFold(prior.ValueString(), planned.ValueString()) {
		resp.PlanValue = prior
	}
}
