package firewall

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ resource.ResourceWithConfigure      = (*configurationResource)(nil)
	_ resource.ResourceWithIdentity       = (*configurationResource)(nil)
	_ resource.ResourceWithImportState    = (*configurationResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*configurationResource)(nil)
	_ resource.ResourceWithValidateConfig = (*configurationResource)(nil)
)

type configurationResource struct{ tfkit.PerScope }

// NewConfigurationResource returns the resource sentinelone_firewall_configuration.
func NewConfigurationResource() resource.Resource { return &configurationResource{} }

// Metadata implements resource.Resource.
func (r *configurationResource) Metadata(
	_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_firewall_configuration"
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *configurationResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config configurationModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !config.InheritSettings.ValueBool() {
		return
	}
	for _, setting := range config.settings() {
		if isKnown(*setting.value) {
			resp.Diagnostics.AddAttributeError(path.Root(setting.attribute), "Setting of a scope that inherits", fmt.Sprintf(
				"%s is decided by a scope above as long as inherit_settings is true. Leave one of the two out.", setting.attribute))
		}
	}
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *configurationResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.AddWarning("Firewall configuration stays as it is", "A scope always has a configuration of "+
			"Firewall Control. Terraform forgets this one, and changes nothing on the console.")
		return
	}
	r.PlanScope(ctx, req, resp)
	r.PlanSole(ctx, req, resp, "configuration of Firewall Control")
	r.planInheritance(ctx, req, resp)
	tfkit.SettlePlan(req, resp)
	r.planSwitchingOn(ctx, req, resp)
}

// planInheritance completes the plan of what depends on where the settings come from. A scope that the code gives a
// setting can't inherit them; one that stops to inherit, or may, has settings that are not known yet.
func (r *configurationResource) planInheritance(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	var config, prior, plan configurationModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	}
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	configured := config.settings()
	for _, setting := range configured {
		switch {
		case !config.InheritSettings.IsNull() || setting.value.IsNull():
		case isKnown(*setting.value):
			plan.InheritSettings = types.BoolValue(false)
		case plan.InheritSettings.ValueBool(): // as long as the setting is not known
			plan.InheritSettings = types.BoolUnknown()
		}
	}
	for i, setting := range plan.settings() {
		switch {
		case !configured[i].value.IsNull():
		case plan.InheritSettings.ValueBool():
			*setting.value = types.BoolNull()
		case plan.InheritSettings.IsUnknown(), prior.InheritSettings.ValueBool():
			*setting.value = types.BoolUnknown()
		}
	}
	if plan.InheritSettings.ValueBool() && tfkit.ScopeOf(ctx, plan.Scope).Level == sentinelone.LevelTenant {
		resp.Diagnostics.AddAttributeError(path.Root("inherit_settings"), "Nothing to inherit",
			"The tenant is the top: there is no scope above it to inherit settings from.")
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// planSwitchingOn warns of what switching Firewall Control on does to Windows endpoints.
func (r *configurationResource) planSwitchingOn(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	var prior, plan configurationModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	}
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &plan)...)
	if plan.Enabled.ValueBool() && !prior.Enabled.ValueBool() {
		resp.Diagnostics.AddAttributeWarning(path.Root("enabled"), "Firewall Control takes over on Windows",
			"Where Firewall Control is switched on, the rules of Windows' own firewall, and of other firewalls on the "+
				"endpoint, become inactive. Check that the rules of this scope allow what is needed.")
	}
}

// Create implements resource.Resource. A scope has its configuration already: it is changed to what is planned.
func (r *configurationResource) Create(
	ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse,
) {
	r.apply(ctx, req.Plan, resp.Identity, &resp.State, &resp.Diagnostics)
}

// Update implements resource.Resource.
func (r *configurationResource) Update(
	ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse,
) {
	r.apply(ctx, req.Plan, resp.Identity, &resp.State, &resp.Diagnostics)
}

func (r *configurationResource) apply(
	ctx context.Context, planned tfsdk.Plan, identity *tfsdk.ResourceIdentity, state *tfsdk.State, diags *diag.Diagnostics,
) {
	var plan configurationModel
	diags.Append(planned.Get(ctx, &plan)...)
	client := r.Client(diags)
	if diags.HasError() {
		return
	}
	in := tfkit.ScopeOf(ctx, plan.Scope)
	found := r.change(ctx, client, in, plan, diags)
	if diags.HasError() {
		return
	}
	diags.Append(r.Identify(ctx, identity, in)...)
	diags.Append(state.Set(ctx, newConfigurationModel(in, found, plan))...)
}

// change makes the configuration what is planned, and returns it as the console holds it then. It writes only what
// differs, and reads back: a console that takes a change and does not make it is an error.
func (r *configurationResource) change(
	ctx context.Context, client *sentinelone.Client, in sentinelone.Scope, plan configurationModel, diags *diag.Diagnostics,
) sentinelone.FirewallConfiguration {
	r.Provider.Configurations.Forget()
	found, err := r.Provider.Configurations.Get(ctx, in)
	if err != nil {
		tfkit.AddFailure(diags, sentinelone.GetFirewallConfiguration, describeConfiguration(in), err)
		return found
	}
	want, more := plan.over(ctx, found)
	diags.Append(more...)
	fields := differences(want, found)
	if diags.HasError() || fields == (sentinelone.FirewallConfigurationFields{}) {
		return found
	}
	if err := update(ctx, client, in, fields); err != nil {
		tfkit.AddFailure(diags, sentinelone.UpdateFirewallConfiguration, describeConfiguration(in), err)
		return found
	}
	r.Provider.Configurations.Forget()
	found, err = r.Provider.Configurations.Get(ctx, in)
	if err != nil {
		tfkit.AddFailure(diags, sentinelone.GetFirewallConfiguration, describeConfiguration(in), err)
		return found
	}
	if found.ReportBlocked == nil { // not every console tells
		want.ReportBlocked = nil
	}
	if unmade := differences(want, found); unmade != (sentinelone.FirewallConfigurationFields{}) {
		diags.AddError("Firewall configuration not changed", describeConfiguration(in)+": the console took the change, "+
			"and did not make it for: "+strings.Join(unmade.Names(), ", ")+". Look whether a scope above, or the licence, "+
			"forbids it.")
	}
	return found
}

// update writes the changes: in one call, or where the console wants it, in one that ends the inheritance and one for
// the rest.
func update(
	ctx context.Context, client *sentinelone.Client, in sentinelone.Scope, fields sentinelone.FirewallConfigurationFields,
) error {
	err := client.FirewallConfigurations.Update(ctx, in, fields)
	if !errors.Is(err, sentinelone.ErrInherits) || fields.InheritSettings == nil || *fields.InheritSettings {
		return err
	}
	err = client.FirewallConfigurations.Update(
		ctx, in, sentinelone.FirewallConfigurationFields{InheritSettings: fields.InheritSettings})
	if err != nil {
		return err
	}
	fields.InheritSettings = nil
	return client.FirewallConfigurations.Update(ctx, in, fields)
}

// Read implements resource.Resource.
func (r *configurationResource) Read(
	ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse,
) {
	var prior configurationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	in := tfkit.ScopeOf(ctx, prior.Scope)
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, in)...)
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	found, err := r.Provider.Configurations.Get(ctx, in)
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.GetFirewallConfiguration, describeConfiguration(in), err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newConfigurationModel(in, found, prior))...)
}

// Delete implements resource.Resource. It changes nothing on the console, as the plan has said.
func (r *configurationResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}

func describeConfiguration(in sentinelone.Scope) string {
	return tfkit.Describe("Configuration of Firewall Control", "", "", in)
}
