package blocklist

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ list.ListResourceWithConfigure = (*entryResource)(nil)

// NewEntryListResource returns the list resource sentinelone_blocklist_entry.
func NewEntryListResource() list.ListResource { return &entryResource{tfkit.NewInventoried(entryKind)} }

var entryListing = tfkit.Listing[sentinelone.Restriction]{
	Plural:  "Blocklist entries",
	Filters: entryFilterAttributes,
	Rows:    ownEntries,
	Name:    displayName,
}

type entryListModel struct {
	Scope tfkit.Scope `tfsdk:"scope"`
	entryFilters
}

func ownEntries(
	ctx context.Context, config tfsdk.Config, provider *tfkit.Provider, in sentinelone.Scope,
) (iter.Seq2[sentinelone.Restriction, error], diag.Diagnostics) {
	var asked entryListModel
	diags := config.Get(ctx, &asked)
	return asked.entries(ctx, provider, in, reach{}), diags
}

// displayName tells an entry from others in a list.
func displayName(entry sentinelone.Restriction) string {
	if entry.SHA1 != "" {
		return entry.OSType + " " + entry.SHA1
	}
	return entry.OSType + " " + entry.SHA256
}
