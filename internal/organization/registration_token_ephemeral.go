package organization

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*registrationToken)(nil)

// registrationToken is the ephemeral resource of the secret by which agents join a site or a group.
type registrationToken struct {
	tfkit.Ephemeral
	of   string // "site"
	op   sentinelone.Operation
	read func(ctx context.Context, console *sentinelone.Client, id string) (string, error)
}

// NewSiteRegistrationToken returns the ephemeral resource sentinelone_site_registration_token.
func NewSiteRegistrationToken() ephemeral.EphemeralResource {
	return &registrationToken{
		of: "site",
		op: sentinelone.GetSiteToken,
		read: func(ctx context.Context, console *sentinelone.Client, id string) (string, error) {
			return console.Sites.RegistrationToken(ctx, id)
		},
	}
}

// NewGroupRegistrationToken returns the ephemeral resource sentinelone_group_registration_token.
func NewGroupRegistrationToken() ephemeral.EphemeralResource {
	return &registrationToken{
		of: "group",
		op: sentinelone.GetGroupToken,
		read: func(ctx context.Context, console *sentinelone.Client, id string) (string, error) {
			return console.Groups.RegistrationToken(ctx, id)
		},
	}
}

// Metadata implements ephemeral.EphemeralResource.
func (r *registrationToken) Metadata(
	_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_" + r.of + "_registration_token"
}

// Schema implements ephemeral.EphemeralResource.
func (r *registrationToken) Schema(
	_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The registration token of a " + r.of + ", with which an installer enrols the agent of an " +
			"endpoint there. Whoever has it can add endpoints: Terraform writes it to no plan and no state, and it can be " +
			"used only where that holds, such as in provisioners, in provider blocks and in write-only arguments. Needs " +
			"Terraform 1.10 or OpenTofu 1.11." + tfkit.Permissions(r.op),
		Attributes: map[string]schema.Attribute{
			r.idAttribute(): schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The id of the " + r.of + ".",
				Validators:          []validator.String{tfkit.ID()},
			},
			"token": schema.StringAttribute{
				Computed: true, Sensitive: true, MarkdownDescription: "The registration token.",
			},
		},
	}
}

func (r *registrationToken) idAttribute() string { return r.of + "_id" }

// Open implements ephemeral.EphemeralResource.
func (r *registrationToken) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var id types.String
	at := path.Root(r.idAttribute())
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, at, &id)...)
	console := r.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	token, err := r.read(ctx, console, id.ValueString())
	switch {
	case errors.Is(err, sentinelone.ErrNotFound):
		resp.Diagnostics.AddAttributeError(at, "No such "+r.of,
			"The token of the provider sees no "+r.of+" with the id "+id.ValueString()+".")
	case err != nil:
		tfkit.AddFailure(&resp.Diagnostics, r.op, "The "+r.of+" with the id "+id.ValueString(), err)
	default:
		resp.Diagnostics.Append(resp.Result.SetAttribute(ctx, path.Root("token"), token)...)
	}
}
