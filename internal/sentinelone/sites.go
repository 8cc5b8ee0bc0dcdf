package sentinelone

import (
	"context"
	"iter"
)

// Site is a site of an account. The API also sends the site's registration token, a secret: it is never decoded.
type Site struct {
	ID             string  `json:"id"`
	Name           string  `json:"name"`
	Description    string  `json:"description"`
	AccountID      string  `json:"accountId"`
	AccountName    string  `json:"accountName"`
	State          string  `json:"state"`
	SiteType       string  `json:"siteType"`
	SKU            string  `json:"sku"`
	IsDefault      bool    `json:"isDefault"`
	ExternalID     string  `json:"externalId"`
	ActiveLicenses int64   `json:"activeLicenses"`
	TotalLicenses  int64   `json:"totalLicenses"`
	Expiration     *string `json:"expiration"` // null when it never expires
	CreatedAt      string  `json:"createdAt"`
	UpdatedAt      string  `json:"updatedAt"`
}

// Scope is the site as an owner of rules and entries.
func (s Site) Scope() Scope { return Scope{LevelSite, s.ID} }

// Key returns what tells the site from all others, and the site as an owner.
func (s Site) Key() (id string, in Scope) { return s.ID, s.Scope() }

// SiteQuery narrows a listing of sites; the zero value lists all that the token may see.
type SiteQuery struct {
	SiteIDs      []string `url:"siteIds,comma,omitempty"`
	AccountIDs   []string `url:"accountIds,comma,omitempty"`
	Name         *string  `url:"name,omitempty"`
	NameContains []string `url:"name__contains,comma,omitempty"` // each of at least two characters
	Query        *string  `url:"query,omitempty"`                // in name, account name and description
	States       []string `url:"states,comma,omitempty"`
	SiteType     *string  `url:"siteType,omitempty"`
	SKU          *string  `url:"sku,omitempty"`
	Features     []string `url:"features,comma,omitempty"`
	IsDefault    *bool    `url:"isDefault,omitempty"`
	ExternalID   *string  `url:"externalId,omitempty"`
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
