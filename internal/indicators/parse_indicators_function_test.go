package indicators_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"terraform-provider-sentinelone/internal/acctest"
)

// callFunction calls a function with texts, on a provider that is not configured, and returns its result or its error.
func callFunction(t *testing.T, name string, texts ...string) (tftypes.Value, *tfprotov6.FunctionError) {
	t.Helper()
	server, err := acctest.Factories()["sentinelone"]()
	if err != nil {
		t.Fatal(err)
	}
	functions, err := server.GetFunctions(t.Context(), &tfprotov6.GetFunctionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var arguments []*tfprotov6.DynamicValue
	for _, text := range texts {
		argument, err := tfprotov6.NewDynamicValue(tftypes.String, tftypes.NewValue(tftypes.String, text))
		if err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, &argument)
	}
	resp, err := server.CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{Name: name, Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		return tftypes.Value{}, resp.Error
	}
	result, err := resp.Result.Unmarshal(functions.Functions[name].Return.Type)
	if err != nil {
		t.Fatal(err)
	}
	return result, nil
}

// textOf returns the text that a function returned, or "null".
func textOf(t *testing.T, value tftypes.Value) string {
	t.Helper()
	var result *string
	if err := value.As(&result); err != nil {
		t.Fatal(err)
	}
	if result == nil {
		return "null"
	}
	return *result
}

// expectErrors calls a function with arguments that it refuses: by the arguments, separated by spaces, the number of the
// one to blame and what the error says of it.
func expectErrors(t *testing.T, name string, refused map[string]string) {
	t.Helper()
	for arguments, want := range refused {
		_, err := callFunction(t, name, strings.Fields(arguments)...)
		if err == nil {
			t.Errorf("%s(%s) is no error", name, arguments)
			continue
		}
		blamed := int64(-1)
		if err.FunctionArgument != nil {
			blamed = *err.FunctionArgument
		}
		if got := fmt.Sprint(blamed, " ", err.Text); !strings.HasPrefix(got, want) {
			t.Errorf("%s(%s): %s, want %s", name, arguments, got, want)
		}
	}
}

const functionFeed = `
  indicator,comment,expires
  203[.]0[.]113[.]7,C2,2026-12-31
  evil.example,"<phishing>",
  44d88612fea8a8f36de82e1278abb02f,,
`

const fileSHA1 = "3395856ce81f2b7382dee72602f798b642f14140"

// Functions work in Terraform, without a configured provider.
func TestFunctions(t *testing.T) {
	t.Parallel()
	count := map[string]knownvalue.Check{}
	for name, n := range map[string]int64{"ipv4": 1, "ipv6": 0, "cidr": 0, "range": 0, "domain": 1, "sha1": 0, "sha256": 0} {
		count[name] = knownvalue.Int64Exact(n)
	}
	resource.UnitTest(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_8_0)},
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config:      `output "x" { value = provider::sentinelone::indicator_type("44d88612fea8a8f36de82e1278abb02f") }`,
				ExpectError: regexp.MustCompile(`is\s+an\s+MD5`),
			},
			{
				Config: `
locals { ours = ["198.51.100.0/24"] }
output "parsed"  { value = provider::sentinelone::parse_indicators(` + fmt.Sprintf("%q", functionFeed) + `) }
output "document" {
  value = jsondecode(provider::sentinelone::parse_indicators("` + fileSHA1 + `").indicators) == { "` + fileSHA1 + `" = "" }
}
output "plain"   { value = provider::sentinelone::refang("hxxp://evil[.]example") }
output "type"    { value = provider::sentinelone::indicator_type("evil[.]example") }
output "harmful" { value = provider::sentinelone::guard("198.51.100.7", local.ours...) }
output "is_safe" { value = provider::sentinelone::guard("198.51.100.7") == null }
output "reasons" { value = compact([for v in ["1.1.1.1", "203.0.113.7"] : provider::sentinelone::guard(v)]) }
`,
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownOutputValue("parsed", knownvalue.ObjectExact(map[string]knownvalue.Check{
						"indicators": knownvalue.StringExact(
							`{"203.0.113.7":{"expires":"2027-01-01T00:00:00Z","note":"C2"},"evil.example":"\u003cphishing\u003e"}`),
						"count": knownvalue.ObjectExact(count),
						"rejected": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
							"line": knownvalue.Int64Exact(5), "text": knownvalue.StringExact("44d88612fea8a8f36de82e1278abb02f,,"),
							"reason": knownvalue.StringRegexp(regexp.MustCompile(`is an MD5`)),
						})}),
					})),
					statecheck.ExpectKnownOutputValue("document", knownvalue.Bool(true)),
					statecheck.ExpectKnownOutputValue("plain", knownvalue.StringExact("http://evil.example")),
					statecheck.ExpectKnownOutputValue("type", knownvalue.StringExact("domain")),
					statecheck.ExpectKnownOutputValue("harmful", knownvalue.StringExact("198.51.100.7 lies in 198.51.100.0/24, which is protected")),
					statecheck.ExpectKnownOutputValue("is_safe", knownvalue.Bool(true)),
					statecheck.ExpectKnownOutputValue("reasons", knownvalue.ListExact([]knownvalue.Check{
						knownvalue.StringExact("1.1.1.1 is a public resolver of Cloudflare"),
					})),
				},
			},
		},
	})
}

func TestParseIndicatorsRefusesHalfBundles(t *testing.T) {
	t.Parallel()
	expectErrors(t, "parse_indicators", map[string]string{
		`{"type":"bundle","objects":[`: "0 the text begins like JSON",
	})
}

// A feed of 50,000 lines comes back whole; what is rejected of it as far as anyone reads on.
func TestParseIndicatorsAtScale(t *testing.T) {
	t.Parallel()
	const lines = 50_000
	for format, want := range map[string][]int{"203.0.%d.%d\n": {lines, 0}, "http://evil.example/%d/%d\n": {0, 1001}} {
		var feed strings.Builder
		for i := range lines {
			fmt.Fprintf(&feed, format, i>>8, i&255)
		}
		result, refused := callFunction(t, "parse_indicators", feed.String())
		if refused != nil {
			t.Fatal(refused.Text)
		}
		var parsed map[string]tftypes.Value
		if err := result.As(&parsed); err != nil {
			t.Fatal(err)
		}
		var rejected []tftypes.Value
		if err := parsed["rejected"].As(&rejected); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, []int{strings.Count(textOf(t, parsed["indicators"]), `:""`), len(rejected)}); diff != "" {
			t.Errorf("%s: indicators and rejected (-want +got):\n%s", format, diff)
		}
		if len(rejected) > 0 && !strings.Contains(rejected[1000].String(), "49000 more are rejected from here on") {
			t.Error(rejected[1000])
		}
	}
}
