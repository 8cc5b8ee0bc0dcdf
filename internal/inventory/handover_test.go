package inventory_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"terraform-provider-sentinelone/internal/inventory"
)

func wanting(values ...string) func(string) bool {
	return func(value string) bool { return slices.Contains(values, value) }
}

// Whoever drops something waits for who takes it, whichever of the two begins first.
func TestHandover(t *testing.T) {
	t.Parallel()
	for _, later := range []time.Duration{0, 500 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			h := inventory.NewHandover[string](time.Second)
			giver, _ := h.Begin("giver", wanting("kept"))
			start, dropped := time.Now(), []string{"gone", "missed", "moved"}
			go func() {
				<-time.After(later)
				taker, _ := h.Begin("taker", wanting("moved", "missed"))
				<-time.After(3 * time.Second)
				taker.Taken(wanting("missed"))
			}()
			others, err := giver.Contested(t.Context(), dropped)
			if err != nil || len(others) != 1 || time.Since(start) != time.Second {
				t.Fatalf("%d others after %v, %v", len(others), time.Since(start), err)
			}
			missed, err := giver.Await(t.Context(), others, dropped)
			if err != nil || !slices.Equal(missed, []string{"missed"}) || time.Since(start) != later+3*time.Second {
				t.Errorf("%v missed after %v, %v", missed, time.Since(start), err)
			}
		})
	}
}

// Nobody waits who drops nothing, or for those who want something else.
func TestHandoverOfNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := inventory.NewHandover[string](time.Second)
		giver, _ := h.Begin("giver", wanting())
		other, _ := h.Begin("other", wanting("another"))
		start := time.Now()
		if others, err := giver.Contested(t.Context(), nil); len(others) > 0 || err != nil || time.Since(start) > 0 {
			t.Errorf("%v, %v after %v", others, err, time.Since(start))
		}
		if others, err := giver.Contested(t.Context(), []string{"gone"}); len(others) > 0 || err != nil {
			t.Errorf("%v, %v", others, err)
		}
		if _, ok := h.Begin("giver", wanting()); ok {
			t.Error("an owner began twice")
		}
		other.Taken(wanting())
		other.Taken(wanting())
	})
}

// Two that exchange something do not wait for each other for ever.
func TestHandoverBothWays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := inventory.NewHandover[string](time.Second)
		ended := make(chan error)
		for _, each := range [][2]string{{"a", "b"}, {"b", "a"}} {
			go func() {
				turn, _ := h.Begin(each[0], wanting(each[0]))
				others, err := turn.Contested(t.Context(), each[1:])
				turn.Taken(wanting())
				missed, awaited := turn.Await(t.Context(), others, each[1:])
				if len(missed) > 0 {
					t.Errorf("%v missed", missed)
				}
				ended <- errors.Join(err, awaited)
			}()
		}
		if err := errors.Join(<-ended, <-ended); err != nil {
			t.Error(err)
		}
	})
}

// What an owner has is yielded only when it begins in this run, and wants it no longer.
func TestHandoverYields(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := inventory.NewHandover[string](time.Second)
		taker, _ := h.Begin("taker", wanting("moved"))
		go func() {
			<-time.After(500 * time.Millisecond)
			h.Begin("giver", wanting("kept"))
		}()
		for _, test := range []struct {
			owner, what string
			want        bool
		}{{"giver", "moved", true}, {"giver", "kept", false}, {"absent", "moved", false}} {
			if got, err := taker.Yields(t.Context(), test.owner, test.what); got != test.want || err != nil {
				t.Errorf("%s yields %s: %v, %v", test.owner, test.what, got, err)
			}
		}
	})
}

// A run that is cancelled does not wait.
func TestHandoverCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := inventory.NewHandover[string](time.Second)
		giver, _ := h.Begin("giver", wanting())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := giver.Contested(ctx, []string{"moved"}); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if _, err := giver.Yields(ctx, "other", "moved"); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		other, _ := h.Begin("other", wanting("moved"))
		if _, err := giver.Await(ctx, []*inventory.Turn[string]{other}, nil); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
