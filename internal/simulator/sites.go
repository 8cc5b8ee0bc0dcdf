package simulator

import (
	"slices"
	"strings"
	"time"
)

// siteView is a site as a live console lists it.
type siteView struct {
	ID                  string       `json:"id"`
	Name                string       `json:"name"`
	AccountID           string       `json:"accountId"`
	AccountName         string       `json:"accountName"`
	ActiveLicenses      int          `json:"activeLicenses"`
	CreatedAt           timestamp    `json:"createdAt"`
	Creator             string       `json:"creator"`
	CreatorID           string       `json:"creatorId"`
	Description         *string      `json:"description"`
	Expiration          *timestamp   `json:"expiration"`
	ExternalID          *string      `json:"externalId"`
	HealthStatus        bool         `json:"healthStatus"` // obsolete, always true
	IsDefault           bool         `json:"isDefault"`
	Licenses            licensesView `json:"licenses"`
	RegistrationToken   string       `json:"registrationToken"`
	SiteType            string       `json:"siteType"`
	SKU                 string       `json:"sku"`
	State               string       `json:"state"`
	Suite               string       `json:"suite"`
	TotalLicenses       int          `json:"totalLicenses"`
	UnlimitedExpiration bool         `json:"unlimitedExpiration"`
	UnlimitedLicenses   bool         `json:"unlimitedLicenses"`
	UpdatedAt           timestamp    `json:"updatedAt"`
}

type licensesView struct {
	Bundles  []bundleView  `json:"bundles"`
	Modules  []moduleView  `json:"modules"`
	Settings []settingView `json:"settings"`
}

type bundleView struct {
	DisplayName   string        `json:"displayName"`
	MajorVersion  int           `json:"majorVersion"`
	MinorVersion  int           `json:"minorVersion"`
	Name          string        `json:"name"`
	Surfaces      []surfaceView `json:"surfaces"`
	TotalSurfaces int           `json:"totalSurfaces"`
}

type surfaceView struct {
	Count int    `json:"count"`
	Name  string `json:"name"`
}

type moduleView struct {
	DisplayName  string `json:"displayName"`
	MajorVersion int    `json:"majorVersion"`
	Name         string `json:"name"`
}

type settingView struct {
	DisplayName             string `json:"displayName"`
	GroupName               string `json:"groupName"`
	Setting                 string `json:"setting"`
	SettingGroup            string `json:"settingGroup"`
	SettingGroupDisplayName string `json:"settingGroupDisplayName"`
}

type licenseTotals struct {
	ActiveLicenses int `json:"activeLicenses"`
	TotalLicenses  int `json:"totalLicenses"`
}

type siteList struct {
	AllSites licenseTotals `json:"allSites"`
	Sites    []siteView    `json:"sites"`
}

// licenses makes up the licence document of a site from its SKU, seats and add-ons.
func (s *Site) licenses() licensesView {
	return licensesOf([]bundleView{bundle(s.SKU, s.TotalLicenses, s.UnlimitedLicenses)}, s.Modules)
}

// bundle makes up the licence of a SKU; unlimited seats are -1.
func bundle(sku string, seats int, unlimited bool) bundleView {
	if unlimited {
		seats = -1
	}
	return bundleView{
		DisplayName: sku, MajorVersion: 1, MinorVersion: 7, Name: strings.ToLower(sku),
		Surfaces: []surfaceView{{Count: seats, Name: "Total Agents"}}, TotalSurfaces: seats,
	}
}

func licensesOf(bundles []bundleView, modules []string) licensesView {
	v := licensesView{
		Bundles: bundles,
		Modules: []moduleView{},
		Settings: []settingView{{
			DisplayName: "365 Days", GroupName: "malicious_data_retention", Setting: "365 Days",
			SettingGroup: "malicious_data_retention", SettingGroupDisplayName: "Malicious Data Retention",
		}},
	}
	for _, name := range modules {
		v.Modules = append(v.Modules, moduleView{DisplayName: strings.ToUpper(name[:1]) + name[1:], MajorVersion: 1, Name: name})
	}
	return v
}

