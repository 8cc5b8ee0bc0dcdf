package indicators_test

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// TestMain lets the properties of this package be tried 30 times, unless the command line says how often: one run of a
// console and its sets takes seconds.
func TestMain(m *testing.M) {
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "rapid.checks" })
	if !said {
		if err := flag.Set("rapid.checks", "30"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// Whatever happens, at most two applies bring the console to what is wanted, the objects of others stay as they are, what
// was and stays enforced is enforced at every moment, and then there is nothing to plan.
func TestSetsConverge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, rt)
		w.rapid = rt
		for range rapid.IntRange(1, 5).Draw(rt, "steps") {
			faulty := w.step()
			w.converge(faulty)
		}
	})
}

// A set that drops what another takes waits for it, however slow the console is, and leaves alone what was taken over.
func TestSetsHandOver(t *testing.T) {
	t.Parallel()
	for _, backToo := range []bool{false, true} {
		w := newWorld(t, t)
		a, b := w.sets["a"], w.sets["b"]
		for _, value := range pool {
			if len(value) != 64 {
				w.add(a, value)
			}
		}
		w.add(b, "d.example")
		w.converge(false)
		for _, value := range []string{"203.0.113.2", "c.example", "198.51.100.0/24", strings.Repeat("1", 40)} {
			delete(a.remarks, value)
			w.add(b, value)
		}
		if backToo {
			delete(b.remarks, "d.example")
		}
		w.slow = b.name
		w.converge(false)
	}
}

// What a set can't take stays with the one that was to drop it.
func TestSetsKeep(t *testing.T) {
	t.Parallel()
	w := newWorld(t, t)
	w.add(w.sets["a"], "c.example")
	w.converge(false)
	delete(w.sets["a"].remarks, "c.example")
	w.add(w.sets["b"], "c.example")
	w.console.Change(func(s *simulator.State) { s.Behaviour.RefusedHost = "c.example" })
	if err := w.apply(); err == nil || !strings.Contains(err.Error(), "Indicators kept") || !enforcedOn(w.console)["c.example"] {
		t.Fatalf("enforced: %v, said %v", enforcedOn(w.console)["c.example"], err)
	}
	w.console.Change(func(s *simulator.State) { s.Behaviour.RefusedHost = "" })
	w.converge(false)
}

// What one rule of a set can't take stays in the rule that was to give it up.
func TestSetsKeepWhatCannotMove(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]simulator.Fault{
		"into a rule":     {Kind: "403", Method: http.MethodPut, Path: "/firewall-control", Times: 1},
		"into a new rule": {Kind: "403", Method: http.MethodPost, Path: "/firewall-control", Times: 1},
	} {
		w := newWorld(t, t)
		a := w.sets["a"]
		for _, value := range []string{"203.0.113.2", "203.0.113.3", "203.0.113.4"} {
			w.add(a, value)
		}
		w.converge(false) // two rules of two addresses
		a.perRule = map[string]int{"into a rule": 4, "into a new rule": 1}[name]
		w.guard()
		w.console.Fail(fail)
		err := w.apply()
		if err == nil || !strings.Contains(err.Error(), "which keeps its hosts") || strings.Contains(err.Error(), "not enforced") {
			t.Errorf("%s: said %v", name, err)
		}
		w.console.ClearFaults()
		if holes := w.unguard(); len(holes) > 0 {
			t.Errorf("%s: not enforced for a moment: %s", name, strings.Join(holes, "; "))
		}
		w.converge(false)
	}
}

// Rules that contradict each other are brought together, whatever the state has taken for what they are: an apply that failed
// leaves it at what the console held.
func TestSetsOfTwoMinds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, t)
	w.add(w.sets["a"], "c.example")
	w.converge(false)
	w.console.Change(func(s *simulator.State) {
		at := slices.IndexFunc(s.Rules, func(r simulator.Rule) bool { return strings.HasPrefix(r.Name, "A (domains") })
		s.Rules[at].Status = "Disabled"
	})
	w.console.Fail(simulator.Fault{Kind: "403", Method: http.MethodPut})
	if err := w.apply(); err == nil {
		t.Error("said nothing")
	}
	w.console.ClearFaults()
	w.converge(false)
}

// step lets some things happen, and tells whether calls fail from now on.
func (w *world) step() (faulty bool) {
	for range rapid.IntRange(1, 4).Draw(w.rapid, "events") {
		switch event := rapid.SampledFrom([]string{
			"add", "add", "drop", "move", "move", "note", "expire", "time", "os", "rename", "size", "meddle", "meddle",
		}).Draw(w.rapid, "event"); event {
		case "add":
			w.add(w.any(), rapid.SampledFrom(pool).Draw(w.rapid, "indicator"))
		case "drop":
			w.take(w.any())
		case "move":
			from, to := w.sets["a"], w.sets["b"]
			if rapid.Bool().Draw(w.rapid, "back") {
				from, to = to, from
			}
			if value := w.take(from); value != "" {
				w.add(to, value)
			}
		case "note":
			s := w.any()
			for _, value := range slices.Sorted(maps.Keys(s.remarks)) {
				s.remarks[value] = remark{Note: rapid.SampledFrom([]string{"", "one", "two"}).Draw(w.rapid, "note"), Expires: s.remarks[value].Expires}
			}
		case "expire":
			s := w.any()
			value := rapid.SampledFrom(slices.Sorted(maps.Keys(s.remarks))).Draw(w.rapid, "indicator")
			s.remarks[value] = remark{Expires: w.now.Add(time.Hour).Format(time.RFC3339)}
		case "time":
			w.now = w.now.Add(90 * time.Minute)
		case "os":
			w.any().osTypes = rapid.SampledFrom([][]string{{"windows"}, {"linux", "windows"}}).Draw(w.rapid, "os")
		case "rename":
			s := w.any()
			s.name += "'"
		case "size":
			w.any().perRule = rapid.IntRange(1, 4).Draw(w.rapid, "size")
		case "meddle":
			w.meddle()
		}
	}
	w.spell()
	if faulty = rapid.IntRange(0, 3).Draw(w.rapid, "faulty") == 0; faulty {
		kind := rapid.SampledFrom([]string{"500", "503", "drop-after-commit", "drop-before", "403", "truncate"}).Draw(w.rapid, "fault")
		w.console.Fail(simulator.Fault{Kind: kind, Times: rapid.IntRange(1, 3).Draw(w.rapid, "times"), Skip: rapid.IntRange(0, 6).Draw(w.rapid, "skip")})
	}
	return faulty
}

