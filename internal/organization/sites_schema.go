package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Limits of the API's filters.
const (
	mostScopeIDs  = 500
	mostTerms     = 10
	shortestTerm  = 2
	mostListItems = 5000
)

// Schema implements datasource.DataSource.
func (d *sitesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The sites that the token may see, narrowed by any of the filters. Each comes with a " +
			"ready-made `scope`. Registration tokens are never read." + tfkit.Permissions(sentinelone.ListSites),
		Attributes: map[string]schema.Attribute{
			"site_ids":    filterList("Only the sites of these ids.", mostScopeIDs, tfkit.ID()),
			"account_ids": filterList("Only the sites of these accounts.", mostScopeIDs, tfkit.ID()),
			"name":        filterText("Only the site of this name."),
			"name_contains": filterList("Only sites whose names contain one of these terms, each of at least two "+
				"characters.", mostTerms, stringvalidator.LengthAtLeast(shortestTerm)),
			"query": filterText("Only sites whose name, account name or description contains this text."),
			"states": filterList("Only sites in one of these states: `active`, `expired`, `deleted`.", mostListItems,
				stringvalidator.OneOf("active", "expired", "deleted")),
			"site_type": filterText("Only sites of this type: `Trial` or `Paid`.",
				stringvalidator.OneOf("Trial", "Paid")),
			"sku": filterText("Only sites with this package of features, such as `Control`."),
			"features": filterList("Only sites whose licence holds these features: `firewall-control`, "+
				"`device-control`, `ioc`.", mostListItems, stringvalidator.OneOf("firewall-control", "device-control", "ioc")),
			"is_default": schema.BoolAttribute{
				Optional: true, MarkdownDescription: "Only the default sites of accounts, or only the others.",
			},
			"external_id": filterText("Only the site with this id in another system."),
			"sites": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The sites, in the console's order.",
				NestedObject:        schema.NestedAttributeObject{Attributes: siteAttributes()},
			},
		},
	}
}

func siteAttributes() map[string]schema.Attribute {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	number := func(description string) schema.Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"id":           text("The site's id."),
		"name":         text("The site's name."),
		"description":  text("The site's description; null when it has none."),
		"account_id":   text("The id of the site's account."),
		"account_name": text("The name of the site's account."),
		"state":        text("`active`, `expired` or `deleted`."),
		"site_type":    text("`Trial` or `Paid`."),
		"sku":          text("The package of features: `Core`, `Control` or `Complete`."),
		"is_default": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether it is its account's default site.",
		},
		"external_id":     text("The site's id in another system; null when it has none."),
		"active_licenses": number("The number of licences in use."),
		"total_licenses":  number("The number of licences."),
		"expiration":      text("When the site expires, in UTC; null when it does not."),
		"created_at":      text("When the site was made, in UTC."),
		"updated_at":      text("When the site was last changed, in UTC."),
		"scope":           tfkit.ReadyScope(),
	}
}

func filterText(description string, validators ...validator.String) schema.Attribute {
	return schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: description,
		Validators:          append(validators, stringvalidator.LengthAtLeast(1)),
	}
}

func filterList(description string, most int, element validator.String) schema.Attribute {
	return schema.ListAttribute{
		ElementType:         types.StringType,
		Optional:            true,
		MarkdownDescription: description,
		Validators: []validator.List{
			// An empty list is refused: the API would take it for no filter and select everything.
			listvalidator.SizeBetween(1, most), listvalidator.NoNullValues(), listvalidator.ValueStringsAre(element),
		},
	}
}
