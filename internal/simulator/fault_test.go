package simulator_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

func TestFaultKinds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault  simulator.Fault
		status int // 0 is no answer
		body   string
	}{
		"429-html":          {simulator.Fault{}, 429, string(recorded(t, "real_error_429_nginx.html"))},
		"status":            {simulator.Fault{Status: 418}, 418, `"code":4180010`},
		"403":               {simulator.Fault{}, 403, "Insufficient permissions"},
		"500":               {simulator.Fault{}, 500, "Internal server error"},
		"404-html":          {simulator.Fault{}, 404, "<h1>404 Not Found</h1>"},
		"502-html":          {simulator.Fault{}, 502, "<h1>502 Bad Gateway</h1>"},
		"503":               {simulator.Fault{}, 503, "<h1>503 Service Unavailable</h1>"},
		"drop-before":       {simulator.Fault{}, 0, ""},
		"drop-after-commit": {simulator.Fault{}, 0, ""},
		"truncate":          {simulator.Fault{}, 0, ""},
		"slow":              {simulator.Fault{DelayMS: 1}, 200, `"totalItems":4`},
		"garbage":           {simulator.Fault{}, 200, "<html>"},
		"wrong-total":       {simulator.Fault{}, 200, `"totalItems":5`},
		"empty-page":        {simulator.Fault{}, 200, `"sites":[]`},
	}
	for kind, test := range tests {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			test.fault.Kind, test.fault.Times = kind, 1
			console := simulator.Start(t, simulator.WithFault(test.fault))
			got, err := attempt(t, console, "ApiToken "+console.Token(), "GET", "/sites", "")
			if (err != nil) != (test.status == 0) {
				t.Fatalf("error %v with status %d", err, got.Status)
			}
			if err == nil && (got.Status != test.status || !strings.Contains(string(got.Body), test.body)) {
				t.Errorf("%d %s", got.Status, got.Body)
			}
			if p := send(t, console, "GET", "/sites", ""); p.Status != http.StatusOK {
				t.Errorf("after the fault: %d", p.Status)
			}
		})
	}
}

// TestDropsTellApart tells the two drops apart by what they leave behind.
func TestDropsTellApart(t *testing.T) {
	t.Parallel()
	for kind, rules := range map[string]int{"drop-before": 0, "drop-after-commit": 1, "truncate": 1, "500": 0} {
		console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: kind}))
		got, err := attempt(t, console, "ApiToken "+console.Token(), "POST", "/firewall-control", ruleBody(branch, `"name":"x"`))
		if err == nil && got.Status == http.StatusOK {
			t.Errorf("%s: answered %s", kind, got.Body)
		}
		if n := len(console.State().Rules); n != rules {
			t.Errorf("%s left %d rules, not %d", kind, n, rules)
		}
	}
}

// What is not stored is answered like what is.
func TestUnstored(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: "unstored", Times: 1}))
	for call, rules := range []int{0, 1} {
		got := send(t, console, "POST", "/firewall-control", ruleBody(branch, `"name":"x"`))
		if n := len(console.State().Rules); n != rules || got.Status != http.StatusOK {
			t.Errorf("call %d: answered %d %s, and left %d rules", call+1, got.Status, got.Body, n)
		}
	}
}

func TestFaultSelection(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault simulator.Fault
		want  string // what GET /sites, GET /restrictions and DELETE /firewall-control come to: "." is served, "x" is not
	}{
		"everything":       {simulator.Fault{}, "xxx"},
		"method":           {simulator.Fault{Method: "delete"}, "..x"},
		"path":             {simulator.Fault{Path: "/sites"}, "x.."},
		"full path":        {simulator.Fault{Path: "/web/api/v2.1/sites"}, "x.."},
		"prefix":           {simulator.Fault{Path: "/web/api/"}, "xxx"},
		"no half segment":  {simulator.Fault{Path: "/firewall"}, "..."},
		"pattern":          {simulator.Fault{Path: "/*ction*"}, ".x."},
		"times":            {simulator.Fault{Times: 1}, "x.."},
		"skip":             {simulator.Fault{Skip: 1, Times: 1}, ".x."},
		"never":            {simulator.Fault{Share: 1e-9}, "..."},
		"skip of a method": {simulator.Fault{Method: "GET", Skip: 1}, ".x."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.fault.Kind = "500"
			console := simulator.Start(t, simulator.WithFault(test.fault))
			got := ""
			for _, call := range [][3]string{
				{"GET", "/sites"}, {"GET", "/restrictions"}, {"DELETE", "/firewall-control", `{"filter":{"tenant":true}}`},
			} {
				if send(t, console, call[0], call[1], call[2]).Status == http.StatusOK {
					got += "."
				} else {
					got += "x"
				}
			}
			if got != test.want {
				t.Errorf("%s, not %s", got, test.want)
			}
		})
	}
}

func TestFaultShare(t *testing.T) {
	t.Parallel()
	count := func() (hits int) {
		console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: "503", Share: 0.3}))
		for range 200 {
			if send(t, console, "GET", "/sites?countOnly=true", "").Status != http.StatusOK {
				hits++
			}
		}
		return hits
	}
	first, second := count(), count()
	if first != second || first < 40 || first > 80 {
		t.Errorf("%d and %d of 200 calls hit, not about 60 and the same", first, second)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: "429-html", RetryAfter: 7}))
	got := send(t, console, "GET", "/sites", "")
	if got.Header.Get("Retry-After") != "7" || got.Header.Get("Content-Type") != "text/html" {
		t.Errorf("headers %v", got.Header)
	}
}

