package organization

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"terraform-provider-sentinelone/internal/tfkit"
)

// oneOf turns a row's attributes into those of a data source of one object, which is given by id or by name.
func oneOf(row map[string]schema.Attribute) map[string]schema.Attribute {
	row["id"] = given(row["id"], "Exactly one of `id` and `name` is set.", tfkit.ID())
	row["name"] = given(row["name"], "It is compared as a whole and with its case.", stringvalidator.LengthAtLeast(1))
	return row
}

// given turns a row's text into one that may also be given.
func given(computed schema.Attribute, description string, valid validator.String) schema.Attribute {
	return schema.StringAttribute{
		Optional:            true,
		Computed:            true,
		MarkdownDescription: computed.GetMarkdownDescription() + " " + description,
		Validators:          []validator.String{valid},
	}
}

// idOrName validates that one object is given by exactly one of both.
func idOrName() datasource.ConfigValidator {
	return datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))
}
