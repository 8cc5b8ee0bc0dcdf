package tfkit

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// SettlePlan is the last step of a ModifyPlan: when nothing that can be configured differs from the prior state, the
// plan becomes the prior state. Without it, a mere respelling has turned the computed values unknown, and plans an
// update. Attributes that only steer the provider, and mean nothing to the console, are named as steering: a change of
// theirs alone is none. Terraform takes a prior value in place of a configured one only where neither is null, so they
// have a default, which Read fills in after an import.
func SettlePlan(req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, steering ...string) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}
	var prior, planned map[string]tftypes.Value
	if err := req.State.Raw.As(&prior); err != nil {
		resp.Diagnostics.Append(unreadable(err))
		return
	}
	if err := resp.Plan.Raw.As(&planned); err != nil {
		resp.Diagnostics.Append(unreadable(err))
		return
	}
	for name, attribute := range req.Plan.Schema.GetAttributes() {
		configurable := attribute.IsRequired() || attribute.IsOptional()
		if configurable && !slices.Contains(steering, name) && !planned[name].Equal(prior[name]) {
			return
		}
	}
	resp.Plan.Raw = req.State.Raw
}

func unreadable(err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Cannot compare plan and state",
		"This is an error in the provider; please report it: "+err.Error())
}
