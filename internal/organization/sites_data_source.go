// Package organization holds the Terraform data sources about the console's tree of accounts, sites and groups.
package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ datasource.DataSourceWithConfigure = (*sitesDataSource)(nil)

type sitesDataSource struct{ tfkit.DataSource }

// NewSitesDataSource returns the data source sentinelone_sites.
func NewSitesDataSource() datasource.DataSource { return &sitesDataSource{} }

// sitesModel holds the filters, and what they select.
type sitesModel struct {
	SiteIDs      []string    `tfsdk:"site_ids"`
	AccountIDs   []string    `tfsdk:"account_ids"`
	Name         *string     `tfsdk:"name"`
	NameContains []string    `tfsdk:"name_contains"`
	Query        *string     `tfsdk:"query"`
	States       []string    `tfsdk:"states"`
	SiteType     *string     `tfsdk:"site_type"`
	SKU          *string     `tfsdk:"sku"`
	Features     []string    `tfsdk:"features"`
	IsDefault    *bool       `tfsdk:"is_default"`
	ExternalID   *string     `tfsdk:"external_id"`
	Sites        []siteModel `tfsdk:"sites"`
}

type siteModel struct {
	ID             types.String `tfsdk:"id"`
	Name           types.String `tfsdk:"name"`
	Description    types.String `tfsdk:"description"`
	AccountID      types.String `tfsdk:"account_id"`
	AccountName    types.String `tfsdk:"account_name"`
	State          types.String `tfsdk:"state"`
	SiteType       types.String `tfsdk:"site_type"`
	SKU            types.String `tfsdk:"sku"`
	IsDefault      types.Bool   `tfsdk:"is_default"`
	ExternalID     types.String `tfsdk:"external_id"`
	ActiveLicenses types.Int64  `tfsdk:"active_licenses"`
	TotalLicenses  types.Int64  `tfsdk:"total_licenses"`
	Expiration     types.String `tfsdk:"expiration"`
	CreatedAt      types.String `tfsdk:"created_at"`
	UpdatedAt      types.String `tfsdk:"updated_at"`
	Scope          tfkit.Scope  `tfsdk:"scope"`
}

// Metadata implements datasource.DataSource.
func (d *sitesDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_sites"
}

// Read implements datasource.DataSource.
func (d *sitesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state sitesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	state.Sites = []siteModel{}
	sites, err := tfkit.Sorted(client.Sites.List(ctx, state.toAPI()))
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListSites, "Sites", err)
		return
	}
	for _, site := range sites {
		state.Sites = append(state.Sites, fromAPI(site))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (m sitesModel) toAPI() sentinelone.SiteQuery {
	return sentinelone.SiteQuery{
		SiteIDs:      m.SiteIDs,
		AccountIDs:   m.AccountIDs,
		Name:         m.Name,
		NameContains: m.NameContains,
		Query:        m.Query,
		States:       m.States,
		SiteType:     m.SiteType,
		SKU:          m.SKU,
		Features:     m.Features,
		IsDefault:    m.IsDefault,
		ExternalID:   m.ExternalID,
	}
}

func fromAPI(site sentinelone.Site) siteModel {
	return siteModel{
		ID:             types.StringValue(site.ID),
		Name:           types.StringValue(site.Name),
		Description:    tfkit.Text(site.Description),
		AccountID:      types.StringValue(site.AccountID),
		AccountName:    types.StringValue(site.AccountName),
		State:          types.StringValue(site.State),
		SiteType:       types.StringValue(site.SiteType),
		SKU:            tfkit.Text(site.SKU),
		IsDefault:      types.BoolValue(site.IsDefault),
		ExternalID:     tfkit.Text(site.ExternalID),
		ActiveLicenses: types.Int64Value(site.ActiveLicenses),
		TotalLicenses:  types.Int64Value(site.TotalLicenses),
		Expiration:     types.StringPointerValue(site.Expiration),
		CreatedAt:      types.StringValue(site.CreatedAt),
		UpdatedAt:      types.StringValue(site.UpdatedAt),
		Scope:          tfkit.NewScope(site.Scope()),
	}
}
