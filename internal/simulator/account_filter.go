package simulator

import (
	"maps"
	"slices"
	"strings"
	"time"
)

func accountListing() listing[accountRow] {
	return listing[accountRow]{
		noun: "account",
		id:   func(r *accountRow) string { return r.ID },
		columns: map[string]func(*accountRow) sortKey{
			"name":           byText(func(r *accountRow) string { return r.Name }),
			"accountType":    byText(func(r *accountRow) string { return r.AccountType }),
			"usageType":      byText(func(r *accountRow) string { return r.UsageType }),
			"billingMode":    byText(func(r *accountRow) string { return r.BillingMode }),
			"state":          byText(func(r *accountRow) string { return r.State }),
			"totalLicenses":  byNumber(func(r *accountRow) int { return r.all.licenses }),
			"numberOfSites":  byNumber(func(r *accountRow) int { return r.all.sites }),
			"activeLicenses": byNumber(func(r *accountRow) int { return r.all.active }),
			"activeAgents":   byNumber(func(r *accountRow) int { return r.all.agents }),
			"createdAt":      byTime(func(r *accountRow) time.Time { return r.CreatedAt }),
			"updatedAt":      byTime(func(r *accountRow) time.Time { return r.UpdatedAt }),
			"expiration":     byTime(func(r *accountRow) time.Time { return r.expires() }),
		},
	}
}

// expires returns when an account expires; one that never does is the earliest when sorted.
func (r *accountRow) expires() time.Time {
	if r.Expiration == nil {
		return time.Time{}
	}
	return *r.Expiration
}

// accountFilters are the filters of GET /accounts. The full text search finds no name on a console with one account
// only, as the swagger says.
func (c *call) accountFilters() filters[accountRow] {
	id := func(r *accountRow) string { return r.ID }
	name := func(r *accountRow) []string { return []string{r.Name} }
	state := func(r *accountRow) string { return r.State }
	searched := name
	if len(c.state.Accounts) == 1 {
		searched = func(*accountRow) []string { return nil }
	}
	return filters[accountRow]{
		"ids":            oneOf(id),
		"accountIds":     oneOf(id),
		"name":           oneOf(func(r *accountRow) string { return r.Name }),
		"name__contains": contains(name),
		"query":          contains(searched),
		"isDefault":      flag(func(r *accountRow) bool { return r.IsDefault }),
		"accountType":    oneOf(func(r *accountRow) string { return r.AccountType }),
		"usageType":      oneOf(func(r *accountRow) string { return r.UsageType }),
		"billingMode":    oneOf(func(r *accountRow) string { return r.BillingMode }),
		"state":          oneOf(state),
		"states":         oneOf(state),
		"statesNin":      not(oneOf(state)),
		"features":       anyOf(func(r *accountRow) []string { return slices.Collect(maps.Keys(r.features)) }),
		"sku":            anyOfFold((*accountRow).skus),
		"module": func(args []string) predicate[accountRow] {
			names := func(r *accountRow) []string { return slices.Collect(maps.Keys(r.modules)) }
			return anyOf(names)(strings.Split(args[0], ","))
		},
		"totalLicenses":  number(func(r *accountRow) int { return r.all.licenses }),
		"activeLicenses": number(func(r *accountRow) int { return r.all.active }),
		"expiration":     instant((*accountRow).expires),
		"createdAt":      instant(func(r *accountRow) time.Time { return r.CreatedAt }),
		"updatedAt":      instant(func(r *accountRow) time.Time { return r.UpdatedAt }),
	}
}
