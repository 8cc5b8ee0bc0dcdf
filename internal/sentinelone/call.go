package sentinelone

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// request is what an operation is given: an id for its path, a query, a body to send as JSON.
type request struct {
	id    string
	query url.Values
	body  any
}

// envelope is what every success of the API comes in.
type envelope[T any] struct {
	Data       *T         `json:"data"`
	Pagination pagination `json:"pagination"`
}

// pagination is zero where the API does not page. A null nextCursor, "" here, ends a listing.
type pagination struct {
	TotalItems int    `json:"totalItems"`
	NextCursor string `json:"nextCursor"`
}

// call makes one call and returns what its envelope holds.
func call[T any](ctx context.Context, c *Client, op Operation, r request) (T, error) {
	e, err := exchange[T](ctx, c, op, r)
	if err != nil {
		var none T
		return none, err
	}
	return *e.Data, nil
}

// exchange makes one call and returns the whole envelope, its data never nil. Its errors are an [APIError] when
// something answered, and wrap the network's error otherwise.
//
// An error of a create matches [ErrMayHaveRun] unless the call has certainly not run.
func exchange[T any](ctx context.Context, c *Client, op Operation, r request) (envelope[T], error) {
	ctx = withAttempts(ctx, op)
	e, err := exchangeOnce[T](ctx, c, op, r)
	if err != nil && op.Creates() && mayHaveRun(attemptsOf(ctx).last) {
		err = uncertainError{err}
	}
	return e, err
}

func exchangeOnce[T any](ctx context.Context, c *Client, op Operation, r request) (envelope[T], error) {
	var e envelope[T]
	resp, body, err := c.send(ctx, op, r)
	if err != nil {
		return e, err
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return e, newAPIError(op, resp, body, c.redact)
	}
	err = json.Unmarshal(body, &e)
	if err != nil && !foreign(resp.StatusCode, body) { // not quoted: it may hold a secret
		return e, fmt.Errorf("the console's answer has an unexpected form: %w", err)
	}
	if err != nil || e.Data == nil {
		return e, newAPIError(op, resp, body, c.redact)
	}
	return e, nil
}

func (c *Client) send(ctx context.Context, op Operation, r request) (*http.Response, []byte, error) {
	req, err := c.newRequest(ctx, op, r)
	if err != nil {
		return nil, nil, err
	}
	started := c.transport.now()
	resp, err := c.http.Do(req)
	c.report(ctx, op, resp, err, c.transport.now().Sub(started))
	if err != nil {
		return nil, nil, c.unreachable(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body) // it is here already
	return resp, body, err
}

func (c *Client) newRequest(ctx context.Context, op Operation, r request) (*retryablehttp.Request, error) {
	target := c.base.JoinPath(strings.ReplaceAll(op.Path, "{id}", url.PathEscape(r.id)))
	target.RawQuery = r.query.Encode()
	var body any // retryablehttp tells "no body" by an untyped nil
	if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return nil, fmt.Errorf("encoding the request: %w", err)
		}
		body = text
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, op.Method, target.String(), body)
	if err != nil {
		return nil, fmt.Errorf("making the request: %w", err)
	}
	req.Header.Set("Authorization", "ApiToken "+c.token())
	req.Header.Set("Accept", "application/json")
	if c.userAgent != "" {
		req.Header.Set("User-Agent", c.userAgent)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// unreachable drops net/http's wrapping, which repeats method and URL with the query. The cause stays wrapped.
func (c *Client) unreachable(err error) error {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		err = outer.Err
	}
	if errors.Is(err, ErrThrottled) {
		return err
	}
	return fmt.Errorf("no answer from %s: %w", c.base.Host, err)
}

func (c *Client) report(ctx context.Context, op Operation, resp *http.Response, err error, took time.Duration) {
	if c.log == nil {
		return
	}
	fields := map[string]any{"method": op.Method, "path": apiPrefix + op.Path, "ms": took.Milliseconds()}
	if resp != nil {
		fields["status"] = resp.StatusCode
		fields["request_id"] = c.redact(resp.Header.Get("X-RQID"))
	}
	if err != nil {
		fields["error"] = c.redact(c.unreachable(err).Error())
	}
	c.log(ctx, "console call", fields)
}
