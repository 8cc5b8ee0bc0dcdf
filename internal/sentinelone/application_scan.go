package sentinelone

import (
	"context"
	"errors"
	"net/http"
	"strings"
)

// ErrScanLimit is matched by the console's refusal of a scan that comes less than eight hours after another.
var ErrScanLimit = errors.New("one scan in eight hours")

// ErrNoScanOfGroups tells that the API scans the tenant, an account or a site, and nothing smaller.
var ErrNoScanOfGroups = errors.New("groups can't be scanned by themselves, only their whole site")

// ApplicationScans look for vulnerable applications on the endpoints of a scope.
type ApplicationScans struct{ c *Client }

// Start starts a scan of the tenant, an account or a site. It returns when the console has taken the call; the scan goes
// on for hours, and nothing tells when it is over.
//
// The call is not sent again once it may have run. A refusal because of the limit matches [ErrScanLimit], whatever
// the console counts by: scopes or tokens.
func (s ApplicationScans) Start(ctx context.Context, in Scope) error {
	if in.Level == LevelGroup {
		return ErrNoScanOfGroups
	}
	return succeeded(ctx, s.c, StartApplicationScan, write{Filter: in.filter()})
}

// tooSoon tells whether the console refused a scan because of its limit: by a 429, as for other limits, or in words.
func (e *APIError) tooSoon() bool {
	return e.Operation.Rationed &&
		(e.Status == http.StatusTooManyRequests || e.Status == http.StatusBadRequest && strings.Contains(e.Detail, "8 hours"))
}
