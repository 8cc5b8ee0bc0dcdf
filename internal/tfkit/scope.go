package tfkit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// Scope is a scope attribute's value: an object of which exactly one attribute is set.
type Scope = Object[scopeFields]

type scopeFields struct {
	Tenant    *bool   `tfsdk:"tenant"`
	AccountID *string `tfsdk:"account_id"`
	SiteID    *string `tfsdk:"site_id"`
	GroupID   *string `tfsdk:"group_id"`
}

// Meaning implements Meaningful.
func (f scopeFields) Meaning() string { return f.scope().String() }

func (f scopeFields) scope() sentinelone.Scope {
	switch {
	case f.GroupID != nil:
		return sentinelone.Scope{Level: sentinelone.LevelGroup, ID: *f.GroupID}
	case f.SiteID != nil:
		return sentinelone.Scope{Level: sentinelone.LevelSite, ID: *f.SiteID}
	case f.AccountID != nil:
		return sentinelone.Scope{Level: sentinelone.LevelAccount, ID: *f.AccountID}
	case f.Tenant != nil:
		return sentinelone.Scope{Level: sentinelone.LevelTenant}
	default:
		return sentinelone.Scope{}
	}
}

var scopeType = NewObjectType[scopeFields](map[string]attr.Type{
	"tenant": types.BoolType, "account_id": types.StringType, "site_id": types.StringType, "group_id": types.StringType,
})

// NullScope is the absent scope.
func NullScope() Scope { return scopeType.Null() }

// NewScope returns a scope as an attribute's value; the zero scope is null.
func NewScope(s sentinelone.Scope) Scope {
	if s.IsZero() {
		return scopeType.Null()
	}
	id := func(level sentinelone.Level) attr.Value {
		if s.Level != level {
			return types.StringNull()
		}
		return types.StringValue(s.ID)
	}
	tenant := types.BoolNull()
	if s.Level == sentinelone.LevelTenant {
		tenant = types.BoolValue(true)
	}
	return Scope{basetypes.NewObjectValueMust(scopeType.AttrTypes, map[string]attr.Value{
		"tenant":     tenant,
		"account_id": id(sentinelone.LevelAccount),
		"site_id":    id(sentinelone.LevelSite),
		"group_id":   id(sentinelone.LevelGroup),
	})}
}

// ScopeOf returns the scope that an attribute's value names: the zero scope for none.
func ScopeOf(ctx context.Context, value Scope) sentinelone.Scope {
	fields, _ := value.Known(ctx)
	return fields.scope()
}

// PlanScope completes the plan of a resource's scope: the provider's default where the code names none, and
// replacement where it differs from the prior one. Both depend on the provider's configuration, which a schema, being
// cached, must not.
func (r *Resource) PlanScope(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	at := path.Root("scope")
	var configured, prior, planned Scope
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, at, &configured)...)
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, at, &prior)...)
	if resp.Diagnostics.HasError() || r.Provider == nil {
		return
	}
	planned = configured
	if configured.IsNull() {
		if planned = r.Provider.DefaultScope; planned.IsNull() {
			resp.Diagnostics.Append(noScope(at))
			return
		}
		if planned.IsUnknown() && !prior.IsNull() {
			planned = prior // nothing is moved on the strength of what is not known
		}
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, at, planned)...)
	}
	if !req.State.Raw.IsNull() && !sameMeaning(ctx, prior, planned) {
		resp.RequiresReplace = append(resp.RequiresReplace, at)
	}
}

// Scope returns the scope that a data source asks about: the configured one, else the provider's.
func (d *DataSource) Scope(ctx context.Context, configured Scope, diags *diag.Diagnostics) sentinelone.Scope {
	if configured.IsNull() && d.Provider != nil {
		configured = d.Provider.DefaultScope
	}
	scope := ScopeOf(ctx, configured)
	switch {
	case configured.IsUnknown():
		diags.Append(unknownProvider("scope"))
	case scope.IsZero():
		diags.Append(noScope(path.Root("scope")))
	}
	return scope
}

func noScope(at path.Path) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "No scope",
		"Neither this object nor the provider says where it belongs. Set scope here or in the provider block, such as "+
			"scope = { site_id = \"225494730938493804\" }.")
}

const (
	scopeDescription = "The scope it belongs to: exactly one of `tenant`, `account_id`, `site_id` and `group_id`."

	tenantDescription  = "The whole tenant; only `true` can be given."
	accountDescription = "The id of an account."
	siteDescription    = "The id of a site."
	groupDescription   = "The id of a group."
)

// ResourceScope is the scope attribute of a managed resource. Its ModifyPlan calls PlanScope.
func ResourceScope() schema.Attribute {
	id := func(description string) schema.Attribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: []validator.String{ID()}}
	}
	return schema.SingleNestedAttribute{
		Optional:   true,
		Computed:   true,
		CustomType: scopeType,
		Validators: []validator.Object{oneScope{}},
		MarkdownDescription: scopeDescription +
			" Left out, it is the provider's `scope`. Changing it replaces the object.",
		Attributes: map[string]schema.Attribute{
			"tenant":     schema.BoolAttribute{Optional: true, MarkdownDescription: tenantDescription},
			"account_id": id(accountDescription),
			"site_id":    id(siteDescription),
			"group_id":   id(groupDescription),
		},
	}
}

// DataSourceScope is the scope attribute of a data source that asks about one scope.
func DataSourceScope() datasourceschema.Attribute {
	id := func(description string) datasourceschema.Attribute {
		return datasourceschema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: []validator.String{ID()}}
	}
	return datasourceschema.SingleNestedAttribute{
		Optional:            true,
		Computed:            true,
		CustomType:          scopeType,
		Validators:          []validator.Object{oneScope{}},
		MarkdownDescription: scopeDescription + " Left out, it is the provider's `scope`.",
		Attributes: map[string]datasourceschema.Attribute{
			"tenant":     datasourceschema.BoolAttribute{Optional: true, MarkdownDescription: tenantDescription},
			"account_id": id(accountDescription),
			"site_id":    id(siteDescription),
			"group_id":   id(groupDescription),
		},
	}
}

// ReadyScope is a computed attribute that other objects take as their scope.
func ReadyScope() datasourceschema.Attribute {
	return datasourceschema.ObjectAttribute{
		Computed:            true,
		CustomType:          scopeType,
		MarkdownDescription: "The same as a scope, ready for the `scope` of other objects.",
	}
}

// ProviderScope is the default scope in the provider's configuration.
func ProviderScope() providerschema.Attribute {
	id := func(description string) providerschema.Attribute {
		return providerschema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: []validator.String{ID()}}
	}
	return providerschema.SingleNestedAttribute{
		Optional:   true,
		CustomType: scopeType,
		Validators: []validator.Object{oneScope{}},
		MarkdownDescription: "The scope of objects that name none: exactly one of `tenant`, `account_id`, `site_id` " +
			"and `group_id`.",
		Attributes: map[string]providerschema.Attribute{
			"tenant":     providerschema.BoolAttribute{Optional: true, MarkdownDescription: tenantDescription},
			"account_id": id(accountDescription),
			"site_id":    id(siteDescription),
			"group_id":   id(groupDescription),
		},
	}
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
