package blocklist

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Schema implements resource.Resource.
func (r *entryResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An entry of the Blocklist: endpoints of a scope that run one operating system do not run " +
			"files with the hash." + tfkit.Permissions(sentinelone.ListRestrictions, sentinelone.CreateRestriction,
			sentinelone.UpdateRestriction, sentinelone.DeleteRestrictions),
		Attributes: map[string]schema.Attribute{
			"id":    tfkit.ComputedOnce("The console's id of the entry."),
			"scope": tfkit.ResourceScope(),
			"os_type": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The operating system: `linux`, `macos`, `windows` or `windows_legacy`. Changing it " +
					"replaces the entry.",
				Validators:    []validator.String{stringvalidator.OneOf(sentinelone.OSTypes()...)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"sha1":   hashAttribute("The SHA-1 of the file, 40 hexadecimal digits.", ioc.SHA1),
			"sha256": hashAttribute("The SHA-256 of the file, 64 hexadecimal digits.", ioc.SHA256),
			"description": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Why the file is blocked. The console shows it with the provider's `marker` behind " +
					"it, by which the entry can be told from others.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			tfkit.OnExisting: tfkit.OnExistingAttribute("an entry for the same hash and operating system in the scope"),
			"source": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Where the entry came from: `user`, `cloud`, `action_from_threat` or `catalog`.",
			},
			"not_recommended": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "The console's verdict on blocking this hash, `NONE` when it has no objection.",
			},
			"imported": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether a bulk import of the console made the entry.",
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"creator":    tfkit.ComputedOnce("The name of the user who made the entry."),
			"created_at": tfkit.ComputedOnce("When the entry was made, in UTC."),
		},
	}
}

func hashAttribute(description string, parse func(string) (string, error)) schema.Attribute {
	return schema.StringAttribute{
		Optional:   true,
		CustomType: tfkit.FoldedType{},
		MarkdownDescription: description + " At least one hash is needed; case does not matter. Changing a hash " +
			"replaces the entry.",
		Validators: []validator.String{
			stringvalidator.AtLeastOneOf(path.MatchRoot("sha1"), path.MatchRoot("sha256")),
			tfkit.Parses(parse),
		},
		// In this order: a change of case alone must not replace the entry.
		PlanModifiers: []planmodifier.String{tfkit.FoldedType{}.KeepSpelling(), stringplanmodifier.RequiresReplace()},
	}
}
