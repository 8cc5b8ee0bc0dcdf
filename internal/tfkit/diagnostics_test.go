package tfkit_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Each failure tells what was tried, on what, the console's words, and the way out.
func TestAddFailure(t *testing.T) {
	t.Parallel()
	create, list := sentinelone.CreateFirewallRule, sentinelone.ListFirewallRules
	for name, tt := range map[string]struct {
		op   sentinelone.Operation
		err  error
		want []string
	}{
		"no permission": {
			create, &sentinelone.APIError{Status: 403, Code: 4030010, Title: "Insufficient permissions"},
			[]string{"HTTP 403: Insufficient permissions", "Firewall: Manage Rules and Tags"},
		},
		"no permission, says another": {
			create, &sentinelone.APIError{Status: 403, Text: "Request blocked"}, []string{`"Request blocked"`, "Something before the console"},
		},
		"a site's user": {
			sentinelone.ListAccounts,
			&sentinelone.APIError{Status: 403, Code: 4030010, Detail: "Action is not allowed to site users"},
			[]string{"Action is not allowed to site users", "belongs to a site", "an account or the tenant"},
		},
		"bad input": {
			create, &sentinelone.APIError{Status: 400, Code: 4000010, Title: "Validation Error", Detail: "data: name: Too long."},
			[]string{"Validation Error: data: name: Too long."},
		},
		"a token that is refused": {
			list, &sentinelone.APIError{Status: 401, Code: 4010010, Title: "Authentication Failed"},
			[]string{"expired", "Settings > Users > Service Users", "expiration date", "make a new one", "SENTINELONE_API_TOKEN"},
		},
		"throttled": {
			list, &sentinelone.APIError{Status: 429, Text: "429 Too Many Requests"},
			[]string{"429 Too Many Requests", "retry_timeout"},
		},
		"too long": {list, &sentinelone.APIError{Status: 414, Text: "414 Request-URI Too Large"}, []string{"fewer values at once"}},
		"failed": {
			list, &sentinelone.APIError{Status: 502, Text: "Bad Gateway"},
			[]string{"HTTP 502", "Run Terraform again"},
		},
		"failed, perhaps after the fact": {
			create, &sentinelone.APIError{Status: 504},
			[]string{"HTTP 504", "may have carried the call out"},
		},
		"no answer":  {create, errors.New("connection reset"), []string{"connection reset", "may have carried the call out"}},
		"incomplete": {list, &sentinelone.IncompleteError{Got: 1, Want: 2}, []string{"did not come whole", "run Terraform again"}},
		"interrupted": {
			create, fmt.Errorf("no answer from example.sentinelone.net: %w", context.Canceled), []string{"told to stop before the call was done"},
		},
		"interrupted on the way": {
			create, fmt.Errorf("%w: %w", context.Canceled, sentinelone.ErrMayHaveRun), []string{"told to stop", "may have carried the call out"},
		},
		"gone": {list, sentinelone.ErrNotFound, []string{"not found", "create it anew"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			object := tfkit.Describe("Firewall rule", "no smb", "7", sentinelone.Scope{Level: sentinelone.LevelSite, ID: "1"})
			tfkit.AddFailure(&diags, tt.op, object, tt.err)
			if len(diags) != 1 || diags[0].Summary() != "Cannot "+tt.op.Name {
				t.Fatalf("got %v", diags)
			}
			for _, part := range append(tt.want, `Firewall rule "no smb" (id 7) in site 1: `) {
				if !strings.Contains(diags[0].Detail(), part) {
					t.Errorf("%q is missing in:\n%s", part, diags[0].Detail())
				}
			}
		})
	}
}

// What changes nothing can't have been carried out by halves, also when it is a POST.
func TestAddFailureOfAQuery(t *testing.T) {
	t.Parallel()
	for _, err := range []error{&sentinelone.APIError{Status: 504}, errors.New("connection reset")} {
		var diags diag.Diagnostics
		tfkit.AddFailure(&diags, sentinelone.FindToken, "The token", err)
		if strings.Contains(diags[0].Detail(), "carried") {
			t.Errorf("got %s", diags[0].Detail())
		}
	}
}

// A docs page names each permission once, all of those of which one will do together, and what is optional apart.
func TestPermissions(t *testing.T) {
	t.Parallel()
	got := tfkit.Permissions(sentinelone.ListFirewallRules, sentinelone.ListFirewallTags, sentinelone.UpdateFirewallConfiguration) +
		tfkit.OptionalPermissions(sentinelone.ListAgents, sentinelone.FindToken) + tfkit.Permissions(sentinelone.FindToken)
	const want = "\n\nConsole permissions: *Firewall: View*, *Firewall: Modify Settings or Firewall: Manage Rules and Tags*." +
		" Optional, to tell more: *Endpoints: View*.\n\nConsole permissions: none."
	if got != want {
		t.Errorf("got %q", got)
	}
}
