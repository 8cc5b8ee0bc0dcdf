// Command s1console runs a stand-in SentinelOne management console.
//
//	go run ./internal/simulator/cmd/s1console -listen 127.0.0.1:0 -seed demo
//
// It prints one line, the console's address and a token, and serves until it is interrupted. The token is no secret and
// the control routes need none, so think twice before listening on anything but the loopback interface.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"terraform-provider-sentinelone/internal/simulator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "s1console:", err)
		os.Exit(1)
	}
}

// run serves until the context ends, and then lets the calls in flight finish.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	listen, opts, err := parse(args, stderr)
	if err != nil {
		return err
	}
	console, err := simulator.New(opts...)
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	server := &http.Server{Handler: console, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	if _, err := fmt.Fprintf(stdout, "console ready: http://%s token: %s\n", listener.Addr(), console.Token()); err != nil {
		return fmt.Errorf("start: %w", err)
	}

	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// parse reads the flags into an address to listen on and the options of the console.
func parse(args []string, stderr io.Writer) (listen string, opts []simulator.Option, err error) {
	flags := flag.NewFlagSet("s1console", flag.ContinueOnError)
	flags.SetOutput(stderr)
	seed := flags.String("seed", "demo", "what the console holds: demo, empty, or a `FILE` as GET /_simulator/state writes it")
	token := flags.String("token", "", "the first user's token, instead of the seed's")
	latency := flags.Duration("latency", 0, "how long each API call waits first")
	pageSize := flags.Int("page-size", 0, "the most rows a page holds, whatever the limit; 0 is no cap")
	flags.StringVar(&listen, "listen", "127.0.0.1:0", "the `address` to listen on; port 0 takes a free one")
	flags.BoolFunc("shuffle", "shuffle the rows of each page; -shuffle=7 draws by another seed", func(text string) error {
		seed := uint64(1)
		if text != "true" {
			var err error
			if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
				return err
			}
		}
		opts = append(opts, simulator.WithShuffle(seed))
		return nil
	})
	flags.Func("fault", "let calls fail: `kind=429-html,method=GET,path=/sites,times=2`; can be repeated", func(text string) error {
		fault, err := simulator.ParseFault(text)
		if err == nil {
			opts = append(opts, simulator.WithFault(fault))
		}
		return err
	})
	if err := flags.Parse(args); err != nil {
		return "", nil, err
	}
	if flags.NArg() > 0 {
		return "", nil, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	state, err := load(*seed)
	if err != nil {
		return "", nil, err
	}
	opts = append(opts, simulator.WithSeed(state), simulator.WithLatency(*latency))
	if *token != "" {
		opts = append(opts, simulator.WithToken(*token))
	}
	if *pageSize != 0 {
		opts = append(opts, simulator.WithPageSize(*pageSize))
	}
	return listen, opts, nil
}

// load returns the state that -seed names.
func load(seed string) (simulator.State, error) {
	switch seed {
	case "demo":
		return simulator.Demo(), nil
	case "empty":
		return simulator.Empty(), nil
	}
	data, err := os.ReadFile(seed)
	if err != nil {
		return simulator.State{}, fmt.Errorf("seed: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var state simulator.State
	if err := decoder.Decode(&state); err != nil {
		return simulator.State{}, fmt.Errorf("seed %s: %w", seed, err)
	}
	return state, nil
}
