package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing/fstest"
	"time"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// console is a stand-in console that is served to other processes.
type console struct {
	*simulator.Console
	server *httptest.Server
}

func newConsole(latency time.Duration, state simulator.State) (*console, error) {
	c, err := simulator.New(simulator.WithSeed(state), simulator.WithLatency(latency))
	if err != nil {
		return nil, err
	}
	return &console{c, httptest.NewServer(c)}, nil
}

// measured is what one run of the CLI cost.
type measured struct {
	requests int
	writes   int // of them, those that change something
	wall     time.Duration
	cpu      time.Duration // of the CLI and its providers
	cli      int64         // bytes of the CLI at most; 0 where that can't be seen
	peak     int64         // bytes of the largest provider process; 0 where that can't be seen
}

// workspace is a folder of code, and the console that it is about.
type workspace struct {
	*acctest.Workspace
	dir     string
	console *console
}

func (b *bench) newWorkspace(mirror acctest.Mirror, c *console, code fstest.MapFS) (*workspace, error) {
	dir, err := os.MkdirTemp(b.dir, "workspace-*")
	if err != nil {
		return nil, err
	}
	w, err := mirror.NewWorkspace(dir, c.server.URL, c.Token())
	if err == nil {
		err = w.Add(code)
	}
	if err != nil {
		return nil, err
	}
	ready := &workspace{w, dir, c}
	_, err = ready.measure(b.ctx, "init")
	return ready, err
}

// measure runs the CLI, and fails unless it succeeds.
func (w *workspace) measure(ctx context.Context, args ...string) (measured, error) {
	w.console.ResetStats()
	var output bytes.Buffer
	cmd := w.Command(ctx, &output, append(args, "-no-color")...)
	started := time.Now()
	if err := cmd.Start(); err != nil {
		return measured{}, err
	}
	done := make(chan struct{})
	peak := make(chan int64)
	go func() { peak <- watch(cmd.Process.Pid, done) }()
	err := cmd.Wait()
	m := measured{wall: time.Since(started), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	close(done)
	m.peak, m.requests, m.writes = <-peak, w.console.Stats().Total, writesIn(w.console.Stats())
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && runtime.GOOS == "linux" {
		m.cli = usage.Maxrss << 10
	}
	if err != nil {
		return m, fmt.Errorf("terraform %s: %w\n%s", strings.Join(args, " "), err, output.String())
	}
	return m, nil
}

// watch returns the largest memory that a process's children had, from what Linux tells of processes.
func watch(parent int, done <-chan struct{}) (peak int64) {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return peak
		case <-ticker.C:
			peak = max(peak, largestChild(parent))
		}
	}
}

func largestChild(parent int) (largest int64) {
	files, _ := filepath.Glob("/proc/[0-9]*/status") // none elsewhere
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil { // it has ended
			continue
		}
		if field(text, "PPid") == int64(parent) {
			largest = max(largest, field(text, "VmHWM")<<10)
		}
	}
	return largest
}

// field returns a number of a status file.
func field(status []byte, name string) int64 {
	for line := range strings.Lines(string(status)) {
		if text, ok := strings.CutPrefix(line, name+":"); ok {
			number, _ := strconv.ParseInt(strings.Fields(text)[0], 10, 64)
			return number
		}
	}
	return 0
}
