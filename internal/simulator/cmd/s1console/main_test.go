package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/simulator"
)

// start runs the command until the test ends, and returns the address and the token that it prints.
func start(t *testing.T, args ...string) (url, token string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, args, in, io.Discard)
		in.CloseWithError(err)
		ended <- err
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("run: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`^console ready: (http://127\.0\.0\.1:\d+) token: (\S+)\n$`).FindStringSubmatch(line)
	if match == nil {
		t.Fatalf("printed %q", line)
	}
	go io.Copy(io.Discard, out) //nolint:errcheck // The pipe ends with the command.
	return match[1], match[2]
}

func get(t *testing.T, url, token string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "ApiToken "+token)
	w, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	read, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.StatusCode, string(read)
}

func TestServesTheDemo(t *testing.T) {
	t.Parallel()
	url, token := start(t)
	if token != simulator.Demo().Users[0].Token {
		t.Errorf("token %s", token)
	}
	if status, body := get(t, url+"/web/api/v2.1/sites", token); status != http.StatusOK || !strings.Contains(body, `"totalItems":4`) {
		t.Errorf("%d %s", status, body)
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	state, err := json.Marshal(simulator.Demo())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "state.json")
	if err := os.WriteFile(file, state, 0o600); err != nil {
		t.Fatal(err)
	}
	url, token := start(t, "-listen", "127.0.0.1:0", "-token", "mine", "-seed", file, "-latency", "1ms", "-shuffle=7",
		"-page-size", "2", "-fault", "kind=503,path=/restrictions", "-fault", "kind=429-html,path=/sites,times=1")
	if token != "mine" {
		t.Errorf("token %s", token)
	}
	for _, want := range []int{http.StatusTooManyRequests, http.StatusOK} {
		status, body := get(t, url+"/web/api/v2.1/sites", token)
		if status != want || want == http.StatusOK && strings.Count(body, `"healthStatus"`) != 2 {
			t.Errorf("%d %s", status, body)
		}
	}
	if status, _ := get(t, url+"/web/api/v2.1/restrictions", token); status != http.StatusServiceUnavailable {
		t.Errorf("with a fault: %d", status)
	}
}

func TestBadArguments(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"-colour"},
		{"extra"},
		{"-seed", "no such file"},
		{"-seed", "main.go"},
		{"-page-size", "-1"},
		{"-fault", "kind=none"},
		{"-fault", "503"},
		{"-listen", "nowhere"},
	} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
}
