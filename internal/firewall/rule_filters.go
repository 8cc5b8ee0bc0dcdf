package firewall

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// ruleFilters narrow a listing of rules: the API's filters, and whose the rule is.
type ruleFilters struct {
	IDs                 []string `tfsdk:"ids"`
	Query               *string  `tfsdk:"query"`
	Name                *string  `tfsdk:"name"`
	NameContains        []string `tfsdk:"name_contains"`
	Actions             []string `tfsdk:"actions"`
	Statuses            []string `tfsdk:"statuses"`
	Directions          []string `tfsdk:"directions"`
	OSTypes             []string `tfsdk:"os_types"`
	Protocols           []string `tfsdk:"protocols"`
	ProtocolContains    []string `tfsdk:"protocol_contains"`
	Applications        []string `tfsdk:"applications"`
	ApplicationContains []string `tfsdk:"application_contains"`
	ServiceContains     []string `tfsdk:"service_contains"`
	LocationIDs         []string `tfsdk:"location_ids"`
	TagIDs              []string `tfsdk:"tag_ids"`
	TagNameContains     []string `tfsdk:"tag_name_contains"`
	CreatedBefore       *string  `tfsdk:"created_before"`
	CreatedUntil        *string  `tfsdk:"created_until"`
	CreatedAfter        *string  `tfsdk:"created_after"`
	CreatedSince        *string  `tfsdk:"created_since"`
	tfkit.Ownership
}

const mostTerms = 10 // of a filter by texts

func ruleFilterAttributes() tfkit.Filters {
	return tfkit.WithOwnership("rules", tfkit.Filters{
		"ids":           tfkit.IDsFilter("Only the rules of these ids."),
		"query":         tfkit.TextFilter("Only rules with this text in their name, tag, application or protocol."),
		"name":          tfkit.TextFilter("Only the rules of this name."),
		"name_contains": tfkit.TermsFilter("Only rules whose names contain one of these texts.", mostTerms),
		"actions":       tfkit.OneOfFilter("Only rules with one of these actions", sentinelone.Actions()...),
		"statuses":      tfkit.OneOfFilter("Only rules in one of these states", sentinelone.Statuses()...),
		"directions":    tfkit.OneOfFilter("Only rules for one of these directions", sentinelone.Directions()...),
		"os_types":      tfkit.OneOfFilter("Only rules for one of these operating systems", sentinelone.OSTypes()...),
		"protocols":     textsFilter("Only rules for one of these protocols, by the console's short names."),
		"protocol_contains": tfkit.TermsFilter(
			"Only rules whose protocols contain one of these texts.", mostTerms),
		"applications": textsFilter("Only rules for one of these applications."),
		"application_contains": tfkit.TermsFilter(
			"Only rules whose applications contain one of these texts.", mostTerms),
		"service_contains": tfkit.TermsFilter("Only rules whose services contain one of these texts.", mostTerms),
		"location_ids":     tfkit.IDsFilter("Only rules for one of these locations."),
		"tag_ids":          tfkit.IDsFilter("Only rules that are linked to one of these tags."),
		"tag_name_contains": tfkit.TermsFilter(
			"Only rules with a tag whose name contains one of these texts.", mostTerms),
		"created_before": tfkit.TimeFilter("Only rules made before this time."),
		"created_until":  tfkit.TimeFilter("Only rules made at this time or before."),
		"created_after":  tfkit.TimeFilter("Only rules made after this time."),
		"created_since":  tfkit.TimeFilter("Only rules made at this time or after."),
	})
}

func textsFilter(description string) tfkit.Filter {
	return tfkit.ListFilter(description, mostValues, stringvalidator.LengthAtLeast(1))
}

// query returns the filters as the API takes them.
func (f ruleFilters) query(in sentinelone.Scope) sentinelone.FirewallRuleQuery {
	return sentinelone.FirewallRuleQuery{
		Scope:               in,
		IDs:                 f.IDs,
		Query:               f.Query,
		Name:                f.Name,
		NameContains:        f.NameContains,
		Actions:             f.Actions,
		Statuses:            f.Statuses,
		Directions:          f.Directions,
		OSTypes:             f.OSTypes,
		Protocols:           f.Protocols,
		ProtocolContains:    f.ProtocolContains,
		Applications:        f.Applications,
		ApplicationContains: f.ApplicationContains,
		ServiceContains:     f.ServiceContains,
		LocationIDs:         f.LocationIDs,
		TagIDs:              f.TagIDs,
		TagNameContains:     f.TagNameContains,
		CreatedBefore:       f.CreatedBefore,
		CreatedUntil:        f.CreatedUntil,
		CreatedAfter:        f.CreatedAfter,
		CreatedSince:        f.CreatedSince,
	}
}

// rules lists what the filters select among the rules that a scope sees: its own, or those that it inherits too.
func (f ruleFilters) rules(
	ctx context.Context, provider *tfkit.Provider, in sentinelone.Scope, inherited bool,
) iter.Seq2[sentinelone.FirewallRule, error] {
	query := f.query(in)
	if !inherited {
		query.Levels = []sentinelone.Level{in.Level}
	}
	seen := tfkit.Keep(provider.Console.FirewallRules.List(ctx, query), func(rule sentinelone.FirewallRule) bool {
		return inherited || rule.Scope() == in
	})
	return tfkit.Owned(seen, f.Ownership, provider.Marker, func(rule sentinelone.FirewallRule) string {
		return rule.Description
	})
}
