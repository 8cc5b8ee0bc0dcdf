package lean

import (
	"context"
	"runtime"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/provider"
)

// weight is what a call comes with: loggers and the like.
type weight struct{}

// Ten thousand calls leave nothing behind that grows with them.
func TestCallsLeaveNothingBehind(t *testing.T) { //nolint:paralleltest // it looks at the heap of the process
	server, err := NewServer(provider.New("test")())
	if err != nil {
		t.Fatal(err)
	}
	const calls = 10_000
	text := tftypes.NewValue(tftypes.String, "evil[.]example")
	argument, err := tfprotov6.NewDynamicValue(tftypes.String, text)
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(context.Context) (bool, error){
		"UpgradeResourceState": func(ctx context.Context) (bool, error) {
			resp, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{
				TypeName: "sentinelone_firewall_rule", Version: 0, RawState: &tfprotov6.RawState{JSON: []byte(`{"id":"1"}`)},
			})
			return len(resp.Diagnostics) == 0, err
		},
		"CallFunction": func(ctx context.Context) (bool, error) {
			resp, err := server.CallFunction(ctx, &tfprotov6.CallFunctionRequest{
				Name: "refang", Arguments: []*tfprotov6.DynamicValue{&argument},
			})
			return resp.Error == nil, err
		},
	} {
		call := func() {
			ctx, cancel := context.WithCancel(context.WithValue(t.Context(), weight{}, make([]byte, 16<<10)))
			defer cancel() // as the end of a call does
			if ok, err := ask(ctx); !ok || err != nil {
				t.Fatalf("%s: %t, %v", name, ok, err)
			}
		}
		call()
		before := live()
		for range calls {
			call()
		}
		if grown := live() - before; grown > calls*1000 {
			t.Errorf("%s: %d calls left %d kB behind", name, calls, grown>>10)
		}
	}
	runtime.KeepAlive(server)
}

func live() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// A call that is out is cancelled with its context, and sees what is in it.
func TestCallsAreCancelled(t *testing.T) {
	t.Parallel()
	type key struct{}
	ctx, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, "seen"))
	var kept context.Context
	_, err := while(ctx, "", func(inner context.Context, _ string) (string, error) {
		kept = inner
		derived, stop := context.WithCancel(inner)
		defer stop()
		if inner.Value(key{}) != "seen" || inner.Err() != nil {
			t.Errorf("%v, %v", inner.Value(key{}), inner.Err())
		}
		cancel()
		<-derived.Done()
		return "", derived.Err()
	})
	if err == nil || kept.Err() == nil || kept.Value(key{}) != nil {
		t.Errorf("%v; behind it %v, %v", err, kept.Err(), kept.Value(key{}))
	}
}

func TestLogsAsked(t *testing.T) {
	t.Parallel()
	for want, environment := range map[bool][]string{
		true: {"HOME=/", "TF_LOG_PROVIDER_SENTINELONE=DEBUG"}, false: {"HOME=/", "TF_PLUGIN_MAGIC_COOKIE=x"},
	} {
		if got := logsAsked(environment); got != want {
			t.Errorf("%v: %t", environment, got)
		}
	}
}