func (w *world) any() *wantedSet {
	return w.sets[rapid.SampledFrom([]string{"a", "b"}).Draw(w.rapid, "set")]
}

// add puts an indicator into a set, unless it is a hash that another set has.
func (w *world) add(s *wantedSet, value string) {
	for _, other := range w.sets {
		if _, ok := other.remarks[value]; ok && other != s && len(value) >= 40 {
			return
		}
	}
	s.remarks[value] = remark{}
}

// take takes an indicator out of a set, unless it is the last.
func (w *world) take(s *wantedSet) string {
	if len(s.remarks) < 2 {
		return ""
	}
	value := rapid.SampledFrom(slices.Sorted(maps.Keys(s.remarks))).Draw(w.rapid, "indicator")
	delete(s.remarks, value)
	return value
}

// meddle is what a person does in the console.
func (w *world) meddle() {
	w.console.Change(func(s *simulator.State) {
		var ours []int
		for i := range s.Rules {
			if s.Rules[i].ID != theirRule {
				ours = append(ours, i)
			}
		}
		what := rapid.SampledFrom([]string{"disable", "narrow", "drop", "extend", "rename", "any", "delete", "entry", "foreign"}).Draw(w.rapid, "what")
		if what == "foreign" {
			s.Rules[slices.IndexFunc(s.Rules, func(r simulator.Rule) bool { return r.ID == theirRule })].Status = rapid.SampledFrom([]string{"Enabled", "Disabled"}).Draw(w.rapid, "status")
			return
		}
		if what == "entry" {
			s.Restrictions = slices.DeleteFunc(s.Restrictions, func(r simulator.Restriction) bool {
				return strings.Contains(text(r.Description), "set")
			})
			return
		}
		if len(ours) == 0 {
			return
		}
		at := rapid.SampledFrom(ours).Draw(w.rapid, "rule")
		rule := &s.Rules[at]
		values := &rule.RemoteHosts[0].Values
		switch what {
		case "disable":
			rule.Status = "Disabled"
		case "narrow":
			rule.Protocol = "TCP"
		case "drop":
			if len(*values) > 1 {
				*values = (*values)[1:]
			}
		case "extend":
			if rule.RemoteHosts[0].Type == "fqdn" {
				*values = append(slices.Clone(*values), "meddled.example")
			}
		case "rename":
			rule.Name = "meddled"
		case "any":
			rule.RemoteHosts = []simulator.Host{{Type: "any", Values: []string{}}}
		case "delete":
			s.Rules = slices.Delete(s.Rules, at, at+1)
		}
	})
}

// However many calls fail, a person is told of ten.
func TestSetsTellOfTen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, t)
	for i := range 12 {
		w.add(w.sets["a"], fmt.Sprintf("%040d", i))
	}
	w.converge(false)
	w.sets["a"].remarks = map[string]remark{"203.0.113.1": {}}
	w.console.Fail(simulator.Fault{Kind: "403", Method: http.MethodDelete})
	err := w.apply()
	if err == nil || strings.Count(err.Error(), "Cannot delete blocklist entry") != 10 || !strings.Contains(err.Error(), "2 more calls failed") {
		t.Fatal(err)
	}
	w.console.ClearFaults()
	w.converge(false)
}

// A destroy of which only a part succeeds is an error: the state keeps the set, and the next destroy takes the rest.
func TestSetDestroyedInPart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, t)
	w.add(w.sets["a"], fmt.Sprintf("%040d", 1))
	w.add(w.sets["a"], "evil.example")
	w.converge(false)
	none := map[string]acctest.Attributes{}
	w.console.Fail(simulator.Fault{Kind: "500", Method: http.MethodDelete, Path: "/restrictions"})
	if _, err := w.core.Apply(w.Context(), none); err == nil || !strings.Contains(err.Error(), "Cannot delete blocklist entry") {
		t.Fatal(err)
	}
	w.console.ClearFaults()
	if _, err := w.core.Apply(w.Context(), none); err != nil || len(w.held()) != 0 {
		t.Fatal(err, w.held())
	}
}

// When the answer to a write got lost, and the console then no longer says what it holds, that is a warning: an error would
// let Terraform destroy the new set, and all that it enforces.
func TestSetCreatedBlindly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, t)
	w.sets["c"] = &wantedSet{name: "C", osTypes: []string{"windows"}, perRule: 2, remarks: map[string]remark{}}
	w.add(w.sets["c"], fmt.Sprintf("%040d", 1))
	w.add(w.sets["c"], "evil.example")
	w.spell()
	w.lose = "/firewall-control"
	changes, err := w.core.Apply(w.Context(), w.configs())
	if err != nil || len(changes.Warnings) == 0 {
		t.Fatal(err, changes)
	}
	w.lose = ""
	w.converge(true)
}
