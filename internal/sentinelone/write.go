package sentinelone

import (
	"context"
	"errors"
)

// write is the body of a call that changes something.
type write struct {
	Data   any `json:"data,omitempty"`
	Filter any `json:"filter,omitempty"`
}

// affected makes a call about objects by their ids, and returns how many of them it was about in the end: the answer
// does not tell which.
func affected(ctx context.Context, c *Client, op Operation, ids []string, body write) (int, error) {
	if len(ids) == 0 {
		return 0, errNoIDs
	}
	count, err := call[struct {
		Affected int `json:"affected"`
	}](ctx, c, op, request{body: body})
	return count.Affected, err
}

// errNoIDs guards against calls that, for want of ids, would be about everything.
var errNoIDs = errors.New("no ids are given")

// succeeded makes a call that answers with nothing but whether it went well.
func succeeded(ctx context.Context, c *Client, op Operation, body write) error {
	outcome, err := call[struct {
		Success bool `json:"success"`
	}](ctx, c, op, request{body: body})
	if err == nil && !outcome.Success {
		return ErrNoSuccess
	}
	return err
}

// ErrNoSuccess tells that the console took a call, and reported that it did not succeed.
var ErrNoSuccess = errors.New("the console reported that the call did not succeed, and no reason")
