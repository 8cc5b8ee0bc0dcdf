package firewall

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ resource.ResourceWithConfigure   = (*tagResource)(nil)
	_ resource.ResourceWithIdentity    = (*tagResource)(nil)
	_ resource.ResourceWithImportState = (*tagResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*tagResource)(nil)
)

type tagResource struct {
	tfkit.Inventoried[sentinelone.FirewallTag, sentinelone.FirewallTagFields, tagModel]
}

// NewTagResource returns the resource sentinelone_firewall_tag.
func NewTagResource() resource.Resource { return &tagResource{tfkit.NewInventoried(tagKind)} }

var tagKind = tfkit.Kind[sentinelone.FirewallTag, sentinelone.FirewallTagFields, tagModel]{
	Type: "sentinelone_firewall_tag",
	Operations: tfkit.Operations{
		List:   sentinelone.ListFirewallTags,
		Create: sentinelone.CreateFirewallTag,
		Update: sentinelone.UpdateFirewallTag,
		Delete: sentinelone.DeleteFirewallTags,
	},
	Inventory: func(p *tfkit.Provider) *inventory.Inventory[sentinelone.FirewallTag] { return p.Tags },
	Describe:  tagModel.describe,
	ToAPI:     tagModel.toAPI,
	Unchanged: tagModel.unchanged,
	FromAPI:   newTagModel,
	Create: func(
		ctx context.Context, console *sentinelone.Client, in sentinelone.Scope, fields sentinelone.FirewallTagFields,
	) (sentinelone.FirewallTag, error) {
		return console.FirewallTags.Create(ctx, in, fields)
	},
	Update: func(
		ctx context.Context, console *sentinelone.Client, _ sentinelone.Scope, id string, fields sentinelone.FirewallTagFields,
	) (sentinelone.FirewallTag, error) {
		return console.FirewallTags.Update(ctx, id, fields)
	},
	Same: func(sentinelone.FirewallTag, sentinelone.FirewallTagFields) bool { return true }, // a tag is its name
	Made: func(tag sentinelone.FirewallTag) string {
		return fmt.Sprintf("made by %q on %s", tag.Creator, tag.CreatedAt)
	},
	Key:     tfkit.NameKey[sentinelone.FirewallTag]("tag"),
	Listing: tagListing,
}

// NewTagInventory returns the inventory of a console's firewall tags.
func NewTagInventory(console *sentinelone.Client) *inventory.Inventory[sentinelone.FirewallTag] {
	return inventory.New(inventory.Kind[sentinelone.FirewallTag]{
		Pages: func(in sentinelone.Scope) inventory.Pages[sentinelone.FirewallTag] {
			return console.FirewallTags.Pages(sentinelone.OwnTags(in))
		},
		Find:    console.FirewallTags.Find,
		Delete:  console.FirewallTags.Delete,
		Names:   sentinelone.FirewallTag.Names,
		Persist: console.Persist,
	})
}

// ModifyPlan implements resource.ResourceWithModifyPlan. It also checks the description's length, which counts the marker.
func (r *tagResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	r.Inventoried.ModifyPlan(ctx, req, resp)
	if req.Plan.Raw.IsNull() || r.Provider == nil {
		return
	}
	var plan tagModel
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &plan)...)
	text := r.Provider.Marker.Mark(plan.Description.ValueString())
	if length := utf8.RuneCountInString(text); length > longestTagText {
		resp.Diagnostics.AddAttributeError(path.Root("description"), "Description too long", fmt.Sprintf(
			"With the provider's marker behind it, it has %d characters; the console takes %d.", length, longestTagText))
	}
}
