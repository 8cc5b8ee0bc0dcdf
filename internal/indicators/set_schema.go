package indicators

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Schema implements resource.Resource.
func (r *setResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: setDescription + tfkit.Permissions(
			sentinelone.ListFirewallRules, sentinelone.CreateFirewallRule, sentinelone.ListRestrictions,
			sentinelone.CreateRestriction, sentinelone.UpdateRestriction, sentinelone.DeleteRestrictions) +
			tfkit.OptionalPermissions(sentinelone.ListSites, sentinelone.ListGroups),
		Attributes: map[string]schema.Attribute{
			"id": tfkit.ComputedOnce("The id of the set. The marker of everything that the set makes ends in it. It stays the same " +
				"when the set is renamed."),
			"scope": tfkit.ResourceScope(),
			"name": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The name of the set, at most 150 characters, once in a scope. The names of its rules and the " +
					"descriptions of its blocklist entries begin with it.",
				Validators: []validator.String{
					stringvalidator.UTF8LengthBetween(1, longestName), tfkit.Trimmed(),
					tfkit.Parses(parseName),
				},
			},
			"description": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What the set is for. The console shows it at its rules and entries, with the provider's " +
					"`marker` behind it.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"indicators": schema.StringAttribute{
				Required:   true,
				CustomType: documentType{},
				MarkdownDescription: "The indicators, as a JSON object from each to a note or to `{ note, expires }`: " +
					"`jsonencode({ \"evil.example\" = \"phishing kit, case 4711\" })`, or what `parse_indicators` makes of a feed. " +
					"Addresses, networks, ranges, domain names, SHA-1 and SHA-256 in any spelling, defanged or not. Order and " +
					"spelling mean nothing. From its `expires` on, in RFC 3339, an indicator is no longer enforced. Notes and " +
					"expiries are kept in Terraform's state only.",
				PlanModifiers: []planmodifier.String{documentType{}.KeepSpelling()},
			},
			"os_types": tfkit.OSTypes("The operating systems that the indicators are enforced on"),
			"direction": tfkit.Choice(sentinelone.DirectionOutbound, sentinelone.Directions(),
				"Who opens the connections to addresses and domains that are blocked: `inbound`, `outbound` or `any`. "+
					"Default `outbound`."),
			"status": tfkit.Choice(sentinelone.StatusEnabled, sentinelone.Statuses(),
				"`Enabled` or `Disabled`, for the firewall rules: the Blocklist knows no such thing. Default `Enabled`."),
			"values_per_rule": schema.Int64Attribute{
				Optional: true,
				Computed: true,
				Default:  int64default.StaticInt64(defaultPerRule),
				MarkdownDescription: "How many indicators go into one firewall rule at most, 1 to 5000. Changing it distributes " +
					"them anew. Default 1000.",
				Validators: []validator.Int64{int64validator.Between(1, mostInRule)},
			},
			tfkit.OnExisting: tfkit.Choice(skipExisting, []string{skipExisting, refuseExisting},
				"What to do about an indicator that somebody else enforces already, by an object without the provider's "+
					"marker: `skip` leaves it to them as long as they do, also on destroy; `error` stops. Default `skip`."),
			"protected": schema.ListAttribute{
				ElementType: types.StringType,
				Optional:    true,
				MarkdownDescription: "What must never be blocked: addresses, networks, ranges, domains with all names below them, " +
					"hashes. An indicator that would hit one of them is an error. It adds to what is always protected: " +
					"addresses that are not public, networks wider than /16 (/32 for IPv6), the console, public suffixes, " +
					"well-known resolvers, the empty file.",
			},
			"allow": schema.ListAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "Indicators to be enforced although they are protected, one by one.",
			},
			"max_removals": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "How many indicators may leave the set with one apply. More are an error before anything is " +
					"changed, since a feed that breaks looks the same. Left out, half of a set of more than 20. A set that is " +
					"emptied is always an error: destroy it instead. Expiry and destroying are not limited.",
				Validators: []validator.Int64{int64validator.AtLeast(0)},
			},
			"firewall_rule_ids": schema.ListAttribute{
				ElementType: types.StringType, Computed: true, MarkdownDescription: "The ids of the set's firewall rules, sorted.",
			},
			"summary": schema.ObjectAttribute{
				AttributeTypes: summaryType,
				Computed:       true,
				MarkdownDescription: "How many indicators of each type (`ipv4`, `ipv6`, `cidr`, `range`, `domain`, `sha1`, " +
					"`sha256`; `0` for none) are `enforced` by the set, `skipped` because others enforce them, `expired`, or " +
					"`failed`, such as `summary.failed.domain`.",
			},
			"skipped": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "The indicators that others enforce, as a JSON object from each to the `kind`, `id`, `scope` " +
					"and `creator` of what does.",
			},
			"failed": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "The indicators that could not be enforced with the last apply, as a JSON object from each " +
					"to the reason. The next plan tries again.",
			},
		},
	}
}

const setDescription = "A set of indicators of compromise that is enforced in a scope: a feed in, controls out. Addresses, " +
	"networks, ranges and domain names are packed into as few firewall rules of Network Control as can be, hashes become " +
	"entries of the Blocklist, one for each operating system. What somebody else enforces already is skipped. What leaves " +
	"the feed, or expires, leaves the console. Firewall Control must be on for the scope (see " +
	"`sentinelone_firewall_status`).\n\n" +
	"When the console refuses some of the indicators, the others are enforced all the same: `failed` names those, with a " +
	"warning, and the next plan tries again. An indicator that moves from one set to another within one apply is enforced " +
	"all the time, unless the set that takes it depends on the one that drops it."

func parseName(text string) (string, error) {
	if strings.Contains(text, nameEnd) {
		return "", errors.New("a name must not contain a colon before a space, which ends it in the descriptions of entries")
	}
	return text, nil
}
