package indicators_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// What somebody else has made.
const (
	theirRule    = "1900000000000000901"
	theirEntries = 1900000000000000910
)

// pool are the indicators of the property test. Others enforce the last of each kind.
var pool = []string{
	"203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4", "203.0.113.5", "2001:db8::1", "203.0.113.99",
	"a.example", "b.example", "c.example", "d.example", "foreign.example",
	"198.51.100.0/24", "198.51.101.0/24", "198.51.102.10-198.51.102.20",
	strings.Repeat("1", 40), strings.Repeat("2", 40), strings.Repeat("3", 64), strings.Repeat("f", 40),
}

// wantedSet is a set as a person wants it.
type wantedSet struct {
	name     string
	osTypes  []string
	perRule  int
	remarks  map[string]remark
	spelling func(string) string
}

type remark struct {
	Note    string `json:"note,omitempty"`
	Expires string `json:"expires,omitempty"`
}

// world is a console with sets of ours and objects of others, and what is wanted.
type world struct {
	test
	rapid   *rapid.T // draws what happens
	console *simulator.Console
	core    *acctest.Core
	sets    map[string]*wantedSet // by address
	now     time.Time

	slow string // writes whose bodies have that take a while
	lose string // creates on this path are not answered, and nothing is listed there from then on

	mu      sync.Mutex
	guarded map[string]bool // what must be enforced at every moment
	holes   []string
}

// test is a test, or one run of a property.
type test interface {
	Cleanup(func())
	Context() context.Context
	Fatal(...any)
	Fatalf(string, ...any)
}

func newWorld(t *testing.T, each test) *world {
	console := simulator.Start(t)
	site := acctest.Site(console)
	w := &world{test: each, console: console, now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the client has gone
		}
		if r.Body = io.NopCloser(bytes.NewReader(body)); w.slow != "" && bytes.Contains(body, []byte(`"`+w.slow)) {
			<-time.After(500 * time.Millisecond)
		}
		console.ServeHTTP(rw, r)
		if w.lose != "" && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, w.lose) {
			console.Fail(simulator.Fault{Kind: "500", Method: http.MethodGet, Path: w.lose})
			panic(http.ErrAbortHandler)
		}
		if r.Method != http.MethodGet {
			w.look(r)
		}
	}))
	each.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	console.Change(func(s *simulator.State) {
		s.Rules = []simulator.Rule{
			{
				ID: theirRule, Name: "theirs", Action: "Block", Status: "Enabled", Scope: "site", ScopeID: site,
				Direction: "any", OSTypes: []string{"linux", "macos", "windows"}, Creator: "somebody",
				RemoteHosts: []simulator.Host{
					{Type: "addresses", Values: []string{"203.0.113.99"}}, {Type: "fqdn", Values: []string{"foreign.example"}},
				},
			},
		}
		hash := strings.Repeat("f", 40)
		s.Restrictions = nil
		for i, osType := range []string{"linux", "macos", "windows"} {
			s.Restrictions = append(s.Restrictions, simulator.Restriction{
				ID: fmt.Sprint(theirEntries + i), Scope: "site", ScopeID: site, OSType: osType, Value: &hash, Source: "user", Type: "black_hash",
			})
		}
	})
	w.core = &acctest.Core{
		Type: "sentinelone_indicator_set",
		Settings: acctest.Attributes{
			"host":                tftypes.NewValue(tftypes.String, server.URL),
			"api_token":           tftypes.NewValue(tftypes.String, console.Token()),
			"requests_per_second": tftypes.NewValue(tftypes.Number, 10000),
			"retry_timeout":       tftypes.NewValue(tftypes.String, "8s"),
		},
		Options: []acctest.Option{
			acctest.WithClock(func() time.Time { return w.now }), acctest.WithSettle(time.Second),
		},
	}
	w.sets = map[string]*wantedSet{
		"a": {name: "A", osTypes: []string{"windows"}, perRule: 2, remarks: map[string]remark{}},
		"b": {name: "B", osTypes: []string{"windows"}, perRule: 3, remarks: map[string]remark{}},
	}
	for i, value := range []string{pool[0], pool[7]} {
		w.sets[w.addresses()[i]].remarks[value] = remark{}
	}
	w.spell()
	w.converge(false)
	return w
}

func (w *world) addresses() []string { return slices.Sorted(maps.Keys(w.sets)) }

// look notes what is not enforced that has to be, after each write.
func (w *world) look(r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	enforced := enforcedOn(w.console)
	for value := range w.guarded {
		if !enforced[value] {
			w.holes = append(w.holes, fmt.Sprintf("%s after %s %s", value, r.Method, r.URL.Path))
		}
	}
}

// enforcedOn returns what somebody blocks on Windows.
func enforcedOn(console *simulator.Console) map[string]bool {
	enforced := map[string]bool{}
	state := console.State()
	for _, rule := range state.Rules {
		if rule.Status == "Enabled" && rule.Action == "Block" && slices.Contains(rule.OSTypes, "windows") {
			for _, host := range rule.RemoteHosts {
				for _, value := range host.Values {
					enforced[value] = true
				}
			}
		}
	}
	for _, entry := range state.Restrictions {
		if entry.OSType == "windows" {
			enforced[text(entry.Value)+text(entry.SHA256Value)] = true
		}
	}
	return enforced
}

func (w *world) spell() {
	for _, s := range w.sets {
		spellings := []func(string) string{
			strings.ToUpper, strings.Clone, func(text string) string { return strings.ReplaceAll(text, ".e", "[.]e") },
		}
		s.spelling = spellings[0]
		if w.rapid != nil {
			s.spelling = spellings[rapid.IntRange(0, 2).Draw(w.rapid, "spelling")]
		}
	}
}

