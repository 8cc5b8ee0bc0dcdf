package tfkit

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Meaningful is a struct with tfsdk tags whose values may be written in several ways. Two that mean the same return
// the same text.
type Meaningful interface{ Meaning() string }

// ObjectType is the type of an object that is compared by what it means, so that order and spelling never show as a
// change.
type ObjectType[T Meaningful] struct{ basetypes.ObjectType }

// NewObjectType returns the type of objects with these attributes, which are T's.
func NewObjectType[T Meaningful](attributes map[string]attr.Type) ObjectType[T] {
	return ObjectType[T]{basetypes.ObjectType{AttrTypes: attributes}}
}

var (
	_ basetypes.ObjectTypable                    = ObjectType[Meaningful]{}
	_ basetypes.ObjectValuableWithSemanticEquals = Object[Meaningful]{}
)

// Equal implements attr.Type.
func (t ObjectType[T]) Equal(o attr.Type) bool {
	other, ok := o.(ObjectType[T])
	return ok && t.ObjectType.Equal(other.ObjectType)
}

// String implements attr.Type.
func (t ObjectType[T]) String() string { return fmt.Sprintf("tfkit.ObjectType[%T]", *new(T)) }

// ValueType implements attr.Type.
func (t ObjectType[T]) ValueType(context.Context) attr.Value { return Object[T]{} }

// ValueFromObject implements basetypes.ObjectTypable.
func (t ObjectType[T]) ValueFromObject(
	_ context.Context, in basetypes.ObjectValue,
) (basetypes.ObjectValuable, diag.Diagnostics) {
	return Object[T]{in}, nil
}

// ValueFromTerraform implements attr.Type.
func (t ObjectType[T]) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.ObjectType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	object, ok := value.(basetypes.ObjectValue)
	if !ok {
		return nil, fmt.Errorf("%T is no object", value)
	}
	return Object[T]{object}, nil
}

// Null is the absent object.
func (t ObjectType[T]) Null() Object[T] { return Object[T]{basetypes.NewObjectNull(t.AttrTypes)} }

// Of returns the object that holds v.
func (t ObjectType[T]) Of(ctx context.Context, v T) (Object[T], diag.Diagnostics) {
	object, diags := basetypes.NewObjectValueFrom(ctx, t.AttrTypes, v)
	return Object[T]{object}, diags
}

// Object is an object that is compared by what it means.
type Object[T Meaningful] struct{ basetypes.ObjectValue }

// Type implements attr.Value.
func (o Object[T]) Type(ctx context.Context) attr.Type {
	return NewObjectType[T](o.AttributeTypes(ctx))
}

// Equal implements attr.Value: it compares the text.
func (o Object[T]) Equal(other attr.Value) bool {
	object, ok := other.(Object[T])
	return ok && o.ObjectValue.Equal(object.ObjectValue)
}

// ObjectSemanticEquals implements basetypes.ObjectValuableWithSemanticEquals: it compares the meaning.
func (o Object[T]) ObjectSemanticEquals(
	ctx context.Context, other basetypes.ObjectValuable,
) (bool, diag.Diagnostics) {
	object, diags := other.ToObjectValue(ctx)
	if diags.HasError() {
		return false, diags
	}
	return sameMeaning[T](ctx, o, Object[T]{object}), nil
}

// FullyKnown tells whether neither the object nor anything in it is unknown.
func (o Object[T]) FullyKnown(ctx context.Context) bool {
	value, err := o.ToTerraformValue(ctx)
	return err == nil && value.IsFullyKnown()
}

// Known returns what the object holds; ok is false when it is null, or does not hold a T because something in it is
// unknown.
func (o Object[T]) Known(ctx context.Context) (v T, ok bool) {
	if o.IsNull() || o.IsUnknown() {
		return v, false
	}
	return v, !o.As(ctx, &v, basetypes.ObjectAsOptions{}).HasError()
}

func sameMeaning[T Meaningful](ctx context.Context, a, b Object[T]) bool {
	x, ok1 := a.Known(ctx)
	y, ok2 := b.Known(ctx)
	return ok1 && ok2 && x.Meaning() == y.Meaning()
}

// KeepSpelling returns a plan modifier that plans the prior value when the configuration says the same in other words.
// Semantic equality alone does not do that: the framework asks for it after plan only.
func (t ObjectType[T]) KeepSpelling() planmodifier.Object { return keepObjectSpelling[T]{} }

const keepSpellingDescription = "Writing the same in another way is no change."

type keepObjectSpelling[T Meaningful] struct{}

func (keepObjectSpelling[T]) Description(context.Context) string { return keepSpellingDescription }

func (keepObjectSpelling[T]) MarkdownDescription(context.Context) string {
	return keepSpellingDescription
}

// PlanModifyObject implements planmodifier.Object.
func (keepObjectSpelling[T]) PlanModifyObject(
	ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse,
) {
	if sameMeaning(ctx, Object[T]{req.StateValue}, Object[T]{req.PlanValue}) {
		resp.PlanValue = req.StateValue
	}
}
