package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewSitesDataSource returns the data source sentinelone_sites.
func NewSitesDataSource() datasource.DataSource {
	return &dataSource[sitesModel]{
		name:  "sites",
		title: "Sites",
		description: "The sites that the token may see, narrowed by any of the filters. Each comes with a ready-made " +
			"`scope`. Registration tokens are never read.",
		attributes: siteFilters().DataSource(map[string]schema.Attribute{
			"sites": tfkit.ComputedRows("The sites, by id.", siteAttributes()),
		}),
		op: sentinelone.ListSites,
		read: func(ctx context.Context, p *tfkit.Provider, state *sitesModel) (err error) {
			state.Sites, err = rowsOf(p.Console.Sites.List(ctx, state.query()), newSiteModel)
			return err
		},
	}
}

// sitesModel holds the filters, and what they select.
type sitesModel struct {
	SiteIDs             []string    `tfsdk:"site_ids"`
	AccountIDs          []string    `tfsdk:"account_ids"`
	AccountNameContains []string    `tfsdk:"account_name_contains"`
	Name                *string     `tfsdk:"name"`
	NameContains        []string    `tfsdk:"name_contains"`
	Description         *string     `tfsdk:"description"`
	DescriptionContains []string    `tfsdk:"description_contains"`
	Query               *string     `tfsdk:"query"`
	States              []string    `tfsdk:"states"`
	SiteType            *string     `tfsdk:"site_type"`
	SKU                 *string     `tfsdk:"sku"`
	Modules             []string    `tfsdk:"modules"`
	Features            []string    `tfsdk:"features"`
	IsDefault           *bool       `tfsdk:"is_default"`
	ExternalID          *string     `tfsdk:"external_id"`
	TotalLicenses       *int64      `tfsdk:"total_licenses"`
	ActiveLicenses      *int64      `tfsdk:"active_licenses"`
	Expiration          *string     `tfsdk:"expiration"`
	CreatedAt           *string     `tfsdk:"created_at"`
	UpdatedAt           *string     `tfsdk:"updated_at"`
	AvailableMoveSites  *bool       `tfsdk:"available_move_sites"`
	Sites               []siteModel `tfsdk:"sites"`
}

func siteFilters() tfkit.Filters {
	return tfkit.Filters{
		"site_ids":    tfkit.ListFilter("Only the sites of these ids.", mostScopeIDs, tfkit.ID()),
		"account_ids": tfkit.ListFilter("Only the sites of these accounts.", mostScopeIDs, tfkit.ID()),
		"account_name_contains": tfkit.TermsFilter(
			"Only the sites of accounts whose names contain one of these texts.", mostTerms),
		"name":          tfkit.TextFilter("Only the sites of this name."),
		"name_contains": tfkit.TermsFilter("Only sites whose names contain one of these texts.", mostTerms),
		"description":   tfkit.TextFilter("Only sites with this description."),
		"description_contains": tfkit.TermsFilter(
			"Only sites whose descriptions contain one of these texts.", mostTerms),
		"query":           tfkit.TextFilter("Only sites whose name, account name or description contains this text."),
		"states":          statesFilter("sites"),
		"site_type":       typeFilter("sites"),
		"sku":             skuFilter("sites"),
		"modules":         modulesFilter("sites"),
		"features":        featuresFilter("sites"),
		"is_default":      tfkit.FlagFilter("Only the default sites of accounts, or only the others."),
		"external_id":     tfkit.TextFilter("Only the site with this id in another system."),
		"total_licenses":  tfkit.NumberFilter("Only sites with exactly this number of licences."),
		"active_licenses": tfkit.NumberFilter("Only sites with exactly this number of licences in use."),
		"expiration":      tfkit.TimeFilter("Only sites that expire at this very time."),
		"created_at":      tfkit.TimeFilter("Only sites that were made at this very time."),
		"updated_at":      tfkit.TimeFilter("Only sites that were last changed at this very time."),
		"available_move_sites": tfkit.FlagFilter(
			"`true` for only the sites to which the token's user may move endpoints."),
	}
}

// query returns the filters as the API takes them.
func (m *sitesModel) query() sentinelone.SiteQuery {
	return sentinelone.SiteQuery{
		SiteIDs:             m.SiteIDs,
		AccountIDs:          m.AccountIDs,
		AccountNameContains: m.AccountNameContains,
		Name:                m.Name,
		NameContains:        m.NameContains,
		Description:         m.Description,
		DescriptionContains: m.DescriptionContains,
		Query:               m.Query,
		States:              m.States,
		SiteType:            m.SiteType,
		SKU:                 m.SKU,
		Modules:             m.Modules,
		Features:            m.Features,
		IsDefault:           m.IsDefault,
		ExternalID:          m.ExternalID,
		TotalLicenses:       m.TotalLicenses,
		ActiveLicenses:      m.ActiveLicenses,
		Expiration:          m.Expiration,
		CreatedAt:           m.CreatedAt,
		UpdatedAt:           m.UpdatedAt,
		AvailableMoveSites:  m.AvailableMoveSites,
	}
}
