package tfkit

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What a data source answers, by the type of its value.

// ComputedText is a text.
func ComputedText(description string) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

// ComputedHash is a text whose case does not matter.
func ComputedHash(description string) schema.Attribute {
	return schema.StringAttribute{Computed: true, CustomType: FoldedType{}, MarkdownDescription: description}
}

// ComputedNumber is a whole number.
func ComputedNumber(description string) schema.Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

// ComputedScore is a number with a fraction.
func ComputedScore(description string) schema.Attribute {
	return schema.Float64Attribute{Computed: true, MarkdownDescription: description}
}

// ComputedFlag is a truth.
func ComputedFlag(description string) schema.Attribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
}

// ComputedSet is a set of texts.
func ComputedSet(description string) schema.Attribute {
	return schema.SetAttribute{ElementType: types.StringType, Computed: true, MarkdownDescription: description}
}

// ComputedList is a list of texts in a stable order.
func ComputedList(description string) schema.Attribute {
	return schema.ListAttribute{ElementType: types.StringType, Computed: true, MarkdownDescription: description}
}

// ComputedObject is an object that is compared by what it means.
func ComputedObject[T Meaningful](t ObjectType[T], description string) schema.Attribute {
	return schema.ObjectAttribute{
		Computed: true, CustomType: t, MarkdownDescription: description,
	}
}

// ComputedRows are rows in a stable order.
func ComputedRows(description string, row map[string]schema.Attribute) schema.Attribute {
	return schema.ListNestedAttribute{
		Computed:            true,
		MarkdownDescription: description,
		NestedObject:        schema.NestedAttributeObject{Attributes: row},
	}
}
