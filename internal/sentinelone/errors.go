package sentinelone

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// ErrNotFound is matched, through errors.Is, by every proof that an object does not exist: a whole answer for its id
// without it, or the console's own 404 for a call that addresses it. Any other 404 is a wrong address, and proves
// nothing.
var ErrNotFound = errors.New("not found")

// ErrMayHaveRun is matched by the error of a create that the console may have carried out all the same: its answer was
// lost or unreadable, or told of a failure on the way back.
var ErrMayHaveRun = errors.New("the call may have run")

// uncertainError is another error that matches ErrMayHaveRun.
type uncertainError struct{ error }

func (e uncertainError) Unwrap() error { return e.error }

func (e uncertainError) Is(target error) bool { return target == ErrMayHaveRun }

// ErrExists is matched by the console's refusal of what it holds already.
var ErrExists = errors.New("it exists already")

// ErrRefused is matched by the console's refusal of what it was sent.
var ErrRefused = errors.New("refused")

// ErrForbidden is matched by the console's refusal for want of a permission, of a licence, or of a scope that is the
// caller's.
var ErrForbidden = errors.New("forbidden")

// ErrThrottled is matched by the console's refusal of a call that comes too soon, and by the error of a call that was not
// made, since the console asks for a longer pause than calls are retried.
var ErrThrottled = errors.New("throttled")

// ErrSiteUser is matched by the console's refusal of what no user who belongs to a site may do, whatever the role.
var ErrSiteUser = errors.New("not for users of a site")

// ErrInherits is matched by the console's refusal to change settings that a scope inherits.
var ErrInherits = errors.New("the scope inherits its settings")

// alreadyExists ends the codes of refusals of what exists already; 4000030 and 4090030 were seen.
const alreadyExists = 30

// IncompleteError tells that a listing did not come whole: fewer rows came than the console counts, or its cursor
// led nowhere. Nothing may be called gone by such a listing.
type IncompleteError struct {
	Operation Operation
	Got, Want int
}

// Error implements error.
func (e *IncompleteError) Error() string {
	return fmt.Sprintf("the listing did not come whole: %d rows came, the console counts %d", e.Got, e.Want)
}

// APIError is an answer of the console, or of something before it, that is not the success asked for.
type APIError struct {
	// Operation is what was asked.
	Operation Operation
	// Status is the HTTP status; 200 when the body was not the API's.
	Status int
	// Code, Title and Detail are the console's own words: the first of its errors, with the details of the others
	// behind it. They are zero when the body was not the API's JSON.
	Code          int
	Title, Detail string
	// Text is what a body says that is none, or not in all, of the API's form: the title of an HTML page, or the start of a
	// plain text.
	Text string
	// Location is where a redirect points.
	Location string
	// RequestID is the console's id of the request, when it gave one: what its support asks for.
	RequestID string
}

// Error implements error. The text holds the console's words and no secret.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP %d", e.Status)
	for _, part := range []string{e.Title, e.Detail} {
		if part != "" {
			b.WriteString(": " + part)
		}
	}
	if e.Code != 0 {
		fmt.Fprintf(&b, " (code %d)", e.Code)
	}
	if e.Text != "" {
		b.WriteString(": " + strconv.Quote(e.Text))
	}
	if e.Location != "" {
		b.WriteString(": redirects to " + e.Location)
	}
	if e.RequestID != "" {
		b.WriteString(" [request id " + e.RequestID + "]")
	}
	return b.String()
}

// Is makes errors.Is(err, ErrNotFound) tell the console's 404 for an object from a 404 for an address, and ErrExists a
// duplicate from another refusal. Not every console is known to use the code, so the words count too; ErrSiteUser and
// ErrInherits have no code of their own.
func (e *APIError) Is(target error) bool {
	switch target {
	case ErrNotFound:
		return e.Status == http.StatusNotFound && e.Operation.Object && e.FromAPI()
	case ErrExists:
		return (e.Status == http.StatusBadRequest || e.Status == http.StatusConflict) &&
			(e.Code == e.Status*10000+alreadyExists || strings.Contains(e.Detail, "already exists"))
	case ErrRefused:
		return e.Status == http.StatusBadRequest && e.FromAPI()
	case ErrForbidden:
		return e.Status == http.StatusForbidden && e.FromAPI()
	case ErrThrottled:
		return e.Status == http.StatusTooManyRequests && !e.Operation.Rationed
	case ErrSiteUser:
		return e.Status == http.StatusForbidden && strings.Contains(e.Detail, "site users")
	case ErrInherits:
		return e.Status == http.StatusBadRequest &&
			(strings.Contains(e.Detail, "inheriting") || strings.Contains(e.Detail, "decoupled"))
	case ErrScanLimit:
		return e.tooSoon()
	default:
		return false
	}
}

// FromAPI tells whether the console's API spoke, rather than a proxy, a log-in page or another web server.
func (e *APIError) FromAPI() bool { return e.Code != 0 || e.Title != "" || e.Detail != "" }

// newAPIError reads an error out of an answer. Bodies are JSON of the API in most cases; 429, some 404 and many 5xx
// are HTML or plain text.
func newAPIError(op Operation, resp *http.Response, body []byte, redact func(string) string) *APIError {
	e := &APIError{
		Operation: op,
		Status:    resp.StatusCode,
		Location:  redact(resp.Header.Get("Location")),
		RequestID: redact(resp.Header.Get("X-RQID")),
	}
	var problems struct {
		Errors []struct {
			Code   int    `json:"code"`
			Title  string `json:"title"`
			Detail string `json:"detail"`
		} `json:"errors"`
	}
	if json.Unmarshal(body, &problems) != nil || len(problems.Errors) == 0 { // what is of another form is shown as it is
		e.Text = redact(gist(resp.Header.Get("Content-Type"), body))
	}
	if len(problems.Errors) == 0 {
		return e
	}
	first := problems.Errors[0]
	e.Code, e.Title, e.Detail = first.Code, redact(first.Title), redact(first.Detail)
	for _, other := range problems.Errors[1:] {
		e.Detail = strings.TrimPrefix(e.Detail+"; "+redact(strings.TrimSpace(other.Title+" "+other.Detail)), "; ")
	}
	return e
}

const gistLength = 200

// gist is what a body that is not the API's says: a page's title, else the start of the text on one line.
func gist(contentType string, body []byte) string {
	text := string(body)
	if media, _, err := mime.ParseMediaType(contentType); err == nil && media == "text/html" {
		text = htmlTitle(text)
	}
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > gistLength {
		text = string(runes[:gistLength]) + "…"
	}
	return text
}

// htmlTitle returns the title of an HTML page, or the whole page when it has none.
func htmlTitle(page string) string {
	tokens := html.NewTokenizer(strings.NewReader(page))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if errors.Is(tokens.Err(), io.EOF) {
				return page
			}
			return ""
		case html.StartTagToken:
			if name, _ := tokens.TagName(); string(name) == "title" && tokens.Next() == html.TextToken {
				return string(tokens.Text())
			}
		}
	}
}
