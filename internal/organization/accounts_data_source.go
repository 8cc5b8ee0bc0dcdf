package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// notForSiteUsers is a sentence of the docs pages about accounts.
const notForSiteUsers = " The console refuses this to users who belong to a site; `sentinelone_site` tells them the " +
	"id and the name of its account."

// NewAccountsDataSource returns the data source sentinelone_accounts.
func NewAccountsDataSource() datasource.DataSource {
	return &dataSource[accountsModel]{
		name:  "accounts",
		title: "Accounts",
		description: "The accounts that the token may see, narrowed by any of the filters. Each comes with a ready-made " +
			"`scope`." + notForSiteUsers,
		attributes: accountFilters().DataSource(map[string]schema.Attribute{
			"accounts": tfkit.ComputedRows("The accounts, by id.", accountAttributes()),
		}),
		op: sentinelone.ListAccounts,
		read: func(ctx context.Context, p *tfkit.Provider, state *accountsModel) (err error) {
			state.Accounts, err = rowsOf(p.Console.Accounts.List(ctx, state.query()), newAccountModel)
			return err
		},
	}
}

// accountsModel holds the filters, and what they select.
type accountsModel struct {
	AccountIDs     []string       `tfsdk:"account_ids"`
	Name           *string        `tfsdk:"name"`
	NameContains   []string       `tfsdk:"name_contains"`
	Query          *string        `tfsdk:"query"`
	States         []string       `tfsdk:"states"`
	AccountType    *string        `tfsdk:"account_type"`
	UsageType      *string        `tfsdk:"usage_type"`
	BillingMode    *string        `tfsdk:"billing_mode"`
	SKU            *string        `tfsdk:"sku"`
	Modules        []string       `tfsdk:"modules"`
	Features       []string       `tfsdk:"features"`
	IsDefault      *bool          `tfsdk:"is_default"`
	TotalLicenses  *int64         `tfsdk:"total_licenses"`
	ActiveLicenses *int64         `tfsdk:"active_licenses"`
	Expiration     *string        `tfsdk:"expiration"`
	CreatedAt      *string        `tfsdk:"created_at"`
	UpdatedAt      *string        `tfsdk:"updated_at"`
	Accounts       []accountModel `tfsdk:"accounts"`
}

func accountFilters() tfkit.Filters {
	return tfkit.Filters{
		"account_ids":   tfkit.IDsFilter("Only the accounts of these ids."),
		"name":          tfkit.TextFilter("Only the account of this name."),
		"name_contains": tfkit.TermsFilter("Only accounts whose names contain one of these texts.", mostTerms),
		"query": tfkit.TextFilter("Only accounts whose name contains this text. On a console with one account only, the " +
			"name is not looked at."),
		"states":       statesFilter("accounts"),
		"account_type": typeFilter("accounts"),
		"usage_type": tfkit.TextFilter("Only accounts with this use: `customer`, `mssp` or `ir`.",
			stringvalidator.OneOf("customer", "mssp", "ir")),
		"billing_mode": tfkit.TextFilter("Only accounts that are billed like this: `subscription` or `consumption`.",
			stringvalidator.OneOf("subscription", "consumption")),
		"sku":             skuFilter("accounts"),
		"modules":         modulesFilter("accounts"),
		"features":        featuresFilter("accounts"),
		"is_default":      tfkit.FlagFilter("Only the tenant's default account, or only the others."),
		"total_licenses":  tfkit.NumberFilter("Only accounts with exactly this number of licences."),
		"active_licenses": tfkit.NumberFilter("Only accounts with exactly this number of licences in use."),
		"expiration":      tfkit.TimeFilter("Only accounts that expire at this very time."),
		"created_at":      tfkit.TimeFilter("Only accounts that were made at this very time."),
		"updated_at":      tfkit.TimeFilter("Only accounts that were last changed at this very time."),
	}
}

// query returns the filters as the API takes them.
func (m *accountsModel) query() sentinelone.AccountQuery {
	return sentinelone.AccountQuery{
		AccountIDs:     m.AccountIDs,
		Name:           m.Name,
		NameContains:   m.NameContains,
		Query:          m.Query,
		States:         m.States,
		AccountType:    m.AccountType,
		UsageType:      m.UsageType,
		BillingMode:    m.BillingMode,
		SKU:            m.SKU,
		Modules:        m.Modules,
		Features:       m.Features,
		IsDefault:      m.IsDefault,
		TotalLicenses:  m.TotalLicenses,
		ActiveLicenses: m.ActiveLicenses,
		Expiration:     m.Expiration,
		CreatedAt:      m.CreatedAt,
		UpdatedAt:      m.UpdatedAt,
	}
}
