package indicators

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/ioc"
)

// NewParseIndicatorsFunction returns the function parse_indicators.
func NewParseIndicatorsFunction() function.Function { return parseIndicatorsFunction{} }

type parseIndicatorsFunction struct{}

// Metadata implements function.Function.
func (parseIndicatorsFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_indicators"
}

var (
	rejectedType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"line": types.Int64Type, "text": types.StringType, "reason": types.StringType,
	}}
	parsedTypes = map[string]attr.Type{
		"indicators": types.StringType,
		"count":      types.ObjectType{AttrTypes: countTypes()},
		"rejected":   types.ListType{ElemType: rejectedType},
	}
)

// countTypes are the types of indicators, each with a number.
func countTypes() map[string]attr.Type {
	all := map[string]attr.Type{}
	for _, t := range ioc.Types() {
		all[string(t)] = types.Int64Type
	}
	return all
}

// Definition implements function.Function.
func (parseIndicatorsFunction) Definition(
	_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse,
) {
	resp.Definition = function.Definition{
		Summary: "Reads the indicators of a feed.",
		MarkdownDescription: "Reads the indicators that a text lists, however they are spelled or defanged. The text is one " +
			"of these:\n\n" +
			"* **Lines** of one indicator each. What follows behind a comma, semicolon, tab or ` #` is its note. Of several " +
			"fields the one that is an indicator counts; a line with two is rejected.\n" +
			"* **CSV with a header**. The indicators are in the column `indicator`, `ioc`, `observable` or `value`, else in " +
			"the first that is named after a type, such as `ip`, `domain` or `sha256`; the notes in `note`, `comment` or " +
			"`description`; the expiries in one such as `expires`, `expiration` or `valid_until`. Commas, semicolons or tabs " +
			"separate.\n" +
			"* **CSV of MISP**. Rows with `to_ids` 0 are rejected, and so are types that only look like an indicator. Of a " +
			"type such as `domain|ip` or `filename|sha256`, every part that is an indicator counts.\n" +
			"* **STIX 2.0 and 2.1** as JSON: a bundle, or what a TAXII server sends. The patterns of its indicators may " +
			"compare by `=` (or `ISSUBSET`), joined by `OR`; all others are rejected. The note is the name, else the " +
			"description; the expiry is `valid_until`. What is revoked is left out. Observables such as `ipv4-addr` count " +
			"only where the bundle has neither indicators nor observed data. An MD5 beside another hash of the same file is " +
			"left out.\n\n" +
			"Empty lines and those that begin with `#`, `//` or `;` are passed over. An expiry is an RFC 3339 time, or a " +
			"date, which means its end, in UTC. An indicator that comes twice keeps both notes and the later expiry; none " +
			"is later than any.\n\n" +
			"The result is an object:\n\n" +
			"* `indicators` (String) A JSON document: an object from each indicator in its canonical form, sorted, to its " +
			"note, or to `{\"expires\": …, \"note\": …}`. The order and the spelling of the text do not matter to it.\n" +
			"* `count` (Object) How many there are of each type: `ipv4`, `ipv6`, `cidr`, `range`, `domain`, `sha1` and " +
			"`sha256`, all of them always there.\n" +
			"* `rejected` (List of Object) What can't be read or enforced, each with its `line`, its `text` (cut where it is " +
			"long) and the `reason`: the first 1,000, and one more that counts the others where there are any.\n\n" +
			"JSON that is broken off, or that is one page of several, is an error: it says nothing about what it does not " +
			"list. Functions need Terraform 1.8 or OpenTofu 1.7. They need no credentials and send nothing.",
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "text",
			MarkdownDescription: "The feed, such as `file(\"feed.csv\")`.",
		}},
		Return: function.ObjectReturn{AttributeTypes: parsedTypes},
	}
}

// Run implements function.Function.
func (parseIndicatorsFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	feed, err := ioc.ParseFeed(text)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, parsed(feed))
}

// parsed is a feed as the function returns it.
func parsed(feed ioc.Feed) types.Object {
	count := map[string]attr.Value{}
	for t, n := range feed.Count() {
		count[string(t)] = types.Int64Value(int64(n))
	}
	var rejected []attr.Value
	for _, r := range shortened(feed.Rejected) {
		rejected = append(rejected, types.ObjectValueMust(rejectedType.AttrTypes, map[string]attr.Value{
			"line": types.Int64Value(int64(r.Line)), "text": types.StringValue(r.Text), "reason": types.StringValue(r.Reason),
		}))
	}
	return types.ObjectValueMust(parsedTypes, map[string]attr.Value{
		"indicators": types.StringValue(feed.Document().String()),
		"count":      types.ObjectValueMust(countTypes(), count),
		"rejected":   types.ListValueMust(rejectedType, rejected),
	})
}

// mostRejected is how many rejections are returned. Terraform takes minutes for tens of thousands, which nobody reads.
const mostRejected = 1000

// shortened returns the first rejections, and one that tells of all others where there are more.
func shortened(all []ioc.Rejected) []ioc.Rejected {
	if len(all) <= mostRejected {
		return all
	}
	more := ioc.Rejected{Line: all[mostRejected].Line, Reason: fmt.Sprintf("%d more are rejected from here on", len(all)-mostRejected)}
	return append(slices.Clip(all[:mostRejected]), more)
}
