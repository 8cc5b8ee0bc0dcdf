package sentinelone

import (
	"context"
	"errors"
	"fmt"
)

// write is the body of a call that changes something.
type write struct {
	Data   any `json:"data,omitempty"`
	Filter any `json:"filter,omitempty"`
}

// deleted makes a deleting call for one object. Its answer only counts, so a count of none is resolved by a look: the
// object was gone already, which is what was wanted, or the console refused without saying so.
func deleted(ctx context.Context, c *Client, op Operation, r request, look func() error) error {
	count, err := call[struct {
		Affected int `json:"affected"`
	}](ctx, c, op, r)
	if err != nil || count.Affected > 0 {
		return err
	}
	switch err := look(); {
	case errors.Is(err, ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("looking whether it is gone: %w", err)
	default:
		return ErrNotDeleted
	}
}

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

// ErrNotDeleted tells that the console reported success, deleted nothing, and still holds the object.
var ErrNotDeleted = errors.New("the console deleted nothing, and still holds the object")
