package firewall

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

const tagType = "sentinelone_firewall_tag"

// NewTagInventory returns the inventory of a console's firewall tags.
func NewTagInventory(console *sentinelone.Client) *inventory.Inventory[sentinelone.FirewallTag] {
	return inventory.New(inventory.Kind[sentinelone.FirewallTag]{
		Pages: func(in sentinelone.Scope) inventory.Pages[sentinelone.FirewallTag] {
			return console.FirewallTags.Pages(sentinelone.OwnTags(in))
		},
		Find:    console.FirewallTags.Find,
		Delete:  console.FirewallTags.Delete,
		Names:   func(tag sentinelone.FirewallTag) []string { return []string{tag.Name} },
		Persist: console.Persist,
	})
}

// planExisting announces what a create will do about a tag of the same name, as soon as the name is known.
func (r *tagResource) planExisting(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if !req.Config.Raw.IsFullyKnown() || r.Provider == nil || r.Provider.Tags == nil {
		return
	}
	var plan tagModel
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &plan)...)
	in := tfkit.ScopeOf(ctx, plan.Scope)
	if resp.Diagnostics.HasError() || in.IsZero() {
		return
	}
	found, err := r.Provider.Tags.Strangers(ctx, in, plan.Name.ValueString())
	tfkit.PlanExisting(&resp.Diagnostics, plan.OnExisting, tagType, plan.describe(ctx), tagCandidates(found), err)
}

// create makes the tag, or takes over the one that exists.
func (r *tagResource) create(
	ctx context.Context, console *sentinelone.Client, plan tagModel,
) (sentinelone.FirewallTag, error) {
	in, fields := tfkit.ScopeOf(ctx, plan.Scope), plan.toAPI(r.Provider.Marker)
	return r.Provider.Tags.Create(ctx, inventory.Creation[sentinelone.FirewallTag]{
		In:    in,
		Names: []string{fields.Name},
		Same:  func(sentinelone.FirewallTag) bool { return true }, // a tag is its name
		Existing: func(found []sentinelone.FirewallTag) (sentinelone.FirewallTag, error) {
			if err := tfkit.Adopt(plan.OnExisting, tagType, tagCandidates(found)); err != nil {
				return sentinelone.FirewallTag{}, err
			}
			return console.FirewallTags.Update(ctx, found[0].ID, fields)
		},
		Send: func(ctx context.Context) (sentinelone.FirewallTag, error) {
			return console.FirewallTags.Create(ctx, in, fields)
		},
	})
}

// find returns the tags of a scope that a natural key names.
func (r *tagResource) find(ctx context.Context, in sentinelone.Scope, key string) ([]tfkit.Candidate, error) {
	name, ok := strings.CutPrefix(key, "tag/")
	if !ok {
		return nil, &tfkit.MalformedKeyError{Key: key}
	}
	found, err := r.Provider.Tags.Named(ctx, in, name)
	return tagCandidates(found), err
}

// unchanged tells whether a tag is what the state has: nothing is known yet of one that is being imported.
func (r *tagResource) unchanged(tag sentinelone.FirewallTag, prior tagModel) bool {
	now := newTagFacts(tag, r.Provider.Marker)
	return prior.Name.IsNull() || now.Name.Equal(prior.Name) && now.Description.Equal(prior.Description)
}

func tagCandidates(found []sentinelone.FirewallTag) (list []tfkit.Candidate) {
	for _, tag := range found {
		list = append(list, tfkit.Candidate{
			ID: tag.ID, Made: fmt.Sprintf("made by %q on %s", tag.Creator, tag.CreatedAt),
		})
	}
	return list
}
