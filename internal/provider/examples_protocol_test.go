package provider_test

import (
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"terraform-provider-sentinelone/internal/simulator"
)

// testOverProtocol does with an example of a list or an action what a newer CLI would: it lists, invokes, and leads the
// resources through their life. An attribute that the schema lacks, or has of another type, fails. What other kinds of
// objects refer to takes a CLI.
func (e example) testOverProtocol(t *testing.T, console *simulator.Console) {
	t.Helper()
	server := configured(t, console)
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	for _, list := range e.blocks["list"] {
		name := list.Labels[0]
		config := parsed(t, objectType(t, schemas.ListResourceSchemas[name]), configOf(t, list))
		if config["scope"].IsNull() {
			config["scope"] = siteScope(console) // which the provider block of newWorkspace has
		}
		for _, result := range query(t, server, asked{resource: name, config: config}) {
			mustSucceed(t, nil, result.Diagnostics)
		}
	}
	for _, action := range e.blocks["action"] {
		name := action.Labels[0]
		config := parsed(t, objectType(t, schemas.ActionSchemas[name].Schema), configOf(t, action))
		if _, said := invoke(t, server, name, config); said != "" {
			t.Errorf("%s: %s", name, said)
		}
		for _, trigger := range e.blocks["resource"] {
			name := trigger.Labels[0]
			l := life{console, schemas.ResourceSchemas[name], objectType(t, schemas.ResourceSchemas[name]), name}
			if said := l.manage(t, []string{inJSON(t, settings(t, trigger.Body))}); said != "" {
				t.Errorf("%s: %s", name, said)
			}
		}
	}
}

// configOf is the block config of a block, in JSON.
func configOf(t *testing.T, block *hclsyntax.Block) string {
	t.Helper()
	for _, inner := range block.Body.Blocks {
		if inner.Type == "config" {
			return inJSON(t, settings(t, inner.Body))
		}
	}
	return "{}"
}
