package ioc

import (
	"fmt"
	"strings"
	"time"
)

// parseExpiry returns when a text says that an indicator expires, to the second; the zero time for no text.
func parseExpiry(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly} {
		expires, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if layout == time.DateOnly {
			expires = expires.AddDate(0, 0, 1)
		}
		if expires = expires.UTC().Truncate(time.Second); plausibleTime(expires) {
			return expires, nil
		}
	}
	return time.Time{}, fmt.Errorf("its expiry %q is no time such as 2026-12-31T18:00:00Z and no date such as 2026-12-31", text)
}

// plausibleTime tells whether a time in UTC may be an expiry. Years of more than four digits have no form in JSON.
func plausibleTime(at time.Time) bool { return 1970 <= at.Year() && at.Year() <= 9999 }