func (s *store) viewSite(site *Site) siteView {
	v := siteView{
		ID: site.ID, Name: site.Name, AccountID: site.AccountID, AccountName: s.accountName(site),
		ActiveLicenses: site.ActiveLicenses, TotalLicenses: site.TotalLicenses, UnlimitedLicenses: site.UnlimitedLicenses,
		Creator: site.Creator, CreatorID: site.CreatorID, CreatedAt: timestamp(site.CreatedAt),
		UpdatedAt: timestamp(site.UpdatedAt), Description: site.Description, ExternalID: site.ExternalID,
		HealthStatus: true, IsDefault: site.IsDefault, Licenses: site.licenses(), RegistrationToken: site.RegistrationToken,
		SiteType: site.SiteType, SKU: site.SKU, Suite: site.SKU, State: site.State,
		UnlimitedExpiration: site.UnlimitedExpiration,
	}
	if site.Expiration != nil {
		v.Expiration = new(timestamp(*site.Expiration))
	}
	return v
}

func (s *store) accountName(site *Site) string {
	return s.scopes.names[place{"account", site.AccountID}]
}

func (s *store) siteListing() listing[Site] {
	return listing[Site]{
		noun: "site",
		id:   func(site *Site) string { return site.ID },
		columns: map[string]func(*Site) sortKey{
			"name":           byText(func(site *Site) string { return site.Name }),
			"accountName":    byText(s.accountName),
			"description":    byText(func(site *Site) string { return orBlank(site.Description) }),
			"siteType":       byText(func(site *Site) string { return site.SiteType }),
			"state":          byText(func(site *Site) string { return site.State }),
			"suite":          byText(func(site *Site) string { return site.SKU }),
			"sku":            byText(func(site *Site) string { return site.SKU }),
			"totalLicenses":  byNumber(func(site *Site) int { return site.TotalLicenses }),
			"activeLicenses": byNumber(func(site *Site) int { return site.ActiveLicenses }),
			"createdAt":      byTime(func(site *Site) time.Time { return site.CreatedAt }),
			"updatedAt":      byTime(func(site *Site) time.Time { return site.UpdatedAt }),
			"expiration":     byTime(expires),
		},
	}
}

// expires returns when a site expires; one that never does is the earliest when sorted.
func expires(site *Site) time.Time {
	if site.Expiration == nil {
		return time.Time{}
	}
	return *site.Expiration
}

// siteFeatures tells what the SKUs include, as far as the `features` filter asks.
func siteFeatures(site *Site) []string {
	switch site.SKU {
	case "Control":
		return []string{"firewall-control", "device-control"}
	case "Complete":
		return []string{"firewall-control", "device-control", "ioc"}
	default:
		return nil
	}
}

