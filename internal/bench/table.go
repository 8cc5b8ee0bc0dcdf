package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"
)

// table is what the bench prints.
type table struct{ rows []string }

func (t *table) add(cells ...string) {
	t.rows = append(t.rows, strings.Join(cells, "\t"))
	fmt.Fprintln(os.Stderr, strings.Join(cells, "  "))
}

// section begins a part of the table, with columns behind the usual ones.
func (t *table) section(name string, columns ...string) {
	t.part(name, append([]string{"objects", "latency", "requests", "wall", "to no latency", "CPU", "provider"}, columns...)...)
}

// part begins a part of the table.
func (t *table) part(name string, columns ...string) {
	if len(t.rows) > 0 {
		t.add("")
	}
	t.add(name)
	t.add(columns...)
}

func (t *table) row(n int, delay time.Duration, m, floor measured, more ...string) {
	t.add(append([]string{
		fmt.Sprint(n), delay.String(), fmt.Sprint(m.requests), seconds(m.wall), ratio(m.wall.Seconds(), floor.wall.Seconds()),
		seconds(m.cpu), megabytes(m.peak),
	}, more...)...)
}

// saving is a row of the part about savings, as ratios to a provider without any.
func (t *table) saving(name string, m, none measured) {
	t.add(name, "0s", fmt.Sprint(m.requests), seconds(m.wall), "", seconds(m.cpu), megabytes(m.peak),
		ratio(m.wall.Seconds(), none.wall.Seconds()), ratio(float64(m.peak), float64(none.peak)))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func ratio(a, b float64) string {
	if b == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", a/b)
}

// megabytes is empty where memory can't be seen.
func megabytes(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// String returns the table with its columns below each other.
func (t *table) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	_, err := fmt.Fprintln(w, strings.Join(t.rows, "\n"))
	if err = errors.Join(err, w.Flush()); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}
