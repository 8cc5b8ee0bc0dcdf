package organization

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

type accountModel struct {
	ID            types.String `tfsdk:"id"`
	Name          types.String `tfsdk:"name"`
	State         types.String `tfsdk:"state"`
	AccountType   types.String `tfsdk:"account_type"`
	UsageType     types.String `tfsdk:"usage_type"`
	BillingMode   types.String `tfsdk:"billing_mode"`
	IsDefault     types.Bool   `tfsdk:"is_default"`
	ExternalID    types.String `tfsdk:"external_id"`
	NumberOfSites types.Int64  `tfsdk:"number_of_sites"`
	ActiveAgents  types.Int64  `tfsdk:"active_agents"`
	TotalLicenses types.Int64  `tfsdk:"total_licenses"`
	SKUs          []skuModel   `tfsdk:"skus"`
	licenses
	Expiration types.String `tfsdk:"expiration"`
	Creator    types.String `tfsdk:"creator"`
	CreatedAt  types.String `tfsdk:"created_at"`
	UpdatedAt  types.String `tfsdk:"updated_at"`
	Scope      tfkit.Scope  `tfsdk:"scope"`
}

type skuModel struct {
	Name          types.String `tfsdk:"name"`
	TotalLicenses types.Int64  `tfsdk:"total_licenses"`
	Unlimited     types.Bool   `tfsdk:"unlimited"`
	Agents        types.Int64  `tfsdk:"agents"`
}

func accountAttributes() map[string]schema.Attribute {
	return withLicenses(map[string]schema.Attribute{
		"id":              tfkit.ComputedText("The account's id."),
		"name":            tfkit.ComputedText("The account's name."),
		"state":           tfkit.ComputedText("`active`, `expired` or `deleted`."),
		"account_type":    tfkit.ComputedText("`Trial` or `Paid`."),
		"usage_type":      tfkit.ComputedText("`customer`, `mssp` or `ir`."),
		"billing_mode":    tfkit.ComputedText("`subscription` or `consumption`."),
		"is_default":      tfkit.ComputedFlag("Whether it is the tenant's default account."),
		"external_id":     tfkit.ComputedText("The account's id in another system; null when it has none."),
		"number_of_sites": tfkit.ComputedNumber("The number of sites."),
		"active_agents":   tfkit.ComputedNumber("The number of endpoints with an agent."),
		"total_licenses":  tfkit.ComputedNumber("The number of licences, over all bundles."),
		"skus": tfkit.ComputedRows("The packages of features, by name.", map[string]schema.Attribute{
			"name":           tfkit.ComputedText("`Core`, `Control` or `Complete`."),
			"total_licenses": tfkit.ComputedNumber("The number of licences; it counts only where they are limited."),
			"unlimited":      tfkit.ComputedFlag("Whether the licences are unlimited."),
			"agents":         tfkit.ComputedNumber("The number of endpoints that use one."),
		}),
		"expiration": tfkit.ComputedText("When the account expires, in UTC; null when it does not."),
		"creator":    tfkit.ComputedText("The name of the user who made the account."),
		"created_at": tfkit.ComputedText("When the account was made, in UTC."),
		"updated_at": tfkit.ComputedText("When the account was last changed, in UTC."),
		"scope":      tfkit.ReadyScope(),
	})
}

func newAccountModel(account sentinelone.Account) accountModel {
	return accountModel{
		ID:            types.StringValue(account.ID),
		Name:          types.StringValue(account.Name),
		State:         tfkit.Text(account.State),
		AccountType:   tfkit.Text(account.AccountType),
		UsageType:     tfkit.Text(account.UsageType),
		BillingMode:   tfkit.Text(account.BillingMode),
		IsDefault:     types.BoolValue(account.IsDefault),
		ExternalID:    tfkit.Text(account.ExternalID),
		NumberOfSites: types.Int64Value(account.NumberOfSites),
		ActiveAgents:  types.Int64Value(account.ActiveAgents),
		TotalLicenses: types.Int64Value(account.TotalLicenses),
		SKUs:          newSKUModels(account.SKUs),
		licenses:      newLicenses(account.Licenses),
		Expiration:    types.StringPointerValue(account.Expiration),
		Creator:       tfkit.Text(account.Creator),
		CreatedAt:     tfkit.Text(account.CreatedAt),
		UpdatedAt:     tfkit.Text(account.UpdatedAt),
		Scope:         tfkit.NewScope(account.Scope()),
	}
}

func newSKUModels(skus []sentinelone.AccountSKU) []skuModel {
	rows := make([]skuModel, 0, len(skus))
	for _, sku := range slices.SortedFunc(slices.Values(skus), compareSKUs) {
		rows = append(rows, skuModel{
			Name:          types.StringValue(sku.Type),
			TotalLicenses: types.Int64Value(sku.TotalLicenses),
			Unlimited:     types.BoolValue(sku.Unlimited),
			Agents:        types.Int64Value(sku.Agents),
		})
	}
	return rows
}

func compareSKUs(a, b sentinelone.AccountSKU) int { return strings.Compare(a.Type, b.Type) }
