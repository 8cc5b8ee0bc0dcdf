package tfkit

import (
	"context"

	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The scope attribute, for each kind of schema.

const (
	scopeDescription = "The scope it belongs to: exactly one of `tenant`, `account_id`, `site_id` and `group_id`."
	scopeDefault     = " Left out, it is the provider's `scope`."
)

var (
	scopeValidators = []validator.Object{oneScope{}}
	idValidators    = []validator.String{ID()}
)

// scopeAttributes are the attributes of a scope, as one kind of schema has them.
func scopeAttributes[A any](flag, id func(description string) A) map[string]A {
	return map[string]A{
		"tenant":     flag("The whole tenant; only `true` can be given."),
		"account_id": id("The id of an account."),
		"site_id":    id("The id of a site."),
		"group_id":   id("The id of a group."),
	}
}

// ResourceScope is the scope attribute of a managed resource. Its ModifyPlan calls PlanScope.
func ResourceScope() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		Computed:            true,
		CustomType:          scopeType,
		Validators:          scopeValidators,
		MarkdownDescription: scopeDescription + scopeDefault + " Changing it replaces the object.",
		Attributes: scopeAttributes(
			func(description string) schema.Attribute {
				return schema.BoolAttribute{Optional: true, MarkdownDescription: description}
			},
			func(description string) schema.Attribute {
				return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: idValidators}
			},
		),
	}
}

// DataSourceScope is the scope attribute of a data source that asks about one scope.
func DataSourceScope() datasourceschema.Attribute {
	return datasourceschema.SingleNestedAttribute{
		Optional:            true,
		Computed:            true,
		CustomType:          scopeType,
		Validators:          scopeValidators,
		MarkdownDescription: scopeDescription + scopeDefault,
		Attributes: scopeAttributes(
			func(description string) datasourceschema.Attribute {
				return datasourceschema.BoolAttribute{Optional: true, MarkdownDescription: description}
			},
			func(description string) datasourceschema.Attribute {
				return datasourceschema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: idValidators}
			},
		),
	}
}

// ListScope is the scope attribute of a list resource.
func ListScope() listschema.Attribute {
	return listschema.SingleNestedAttribute{
		Optional:            true,
		CustomType:          scopeType,
		Validators:          scopeValidators,
		MarkdownDescription: scopeDescription + scopeDefault,
		Attributes: scopeAttributes(
			func(description string) listschema.Attribute {
				return listschema.BoolAttribute{Optional: true, MarkdownDescription: description}
			},
			func(description string) listschema.Attribute {
				return listschema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: idValidators}
			},
		),
	}
}

// ActionScope is the scope attribute of an action, described by what the action does to a scope, and to which.
func ActionScope(description string) actionschema.Attribute {
	return actionschema.SingleNestedAttribute{
		Optional:            true,
		CustomType:          scopeType,
		Validators:          scopeValidators,
		MarkdownDescription: description + scopeDefault,
		Attributes: scopeAttributes(
			func(description string) actionschema.Attribute {
				return actionschema.BoolAttribute{Optional: true, MarkdownDescription: description}
			},
			func(description string) actionschema.Attribute {
				return actionschema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: idValidators}
			},
		),
	}
}

// ProviderScope is the default scope in the provider's configuration.
func ProviderScope() providerschema.Attribute {
	return providerschema.SingleNestedAttribute{
		Optional:   true,
		CustomType: scopeType,
		Validators: scopeValidators,
		MarkdownDescription: "The scope of objects that name none: exactly one of `tenant`, `account_id`, `site_id` " +
			"and `group_id`.",
		Attributes: scopeAttributes(
			func(description string) providerschema.Attribute {
				return providerschema.BoolAttribute{Optional: true, MarkdownDescription: description}
			},
			func(description string) providerschema.Attribute {
				return providerschema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: idValidators}
			},
		),
	}
}

// ReadyScope is a computed attribute that other objects take as their scope.
func ReadyScope() datasourceschema.Attribute {
	return ComputedScope("The same as a scope, ready for the `scope` of other objects.")
}

// ComputedScope is a scope that a data source answers.
func ComputedScope(description string) datasourceschema.Attribute {
	return ComputedObject(scopeType, description)
}

// oneScope validates that a scope names exactly one place.
type oneScope struct{}

func (oneScope) Description(context.Context) string { return "exactly one attribute must be set" }

func (v oneScope) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateObject implements validator.Object.
func (oneScope) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	set, unknown := 0, 0
	for _, value := range req.ConfigValue.Attributes() {
		switch {
		case value.IsUnknown():
			unknown++
		case !value.IsNull():
			set++
		}
		if tenant, ok := value.(types.Bool); ok && !tenant.IsNull() && !tenant.IsUnknown() && !tenant.ValueBool() {
			resp.Diagnostics.AddAttributeError(req.Path.AtName("tenant"), "Invalid scope",
				"tenant can only be true. For a narrower scope, set account_id, site_id or group_id instead.")
			return
		}
	}
	if set > 1 || set+unknown == 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid scope",
			"Set exactly one of tenant, account_id, site_id and group_id.")
	}
}
