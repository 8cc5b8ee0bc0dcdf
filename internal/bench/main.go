// Command bench measures what the provider costs: it runs the real CLI with the real binary against the stand-in console,
// and writes a table of requests, time and memory, with the ratios that hold on any machine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"terraform-provider-sentinelone/internal/acctest"
)

func main() {
	sizes := flag.String("n", "", "plans of how many single objects, such as 100,1000,5000; those up to 1000 are made and destroyed, too")
	sets := flag.String("sets", "", "indicator sets of how many indicators, such as 500,50000")
	runs := flag.Int("runs", 3, "how often each plan is run; the median counts")
	file := flag.String("o", "", "write the table to this file, too")
	profiles := flag.String("profiles", "", "measure nothing: plan 1,000 objects, and write the provider's profiles into this folder")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *sizes, *sets, *runs, *file, *profiles)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// bench is one run of all measurements.
type bench struct {
	ctx  context.Context //nolint:containedctx // it lives as long as the program
	dir  string
	runs int
	// product is the provider as it is released; partial has those of its savings that the environment names.
	product, partial acctest.Mirror
	table            table
}

// latency is that of a console that is not in the same building.
const latency = 50 * time.Millisecond

func run(ctx context.Context, singles, indicators string, runs int, file, profiles string) (err error) {
	sizes, err := parse(singles)
	if err != nil {
		return err
	}
	setSizes, err := parse(indicators)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := &bench{ctx: ctx, dir: dir, runs: runs}
	if b.product, err = b.mirror("product", "terraform-provider-sentinelone"); err != nil {
		return err
	}
	if b.partial, err = b.mirror("partial", "terraform-provider-sentinelone/internal/bench/provider"); err != nil {
		return err
	}
	if profiles != "" {
		_, err := b.planWith("BENCH_SAVINGS=collector,logs,contexts", "BENCH_PROFILES="+profiles)
		return err
	}
	for _, step := range []func([]int) error{b.plans, b.writes, b.savings} {
		if len(sizes) == 0 {
			break
		}
		if err := step(sizes); err != nil {
			return err
		}
	}
	if err := b.sets(setSizes); err != nil {
		return err
	}
	text := machine() + b.table.String()
	fmt.Print(text)
	if file == "" {
		return nil
	}
	return os.WriteFile(file, []byte(text), 0o600)
}

// parse reads sizes that are separated by commas.
func parse(list string) (sizes []int, err error) {
	for text := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' }) {
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("how many objects: %w", err)
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

// machine describes where the bench ran.
func machine() string {
	return fmt.Sprintf("%s/%s, %d processors, %s; medians\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
}

func (b *bench) mirror(name, command string) (acctest.Mirror, error) {
	dir := filepath.Join(b.dir, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", err
	}
	return acctest.NewMirrorOf(b.ctx, dir, command)
}

// plans measures plans that change nothing: what runs every hour.
func (b *bench) plans(sizes []int) error {
	b.table.section("plan, nothing changed", "one GET each: calls", "and their time")
	for _, n := range sizes {
		var floor measured
		for _, delay := range []time.Duration{0, latency} {
			m, c, err := b.plan(b.product, n, delay)
			if err != nil {
				return err
			}
			if delay == 0 {
				floor = m
			}
			each, err := getEach(b.ctx, c, n)
			c.server.Close()
			if err != nil {
				return err
			}
			b.table.row(n, delay, m, floor, fmt.Sprint(n), seconds(each))
		}
	}
	return nil
}

func (b *bench) plan(
	mirror acctest.Mirror, n int, delay time.Duration, environment ...string,
) (measured, *console, error) {
	c, err := newConsole(delay, seed(0, time.Time{}))
	if err != nil {
		return measured{}, nil, err
	}
	w, err := prepare(b, mirror, c, n)
	if err != nil {
		return measured{}, nil, err
	}
	for _, variable := range environment {
		name, value, _ := strings.Cut(variable, "=")
		w.Setenv(name, value)
	}
	var all []measured
	for range b.runs {
		m, err := w.measure(b.ctx, "plan", "-detailed-exitcode", "-lock=false")
		if err != nil {
			return measured{}, nil, err
		}
		all = append(all, m)
	}
	return median(all), c, nil
}

// planWith plans 1,000 objects with a part of the savings.
func (b *bench) planWith(environment ...string) (measured, error) {
	m, c, err := b.plan(b.partial, 1000, 0, environment...)
	if err == nil {
		c.server.Close()
	}
	return m, err
}

// mostWritten bounds what is made and destroyed: Terraform writes its state anew for each object, which costs it the
// square of their number.
const mostWritten = 1000

// writes measures an apply that creates, and a destroy.
func (b *bench) writes(sizes []int) error {
	for _, command := range []string{"apply", "destroy"} {
		b.table.section(command, "calls by object", "")
		for _, n := range sizes {
			if n > mostWritten {
				continue
			}
			var floor measured
			for _, delay := range []time.Duration{0, latency} {
				m, err := b.write(command, n, delay)
				if err != nil {
					return err
				}
				if delay == 0 {
					floor = m
				}
				b.table.row(n, delay, m, floor, fmt.Sprintf("%.2f", float64(m.requests)/float64(n)), "")
			}
		}
	}
	return nil
}

func (b *bench) write(command string, n int, delay time.Duration) (measured, error) {
	c, err := newConsole(delay, seed(0, time.Time{}))
	if err != nil {
		return measured{}, err
	}
	defer c.server.Close()
	if command == "destroy" {
		w, err := prepare(b, b.product, c, n)
		if err != nil {
			return measured{}, err
		}
		return w.measure(b.ctx, "destroy", "-auto-approve")
	}
	w, err := b.newWorkspace(b.product, c, code(n))
	if err != nil {
		return measured{}, err
	}
	return w.measure(b.ctx, "apply", "-auto-approve")
}

// savings measures each saving of the lean process alone, and all of them.
func (b *bench) savings(sizes []int) error {
	if !slices.Contains(sizes, 1000) {
		return nil
	}
	b.table.section("plan of 1000, by the savings of the lean process", "wall", "memory")
	var none measured
	for _, savings := range []string{"none", "logs", "contexts", "collector", "logs,contexts,collector"} {
		m, err := b.planWith("BENCH_SAVINGS=" + savings)
		if err != nil {
			return err
		}
		if savings == "none" {
			none = m
		}
		b.table.saving(savings, m, none)
	}
	return nil
}

// median returns the run of the median wall time, with the largest memory of all.
func median(all []measured) measured {
	slices.SortFunc(all, func(a, b measured) int { return int(a.wall - b.wall) })
	m := all[len(all)/2]
	for _, other := range all {
		m.peak = max(m.peak, other.peak)
	}
	return m
}
