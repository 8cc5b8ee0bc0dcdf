package blocklist

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// entryModel is a blocklist entry in code, plan and state.
type entryModel struct {
	entryFacts
	OnExisting types.String `tfsdk:"on_existing"`
}

// entryFacts are what the console holds of an entry, as far as only the entry's own writes change it.
type entryFacts struct {
	ID             types.String `tfsdk:"id"`
	Scope          tfkit.Scope  `tfsdk:"scope"`
	OSType         types.String `tfsdk:"os_type"`
	SHA1           tfkit.Folded `tfsdk:"sha1"`
	SHA256         tfkit.Folded `tfsdk:"sha256"`
	Description    types.String `tfsdk:"description"`
	Source         types.String `tfsdk:"source"`
	NotRecommended types.String `tfsdk:"not_recommended"`
	Imported       types.Bool   `tfsdk:"imported"`
	Creator        types.String `tfsdk:"creator"`
	CreatedAt      types.String `tfsdk:"created_at"`
}

// toAPI returns the entry as the console is to hold it.
func (m entryFacts) toAPI(_ context.Context, marker tfkit.Marker) (sentinelone.RestrictionFields, diag.Diagnostics) {
	return sentinelone.RestrictionFields{
		OSType:      m.OSType.ValueString(),
		SHA1:        canonical(m.SHA1, ioc.SHA1),
		SHA256:      canonical(m.SHA256, ioc.SHA256),
		Description: marker.Mark(m.Description.ValueString()),
	}, nil
}

// newEntryModel returns an entry that the console holds, beside what steers the provider alone: that is null after an
// import, and its default then. The answer to a write does not tell whether a bulk import made the entry: what was
// known of that still holds.
func newEntryModel(
	_ context.Context, entry sentinelone.Restriction, marker tfkit.Marker, known entryModel,
) (entryModel, diag.Diagnostics) {
	if entry.Imported == nil {
		entry.Imported = known.Imported.ValueBoolPointer()
	}
	return entryModel{
		entryFacts: newEntryFacts(entry, marker),
		OnExisting: tfkit.OnExistingOf(known.OnExisting),
	}, nil
}

// newEntryFacts returns the entry as the console holds it, without the marker.
func newEntryFacts(entry sentinelone.Restriction, marker tfkit.Marker) entryFacts {
	return entryFacts{
		ID:             types.StringValue(entry.ID),
		Scope:          tfkit.NewScope(entry.Scope()),
		OSType:         types.StringValue(entry.OSType),
		SHA1:           tfkit.NewFolded(entry.SHA1),
		SHA256:         tfkit.NewFolded(entry.SHA256),
		Description:    tfkit.Text(marker.Strip(entry.Description)),
		Source:         tfkit.Text(entry.Source),
		NotRecommended: tfkit.Text(entry.NotRecommended),
		Imported:       types.BoolValue(entry.Imported != nil && *entry.Imported),
		Creator:        tfkit.Text(entry.UserName),
		CreatedAt:      tfkit.Text(entry.CreatedAt),
	}
}

// unchanged tells whether the console holds what the state has: nothing yet of an entry that is being imported.
func (m entryFacts) unchanged(_ context.Context, entry sentinelone.Restriction, marker tfkit.Marker) bool {
	now := newEntryFacts(entry, marker)
	return m.OSType.IsNull() || now.OSType.Equal(m.OSType) && now.SHA1.Same(m.SHA1) && now.SHA256.Same(m.SHA256) &&
		now.Description.Equal(m.Description) && now.Source.Equal(m.Source) && now.NotRecommended.Equal(m.NotRecommended)
}

// canonical returns a hash in its canonical form, "" for none. The schema has refused what is no hash.
func canonical(hash tfkit.Folded, parse func(string) (string, error)) string {
	if form, err := parse(hash.ValueString()); err == nil {
		return form
	}
	return hash.ValueString()
}

// describe names the entry in an error.
func (m entryFacts) describe(ctx context.Context) string {
	hash := m.SHA1.ValueString()
	if hash == "" {
		hash = m.SHA256.ValueString()
	}
	return tfkit.Describe("Blocklist entry", hash, m.ID.ValueString(), tfkit.ScopeOf(ctx, m.Scope))
}
