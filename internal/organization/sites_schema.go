package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Limits of the API's filters.
const (
	mostScopeIDs = 500
	mostTerms    = 10
)

// Schema implements datasource.DataSource.
func (d *sitesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The sites that the token may see, narrowed by any of the filters. Each comes with a " +
			"ready-made `scope`. Registration tokens are never read." + tfkit.Permissions(sentinelone.ListSites),
		Attributes: siteFilters().DataSource(map[string]schema.Attribute{
			"sites": tfkit.ComputedRows("The sites, in the console's order.", siteAttributes()),
		}),
	}
}

func siteFilters() tfkit.Filters {
	return tfkit.Filters{
		"site_ids":      tfkit.ListFilter("Only the sites of these ids.", mostScopeIDs, tfkit.ID()),
		"account_ids":   tfkit.ListFilter("Only the sites of these accounts.", mostScopeIDs, tfkit.ID()),
		"name":          tfkit.TextFilter("Only the site of this name."),
		"name_contains": tfkit.TermsFilter("Only sites whose names contain one of these texts.", mostTerms),
		"query":         tfkit.TextFilter("Only sites whose name, account name or description contains this text."),
		"states":        tfkit.OneOfFilter("Only sites in one of these states", "active", "expired", "deleted"),
		"site_type": tfkit.TextFilter("Only sites of this type: `Trial` or `Paid`.",
			stringvalidator.OneOf("Trial", "Paid")),
		"sku": tfkit.TextFilter("Only sites with this package of features, such as `Control`."),
		"features": tfkit.OneOfFilter("Only sites whose licence holds one of these features",
			"firewall-control", "device-control", "ioc"),
		"is_default":  tfkit.FlagFilter("Only the default sites of accounts, or only the others."),
		"external_id": tfkit.TextFilter("Only the site with this id in another system."),
	}
}

func siteAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":              tfkit.ComputedText("The site's id."),
		"name":            tfkit.ComputedText("The site's name."),
		"description":     tfkit.ComputedText("The site's description; null when it has none."),
		"account_id":      tfkit.ComputedText("The id of the site's account."),
		"account_name":    tfkit.ComputedText("The name of the site's account."),
		"state":           tfkit.ComputedText("`active`, `expired` or `deleted`."),
		"site_type":       tfkit.ComputedText("`Trial` or `Paid`."),
		"sku":             tfkit.ComputedText("The package of features: `Core`, `Control` or `Complete`."),
		"is_default":      tfkit.ComputedFlag("Whether it is its account's default site."),
		"external_id":     tfkit.ComputedText("The site's id in another system; null when it has none."),
		"active_licenses": tfkit.ComputedNumber("The number of licences in use."),
		"total_licenses":  tfkit.ComputedNumber("The number of licences."),
		"expiration":      tfkit.ComputedText("When the site expires, in UTC; null when it does not."),
		"created_at":      tfkit.ComputedText("When the site was made, in UTC."),
		"updated_at":      tfkit.ComputedText("When the site was last changed, in UTC."),
		"scope":           tfkit.ReadyScope(),
	}
}
