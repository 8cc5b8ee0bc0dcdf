package simulator

import (
	"maps"
	"slices"
)

// accountView is an account as the vendor's description has it; nobody has published one from the wire. Of its fields
// only those about incident response and about the console's look are left out.
type accountView struct {
	ID                  string       `json:"id"`
	Name                string       `json:"name"`
	AccountType         string       `json:"accountType"`
	ActiveAgents        int          `json:"activeAgents"`
	AgentsInCompleteSKU int          `json:"agentsInCompleteSku"`
	AgentsInControlSKU  int          `json:"agentsInControlSku"`
	AgentsInCoreSKU     int          `json:"agentsInCoreSku"`
	BillingMode         string       `json:"billingMode"`
	CompleteSites       int          `json:"completeSites"`
	ControlSites        int          `json:"controlSites"`
	CoreSites           int          `json:"coreSites"`
	CreatedAt           timestamp    `json:"createdAt"`
	Creator             string       `json:"creator"`
	CreatorID           string       `json:"creatorId"`
	Expiration          *timestamp   `json:"expiration"`
	ExternalID          *string      `json:"externalId"`
	IsDefault           bool         `json:"isDefault"`
	Licenses            licensesView `json:"licenses"`
	NumberOfSites       int          `json:"numberOfSites"`
	SalesforceID        *string      `json:"salesforceId"`
	SKUs                []skuView    `json:"skus"`
	State               string       `json:"state"`
	TotalComplete       int          `json:"totalComplete"`
	TotalControl        int          `json:"totalControl"`
	TotalCore           int          `json:"totalCore"`
	TotalLicenses       int          `json:"totalLicenses"`
	UnlimitedComplete   bool         `json:"unlimitedComplete"`
	UnlimitedControl    bool         `json:"unlimitedControl"`
	UnlimitedCore       bool         `json:"unlimitedCore"`
	UnlimitedExpiration bool         `json:"unlimitedExpiration"`
	UpdatedAt           timestamp    `json:"updatedAt"`
	UsageType           string       `json:"usageType"`
}

type skuView struct {
	Type          string `json:"type"`
	TotalLicenses int    `json:"totalLicenses"`
	Unlimited     bool   `json:"unlimited"`
	AgentsInSKU   int    `json:"agentsInSku"`
}

// siteSums is what sites come to.
type siteSums struct {
	sites, agents, active, licenses int
	unlimited                       bool // one of them has unlimited licences
}

func (n siteSums) plus(site *Site, agents int) siteSums {
	return siteSums{
		n.sites + 1, n.agents + agents, n.active + site.ActiveLicenses, n.licenses + site.TotalLicenses,
		n.unlimited || site.UnlimitedLicenses,
	}
}

// accountRow is an account with what its sites come to.
type accountRow struct {
	*Account
	all      siteSums
	bySKU    map[string]siteSums
	modules  map[string]bool
	features map[string]bool
}

// accountRows returns the accounts with the sums of their sites, in one walk over all. Deleted sites don't count. Where
// there are no agents, each licence in use stands for one.
func (s *store) accountRows() []*accountRow {
	rows := make([]*accountRow, len(s.state.Accounts))
	byID := map[string]*accountRow{}
	for i, a := range pointers(s.state.Accounts) {
		rows[i] = &accountRow{a, siteSums{}, map[string]siteSums{}, map[string]bool{}, map[string]bool{}}
		byID[a.ID] = rows[i]
	}
	totals := s.agentTotals()
	for _, site := range s.sites.rows {
		if site.State != "deleted" {
			byID[site.AccountID].count(site, totals.of(place{"site", site.ID}, site.ActiveLicenses))
		}
	}
	return rows
}

func (r *accountRow) count(site *Site, agents int) {
	r.all = r.all.plus(site, agents)
	r.bySKU[site.SKU] = r.bySKU[site.SKU].plus(site, agents)
	for _, name := range site.Modules {
		r.modules[name] = true
	}
	for _, name := range siteFeatures(site) {
		r.features[name] = true
	}
}

func (r *accountRow) place() place { return place{"account", r.ID} }

// skus returns the SKUs of the account's sites, the largest first.
func (r *accountRow) skus() []string {
	return slices.DeleteFunc([]string{"Complete", "Control", "Core"}, func(sku string) bool { return r.bySKU[sku].sites == 0 })
}

func (r *accountRow) view() accountView {
	core, control, complete := r.bySKU["Core"], r.bySKU["Control"], r.bySKU["Complete"]
	v := accountView{
		ID: r.ID, Name: r.Name, AccountType: r.AccountType, BillingMode: r.BillingMode, UsageType: r.UsageType,
		State: r.State, IsDefault: r.IsDefault, ExternalID: r.ExternalID, SalesforceID: r.SalesforceID,
		Creator: r.Creator, CreatorID: r.CreatorID, CreatedAt: timestamp(r.CreatedAt), UpdatedAt: timestamp(r.UpdatedAt),
		ActiveAgents: r.all.agents, NumberOfSites: r.all.sites, TotalLicenses: r.all.licenses,
		CoreSites: core.sites, ControlSites: control.sites, CompleteSites: complete.sites,
		TotalCore: core.licenses, TotalControl: control.licenses, TotalComplete: complete.licenses,
		AgentsInCoreSKU: core.agents, AgentsInControlSKU: control.agents, AgentsInCompleteSKU: complete.agents,
		UnlimitedCore: core.unlimited, UnlimitedControl: control.unlimited, UnlimitedComplete: complete.unlimited,
		UnlimitedExpiration: r.Expiration == nil, SKUs: []skuView{},
	}
	if r.Expiration != nil {
		v.Expiration = new(timestamp(*r.Expiration))
	}
	bundles := []bundleView{}
	for _, sku := range r.skus() {
		n := r.bySKU[sku]
		v.SKUs = append(v.SKUs, skuView{sku, n.licenses, n.unlimited, n.agents})
		bundles = append(bundles, bundle(sku, n.licenses, n.unlimited))
	}
	v.Licenses = licensesOf(bundles, slices.Sorted(maps.Keys(r.modules)))
	return v
}

// accountsInReach returns the accounts that the caller may see. One with a site for a scope sees none, or by switch the
// one above its site.
func (c *call) accountsInReach() ([]*accountRow, error) {
	own := c.user.place()
	if own.level == "site" {
		if c.behaviour.SiteUserAccounts != "own" {
			return nil, notForSiteUsers()
		}
		own = c.scopes.parents[own]
	}
	return slices.DeleteFunc(c.accountRows(), func(r *accountRow) bool { return !c.scopes.within(r.place(), own) }), nil
}

// listAccounts serves GET /accounts.
func listAccounts(c *call) (any, error) {
	reach, err := c.accountsInReach()
	if err != nil {
		return nil, err
	}
	found, page, err := accountListing().page(c, slices.Values(reach), c.accountFilters().predicates(c.query))
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(found, (*accountRow).view), Pagination: page}, nil
}

// getAccount serves GET /accounts/{account_id}. For one out of reach the swagger has no answer but 404.
func getAccount(c *call) (any, error) {
	reach, err := c.accountsInReach()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(reach, func(r *accountRow) bool { return r.ID == c.id })
	if i < 0 {
		return nil, notFound()
	}
	return single{reach[i].view()}, nil
}
