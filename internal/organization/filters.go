package organization

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"

	"terraform-provider-sentinelone/internal/tfkit"
)

// Limits of the API's filters.
const (
	mostScopeIDs = 500
	mostTerms    = 10
)

// Filters that accounts and sites share; kind is the plural of what is filtered.

func statesFilter(kind string) tfkit.Filter {
	return tfkit.OneOfFilter("Only "+kind+" in one of these states", "active", "expired", "deleted")
}

func typeFilter(kind string) tfkit.Filter {
	return tfkit.TextFilter("Only "+kind+" of this type: `Trial` or `Paid`.", stringvalidator.OneOf("Trial", "Paid"))
}

func skuFilter(kind string) tfkit.Filter {
	return tfkit.TextFilter("Only " + kind + " with this package of features, such as `Control`.")
}

func modulesFilter(kind string) tfkit.Filter {
	return tfkit.ListFilter("Only "+kind+" with a licence for one of these add-ons, by the console's internal names, "+
		"such as `ranger`.", mostTerms, stringvalidator.LengthAtLeast(1))
}

func featuresFilter(kind string) tfkit.Filter {
	return tfkit.OneOfFilter("Only "+kind+" whose licence holds one of these features",
		"firewall-control", "device-control", "ioc")
}
