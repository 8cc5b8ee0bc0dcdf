package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/simulator"
)

// lives are what each object is put through to see which permissions it needs, by kind and name: the configuration of
// a resource, and the one that it is changed to then; the one configuration of anything else. They use all that the
// docs page asks permissions for.
var lives = map[string][]string{
	"actions/sentinelone_application_scan":                     {`{"scope": ` + here + `}`},
	"data-sources/sentinelone_account":                         {`{"id": "1900000000000000101"}`},
	"data-sources/sentinelone_accounts":                        {`{}`},
	"data-sources/sentinelone_api_token":                       {`{}`},
	"data-sources/sentinelone_application_cves":                {`{` + archiver + `}`},
	"data-sources/sentinelone_application_endpoints":           {`{` + archiver + `, "include_installation_paths": true}`},
	"data-sources/sentinelone_application_risks":               {`{"scope": ` + here + `}`},
	"data-sources/sentinelone_blocklist_entries":               {`{"scope": ` + here + `}`},
	"data-sources/sentinelone_endpoints":                       {`{"scope": ` + here + `}`},
	"data-sources/sentinelone_firewall_protocols":              {`{}`},
	"data-sources/sentinelone_firewall_rules":                  {`{"scope": ` + here + `}`},
	"data-sources/sentinelone_firewall_status":                 {`{"scope": ` + here + `}`},
	"data-sources/sentinelone_firewall_tags":                   {`{"scope": ` + here + `}`},
	"data-sources/sentinelone_group":                           {`{"id": "1900000000000000305"}`},
	"data-sources/sentinelone_groups":                          {`{}`},
	"data-sources/sentinelone_indicator_status":                {`{"scope": ` + here + `, "values": ["3395856ce81f2b7382dee72602f798b642f14140"]}`},
	"data-sources/sentinelone_locations":                       {`{"scope": ` + here + `}`},
	"data-sources/sentinelone_permissions":                     {`{"features": ["firewall", "sites"]}`},
	"data-sources/sentinelone_site":                            {`{"name": "Headquarters"}`},
	"data-sources/sentinelone_sites":                           {`{}`},
	"data-sources/sentinelone_unmanaged_indicators":            {`{"scope": ` + here + `}`},
	"data-sources/sentinelone_vulnerabilities":                 {`{"scope": ` + here + `}`},
	"ephemeral-resources/sentinelone_group_registration_token": {`{"group_id": "1900000000000000305"}`},
	"ephemeral-resources/sentinelone_site_registration_token":  {`{"site_id": "1900000000000000201"}`},
	"list-resources/sentinelone_blocklist_entry":               {`{"scope": ` + here + `}`},
	"list-resources/sentinelone_firewall_rule":                 {`{"scope": ` + here + `}`},
	"list-resources/sentinelone_firewall_tag":                  {`{"scope": ` + here + `}`},
	"resources/sentinelone_blocklist_entry": {
		`{"scope": ` + here + `, "os_type": "linux", "sha1": "3395856ce81f2b7382dee72602f798b642f14140"}`,
		`{"scope": ` + here + `, "os_type": "linux", "sha1": "3395856ce81f2b7382dee72602f798b642f14140", "description": "x"}`,
	},
	"resources/sentinelone_firewall_configuration": {
		`{"scope": ` + here + `, "location_aware": true}`, `{"scope": ` + here + `, "location_aware": false}`,
	},
	"resources/sentinelone_firewall_rule": {
		`{"scope": ` + here + `, "name": "Block it", "action": "Block", "protocol": "TCP"}`,
		`{"scope": ` + here + `, "name": "Allow it", "action": "Allow", "protocol": "TCP"}`,
	},
	"resources/sentinelone_firewall_rule_order": {
		`{"scope": ` + here + `, "rule_ids": ["1900000000000000602", "1900000000000000601"]}`,
		`{"scope": ` + here + `, "rule_ids": ["1900000000000000601", "1900000000000000602"]}`,
	},
	"resources/sentinelone_indicator_set": { // one write at a time: what fails beside others that succeed is a warning
		indicators(`"evil.example": ""`),
		indicators(`"evil.example": "", "3395856ce81f2b7382dee72602f798b642f14140": ""`),
		indicators(`"3395856ce81f2b7382dee72602f798b642f14140": ""`),
		indicators(`"3395856ce81f2b7382dee72602f798b642f14140": ""`, `"description": "x"`),
	},
	"resources/sentinelone_firewall_tag": {
		`{"scope": ` + here + `, "name": "Containment"}`, `{"scope": ` + here + `, "name": "Containment", "description": "x"}`,
	},
}

// indicators is the configuration of a set.
func indicators(document string, attributes ...string) string {
	attributes = append(attributes, `"scope": `+here, `"name": "x"`, fmt.Sprintf(`"indicators": %q`, "{"+document+"}"),
		`"os_types": ["windows"]`)
	return "{" + strings.Join(attributes, ", ") + "}"
}

const here = `{"site_id": "1900000000000000201"}`

// archiver is a vulnerable application of the demo.
const archiver = `"scope": ` + here + `, "application_name": "7-Zip", "application_vendor": "Igor Pavlov"`

