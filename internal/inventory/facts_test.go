package inventory_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"terraform-provider-sentinelone/internal/inventory"
)

// A fact is asked for once, however many want to know it: also when it can't be found out, which may take minutes each time.
func TestFactsAreReadOnce(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]error{"known": nil, "not to be had": errFailed} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reads := 0
			facts := inventory.NewFacts(func(context.Context, string) (int, error) {
				reads++
				return reads, failure
			})
			for want := range 2 {
				var askers sync.WaitGroup
				for range 10 {
					askers.Go(func() {
						if got, err := facts.Get(t.Context(), "x"); got != want+1 || !errors.Is(err, failure) {
							t.Errorf("got %d, %v", got, err)
						}
					})
				}
				askers.Wait()
				facts.Forget()
			}
		})
	}
}

// Who is cancelled has found out nothing for the others.
func TestFactsOfWhoIsCancelled(t *testing.T) {
	t.Parallel()
	facts := inventory.NewFacts(func(ctx context.Context, _ string) (int, error) { return 7, ctx.Err() })
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := facts.Get(cancelled, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got, err := facts.Get(t.Context(), "x"); got != 7 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
}
