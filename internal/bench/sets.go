package main

import (
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"

	"terraform-provider-sentinelone/internal/simulator"
)

// setCode is the configuration of a set whose indicators are in a file.
const setCode = `
terraform {
  required_providers {
    sentinelone = { source = "tem/sentinelone" }
  }
}
provider "sentinelone" {
  scope               = { site_id = %q }
  requests_per_second = 100000
}
resource "sentinelone_indicator_set" "feed" {
  name       = "feed"
  os_types   = ["windows"]
  indicators = file("feed.json")
}
`

// feed is a document of n indicators: addresses alone, or one domain and one hash among ten.
func feed(n int, mixed bool) map[string]string {
	document := make(map[string]string, n)
	address := netip.MustParseAddr("44.0.0.0")
	for i := range n {
		address = address.Next()
		switch {
		case mixed && i%10 == 8:
			document[fmt.Sprintf("host-%d.example", i)] = ""
		case mixed && i%10 == 9:
			document[fmt.Sprintf("%x", sha1.Sum(fmt.Append(nil, i)))] = ""
		default:
			document[address.String()] = ""
		}
	}
	return document
}

// sets measures the life of indicator sets. The ratio is to the smallest set, by CPU of all processes.
func (b *bench) sets(sizes []int) error {
	if len(sizes) == 0 {
		return nil
	}
	for _, mixed := range []bool{false, true} {
		name := "indicator set, addresses"
		if mixed {
			name = "indicator set, 80 % addresses, 10 % domains, 10 % hashes"
		}
		b.table.part(name, "indicators", "what", "requests", "writes", "wall", "CPU", "CPU to smallest", "CLI", "provider", "state")
		smallest := map[string]time.Duration{}
		for _, n := range sizes {
			if err := b.set(n, mixed, smallest); err != nil {
				return err
			}
		}
	}
	return nil
}

// set measures the life of one set.
func (b *bench) set(n int, mixed bool, smallest map[string]time.Duration) error {
	c, err := newConsole(0, simulator.Demo())
	if err != nil {
		return err
	}
	defer c.server.Close()
	code := fmt.Sprintf(setCode, simulator.Demo().Sites[0].ID)
	w, err := b.newWorkspace(b.product, c, fstest.MapFS{"main.tf": {Data: []byte(code)}})
	if err != nil {
		return err
	}
	document := feed(n, mixed)
	for _, step := range []struct {
		what   string
		change func()
		args   []string
	}{
		{"first plan", func() {}, []string{"plan"}},
		{"first apply", func() {}, []string{"apply", "-auto-approve"}},
		{"plan, nothing changed", func() {}, []string{"plan", "-detailed-exitcode"}},
		{"apply, one more", func() { document["45.0.0.1"] = "" }, []string{"apply", "-auto-approve"}},
		{"apply, one less", func() { delete(document, "44.0.0.1") }, []string{"apply", "-auto-approve"}},
	} {
		step.change()
		text, err := json.Marshal(document)
		if err == nil {
			err = os.WriteFile(filepath.Join(w.dir, "feed.json"), text, 0o600)
		}
		if err != nil {
			return err
		}
		m, err := b.repeated(w, step.args)
		if err != nil {
			return err
		}
		if smallest[step.what] == 0 {
			smallest[step.what] = m.cpu
		}
		b.table.add(fmt.Sprint(n), step.what, fmt.Sprint(m.requests), fmt.Sprint(m.writes), seconds(m.wall), seconds(m.cpu),
			ratio(m.cpu.Seconds(), smallest[step.what].Seconds()), megabytes(m.cli), megabytes(m.peak), w.stateSize())
	}
	return nil
}

// repeated measures a command, the median of several runs if it changes nothing.
func (b *bench) repeated(w *workspace, args []string) (measured, error) {
	runs := b.runs
	if args[0] != "plan" {
		runs = 1
	}
	var all []measured
	for range runs {
		m, err := w.measure(b.ctx, args...)
		if err != nil {
			return m, err
		}
		all = append(all, m)
	}
	return median(all), nil
}

// stateSize is how long the state's file is, "" when there is none.
func (w *workspace) stateSize() string {
	info, err := os.Stat(filepath.Join(w.dir, "terraform.tfstate"))
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d kB", info.Size()>>10)
}

// writesIn counts the calls that changed something.
func writesIn(stats simulator.Stats) (n int) {
	for route, calls := range stats.Requests {
		if !strings.HasPrefix(route, http.MethodGet) {
			n += calls
		}
	}
	return n
}
