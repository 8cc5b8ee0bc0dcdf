package sentinelone

import (
	"context"
	"iter"
)

// Account is an account of the tenant, the scope above sites.
type Account struct {
	ID            string       `json:"id"`
	Name          string       `json:"name"`
	State         string       `json:"state"`
	AccountType   string       `json:"accountType"`
	UsageType     string       `json:"usageType"`
	BillingMode   string       `json:"billingMode"`
	IsDefault     bool         `json:"isDefault"`
	ExternalID    string       `json:"externalId"`
	NumberOfSites int64        `json:"numberOfSites"`
	ActiveAgents  int64        `json:"activeAgents"`
	TotalLicenses int64        `json:"totalLicenses"`
	SKUs          []AccountSKU `json:"skus"`
	Licenses      Licenses     `json:"licenses"`
	Expiration    *string      `json:"expiration"` // null when it never expires
	Creator       string       `json:"creator"`
	CreatedAt     string       `json:"createdAt"`
	UpdatedAt     string       `json:"updatedAt"`
}

// AccountSKU is what an account has of one package of features.
type AccountSKU struct {
	Type          string `json:"type"`
	TotalLicenses int64  `json:"totalLicenses"`
	Unlimited     bool   `json:"unlimited"`
	Agents        int64  `json:"agentsInSku"`
}

// Scope is the account as an owner of rules and entries.
func (a Account) Scope() Scope { return Scope{LevelAccount, a.ID} }

// Parent is the scope right above the account.
func (a Account) Parent() Scope { return Scope{Level: LevelTenant} }

// Key returns what tells the account from all others, and the account as an owner.
func (a Account) Key() (id string, in Scope) { return a.ID, a.Scope() }

// AccountQuery narrows a listing of accounts; the zero value lists all that the token may see.
type AccountQuery struct {
	AccountIDs     []string `url:"accountIds,comma,omitempty"`
	Name           *string  `url:"name,omitempty"`
	NameContains   []string `url:"name__contains,comma,omitempty"` // each of at least two characters
	Query          *string  `url:"query,omitempty"`                // in the name, unless there is one account only
	States         []string `url:"states,comma,omitempty"`
	AccountType    *string  `url:"accountType,omitempty"`
	UsageType      *string  `url:"usageType,omitempty"`
	BillingMode    *string  `url:"billingMode,omitempty"`
	SKU            *string  `url:"sku,omitempty"`
	Modules        []string `url:"module,comma,omitempty"`
	Features       []string `url:"features,comma,omitempty"`
	IsDefault      *bool    `url:"isDefault,omitempty"`
	TotalLicenses  *int64   `url:"totalLicenses,omitempty"`
	ActiveLicenses *int64   `url:"activeLicenses,omitempty"`
	Expiration     *string  `url:"expiration,omitempty"`
	CreatedAt      *string  `url:"createdAt,omitempty"`
	UpdatedAt      *string  `url:"updatedAt,omitempty"`
}

// Accounts are the accounts of the console. Tokens that belong to a site may not list them: the error matches
// [ErrSiteUser].
type Accounts struct{ c *Client }

// List yields the accounts that a query selects.
func (a Accounts) List(ctx context.Context, q AccountQuery) iter.Seq2[Account, error] {
	accounts := listed(ListAccounts, func(account Account) string { return account.ID })
	return accounts.of(ctx, a.c, q)
}
