// Package indicators holds the Terraform objects that speak of indicators of compromise.
package indicators

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/tfkit"
)

// document is a JSON document of indicators as an attribute: one text, since Terraform takes quadratic time to compare
// long collections, and compares and shows JSON objects key by key.
type (
	document     = tfkit.Spelled[documentSpelling]
	documentType = tfkit.SpelledType[documentSpelling]
)

// documentSpelling knows that order, white space and the spelling of indicators mean nothing.
type documentSpelling struct{}

// Same implements tfkit.Spelling.
func (documentSpelling) Same(a, b string) bool {
	first, err1 := ioc.ParseDocument(a)
	second, err2 := ioc.ParseDocument(b)
	return err1 == nil && err2 == nil && first.Equal(second)
}

func newDocument(d ioc.Document) document {
	return document{StringValue: types.StringValue(d.String())}
}

// parseDocument reads the document of an attribute, and adds what is wrong with it.
func parseDocument(value document, at path.Path, diags *diag.Diagnostics) ioc.Document {
	d, err := ioc.ParseDocument(value.ValueString())
	addBroken(err, at, diags)
	return d
}

// addBroken adds what is wrong with a document.
func addBroken(err error, at path.Path, diags *diag.Diagnostics) {
	if broken, ok := errors.AsType[*ioc.DocumentError](err); ok {
		diags.AddAttributeError(at, "Invalid indicators", fmt.Sprintf(
			"%d of the document's indicators can't be read:\n%s", len(broken.Problems), lines(broken.Problems)))
	}
}

// NewDocuments returns documents by their texts, each of which is read once: a plan looks at the same one several times.
func NewDocuments() *inventory.Facts[string, ioc.Document] {
	return inventory.NewFacts(func(_ context.Context, text string) (ioc.Document, error) { return ioc.ParseDocument(text) })
}

// parseIndicators reads a list of indicators, and adds what is wrong with them.
func parseIndicators(
	values []attr.Value, parse func(string) (ioc.Indicator, error), at path.Path, diags *diag.Diagnostics,
) (list []ioc.Indicator) {
	for i, value := range values {
		text, ok := value.(types.String)
		if !ok || text.IsUnknown() {
			continue
		}
		indicator, err := parse(text.ValueString())
		if err != nil {
			diags.AddAttributeError(at.AtListIndex(i), "Invalid value", err.Error()+".")
			continue
		}
		list = append(list, indicator)
	}
	return list
}

// mostLines bounds how many of many things a message names.
const mostLines = 25

// lines puts texts below each other, the first of them when there are many.
func lines(texts []string) string {
	more := len(texts) - mostLines
	if more > 0 {
		texts = texts[:mostLines]
	}
	text := "\n  " + strings.Join(texts, "\n  ")
	if more > 0 {
		text += fmt.Sprintf("\n  and %d more", more)
	}
	return text
}
