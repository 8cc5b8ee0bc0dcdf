// Command demo shows the provider at work: the Terraform CLI blocks the indicators of examples/quickstart on a
// stand-in console, finds what was changed behind its back, repairs it, and takes everything away again.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/simulator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, "examples/quickstart")
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// run tells the whole story with the code in a folder. It leaves nothing behind: neither a process nor a file.
func run(ctx context.Context, out io.Writer, code string) (err error) {
	n := narrator{out}
	n.say("A stand-in SentinelOne console", "Two accounts, four sites, no rule and no blocklist entry yet.")
	host, token, stop, err := startConsole(ctx)
	if err != nil {
		return err
	}
	defer stop()
	n.printf("console ready: %s token: %s\n", host, token)

	dir, err := os.MkdirTemp("", "sentinelone-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	mirror, err := acctest.NewMirror(ctx, filepath.Join(dir, "mirror"))
	if err != nil {
		return err
	}
	workspace, err := mirror.NewWorkspace(filepath.Join(dir, "code"), host, token)
	if err != nil {
		return err
	}
	if err := workspace.Add(os.DirFS(code)); err != nil {
		return err
	}
	client, err := sentinelone.New(sentinelone.Config{Host: host, Token: token})
	if err != nil {
		return err
	}
	return story{n, workspace, console{n, client}}.tell(ctx)
}

// startConsole serves a console on a free loopback port until stop is called.
func startConsole(ctx context.Context) (host, token string, stop func(), err error) {
	handler, err := simulator.New()
	if err != nil {
		return "", "", nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", nil, fmt.Errorf("starting the console: %w", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener) // ends when it is closed
	}()
	stop = func() {
		_ = server.Close() // there is nothing left to lose
		<-served
	}
	return "http://" + listener.Addr().String(), handler.Token(), stop, nil
}
