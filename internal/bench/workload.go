package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// perBlock is how many instances a resource block has: Terraform's own cost grows with the square of that.
const perBlock = 500

// code is the configuration of n rules, in blocks.
func code(n int) fstest.MapFS {
	var b strings.Builder
	b.WriteString(`
terraform {
  required_providers {
    sentinelone = { source = "tem/sentinelone" }
  }
}
provider "sentinelone" {
  scope               = { site_id = "` + simulator.Demo().Sites[0].ID + `" }
  requests_per_second = 100000
}
`)
	for block := range blocks(n) {
		fmt.Fprintf(&b, `
locals {
  block_%[1]d = { for i in range(%[2]d) : "rule-${i + %[3]d}" => "host-${i + %[3]d}.example" }
}
resource "sentinelone_firewall_rule" "block_%[1]d" {
  for_each     = local.block_%[1]d
  name         = each.key
  action       = "Block"
  remote_hosts = { fqdns = [each.value] }
}
`, block, min(perBlock, n-block*perBlock), block*perBlock)
	}
	return fstest.MapFS{"main.tf": {Data: []byte(b.String())}}
}

func blocks(n int) int { return (n + perBlock - 1) / perBlock }

// identifier is the id of the i-th rule of a console that has been there for long.
func identifier(i int) string { return fmt.Sprint(300000000000000000 + i) }

// seed is a console that holds the n rules.
func seed(n int, made time.Time) simulator.State {
	state := simulator.Demo()
	for i := range n {
		state.Rules = append(state.Rules, simulator.Rule{
			ID: identifier(i), Name: fmt.Sprintf("rule-%d", i), Description: new("[managed by terraform]"),
			Action: "Block", Status: "Enabled", Direction: "any", OSTypes: []string{"linux", "macos", "windows"},
			RemoteHosts: []simulator.Host{{Type: "fqdn", Values: []string{fmt.Sprintf("host-%d.example", i)}}},
			Scope:       "site", ScopeID: state.Sites[0].ID, CreatedAt: made, UpdatedAt: made,
		})
	}
	return state
}

// instances writes the state of n rules next to their code. Terraform would take an hour to make 5000 of them one by
// one, so they are copied from one that it has made.
func instances(dir string, n int, made time.Time) error {
	path := filepath.Join(dir, "terraform.tfstate")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var state map[string]any
	if err := json.Unmarshal(text, &state); err != nil {
		return err
	}
	resources, _ := state["resources"].([]any)
	if len(resources) != 1 {
		return errors.New("the state to copy from does not hold one rule")
	}
	pattern, err := json.Marshal(resources[0])
	if err != nil {
		return err
	}
	var all []any
	for block := range blocks(n) {
		var resource map[string]any
		if err := json.Unmarshal(pattern, &resource); err != nil {
			return err
		}
		resource["name"] = fmt.Sprintf("block_%d", block)
		var copies []any
		for i := block * perBlock; i < min(n, (block+1)*perBlock); i++ {
			one, err := copied(resource, i, made)
			if err != nil {
				return err
			}
			copies = append(copies, one)
		}
		resource["instances"] = copies
		all = append(all, resource)
	}
	state["resources"] = all
	if text, err = json.Marshal(state); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

func copied(resource map[string]any, i int, made time.Time) (any, error) {
	text, err := json.Marshal(resource["instances"])
	if err != nil {
		return nil, err
	}
	replace := strings.NewReplacer("rule-0", fmt.Sprintf("rule-%d", i), "host-0.example", fmt.Sprintf("host-%d.example", i))
	var copies []map[string]any
	if err := json.Unmarshal([]byte(replace.Replace(string(text))), &copies); err != nil || len(copies) != 1 {
		return nil, fmt.Errorf("copying an instance: %d, %w", len(copies), err)
	}
	if attributes, ok := copies[0]["attributes"].(map[string]any); ok {
		attributes["id"], attributes["created_at"] = identifier(i), made.Format(time.RFC3339)
	}
	if identity, ok := copies[0]["identity"].(map[string]any); ok { // Terraform 1.12 and later
		identity["id"] = identifier(i)
	}
	return copies[0], nil
}

// prepare returns a workspace of n rules that the console holds already.
func prepare(b *bench, mirror acctest.Mirror, c *console, n int) (*workspace, error) {
	made := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	w, err := b.newWorkspace(mirror, c, code(1))
	if err != nil {
		return nil, err
	}
	if _, err := w.measure(b.ctx, "apply", "-auto-approve"); err != nil {
		return nil, err
	}
	c.Change(func(s *simulator.State) { *s = seed(n, made) })
	if err := os.WriteFile(filepath.Join(w.dir, "main.tf"), code(n)["main.tf"].Data, 0o600); err != nil {
		return nil, err
	}
	return w, instances(w.dir, n, made)
}
