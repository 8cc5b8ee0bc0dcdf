package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewSiteDataSource returns the data source sentinelone_site.
func NewSiteDataSource() datasource.DataSource {
	return &dataSource[siteModel]{
		name:  "site",
		title: "Site",
		description: "One site, by id or by exact name, with a ready-made `scope`. Deleted sites are found by id only. " +
			"Registration tokens are never read.",
		attributes: oneSiteAttributes(),
		validators: []datasource.ConfigValidator{
			idOrName(), datasourcevalidator.Conflicting(path.MatchRoot("id"), path.MatchRoot("account_id")),
		},
		op:   sentinelone.ListSites,
		read: readSite,
	}
}

func oneSiteAttributes() map[string]schema.Attribute {
	attributes := oneOf(siteAttributes())
	attributes["account_id"] = given(attributes["account_id"], "With a `name`, it may be set to look there only.", tfkit.ID())
	return attributes
}

func readSite(ctx context.Context, p *tfkit.Provider, state *siteModel) error {
	around := sentinelone.SiteQuery{AccountIDs: only(state.AccountID), States: findable(state.ID)}
	asked := around
	asked.SiteIDs, asked.Name = only(state.ID), state.Name.ValueStringPointer()
	site, err := search[sentinelone.Site]{
		kind: "site", id: state.ID, name: state.Name,
		nameOf: func(site sentinelone.Site) string { return site.Name },
	}.in(p.Console.Sites.List(ctx, asked), p.Console.Sites.List(ctx, around))
	*state = newSiteModel(site)
	return err
}
