// Package organization holds the Terraform objects about the console's tree of accounts, sites and groups, and about the
// token that looks at it.
package organization

import (
	"context"
	"errors"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ datasource.DataSourceWithConfigure        = (*dataSource[sitesModel])(nil)
	_ datasource.DataSourceWithConfigValidators = (*dataSource[sitesModel])(nil)
)

// dataSource is a data source of this package, M its model: what one has of its own is data.
type dataSource[M any] struct {
	tfkit.DataSource
	name        string // "sites"
	title       string // what it is about, in errors
	description string
	attributes  map[string]schema.Attribute
	validators  []datasource.ConfigValidator
	op          sentinelone.Operation
	optional    []sentinelone.Operation                          // without which it tells less
	read        func(context.Context, *tfkit.Provider, *M) error // completes a configuration
}

// Metadata implements datasource.DataSource.
func (d *dataSource[M]) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

// Schema implements datasource.DataSource.
func (d *dataSource[M]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	permissions := tfkit.Permissions(d.op)
	if len(d.optional) > 0 {
		permissions += tfkit.OptionalPermissions(d.optional...)
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: d.description + permissions,
		Attributes:          d.attributes,
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *dataSource[M]) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return d.validators
}

// Read implements datasource.DataSource.
func (d *dataSource[M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state M
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	if d.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	err := d.read(ctx, d.Provider, &state)
	if choice, ok := errors.AsType[*choiceError](err); ok {
		resp.Diagnostics.AddError(choice.summary, choice.detail)
		return
	}
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, d.op, d.title, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// rowsOf returns all that a listing yields as rows of a model, by id.
func rowsOf[T inventory.Row, R any](listing iter.Seq2[T, error], row func(T) R) ([]R, error) {
	all, err := tfkit.Sorted(listing)
	rows := make([]R, 0, len(all))
	for _, one := range all {
		rows = append(rows, row(one))
	}
	return rows, err
}
