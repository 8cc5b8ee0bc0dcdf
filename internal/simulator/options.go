package simulator

import (
	"fmt"
	"time"
)

// Option changes how a console is made.
type Option func(*Console) error

// WithSeed starts the console with a state other than Demo. The state is copied.
func WithSeed(s State) Option {
	return func(c *Console) error {
		c.seed = s.clone()
		return nil
	}
}

// WithToken replaces the token of the first user.
func WithToken(token string) Option {
	return func(c *Console) error {
		c.token = token
		return nil
	}
}

// WithPageSize makes no page hold more than n rows, whatever `limit` asks for, so that a few rows have many pages.
func WithPageSize(n int) Option {
	return func(c *Console) error {
		if n < 1 {
			return fmt.Errorf("a page needs at least one row, not %d", n)
		}
		c.pageSize = n
		return nil
	}
}

// WithShuffle mixes the rows of each page. The pages together still hold every row once.
func WithShuffle(seed uint64) Option {
	return func(c *Console) error {
		c.shuffle = shuffler(seed)
		return nil
	}
}

// WithLatency lets every API call wait before it is served.
func WithLatency(d time.Duration) Option {
	return func(c *Console) error {
		c.latency = d
		return nil
	}
}

// WithClock sets what the console takes for the time.
func WithClock(now func() time.Time) Option {
	return func(c *Console) error {
		c.now = now
		return nil
	}
}

// WithFault adds a fault, as Fail does later.
func WithFault(f Fault) Option {
	return func(c *Console) error {
		return c.faults.add(f)
	}
}

// AllowUnknownRoutes lets a test ask for API routes that the console does not have. Without it, such a request fails the
// test when it ends.
func AllowUnknownRoutes() Option {
	return func(c *Console) error {
		c.allowUnknown = true
		return nil
	}
}
