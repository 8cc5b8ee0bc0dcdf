package tfkit

import (
	"context"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// What several objects have.

// Choice is a text out of a few, with a default.
func Choice(byDefault string, values []string, description string) schema.Attribute {
	return schema.StringAttribute{
		Optional:            true,
		Computed:            true,
		Default:             stringdefault.StaticString(byDefault),
		MarkdownDescription: description,
		Validators:          []validator.String{stringvalidator.OneOf(values...)},
	}
}

// ComputedOnce is a text that is set once and never changes.
func ComputedOnce(description string) schema.Attribute {
	return schema.StringAttribute{
		Computed:            true,
		MarkdownDescription: description,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// DefaultOSTypes are the operating systems that are meant where none is named.
func DefaultOSTypes() []string { return []string{"linux", "macos", "windows"} }

const osTypesDefault = ": `linux`, `macos`, `windows` and `windows_legacy`. Default all but `windows_legacy`."

var osTypesValidators = []validator.Set{
	setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(),
	setvalidator.ValueStringsAre(stringvalidator.OneOf(sentinelone.OSTypes()...)),
}

// OSTypes is a set of operating systems; what they are for is said in description.
func OSTypes(description string) schema.Attribute {
	return schema.SetAttribute{
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Default:             setdefault.StaticValue(StringSet(DefaultOSTypes())),
		MarkdownDescription: description + osTypesDefault,
		Validators:          osTypesValidators,
	}
}

// DataSourceOSTypes is OSTypes for a data source, whose Read fills in DefaultOSTypes.
func DataSourceOSTypes(description string) datasourceschema.Attribute {
	return datasourceschema.SetAttribute{
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		MarkdownDescription: description + osTypesDefault,
		Validators:          osTypesValidators,
	}
}

var trimmed = regexp.MustCompile(`^\S(.*\S)?$`)

// Trimmed guards names: what the console makes of white space around them is not known.
func Trimmed() validator.String {
	return stringvalidator.RegexMatches(trimmed, "must not start or end with white space")
}

// Strings returns a set's texts in a stable order, never nil.
func Strings(ctx context.Context, set types.Set, diags *diag.Diagnostics) []string {
	values := []string{}
	if set.IsNull() || set.IsUnknown() {
		return values
	}
	diags.Append(set.ElementsAs(ctx, &values, false)...)
	slices.Sort(values)
	return values
}

// StringSet returns texts as a set.
func StringSet(texts []string) types.Set {
	values := []attr.Value{}
	for _, text := range texts {
		values = append(values, types.StringValue(text))
	}
	return types.SetValueMust(types.StringType, values)
}
