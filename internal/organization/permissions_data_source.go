package organization

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ datasource.DataSourceWithConfigure = (*permissionsDataSource)(nil)

type permissionsDataSource struct{ tfkit.DataSource }

// NewPermissionsDataSource returns the data source sentinelone_permissions.
func NewPermissionsDataSource() datasource.DataSource { return &permissionsDataSource{} }

// Metadata implements datasource.DataSource.
func (d *permissionsDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_permissions"
}

// Schema implements datasource.DataSource.
func (d *permissionsDataSource) Schema(
	_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Whether the token may do what the features that one means to use need, for a `check` block or " +
			"a precondition. A permission to view is proven by a query that only counts; any other is looked up in the " +
			"role's definition, as far as the token may read that. Nothing is written to find out." +
			tfkit.Permissions() + tfkit.OptionalPermissions(sentinelone.GetUser, sentinelone.GetRole),
		Attributes: map[string]schema.Attribute{
			"features": schema.SetAttribute{
				ElementType:         types.StringType,
				Required:            true,
				MarkdownDescription: "The features to check, and what each needs: " + describeFeatures() + ".",
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(),
					setvalidator.ValueStringsAre(stringvalidator.OneOf(featureNames()...)),
				},
			},
			"scope": tfkit.DataSourceScope(),
			"permissions": schema.MapAttribute{
				ElementType: types.StringType,
				Computed:    true,
				MarkdownDescription: "`granted`, `missing` or `unknown`, by permission, such as `Firewall: View`. A view that " +
					"the console refuses for another reason is missing, too: the scope is outside of the token's, or its " +
					"licence lacks the feature.",
			},
			"missing": tfkit.ComputedSet("The permissions that are missing."),
			"unknown": tfkit.ComputedSet("The permissions of which the token may not learn whether it has them."),
		},
	}
}

// Read implements datasource.DataSource.
func (d *permissionsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state permissionsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	in := d.ScopeIfAny(ctx, state.Scope, &resp.Diagnostics)
	client := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	state.Scope = tfkit.NewScope(in)
	found, err := grants{client: client, in: in}.of(ctx, permissionsOf(state.Features))
	if err != nil {
		op := sentinelone.GetUser
		if api, ok := errors.AsType[*sentinelone.APIError](err); ok {
			op = api.Operation
		}
		tfkit.AddFailure(&resp.Diagnostics, op, tfkit.Describe("Permissions", "", "", in), err)
		return
	}
	state.record(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
