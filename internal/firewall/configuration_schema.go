package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Schema implements resource.Resource.
func (r *configurationResource) Schema(
	_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "How Firewall Control is set for a scope. A scope always has a configuration: creating the " +
			"resource changes the one that is there, and destroying it leaves it as it is. What the code leaves out is left " +
			"alone." + tfkit.Permissions(sentinelone.GetFirewallConfiguration, sentinelone.UpdateFirewallConfiguration),
		Attributes: map[string]schema.Attribute{
			"scope": tfkit.ResourceScope(),
			"inherit_settings": flag("Whether `enabled`, `location_aware` and `report_blocked` come from the scope above; " +
				"they are null here then. Giving one of them makes it `false`."),
			"enabled": flag("Whether Firewall Control is on. On Windows, the rules of other firewalls become inactive " +
				"where it is."),
			"location_aware": flag("Whether rules may be limited to network locations."),
			"report_blocked": flag("Whether endpoints report what they block. Not every console tells; where it does not, " +
				"a change made there is not seen."),
			"inherit_all_firewall_rules": flag("Whether the rules and tags of the scopes above apply here too."),
			"selected_tag_ids": schema.SetAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				Computed:            true,
				MarkdownDescription: "The ids of the firewall tags of scopes above whose rules apply here.",
				PlanModifiers:       []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
				Validators: []validator.Set{
					setvalidator.SizeAtMost(mostValues), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(tfkit.ID()),
				},
			},
		},
	}
}

// flag is a setting that stays as it is when the code leaves it out.
func flag(description string) schema.Attribute {
	return schema.BoolAttribute{
		Optional:            true,
		Computed:            true,
		MarkdownDescription: description,
		PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
	}
}
