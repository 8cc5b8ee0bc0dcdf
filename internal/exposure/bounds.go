package exposure

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// defaultLimit bounds rows: beyond, the time that Terraform takes grows with their square. A plan of 1000 vulnerabilities
// was measured at 2 seconds, of 3000 at 5, of 10,000 at 40.
const defaultLimit = 1000

// bounds say where to look, and which part of what is there to bring.
type bounds struct {
	Scope     tfkit.Scope `tfsdk:"scope"`
	SortBy    *string     `tfsdk:"sort_by"`
	SortOrder *string     `tfsdk:"sort_order"`
	Limit     *int64      `tfsdk:"limit"`
	CountOnly *bool       `tfsdk:"count_only"`
	Total     *int64      `tfsdk:"total"`
}

func (b *bounds) extent() *bounds { return b }

// boundsAttributes are the attributes of bounds, beside others. The columns are what rows can be sorted by.
func boundsAttributes[T any](sorting columns[T], others map[string]schema.Attribute) map[string]schema.Attribute {
	attributes := maps.Clone(others)
	attributes["scope"] = tfkit.DataSourceScope()
	attributes["sort_by"] = schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: sorting.describe(),
		Validators:          []validator.String{stringvalidator.OneOf(sorting.names()...)},
	}
	attributes["sort_order"] = schema.StringAttribute{
		Optional: true,
		MarkdownDescription: "`asc` or `desc`, which is from the highest to the lowest and from the newest to the oldest. " +
			"Default `asc`. It goes with `sort_by`.",
		Validators: []validator.String{
			stringvalidator.OneOf(sentinelone.Ascending, sentinelone.Descending),
			stringvalidator.AlsoRequires(path.MatchRoot("sort_by")),
		},
	}
	attributes["limit"] = schema.Int64Attribute{
		Optional: true,
		MarkdownDescription: fmt.Sprintf("How many rows to bring at most, the first ones in the order of `sort_by`; each "+
			"1000 take a call. When there are more, a warning says so. Terraform takes seconds for thousands of rows, and "+
			"most of a minute for 10,000. Default %d.", defaultLimit),
		Validators: []validator.Int64{int64validator.AtLeast(1)},
	}
	attributes["count_only"] = schema.BoolAttribute{
		Optional: true,
		MarkdownDescription: "`true` for `total` alone, by one call, however much there is; the list of rows stays empty. " +
			"Default `false`.",
	}
	attributes["total"] = tfkit.ComputedNumber("How many rows the filters select, whether or not they are brought.")
	return attributes
}

// limit is how many rows to bring.
func (b *bounds) limit() int64 {
	if b.Limit == nil {
		return defaultLimit
	}
	return *b.Limit
}

// countOnly tells that no rows are to be brought.
func (b *bounds) countOnly() bool { return b.CountOnly != nil && *b.CountOnly }

// warnOfMore warns of rows that were left behind.
func (b *bounds) warnOfMore(diags *diag.Diagnostics, object, narrow string) {
	if b.countOnly() || *b.Total <= b.limit() {
		return
	}
	diags.AddWarning("More rows than the limit", fmt.Sprintf(
		"%s: there are %d, and limit brings the first %d of them. What follows from these rows leaves out the other %d. "+
			"Narrow the filters, such as %s, or raise limit. Where the number is enough, count_only = true brings total alone.",
		object, *b.Total, b.limit(), *b.Total-b.limit(), narrow))
}

// readTable returns those rows of a table that are within bounds, in order, and notes how many there are in all.
func readTable[Q sentinelone.TableQuery, T any](
	ctx context.Context, b *bounds, table sentinelone.Table[Q, T], query Q, sorting columns[T],
) ([]T, error) {
	if b.countOnly() {
		total, err := table.Count(ctx, query)
		b.Total = &total
		return nil, err
	}
	order := sorting.order(b.SortBy, b.SortOrder)
	rows, total, err := table.First(ctx, query, order.asked(), b.limit())
	b.Total = &total
	order.sort(rows)
	return rows, err
}