// life is a resource in use, over the protocol.
type life struct {
	console *simulator.Console
	schema  *tfprotov6.Schema
	kind    tftypes.Object
	name    string
}

// live puts an object through all that Terraform does with it, as a user with some permissions. It returns what Terraform
// would show as the first error, "" for none.
func live(t *testing.T, o object, permissions []string) string {
	t.Helper()
	seed := simulator.Demo()
	seed.Users[0].Permissions = permissions
	for _, id := range []string{"1900000000000000601", "1900000000000000602"} {
		seed.Rules = append(seed.Rules, simulator.Rule{
			ID: id, Name: id, Action: "Block", Status: "Enabled", Scope: "site", ScopeID: seed.Sites[0].ID,
		})
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	server, configs := configured(t, console), lives[o.kind+"/"+o.name]
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	switch o.kind {
	case "resources":
		schema := schemas.ResourceSchemas[o.name]
		return life{console, schema, objectType(t, schema), o.name}.manage(t, configs)
	case "data-sources":
		kind := objectType(t, schemas.DataSourceSchemas[o.name])
		resp, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
			TypeName: o.name, Config: dynamic(t, kind, parsed(t, kind, configs[0])),
		})
		return failure(t, err, resp.Diagnostics)
	case "list-resources":
		config := parsed(t, objectType(t, schemas.ListResourceSchemas[o.name]), configs[0])
		for _, result := range query(t, server, asked{resource: o.name, config: config}) {
			if said := failure(t, nil, result.Diagnostics); said != "" {
				return said
			}
		}
		return ""
	case "ephemeral-resources":
		kind := objectType(t, schemas.EphemeralResourceSchemas[o.name])
		resp, err := server.OpenEphemeralResource(t.Context(), &tfprotov6.OpenEphemeralResourceRequest{
			TypeName: o.name, Config: dynamic(t, kind, parsed(t, kind, configs[0])),
		})
		return failure(t, err, resp.Diagnostics)
	case "actions":
		_, said := invoke(t, server, o.name, parsed(t, objectType(t, schemas.ActionSchemas[o.name].Schema), configs[0]))
		return said
	default:
		t.Fatalf("live does not know what Terraform does with %s: add it", o.kind)
		return ""
	}
}

// manage creates a resource, reads it, changes it to each further configuration, and destroys it.
func (l life) manage(t *testing.T, configs []string) string {
	t.Helper()
	null := tftypes.NewValue(l.kind, nil)
	state := dynamicOf(t, l.kind, null)
	for _, config := range configs {
		next, said := l.apply(t, state, dynamic(t, l.kind, parsed(t, l.kind, config)), l.proposed(t, state, config))
		if said != "" {
			return said
		}
		read, err := configured(t, l.console).ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: l.name, CurrentState: next})
		if said := failure(t, err, read.Diagnostics); said != "" {
			return said
		}
		state = read.NewState
	}
	_, said := l.apply(t, state, dynamicOf(t, l.kind, null), dynamicOf(t, l.kind, null))
	return said
}

// apply plans a change and makes it, as a run of its own.
func (l life) apply(t *testing.T, prior, config, proposed *tfprotov6.DynamicValue) (*tfprotov6.DynamicValue, string) {
	t.Helper()
	server := configured(t, l.console)
	planned, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: l.name, PriorState: prior, Config: config, ProposedNewState: proposed,
	})
	if said := failure(t, err, planned.Diagnostics); said != "" {
		return nil, said
	}
	if len(planned.RequiresReplace) > 0 && !isNull(t, l.kind, prior) {
		t.Fatalf("%s: the change replaces the object: %s", l.name, planned.RequiresReplace)
	}
	applied, err := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: l.name, PriorState: prior, Config: config, PlannedState: planned.PlannedState, PlannedPrivate: planned.PlannedPrivate,
	})
	return applied.NewState, failure(t, err, applied.Diagnostics)
}

// proposed is what Terraform proposes: the configuration, with the prior value of what only the provider sets.
func (l life) proposed(t *testing.T, prior *tfprotov6.DynamicValue, config string) *tfprotov6.DynamicValue {
	t.Helper()
	proposed := parsed(t, l.kind, config)
	if isNull(t, l.kind, prior) {
		return dynamic(t, l.kind, proposed)
	}
	before := values(t, prior, l.kind)
	for _, attribute := range l.schema.Block.Attributes {
		if attribute.Computed && proposed[attribute.Name].IsNull() {
			proposed[attribute.Name] = before[attribute.Name]
		}
	}
	return dynamic(t, l.kind, proposed)
}

// parsed are the attributes of a configuration in JSON; those that it leaves out are null.
func parsed(t *testing.T, kind tftypes.Object, config string) map[string]tftypes.Value {
	t.Helper()
	return values(t, &tfprotov6.DynamicValue{JSON: []byte(config)}, kind)
}

func isNull(t *testing.T, kind tftypes.Object, value *tfprotov6.DynamicValue) bool {
	t.Helper()
	object, err := value.Unmarshal(kind)
	if err != nil {
		t.Fatal(err)
	}
	return object.IsNull()
}

// failure is the first error among diagnostics, as Terraform shows it.
func failure(t *testing.T, err error, diags []*tfprotov6.Diagnostic) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return d.Summary + ": " + d.Detail
		}
	}
	return ""
}
