package organization

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// licenses are the licences of an account or a site, by the console's internal names.
type licenses struct {
	Bundles []string `tfsdk:"bundles"`
	Modules []string `tfsdk:"modules"`
}

func newLicenses(l sentinelone.Licenses) licenses {
	return licenses{namesOf(l.Bundles), namesOf(l.Modules)}
}

// namesOf returns each name once, as a set wants it: the console may list several versions of one licence.
func namesOf(all []sentinelone.License) []string {
	names := make([]string, 0, len(all))
	for _, one := range all {
		names = append(names, one.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// withLicenses adds the attributes of licences to others.
func withLicenses(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attributes["bundles"] = tfkit.ComputedSet("The licensed bundles of features, by the console's internal names.")
	attributes["modules"] = tfkit.ComputedSet("The licensed add-ons, by the console's internal names, such as `ranger`.")
	return attributes
}
