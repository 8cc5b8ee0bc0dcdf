package provider_test

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const scanAction = "sentinelone_application_scan"

// invoke plans and invokes an action over the protocol, as Terraform does; the CLI at hand may be older. It returns the
// progress messages, and the error as "summary: detail".
func invoke(t *testing.T, server tfprotov6.ProviderServer, name string, config map[string]tftypes.Value) (progress []string, said string) {
	t.Helper()
	actions, ok := server.(tfprotov6.ActionServer)
	if !ok {
		t.Fatal("the provider has no actions")
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	value := dynamic(t, objectType(t, schemas.ActionSchemas[name].Schema), config)
	validated, err := actions.ValidateActionConfig(t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: name, Config: value})
	mustSucceed(t, err, validated.Diagnostics)
	planned, err := actions.PlanAction(t.Context(), &tfprotov6.PlanActionRequest{ActionType: name, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	if len(planned.Diagnostics) > 0 {
		return nil, "at plan: " + planned.Diagnostics[0].Summary
	}
	stream, err := actions.InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{ActionType: name, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			for _, d := range event.Diagnostics {
				said += d.Summary + ": " + d.Detail
			}
		}
	}
	return progress, said
}

func TestApplicationScan(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	server := configured(t, console)
	progress, said := invoke(t, server, scanAction, map[string]tftypes.Value{"scope": siteScope(console)})
	site := "site " + acctest.Site(console)
	want := []string{
		"Asking for a vulnerability scan of " + site,
		"The console has started the vulnerability scan of " + site + "; it goes on in the background",
	}
	if diff := cmp.Diff(want, progress); diff != "" || said != "" {
		t.Errorf("%s (-want +got):\n%s", said, diff)
	}
	if scans := console.State().Scans; len(scans) != 1 || scans[0].Scope != "site" || scans[0].ScopeID != acctest.Site(console) {
		t.Errorf("the console has the scans %v", scans)
	}
}

// The console takes one scan in eight hours. Each refusal costs one call, and nobody waits.
func TestApplicationScanTooEarly(t *testing.T) {
	t.Parallel()
	for _, status := range []int{429, 400} {
		seed := simulator.Demo()
		seed.Behaviour.ScanLimitStatus = status
		console := simulator.Start(t, simulator.WithSeed(seed))
		server := configured(t, console)
		config := map[string]tftypes.Value{"scope": siteScope(console)}
		invoke(t, server, scanAction, config)
		console.ResetStats()
		started := time.Now()
		progress, said := invoke(t, server, scanAction, config)
		if took := time.Since(started); took > time.Minute {
			t.Errorf("%d: took %s", status, took)
		}
		if !strings.HasPrefix(said, "Cannot start vulnerability scan: Vulnerability scan of site") || !strings.Contains(said, fmt.Sprintf("HTTP %d", status)) ||
			!strings.Contains(said, "one vulnerability scan in 8 hours") || len(progress) != 1 {
			t.Errorf("%d: %q, %s", status, progress, said)
		}
		if total := console.Stats().Total; total != 1 {
			t.Errorf("%d: %d calls", status, total)
		}
	}
}

// A call that may have run is not sent again, and the error says so.
func TestApplicationScanWithoutAnswer(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"drop-after-commit", "truncate", "502-html", "500"} {
		console := simulator.Start(t)
		console.Fail(simulator.Fault{Kind: kind, Method: "POST"})
		_, said := invoke(t, configured(t, console), scanAction, map[string]tftypes.Value{"scope": siteScope(console)})
		if !strings.HasPrefix(said, "Vulnerability scan may have started: ") || !strings.Contains(said, "not sent again") {
			t.Errorf("%s: %s", kind, said)
		}
		if total := console.Stats().Total; total != 1 {
			t.Errorf("%s: %d calls", kind, total)
		}
	}
}

// What the console would refuse is refused at plan, without a call.
func TestApplicationScanRefused(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	server := configured(t, console)
	scope := siteScope(console)
	var values map[string]tftypes.Value
	if err := scope.As(&values); err != nil {
		t.Fatal(err)
	}
	values = maps.Clone(values)
	values["site_id"], values["group_id"] = values["group_id"], values["site_id"]
	for want, config := range map[string]map[string]tftypes.Value{
		"at plan: No scope":            {"scope": tftypes.NewValue(scope.Type(), nil)},
		"at plan: Not a scope to scan": {"scope": tftypes.NewValue(scope.Type(), values)},
	} {
		if _, said := invoke(t, server, scanAction, config); said != want {
			t.Errorf("%s, want %s", said, want)
		}
	}
	if total := console.Stats().Total; total != 0 {
		t.Errorf("%d calls", total)
	}
	console.Fail(simulator.Fault{Kind: "403"})
	if _, said := invoke(t, server, scanAction, map[string]tftypes.Value{"scope": scope}); !strings.Contains(said, "Applications: Scan Vulnerabilities") {
		t.Error(said)
	}
}

// A change of a control triggers the scan; an early one fails the apply, behind the change.
func TestApplicationScanIsTriggered(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	code := func(address string) string {
		return acctest.Config(console, `
action "sentinelone_application_scan" "here" {}
resource "sentinelone_firewall_rule" "patch" {
  name         = "Virtual patch"
  action       = "Block"
  remote_hosts = { addresses = ["`+address+`"] }
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.sentinelone_application_scan.here]
    }
  }
}
`)
	}
	resource.UnitTest(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: code("203.0.113.7"),
				Check: func(*terraform.State) error {
					if len(console.State().Scans) != 1 {
						return errors.New("no scan was started")
					}
					return nil
				},
			},
			{Config: code("203.0.113.8"), ExpectError: regexp.MustCompile(`one\s+vulnerability\s+scan\s+in\s+8\s+hours`)},
		},
	})
}
