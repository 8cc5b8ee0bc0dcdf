package firewall

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

const (
	longestName = 200  // as the API takes it on create
	mostValues  = 5000 // of one list of the API
)

// Schema implements resource.Resource.
func (r *ruleResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A firewall rule of Network Control: it blocks or allows what endpoints of a scope " +
			"exchange with hosts. Firewall Control must be on for the scope (see `sentinelone_firewall_status`)." +
			tfkit.Permissions(sentinelone.ListFirewallRules, sentinelone.CreateFirewallRule),
		Attributes: map[string]schema.Attribute{
			"id":    tfkit.ComputedOnce("The console's id of the rule."),
			"scope": tfkit.ResourceScope(),
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The name of the rule, at most 200 characters. Names need not be unique.",
				Validators: []validator.String{
					stringvalidator.UTF8LengthBetween(1, longestName),
					tfkit.Trimmed(),
				},
			},
			"description": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What the rule is for. The console shows it with the provider's `marker` behind it, " +
					"by which the rule can be told from others.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"action": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "`Block` or `Allow`.",
				Validators:          []validator.String{stringvalidator.OneOf(sentinelone.Actions()...)},
			},
			"status": tfkit.Choice(sentinelone.StatusEnabled, sentinelone.Statuses(),
				"`Enabled` or `Disabled`. Default `Enabled`."),
			"direction": tfkit.Choice(sentinelone.DirectionAny, sentinelone.Directions(),
				"Who opens the connection: `inbound`, `outbound` or `any`. Default `any`."),
			"os_types": tfkit.OSTypes("The operating systems that the rule is for"),
			"protocol": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The protocol by the console's short name, such as `TCP`. Left out, any.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"application":  applicationAttribute(),
			"local_host":   hostsAttribute("The endpoint's own addresses, of one kind. Left out, any."),
			"remote_hosts": hostsAttribute("The hosts at the other end, of one or several kinds. Left out, any."),
			"local_port":   portsAttribute("The port at the endpoint. Left out, any."),
			"remote_port":  portsAttribute("The port at the other end. Left out, any."),
			"location":     locationAttribute(),
			"tag_ids": schema.SetAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "The ids of the firewall tags that the rule is linked to.",
				Validators: []validator.Set{
					setvalidator.SizeBetween(1, mostValues), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(tfkit.ID()),
				},
			},
			tfkit.OnExisting: tfkit.OnExistingAttribute("a rule of the same name and effect in the scope"),
			"allow_any": schema.BoolAttribute{
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(false),
				MarkdownDescription: "Set to `true` to let a rule that had `remote_hosts` or a `local_host` go without, " +
					"so that it matches any host. It only steers the provider: changing it alone changes nothing. Default `false`.",
			},
			"rule_category": tfkit.ComputedOnce("The console's category of the rule, `firewall`."),
			"creator":       tfkit.ComputedOnce("The name of the user who made the rule."),
			"created_at":    tfkit.ComputedOnce("When the rule was made, in UTC."),
		},
	}
}

func hostsAttribute(description string) schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		CustomType:          hostsType,
		PlanModifiers:       []planmodifier.Object{hostsType.KeepSpelling()},
		MarkdownDescription: description + " Order and spelling of the values do not matter.",
		Attributes: map[string]schema.Attribute{
			"addresses": texts("IPv4 and IPv6 addresses."),
			"cidrs":     texts("Networks, such as `198.51.100.0/24`."),
			"ranges":    texts("Ranges of addresses, both ends within, such as `203.0.113.10-203.0.113.20`."),
			"fqdns":     texts("Domain names."),
		},
	}
}

func portsAttribute(description string) schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		CustomType:          portsType,
		PlanModifiers:       []planmodifier.Object{portsType.KeepSpelling()},
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"ports": schema.ListAttribute{
				ElementType:         types.Int64Type,
				Optional:            true,
				MarkdownDescription: "Single ports, 0 to 65535.",
				Validators: []validator.List{
					listvalidator.SizeAtMost(mostValues),
					listvalidator.NoNullValues(),
					listvalidator.ValueInt64sAre(int64validator.Between(0, lastPort)),
				},
			},
			"range": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "A range of ports, both ends within, such as `1024-65535`.",
			},
		},
	}
}

func applicationAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		CustomType:          applicationType,
		PlanModifiers:       []planmodifier.Object{applicationType.KeepSpelling()},
		MarkdownDescription: "The program at the endpoint, by one of the following. Left out, any.",
		Attributes: map[string]schema.Attribute{
			"paths":  texts("Paths of programs."),
			"sha1s":  texts("SHA-1 hashes of programs."),
			"system": texts("The operating system itself, by the names that the console has for it; may be empty."),
		},
	}
}

func locationAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		CustomType:          locationType,
		PlanModifiers:       []planmodifier.Object{locationType.KeepSpelling()},
		MarkdownDescription: "The network locations in which the rule applies. Left out, all.",
		Attributes: map[string]schema.Attribute{
			"ids": schema.ListAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "The ids of locations.",
				Validators: []validator.List{
					listvalidator.SizeAtMost(mostValues),
					listvalidator.NoNullValues(),
					listvalidator.ValueStringsAre(tfkit.ID()),
				},
			},
			"fallback": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "`true` for the endpoints that are in no known location.",
			},
		},
	}
}

func texts(description string) schema.Attribute {
	return schema.ListAttribute{
		ElementType:         types.StringType,
		Optional:            true,
		MarkdownDescription: description,
		Validators:          []validator.List{listvalidator.SizeAtMost(mostValues), listvalidator.NoNullValues()},
	}
}
