package tfkit

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Filter is an attribute that narrows a listing. Data sources and list resources share it: a *string, a []string, a
// *bool or an *int64 in a model, nil when it is left out.
type Filter struct {
	description string
	flag        bool
	number      bool
	numbers     []validator.Int64
	texts       []validator.String
	lists       []validator.List // nil but for lists
}

// FlagFilter narrows to what is so, or to what is not.
func FlagFilter(description string) Filter { return Filter{description: description, flag: true} }

// NumberFilter narrows by a whole number.
func NumberFilter(description string, validators ...validator.Int64) Filter {
	return Filter{description: description, number: true, numbers: validators}
}

// TextFilter narrows by one text.
func TextFilter(description string, validators ...validator.String) Filter {
	return Filter{description: description, texts: append(validators, stringvalidator.LengthAtLeast(1))}
}

// ListFilter narrows to what has one of several values, of which the API takes so many at most.
func ListFilter(description string, most int, element validator.String) Filter {
	return listFilter(fmt.Sprintf("%s At most %d values.", description, most), most, element)
}

// listFilter refuses an empty list: the API would take it for no filter, and select everything.
func listFilter(description string, most int, element validator.String) Filter {
	return Filter{description: description, lists: []validator.List{
		listvalidator.SizeBetween(1, most), listvalidator.NoNullValues(),
		listvalidator.ValueStringsAre(element, noComma),
	}}
}

// OneOfFilter narrows to what has one of several values out of those that there are, which end the description.
func OneOfFilter(description string, values ...string) Filter {
	return listFilter(description+": `"+strings.Join(values, "`, `")+"`.", len(values), stringvalidator.OneOf(values...))
}

// TermsFilter narrows to what contains one of several texts, which the API wants to be of two characters at least.
func TermsFilter(description string, most int) Filter {
	return ListFilter(description+" Each has at least two characters.", most, stringvalidator.LengthAtLeast(shortestTerm))
}

// TimeFilter narrows by a point in time.
func TimeFilter(description string) Filter {
	return TextFilter(description+" In RFC 3339 and UTC, such as `2026-01-31T12:00:00Z`.", Parses(parseTime))
}

func parseTime(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || !strings.HasSuffix(text, "Z") {
		return at, fmt.Errorf("%q is no time in RFC 3339 and UTC, such as 2026-01-31T12:00:00Z", text)
	}
	return at, nil
}

// IDsFilter narrows to objects by ids.
func IDsFilter(description string) Filter { return ListFilter(description, mostIDs, ID()) }

// Limits of the API's filters.
const (
	mostIDs      = 5000
	shortestTerm = 2
)

// noComma guards values of lists, which the API separates by commas and knows no way to quote.
var noComma = stringvalidator.RegexMatches(regexp.MustCompile(`^[^,]*$`), "must not contain a comma")

// Filters are filters by attribute.
type Filters map[string]Filter

// DataSource returns the filters as attributes of a data source, beside others.
func (f Filters) DataSource(others map[string]datasourceschema.Attribute) map[string]datasourceschema.Attribute {
	attributes := maps.Clone(others)
	for name, filter := range f {
		switch {
		case filter.flag:
			attributes[name] = datasourceschema.BoolAttribute{Optional: true, MarkdownDescription: filter.description}
		case filter.number:
			attributes[name] = datasourceschema.Int64Attribute{
				Optional: true, MarkdownDescription: filter.description, Validators: filter.numbers,
			}
		case filter.lists != nil:
			attributes[name] = datasourceschema.ListAttribute{
				ElementType: types.StringType, Optional: true, MarkdownDescription: filter.description, Validators: filter.lists,
			}
		default:
			attributes[name] = datasourceschema.StringAttribute{
				Optional: true, MarkdownDescription: filter.description, Validators: filter.texts,
			}
		}
	}
	return attributes
}

// List returns the filters as attributes of a list resource, beside others.
func (f Filters) List(others map[string]listschema.Attribute) map[string]listschema.Attribute {
	attributes := maps.Clone(others)
	for name, filter := range f {
		switch {
		case filter.flag:
			attributes[name] = listschema.BoolAttribute{Optional: true, MarkdownDescription: filter.description}
		case filter.number:
			attributes[name] = listschema.Int64Attribute{
				Optional: true, MarkdownDescription: filter.description, Validators: filter.numbers,
			}
		case filter.lists != nil:
			attributes[name] = listschema.ListAttribute{
				ElementType: types.StringType, Optional: true, MarkdownDescription: filter.description, Validators: filter.lists,
			}
		default:
			attributes[name] = listschema.StringAttribute{
				Optional: true, MarkdownDescription: filter.description, Validators: filter.texts,
			}
		}
	}
	return attributes
}
