// Command docs writes the provider's documentation into docs/, from its schemas, examples/ and templates/.
//
// tfplugindocs would ask a Terraform CLI for the schemas, and one that is too old for list resources, identities or
// actions would make their pages vanish without a word. So they come from the provider itself here, in the form of
// `terraform providers schema -json`.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) (err error) {
	schemas, err := providerSchemas(ctx)
	if err != nil {
		return fmt.Errorf("reading the provider's schemas: %w", err)
	}
	text, err := json.Marshal(schemas)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "schemas-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	file := filepath.Join(folder, "schemas.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return err
	}
	generate := exec.CommandContext(ctx, "go", "tool", "tfplugindocs", "generate",
		"--provider-name", providerName, "--providers-schema", file)
	generate.Stdout, generate.Stderr = os.Stdout, os.Stderr
	if err := generate.Run(); err != nil {
		return err
	}
	return groupPages()
}
