package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// getEach asks for each of n rules with a call of its own, ten at a time, as a provider does that has no inventory; it
// returns how long the calls alone take.
func getEach(ctx context.Context, c *console, n int) (time.Duration, error) {
	client, err := sentinelone.New(sentinelone.Config{
		Host: c.server.URL, Token: c.Token(), RequestsPerSecond: 1e6,
	})
	if err != nil {
		return 0, err
	}
	in := sentinelone.Scope{Level: sentinelone.LevelSite, ID: c.State().Sites[0].ID}
	find := func(i int) error {
		found, err := client.FirewallRules.Find(ctx, in, identifier(i))
		if err == nil && len(found) != 1 {
			err = fmt.Errorf("rule %d: %d found", i, len(found))
		}
		return err
	}
	work, failures := make(chan int), make([]error, n)
	started := time.Now()
	var callers sync.WaitGroup
	for range 10 {
		callers.Go(func() {
			for i := range work {
				failures[i] = find(i)
			}
		})
	}
	for i := range n {
		work <- i
	}
	close(work)
	callers.Wait()
	return time.Since(started), errors.Join(failures...)
}