func (w *world) configs() map[string]acctest.Attributes {
	configs := map[string]acctest.Attributes{}
	for address, s := range w.sets {
		document := map[string]remark{}
		for value, remark := range s.remarks {
			document[s.spelling(value)] = remark
		}
		text, err := json.Marshal(document)
		if err != nil {
			w.Fatal(err)
		}
		osTypes := []tftypes.Value{}
		for _, osType := range s.osTypes {
			osTypes = append(osTypes, tftypes.NewValue(tftypes.String, osType))
		}
		configs[address] = acctest.Attributes{
			"name":            tftypes.NewValue(tftypes.String, s.name),
			"scope":           siteScope(acctest.Site(w.console)),
			"indicators":      tftypes.NewValue(tftypes.String, string(text)),
			"os_types":        tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, osTypes),
			"values_per_rule": tftypes.NewValue(tftypes.Number, s.perRule),
		}
	}
	return configs
}

func siteScope(id string) tftypes.Value {
	return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"tenant": tftypes.Bool, "account_id": tftypes.String, "site_id": tftypes.String, "group_id": tftypes.String,
	}}, map[string]tftypes.Value{
		"tenant": tftypes.NewValue(tftypes.Bool, nil), "account_id": tftypes.NewValue(tftypes.String, nil),
		"site_id": tftypes.NewValue(tftypes.String, id), "group_id": tftypes.NewValue(tftypes.String, nil),
	})
}

// converge applies, and checks everything.
func (w *world) converge(faulty bool) {
	theirs := w.theirs()
	w.guard()
	err := w.apply()
	w.console.ClearFaults()
	if err != nil && !faulty {
		w.Fatalf("apply: %v", err)
	}
	if faulty {
		if err := w.apply(); err != nil {
			w.Fatalf("second apply: %v", err)
		}
	}
	if holes := w.unguard(); len(holes) > 0 {
		w.Fatalf("not enforced for a moment: %s", strings.Join(holes, "; "))
	}
	if diff := cmp.Diff(theirs, w.theirs()); diff != "" {
		w.Fatalf("somebody else's objects changed:\n%s", diff)
	}
	if diff := cmp.Diff(w.wanted(), w.held()); diff != "" {
		w.Fatalf("the console does not hold what is wanted (-want +got):\n%s", diff)
	}
	if again, err := w.core.Apply(w.Context(), w.configs()); err != nil || !again.Empty() {
		w.Fatalf("the plan after is not empty: %+v, %v", again, err)
	}
}

// apply returns what went wrong, warnings too: all but those about what was wrong before.
func (w *world) apply() error {
	changes, err := w.core.Apply(w.Context(), w.configs())
	for _, warning := range changes.Warnings {
		if !strings.HasPrefix(warning, "Rules of a set do something else") && !strings.Contains(warning, "are left over") {
			err = errors.Join(err, errors.New(warning))
		}
	}
	return err
}

// guard notes what is enforced now and stays wanted by one set or another.
func (w *world) guard() {
	w.mu.Lock()
	defer w.mu.Unlock()
	enforced := enforcedOn(w.console)
	w.guarded, w.holes = map[string]bool{}, nil
	for _, s := range w.sets {
		for value := range s.remarks {
			if enforced[value] && !w.expired(s.remarks[value]) {
				w.guarded[value] = true
			}
		}
	}
}

// unguard returns what was not enforced for a moment, and looks no longer.
func (w *world) unguard() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.guarded = nil
	return w.holes
}

func (w *world) expired(r remark) bool {
	at, err := time.Parse(time.RFC3339, r.Expires)
	return err == nil && !at.After(w.now)
}

func (w *world) theirs() simulator.State {
	state := w.console.State()
	return simulator.State{
		Rules:        slices.DeleteFunc(state.Rules, func(r simulator.Rule) bool { return r.ID != theirRule }),
		Restrictions: slices.DeleteFunc(state.Restrictions, func(r simulator.Restriction) bool { return r.Description != nil }),
	}
}

// wanted is what the console has to hold of ours: "SET INDICATOR" and "SET OS HASH".
func (w *world) wanted() map[string]bool {
	foreign := map[string]bool{strings.Repeat("f", 40): true}
	for _, rule := range w.console.State().Rules {
		if rule.ID == theirRule && rule.Status == "Enabled" {
			foreign["203.0.113.99"], foreign["foreign.example"] = true, true
		}
	}
	wanted := map[string]bool{}
	held := w.held()
	for _, s := range w.sets {
		for value, remark := range s.remarks {
			var keys []string
			if len(value) < 40 {
				keys = []string{s.name + " " + value}
			} else {
				for _, osType := range s.osTypes {
					keys = append(keys, s.name+" "+osType+" "+value)
				}
			}
			for _, key := range keys {
				// What was ours before others came stays ours.
				if !w.expired(remark) && (!foreign[value] || held[key]) {
					wanted[key] = true
				}
			}
		}
	}
	return wanted
}

func (w *world) held() map[string]bool {
	held := map[string]bool{}
	state := w.console.State()
	for _, rule := range state.Rules {
		if rule.ID == theirRule {
			continue
		}
		name, _, _ := strings.Cut(rule.Name, " (")
		if rule.Status != "Enabled" || rule.Protocol != "" || rule.Direction != "outbound" {
			name = "broken " + name
		}
		for _, host := range rule.RemoteHosts {
			if host.Type == "any" {
				held[name+" any"] = true
			}
			for _, value := range host.Values {
				held[name+" "+value] = true
			}
		}
	}
	for _, entry := range state.Restrictions {
		if name, _, ok := strings.Cut(text(entry.Description), " ["); ok {
			held[name+" "+entry.OSType+" "+text(entry.Value)+text(entry.SHA256Value)] = true
		}
	}
	return held
}
