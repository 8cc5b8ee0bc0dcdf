package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"terraform-provider-sentinelone/internal/simulator"
)

// The files of a resource's example that import it. They stand side by side on its docs page, and take in the same object.
const (
	importByID       = "import-by-string-id.tf"
	importByIdentity = "import-by-identity.tf"
)

// imports are the example's import blocks that name an object in a way, by its id or its identity.
func (e example) imports(way string) (blocks []*hclsyntax.Block) {
	for _, block := range e.blocks["import"] {
		// How many one makes with for_each is up to the variables.
		if block.Body.Attributes[way] != nil && block.Body.Attributes["for_each"] == nil {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// target is the address that an import block takes an object in at.
func target(t *testing.T, imported *hclsyntax.Block) hcl.Traversal {
	t.Helper()
	to, diags := hcl.AbsTraversalForExpr(imported.Body.Attributes["to"].Expr)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return to
}

// importing runs an example's import.sh. Before each import it makes Terraform forget the object, and after it nothing may
// be left to do.
const importing = `#!/bin/sh -eu
export TF_CLI_ARGS=-no-color
terraform() { # import ADDRESS ID
	"$TERRAFORM" state rm "$2"
	"$TERRAFORM" "$@"
	[ -z "${LOSSY:-}" ] || "$TERRAFORM" apply -auto-approve
	"$TERRAFORM" plan -detailed-exitcode
}
. ./import.sh
`

// testImports imports what an example made once more, in each way that it shows.
func (c exampleCopy) testImports(t *testing.T) {
	t.Helper()
	c.remove(t, importByID)
	c.add(t, "importing.sh", importing)
	if peculiarities[c.folder].lossy {
		c.Setenv("LOSSY", "yes")
	}
	var output strings.Builder
	code, err := c.RunScript(t.Context(), &output, "importing.sh")
	if err != nil || code != 0 || !strings.Contains(output.String(), "Import successful!") {
		t.Fatalf("import.sh ended with %d, %v:\n%s", code, err, &output)
	}
	for _, imported := range c.imports("identity") {
		c.testImportByIdentity(t, imported)
	}
}

// testImportByIdentity takes in what an import block names: over the protocol where the CLI is too old.
func (c exampleCopy) testImportByIdentity(t *testing.T, imported *hclsyntax.Block) {
	t.Helper()
	if !knows(t, c.Workspace, "identities") {
		testIdentity(t, c.console, target(t, imported).RootName(), inJSON(t, literal(t, imported.Body.Attributes["identity"])))
		return
	}
	code, err := os.ReadFile(filepath.Join(examplesFolder, c.folder, importByIdentity))
	if err != nil {
		t.Fatal(err)
	}
	c.add(t, importByIdentity, string(code))
	succeed(t, c.Workspace, "state", "rm", string(imported.Body.Attributes["to"].Expr.Range().SliceBytes(code)))
	want := "1 imported, 0 added, 0 changed, 0 destroyed"
	if peculiarities[c.folder].lossy {
		want = "1 imported, 0 added, 1 changed, 0 destroyed"
	}
	if output := succeed(t, c.Workspace, "apply", "-auto-approve"); !strings.Contains(output, want) {
		t.Errorf("not %s:\n%s", want, output)
	}
}

// testIdentity reads the object of an identity over the protocol.
func testIdentity(t *testing.T, console *simulator.Console, name, identity string) {
	t.Helper()
	server := configured(t, console)
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	mustSucceed(t, err, identities.Diagnostics)
	kind := identityType(identities.IdentitySchemas[name])
	imported, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
		TypeName: name,
		Identity: &tfprotov6.ResourceIdentityData{IdentityData: dynamic(t, kind, parsed(t, kind, identity))},
	})
	mustSucceed(t, err, imported.Diagnostics)
	object := imported.ImportedResources[0]
	read, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: name, CurrentState: object.State, CurrentIdentity: object.Identity,
	})
	mustSucceed(t, err, read.Diagnostics)
	if isNull(t, objectType(t, schemas.ResourceSchemas[name]), read.NewState) {
		t.Errorf("%s: the console has no %s", name, identity)
	}
}
