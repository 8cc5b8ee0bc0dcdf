package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

const (
	shortestTagName = 2
	longestTagText  = 256 // of the name, and of the description with the marker
)

// Schema implements resource.Resource.
func (r *tagResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A tag of firewall rules. Rules of the same scope are linked to it by `tag_ids`; a scope below " +
			"takes them on by selecting the tag (see `sentinelone_firewall_configuration`)." +
			tfkit.Permissions(sentinelone.ListFirewallTags, sentinelone.CreateFirewallTag),
		Attributes: map[string]schema.Attribute{
			"id":    tfkit.ComputedOnce("The console's id of the tag."),
			"scope": tfkit.ResourceScope(),
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The name of the tag, 2 to 256 characters.",
				Validators: []validator.String{
					stringvalidator.UTF8LengthBetween(shortestTagName, longestTagText), tfkit.Trimmed(),
				},
			},
			"description": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What the tag is for. The console shows it with the provider's `marker` behind it; both " +
					"together are at most 256 characters.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			tfkit.OnExisting: tfkit.OnExistingAttribute("a tag of the same name in the scope"),
			"creator":        tfkit.ComputedOnce("The name of the user who made the tag."),
			"created_at":     tfkit.ComputedOnce("When the tag was made, in UTC."),
		},
	}
}