// TestTruncateBreaksOff makes sure that the first half of an answer arrives, however short it is.
func TestTruncateBreaksOff(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: "truncate", Times: 1}))
	authorization, target := "ApiToken "+console.Token(), "/sites?countOnly=true"
	half, err := attempt(t, console, authorization, "GET", target, "")
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("error %v", err)
	}
	whole := send(t, console, "GET", target, "").Body
	if diff := cmp.Diff(string(whole[:len(whole)/2]), string(half.Body)); diff != "" {
		t.Errorf("body (-first half +got):\n%s", diff)
	}
}

// TestSlowEndsWithTheCaller makes sure that nobody waits for an answer that nobody wants.
func TestSlowEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithFault(simulator.Fault{Kind: "slow", DelayMS: 600_000}))
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, console.URL()+"/web/api/v2.1/sites", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	w, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		w.Body.Close()
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

func TestParseFault(t *testing.T) {
	t.Parallel()
	got, err := simulator.ParseFault("kind=429-html,method=GET,path=/firewall-control,times=2,share=0.5,retry_after=3")
	if err != nil {
		t.Fatal(err)
	}
	want := simulator.Fault{Kind: "429-html", Method: "GET", Path: "/firewall-control", Times: 2, Share: 0.5, RetryAfter: 3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fault (-want +got):\n%s", diff)
	}
	for _, text := range []string{"", "429-html", "kind=503,colour=red", "kind=503,times=two"} {
		if f, err := simulator.ParseFault(text); err == nil {
			t.Errorf("%q is %+v", text, f)
		}
	}
	for _, f := range []simulator.Fault{{}, {Kind: "404"}, {Kind: "500", Path: "["}, {Kind: "status"}, {Kind: "status", Status: 200}, {Kind: "503", Times: -1}, {Kind: "503", Share: 2}} {
		if _, err := simulator.New(simulator.WithFault(f)); err == nil {
			t.Errorf("%+v was taken", f)
		}
	}
}

func TestControlRoutes(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	control := func(method, path, body string, status int) string {
		t.Helper()
		got := sendAs(t, console, "", method, "/_simulator/"+path, body)
		if got.Status != status {
			t.Fatalf("%s %s: %d %s", method, path, got.Status, got.Body)
		}
		return string(got.Body)
	}
	control("POST", "faults", `{"kind":"500","path":"/sites"}`, http.StatusNoContent)
	if got := send(t, console, "GET", "/sites", ""); got.Status != http.StatusInternalServerError {
		t.Errorf("with a fault: %d", got.Status)
	}
	control("DELETE", "faults", "", http.StatusNoContent)
	send(t, console, "GET", "/sites", "").data(t)
	send(t, console, "PUT", "/firewall-control/1999999999999999999", `{"data":{}}`).detail(t, http.StatusNotFound)

	want := `{"total":3,"max_in_flight":1,"requests":{"GET /web/api/v2.1/sites":2,"PUT /web/api/v2.1/firewall-control/{rule_id}":1}}`
	if got := control("GET", "stats", "", http.StatusOK); got != want {
		t.Errorf("stats %s, not %s", got, want)
	}
	control("POST", "stats/reset", "", http.StatusNoContent)
	if got := control("GET", "stats", "", http.StatusOK); got != `{"total":0,"max_in_flight":0,"requests":{}}` {
		t.Errorf("stats after reset: %s", got)
	}

	for _, bad := range []string{`{"kind":"503"}{`, `{"kind":"unheard of"}`, `{"kind":"500","tims":1}`, `{`} {
		control("POST", "faults", bad, http.StatusBadRequest)
	}
	for _, bad := range []string{`{"rule":[]}`, `{"sites":[{"id":"1","accountId":"2"}]}`, `[]`} {
		control("PUT", "state", bad, http.StatusBadRequest)
	}
	control("GET", "unheard-of", "", http.StatusNotFound)
}

func TestStateRoundTrip(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(seedWithRules(3)))
	send(t, console, "POST", "/restrictions", `{"data":{"type":"black_hash","osType":"linux","value":"`+strings.Repeat("ab", 20)+`"},"filter":{"tenant":true}}`)
	console.Change(func(s *simulator.State) { s.Rules = append(s.Rules[:1], s.Rules[2:]...) })
	before := sendAs(t, console, "", "GET", "/_simulator/state", "")
	other := simulator.Start(t, simulator.WithSeed(simulator.Empty()))
	if got := sendAs(t, other, "", "PUT", "/_simulator/state", string(before.Body)); got.Status != http.StatusNoContent {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	if diff := cmp.Diff(console.State(), other.State()); diff != "" {
		t.Errorf("state (-first +second):\n%s", diff)
	}
	var state simulator.State
	if err := json.Unmarshal(before.Body, &state); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(console.State(), state); diff != "" {
		t.Errorf("decoded state (-want +got):\n%s", diff)
	}
}
