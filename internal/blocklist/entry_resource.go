// Package blocklist holds the Terraform objects of the Blocklist.
package blocklist

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ resource.ResourceWithConfigure   = (*entryResource)(nil)
	_ resource.ResourceWithIdentity    = (*entryResource)(nil)
	_ resource.ResourceWithImportState = (*entryResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*entryResource)(nil)
)

type entryResource struct {
	tfkit.Inventoried[sentinelone.Restriction, sentinelone.RestrictionFields, entryModel]
}

// NewEntryResource returns the resource sentinelone_blocklist_entry.
func NewEntryResource() resource.Resource { return &entryResource{tfkit.NewInventoried(entryKind)} }

var entryKind = tfkit.Kind[sentinelone.Restriction, sentinelone.RestrictionFields, entryModel]{
	Type: "sentinelone_blocklist_entry",
	Operations: tfkit.Operations{
		List:   sentinelone.ListRestrictions,
		Create: sentinelone.CreateRestriction,
		Update: sentinelone.UpdateRestriction,
		Delete: sentinelone.DeleteRestrictions,
	},
	Inventory: func(p *tfkit.Provider) *inventory.Inventory[sentinelone.Restriction] { return p.Entries },
	Describe:  entryModel.describe,
	ToAPI:     entryModel.toAPI,
	Unchanged: entryModel.unchanged,
	FromAPI:   newEntryModel,
	Create: func(
		ctx context.Context, console *sentinelone.Client, in sentinelone.Scope, fields sentinelone.RestrictionFields,
	) (sentinelone.Restriction, error) {
		entry, err := console.Restrictions.Create(ctx, in, fields)
		return entry, explained(ctx, console, in, fields, err)
	},
	Update: func(
		ctx context.Context, console *sentinelone.Client, in sentinelone.Scope, id string, fields sentinelone.RestrictionFields,
	) (sentinelone.Restriction, error) {
		return console.Restrictions.Update(ctx, in, id, fields)
	},
	Same: func(sentinelone.Restriction, sentinelone.RestrictionFields) bool { return true }, // an entry is its hash
	Made: func(entry sentinelone.Restriction) string {
		return fmt.Sprintf("made by %q on %s", entry.UserName, entry.CreatedAt)
	},
	Key:     tfkit.Key[sentinelone.Restriction]{Form: "sha1/HASH/OS_TYPE", Find: findByHash},
	Listing: entryListing,
}

// NewInventory returns the inventory of a console's blocklist.
func NewInventory(console *sentinelone.Client) *inventory.Inventory[sentinelone.Restriction] {
	return inventory.New(inventory.Kind[sentinelone.Restriction]{
		Pages: func(in sentinelone.Scope) inventory.Pages[sentinelone.Restriction] {
			return console.Restrictions.Pages(sentinelone.RestrictionQuery{Scope: in})
		},
		Find:    console.Restrictions.Find,
		Delete:  console.Restrictions.Delete,
		Names:   func(entry sentinelone.Restriction) []string { return entry.Fields().Names() },
		Persist: console.Persist,
	})
}
