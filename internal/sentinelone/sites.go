package sentinelone

import (
	"context"
	"iter"
)

// Site is a site of an account. The API also sends the site's registration token, a secret: it is never decoded.
type Site struct {
	ID                string   `json:"id"`
	Name              string   `json:"name"`
	Description       string   `json:"description"`
	AccountID         string   `json:"accountId"`
	AccountName       string   `json:"accountName"`
	State             string   `json:"state"`
	SiteType          string   `json:"siteType"`
	UsageType         string   `json:"usageType"`
	SKU               string   `json:"sku"` // null, "" here, where there is none
	IsDefault         bool     `json:"isDefault"`
	ExternalID        string   `json:"externalId"`
	ActiveLicenses    int64    `json:"activeLicenses"`
	TotalLicenses     int64    `json:"totalLicenses"`
	UnlimitedLicenses bool     `json:"unlimitedLicenses"`
	Licenses          Licenses `json:"licenses"`
	Expiration        *string  `json:"expiration"` // null when it never expires
	Creator           string   `json:"creator"`
	CreatedAt         string   `json:"createdAt"`
	UpdatedAt         string   `json:"updatedAt"`
}

// Scope is the site as an owner of rules and entries.
func (s Site) Scope() Scope { return Scope{LevelSite, s.ID} }

// Parent is the scope right above the site.
func (s Site) Parent() Scope { return Scope{LevelAccount, s.AccountID} }

// Key returns what tells the site from all others, and the site as an owner.
func (s Site) Key() (id string, in Scope) { return s.ID, s.Scope() }

// SiteQuery narrows a listing of sites; the zero value lists all that the token may see.
type SiteQuery struct {
	SiteIDs             []string `url:"siteIds,comma,omitempty"`
	AccountIDs          []string `url:"accountIds,comma,omitempty"`
	AccountNameContains []string `url:"accountName__contains,comma,omitempty"` // terms are of at least two characters
	Name                *string  `url:"name,omitempty"`
	NameContains        []string `url:"name__contains,comma,omitempty"`
	Description         *string  `url:"description,omitempty"`
	DescriptionContains []string `url:"description__contains,comma,omitempty"`
	Query               *string  `url:"query,omitempty"` // in name, account name and description
	States              []string `url:"states,comma,omitempty"`
	SiteType            *string  `url:"siteType,omitempty"`
	SKU                 *string  `url:"sku,omitempty"`
	Modules             []string `url:"module,comma,omitempty"`
	Features            []string `url:"features,comma,omitempty"`
	IsDefault           *bool    `url:"isDefault,omitempty"`
	ExternalID          *string  `url:"externalId,omitempty"`
	TotalLicenses       *int64   `url:"totalLicenses,omitempty"`
	ActiveLicenses      *int64   `url:"activeLicenses,omitempty"`
	Expiration          *string  `url:"expiration,omitempty"`
	CreatedAt           *string  `url:"createdAt,omitempty"`
	UpdatedAt           *string  `url:"updatedAt,omitempty"`
	AvailableMoveSites  *bool    `url:"availableMoveSites,omitempty"` // to which the token's user may move endpoints
}

// Sites are the sites of the console.
type Sites struct{ c *Client }

// List yields the sites that a query selects, sorted as the console sorts them.
func (s Sites) List(ctx context.Context, q SiteQuery) iter.Seq2[Site, error] {
	type page struct {
		Sites []Site `json:"sites"`
	}
	sites := listing[page, Site]{
		op:   ListSites,
		rows: func(p page) []Site { return p.Sites },
		id:   func(site Site) string { return site.ID },
	}
	return sites.of(ctx, s.c, q)
}

// RegistrationToken returns the secret by which agents join a site.
func (s Sites) RegistrationToken(ctx context.Context, id string) (string, error) {
	return registrationToken(ctx, s.c, GetSiteToken, id)
}

func registrationToken(ctx context.Context, c *Client, op Operation, id string) (string, error) {
	registration, err := call[struct {
		Token string `json:"token"`
	}](ctx, c, op, request{id: id})
	return registration.Token, err
}
