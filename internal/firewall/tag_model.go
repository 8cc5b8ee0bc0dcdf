package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// tagModel is a firewall tag in code, plan and state.
type tagModel struct {
	tagFacts
	OnExisting types.String `tfsdk:"on_existing"`
}

// tagFacts are what the console holds of a tag, as far as only the tag's own writes change it.
type tagFacts struct {
	ID          types.String `tfsdk:"id"`
	Scope       tfkit.Scope  `tfsdk:"scope"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Creator     types.String `tfsdk:"creator"`
	CreatedAt   types.String `tfsdk:"created_at"`
}

// toAPI returns the tag as the console is to hold it.
func (m tagFacts) toAPI(_ context.Context, marker tfkit.Marker) (sentinelone.FirewallTagFields, diag.Diagnostics) {
	return sentinelone.FirewallTagFields{
		Name:        m.Name.ValueString(),
		Description: marker.Mark(m.Description.ValueString()),
	}, nil
}

// newTagFacts returns the tag as the console holds it, without the marker.
func newTagFacts(tag sentinelone.FirewallTag, marker tfkit.Marker) tagFacts {
	return tagFacts{
		ID:          types.StringValue(tag.ID),
		Scope:       tfkit.NewScope(tag.Scope()),
		Name:        types.StringValue(tag.Name),
		Description: tfkit.Text(marker.Strip(tag.Description)),
		Creator:     tfkit.Text(tag.Creator),
		CreatedAt:   tfkit.Text(tag.CreatedAt),
	}
}

// newTagModel returns a tag that the console holds, beside what steers the provider alone.
func newTagModel(
	_ context.Context, tag sentinelone.FirewallTag, marker tfkit.Marker, known tagModel,
) (tagModel, diag.Diagnostics) {
	return tagModel{tagFacts: newTagFacts(tag, marker), OnExisting: tfkit.OnExistingOf(known.OnExisting)}, nil
}

// unchanged tells whether the console holds what the state has: nothing yet of a tag that is being imported.
func (m tagFacts) unchanged(_ context.Context, tag sentinelone.FirewallTag, marker tfkit.Marker) bool {
	now := newTagFacts(tag, marker)
	return m.Name.IsNull() || now.Name.Equal(m.Name) && now.Description.Equal(m.Description)
}

// describe names the tag in an error.
func (m tagFacts) describe(ctx context.Context) string {
	return tfkit.Describe("Firewall tag", m.Name.ValueString(), m.ID.ValueString(), tfkit.ScopeOf(ctx, m.Scope))
}
