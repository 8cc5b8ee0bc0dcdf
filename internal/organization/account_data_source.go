package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewAccountDataSource returns the data source sentinelone_account.
func NewAccountDataSource() datasource.DataSource {
	return &dataSource[accountModel]{
		name:  "account",
		title: "Account",
		description: "One account, by id or by exact name, with a ready-made `scope`. Deleted accounts are found by id " +
			"only." + notForSiteUsers,
		attributes: oneOf(accountAttributes()),
		validators: []datasource.ConfigValidator{idOrName()},
		op:         sentinelone.ListAccounts,
		read:       readAccount,
	}
}

func readAccount(ctx context.Context, p *tfkit.Provider, state *accountModel) error {
	around := sentinelone.AccountQuery{States: findable(state.ID)}
	asked := around
	asked.AccountIDs, asked.Name = only(state.ID), state.Name.ValueStringPointer()
	account, err := search[sentinelone.Account]{
		kind: "account", id: state.ID, name: state.Name,
		nameOf: func(account sentinelone.Account) string { return account.Name },
	}.in(p.Console.Accounts.List(ctx, asked), p.Console.Accounts.List(ctx, around))
	*state = newAccountModel(account)
	return err
}
