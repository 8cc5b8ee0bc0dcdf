package organization

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

type siteModel struct {
	ID                types.String `tfsdk:"id"`
	Name              types.String `tfsdk:"name"`
	Description       types.String `tfsdk:"description"`
	AccountID         types.String `tfsdk:"account_id"`
	AccountName       types.String `tfsdk:"account_name"`
	State             types.String `tfsdk:"state"`
	SiteType          types.String `tfsdk:"site_type"`
	UsageType         types.String `tfsdk:"usage_type"`
	SKU               types.String `tfsdk:"sku"`
	FirewallControl   types.Bool   `tfsdk:"firewall_control"`
	IsDefault         types.Bool   `tfsdk:"is_default"`
	ExternalID        types.String `tfsdk:"external_id"`
	ActiveLicenses    types.Int64  `tfsdk:"active_licenses"`
	TotalLicenses     types.Int64  `tfsdk:"total_licenses"`
	UnlimitedLicenses types.Bool   `tfsdk:"unlimited_licenses"`
	licenses
	Expiration types.String `tfsdk:"expiration"`
	Creator    types.String `tfsdk:"creator"`
	CreatedAt  types.String `tfsdk:"created_at"`
	UpdatedAt  types.String `tfsdk:"updated_at"`
	Scope      tfkit.Scope  `tfsdk:"scope"`
}

func siteAttributes() map[string]schema.Attribute {
	return withLicenses(map[string]schema.Attribute{
		"id":           tfkit.ComputedText("The site's id."),
		"name":         tfkit.ComputedText("The site's name."),
		"description":  tfkit.ComputedText("The site's description; null when it has none."),
		"account_id":   tfkit.ComputedText("The id of the site's account."),
		"account_name": tfkit.ComputedText("The name of the site's account."),
		"state":        tfkit.ComputedText("`active`, `expired` or `deleted`."),
		"site_type":    tfkit.ComputedText("`Trial` or `Paid`."),
		"usage_type":   tfkit.ComputedText("What the site is used for, such as `customer`; null on consoles that do not tell."),
		"sku":          tfkit.ComputedText("The package of features: `Core`, `Control` or `Complete`."),
		"firewall_control": tfkit.ComputedFlag("Whether the package of features includes Firewall Control, without which " +
			"firewall rules are not enforced; null when the console names no package that is known."),
		"is_default":         tfkit.ComputedFlag("Whether it is its account's default site."),
		"external_id":        tfkit.ComputedText("The site's id in another system; null when it has none."),
		"active_licenses":    tfkit.ComputedNumber("The number of licences in use."),
		"total_licenses":     tfkit.ComputedNumber("The number of licences."),
		"unlimited_licenses": tfkit.ComputedFlag("Whether the licences are unlimited."),
		"expiration":         tfkit.ComputedText("When the site expires, in UTC; null when it does not."),
		"creator":            tfkit.ComputedText("The name of the user who made the site."),
		"created_at":         tfkit.ComputedText("When the site was made, in UTC."),
		"updated_at":         tfkit.ComputedText("When the site was last changed, in UTC."),
		"scope":              tfkit.ReadyScope(),
	})
}

func newSiteModel(site sentinelone.Site) siteModel {
	return siteModel{
		ID:                types.StringValue(site.ID),
		Name:              types.StringValue(site.Name),
		Description:       tfkit.Text(site.Description),
		AccountID:         types.StringValue(site.AccountID),
		AccountName:       types.StringValue(site.AccountName),
		State:             types.StringValue(site.State),
		SiteType:          types.StringValue(site.SiteType),
		UsageType:         tfkit.Text(site.UsageType),
		SKU:               tfkit.Text(site.SKU),
		FirewallControl:   firewallControl(site.SKU),
		IsDefault:         types.BoolValue(site.IsDefault),
		ExternalID:        tfkit.Text(site.ExternalID),
		ActiveLicenses:    types.Int64Value(site.ActiveLicenses),
		TotalLicenses:     types.Int64Value(site.TotalLicenses),
		UnlimitedLicenses: types.BoolValue(site.UnlimitedLicenses),
		licenses:          newLicenses(site.Licenses),
		Expiration:        types.StringPointerValue(site.Expiration),
		Creator:           tfkit.Text(site.Creator),
		CreatedAt:         types.StringValue(site.CreatedAt),
		UpdatedAt:         types.StringValue(site.UpdatedAt),
		Scope:             tfkit.NewScope(site.Scope()),
	}
}

// firewallControl tells whether a SKU includes Firewall Control; null for one that is not known.
func firewallControl(sku string) types.Bool {
	switch sku {
	case "Control", "Complete":
		return types.BoolValue(true)
	case "Core":
		return types.BoolValue(false)
	default:
		return types.BoolNull()
	}
}
