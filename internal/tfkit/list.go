package tfkit

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// ListLimits is the sentence of a docs page on what a list resource brings at most, which Terraform decides.
const ListLimits = " A list brings 100 at most unless its `limit` says otherwise. `terraform query` takes Terraform 1.14."

// Listed is one result of a list resource.
type Listed struct {
	Name  string
	ID    string
	Scope sentinelone.Scope
	// Model is the resource as a Read would record it.
	Model any
}

// Results streams what a listing yields to Terraform, as it comes, up to the limit. What the listing fails with is its
// last result.
func Results[T any](
	ctx context.Context, req list.ListRequest, rows iter.Seq2[T, error], op sentinelone.Operation, object string,
	show func(T) (Listed, diag.Diagnostics),
) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		pushed := int64(0)
		for row, err := range rows {
			result := req.NewListResult(ctx)
			if err != nil {
				AddFailure(&result.Diagnostics, op, object, err)
				push(result)
				return
			}
			listed, diags := show(row)
			result.DisplayName = listed.Name
			result.Diagnostics.Append(diags...)
			result.Diagnostics.Append(result.Identity.Set(ctx, NewIdentity(listed.ID, listed.Scope))...)
			if req.IncludeResource {
				result.Diagnostics.Append(result.Resource.Set(ctx, listed.Model)...)
			}
			if pushed++; !push(result) || pushed == req.Limit {
				return
			}
		}
	}
}
