package tfkit

import (
	"context"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// Listing is what the list resource of a kind tells of its objects.
type Listing[T inventory.Row] struct {
	// Plural is what several of them are called at the start of a sentence, such as "Firewall tags".
	Plural string
	// Filters returns the attributes that narrow the listing, beside the scope.
	Filters func() Filters
	// Rows yields the objects that a scope itself owns and that the configuration's filters select.
	Rows func(ctx context.Context, config tfsdk.Config, p *Provider, in sentinelone.Scope) (iter.Seq2[T, error], diag.Diagnostics)
	// Name tells a person an object from others.
	Name func(T) string
}

// ListResourceConfigSchema implements list.ListResource.
func (r *Inventoried[T, F, M]) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The " + strings.ToLower(r.kind.Listing.Plural) + " that a scope itself owns, to be imported. A list " +
			"brings 100 at most unless its `limit` says otherwise. `terraform query` takes Terraform 1.14." +
			Permissions(r.kind.Operations.List),
		Attributes: r.kind.Listing.Filters().List(map[string]schema.Attribute{"scope": ListScope()}),
	}
}

// List implements list.ListResource: it streams what a listing yields as it comes, up to the limit. What the listing
// fails with is the last result.
func (r *Inventoried[T, F, M]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var configured Scope
	diags := req.Config.GetAttribute(ctx, path.Root("scope"), &configured)
	in := r.ScopeOrDefault(ctx, configured, &diags)
	if r.Client(&diags); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	rows, diags := r.kind.Listing.Rows(ctx, req.Config, r.Provider, in)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		pushed := int64(0)
		for row, err := range rows {
			result := req.NewListResult(ctx)
			if err != nil {
				AddFailure(&result.Diagnostics, r.kind.Operations.List, Describe(r.kind.Listing.Plural, "", "", in), err)
				push(result)
				return
			}
			r.list(ctx, row, &result, req.IncludeResource)
			if pushed++; !push(result) || pushed == req.Limit {
				return
			}
		}
	}
}

// list fills in a result: the resource is what a Read would record after an import.
func (r *Inventoried[T, F, M]) list(ctx context.Context, row T, result *list.ListResult, withResource bool) {
	var nothing M
	id, in := row.Key()
	result.DisplayName = r.kind.Listing.Name(row)
	result.Diagnostics.Append(result.Identity.Set(ctx, NewIdentity(id, in))...)
	if withResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, r.model(ctx, row, nothing, &result.Diagnostics))...)
	}
}
