package tfkit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
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
		if !planned.FullyKnown(ctx) && !prior.IsNull() {
			planned = prior // nothing is moved on the strength of what is not known
		}
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, at, planned)...)
	}
	if !req.State.Raw.IsNull() && !sameMeaning(ctx, prior, planned) {
		resp.RequiresReplace = append(resp.RequiresReplace, at)
	}
}

// ScopeOrDefault returns the scope that a data source, a list resource or an action is about: the configured one, else the
// provider's.
func (b *Base) ScopeOrDefault(ctx context.Context, configured Scope, diags *diag.Diagnostics) sentinelone.Scope {
	scope := b.ScopeIfAny(ctx, configured, diags)
	if scope.IsZero() && !diags.HasError() {
		diags.Append(noScope(path.Root("scope")))
	}
	return scope
}

// ScopeIfAny is ScopeOrDefault for what can do without: the zero Scope where neither names one.
func (b *Base) ScopeIfAny(ctx context.Context, configured Scope, diags *diag.Diagnostics) sentinelone.Scope {
	if configured.IsNull() && b.Provider != nil {
		configured = b.Provider.DefaultScope
	}
	if !configured.FullyKnown(ctx) {
		diags.Append(unknownProvider("scope"))
	}
	return ScopeOf(ctx, configured)
}

func noScope(at path.Path) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "No scope",
		"Neither this object nor the provider says where it belongs. Set scope here or in the provider block, such as "+
			"scope = { site_id = \"225494730938493804\" }.")
}
