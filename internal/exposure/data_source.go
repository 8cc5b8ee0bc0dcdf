// Package exposure holds the Terraform objects about what is vulnerable, and where: applications, their CVEs and the
// endpoints that have them; and the scans that find out.
package exposure

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ datasource.DataSourceWithConfigure        = (*dataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*dataSource)(nil)
)

// dataSource is a data source of this package: what one has of its own is data, and its model.
type dataSource struct {
	tfkit.DataSource
	name        string // "vulnerabilities"
	title       string // what it is about, in errors
	description string
	narrow      string // the filters that a warning about too many rows proposes
	attributes  map[string]schema.Attribute
	validators  []datasource.ConfigValidator
	ops         []sentinelone.Operation // the first is the one in errors
	model       func() model
}

// model is what a data source holds, by tfsdk tags: its bounds, its filters and its rows.
type model interface {
	extent() *bounds
	// read completes a configuration: rows, none of them null, and the total.
	read(ctx context.Context, console *sentinelone.Client, in sentinelone.Scope) error
}

// Metadata implements datasource.DataSource.
func (d *dataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

// Schema implements datasource.DataSource.
func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: d.description + tfkit.Permissions(d.ops...),
		Attributes:          d.attributes,
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *dataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return d.validators
}

// Read implements datasource.DataSource.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	state := d.model()
	resp.Diagnostics.Append(req.Config.Get(ctx, state)...)
	part := state.extent()
	in := d.ScopeOrDefault(ctx, part.Scope, &resp.Diagnostics)
	console := d.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	object := tfkit.Describe(d.title, "", "", in)
	if err := state.read(ctx, console, in); err != nil {
		tfkit.AddFailure(&resp.Diagnostics, d.ops[0], object, err)
		return
	}
	part.Scope = tfkit.NewScope(in)
	part.warnOfMore(&resp.Diagnostics, object, d.narrow)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// rowsOf returns what a console lists as rows of a model: none as an empty list, which a for expression takes.
func rowsOf[T, R any](found []T, row func(T) R) []R {
	rows := make([]R, len(found))
	for i, one := range found {
		rows[i] = row(one)
	}
	return rows
}