// siteFilters are the filters of GET /sites. Here the site and account ids are filters like the others: an id that is
// not there, or not the caller's, finds nothing.
func (c *call) siteFilters() filters[Site] {
	id := func(s *Site) string { return s.ID }
	account := func(s *Site) string { return s.AccountID }
	name := func(s *Site) []string { return []string{s.Name} }
	accountName := func(s *Site) []string { return []string{c.accountName(s)} }
	description := func(s *Site) []string { return []string{orBlank(s.Description)} }
	state := func(s *Site) string { return s.State }
	return filters[Site]{
		"siteIds":               oneOf(id),
		"accountIds":            oneOf(account),
		"accountId":             oneOf(account),
		"name":                  oneOf(func(s *Site) string { return s.Name }),
		"name__contains":        contains(name),
		"accountName__contains": contains(accountName),
		"description":           oneOf(func(s *Site) string { return orBlank(s.Description) }),
		"description__contains": contains(description),
		"query": contains(func(s *Site) []string {
			return slices.Concat(name(s), accountName(s), description(s))
		}),
		"isDefault":          flag(func(s *Site) bool { return s.IsDefault }),
		"healthStatus":       flag(func(*Site) bool { return true }),
		"siteType":           oneOf(func(s *Site) string { return s.SiteType }),
		"expiration":         instant(expires),
		"createdAt":          instant(func(s *Site) time.Time { return s.CreatedAt }),
		"updatedAt":          instant(func(s *Site) time.Time { return s.UpdatedAt }),
		"totalLicenses":      number(func(s *Site) int { return s.TotalLicenses }),
		"activeLicenses":     number(func(s *Site) int { return s.ActiveLicenses }),
		"externalId":         oneOf(func(s *Site) string { return orBlank(s.ExternalID) }),
		"state":              oneOf(state),
		"states":             oneOf(state),
		"statesNin":          not(oneOf(state)),
		"suite":              oneOf(func(s *Site) string { return s.SKU }),
		"sku":                oneOfFold(func(s *Site) string { return s.SKU }),
		"features":           anyOf(siteFeatures),
		"registrationToken":  oneOf(func(s *Site) string { return s.RegistrationToken }),
		"adminOnly":          onlyIf(c.user.Permissions == nil),
		"availableMoveSites": onlyIf(c.user.may("Endpoints.moveToAnotherSite")),
		"module": func(args []string) predicate[Site] {
			return anyOf(func(s *Site) []string { return s.Modules })(strings.Split(args[0], ","))
		},
	}
}

// not turns a filter round.
func not[T any](filter func([]string) predicate[T]) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		want := filter(args)
		return func(row *T) bool { return !want(row) }
	}
}

// onlyIf is a boolean parameter that, when true, wants either every row or none.
func onlyIf(every bool) func([]string) predicate[Site] {
	return func(args []string) predicate[Site] {
		return func(*Site) bool { return every || !truth(args[0]) }
	}
}

// listSites serves GET /sites. The licence totals are those of all sites in the caller's reach, not of the page: on a
// live console they were not the page's sums either.
func listSites(c *call) (any, error) {
	reach := c.scopes.below(c.user.place())
	seen := func(s *Site) bool { return reach[place{"site", s.ID}] }
	var totals licenseTotals
	for _, s := range c.sites.rows {
		if seen(s) {
			totals.ActiveLicenses += s.ActiveLicenses
			totals.TotalLicenses += s.TotalLicenses
		}
	}
	wanted := append(c.siteFilters().predicates(c.query), seen)
	sites, page, err := c.siteListing().page(c, slices.Values(c.sites.rows), wanted)
	if err != nil {
		return nil, err
	}
	views := make([]siteView, len(sites))
	for i, s := range sites {
		views[i] = c.viewSite(s)
	}
	return list{Data: siteList{AllSites: totals, Sites: views}, Pagination: page}, nil
}

// getSite serves GET /sites/{site_id}. The swagger has the fields of the list; which of them a live console sends for a
// single site was not seen.
func getSite(c *call) (any, error) {
	site, err := c.seenSite()
	if err != nil {
		return nil, err
	}
	return single{c.viewSite(site)}, nil
}

// registrationView is the secret by which agents join a site or a group. The swagger wants it asked for here, and
// deprecates it in the lists.
type registrationView struct {
	Token string `json:"token"`
}

// getSiteToken serves GET /sites/{site_id}/token.
func getSiteToken(c *call) (any, error) {
	site, err := c.seenSite()
	if err != nil {
		return nil, err
	}
	return single{registrationView{site.RegistrationToken}}, nil
}

// seenSite returns the site of the path, which must lie within the caller's scope.
func (c *call) seenSite() (*Site, error) {
	site := c.sites.byID[c.id]
	if site == nil || !c.scopes.within(place{"site", site.ID}, c.user.place()) {
		return nil, notFound()
	}
	return site, nil
}
