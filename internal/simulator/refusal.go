package simulator

import (
	"cmp"
	"fmt"
	"net/http"
)

// refusal is an error that the console answers with, in the envelope seen on live consoles.
type refusal struct {
	Status int     `json:"-"`
	Code   int     `json:"code"`
	Detail *string `json:"detail"`
	Title  string  `json:"title"`
}

// Error says what the client is told.
func (r *refusal) Error() string {
	if r.Detail == nil {
		return fmt.Sprintf("%d %s", r.Status, r.Title)
	}
	return fmt.Sprintf("%d %s: %s", r.Status, r.Title, *r.Detail)
}

// refuse makes a refusal. Codes follow their status in all recorded bodies: 4040010 for 404.
func refuse(status int, title string, detail *string) *refusal {
	return &refusal{Status: status, Code: status*10000 + 10, Title: title, Detail: detail}
}

// The titles and details below are those of recorded bodies, down to null or "" for an empty detail.

func unauthorized() *refusal {
	return refuse(http.StatusUnauthorized, "Authentication Failed", nil)
}

func forbidden() *refusal {
	return refuse(http.StatusForbidden, "Insufficient permissions", nil)
}

func notForSiteUsers() *refusal {
	return refuse(http.StatusForbidden, "Insufficient permissions", new("Action is not allowed to site users"))
}

func notFound() *refusal {
	return refuse(http.StatusNotFound, "Requested resource was not found", new(""))
}

func notSupported() *refusal {
	return refuse(http.StatusNotImplemented, "Not supported", nil)
}

func invalid(format string, args ...any) *refusal {
	return refuse(http.StatusBadRequest, "Validation Error", new(fmt.Sprintf(format, args...)))
}

// tooEarly refuses a scan. With a 429 it has no code: the page is that of the proxy in front of the console.
func (b Behaviour) tooEarly() *refusal {
	if b.ScanLimitStatus == http.StatusBadRequest {
		return invalid("A scan was started less than 8 hours ago")
	}
	return &refusal{Status: http.StatusTooManyRequests}
}

// internalError answers where the console itself is at fault.
func internalError(detail string) *refusal {
	return refuse(http.StatusInternalServerError, "Internal server error", &detail)
}

// alreadyExists refuses a duplicate. The code and the title are those that an integration in the field tells a
// duplicate by; of the detail public code only shows that it has "already exists" in it.
func (b Behaviour) alreadyExists(format string, args ...any) *refusal {
	status := cmp.Or(b.DuplicateStatus, http.StatusBadRequest)
	r := refuse(status, "Already Exists Error", new(fmt.Sprintf(format+" already exists", args...)))
	r.Code = status*10000 + 30
	return r
}
