package indicators_test

import (
	"net/http"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/simulator"
)

var refusedDelete = simulator.Fault{Kind: "403", Method: http.MethodDelete, Path: "/restrictions", Times: 10}

// A blocklist entry that could not be deleted is not forgotten, whatever else was written, and whatever the set is about then.
func TestSetsDeleteWhatTheyCouldNot(t *testing.T) {
	t.Parallel()
	hash := strings.Repeat("1", 40)
	for name, change := range map[string]func(*wantedSet){
		"the last hash": func(s *wantedSet) { delete(s.remarks, hash) },
		"the last hash has expired": func(s *wantedSet) {
			s.remarks[hash] = remark{Expires: "2026-12-31T00:00:00Z"}
		},
		"an operating system": func(s *wantedSet) { s.osTypes = []string{"windows"} },
		"one of an operating system that has expired": func(s *wantedSet) {
			s.osTypes, s.remarks[hash] = []string{"windows"}, remark{Expires: "2026-12-31T00:00:00Z"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, t)
			a := w.sets["a"]
			a.osTypes = []string{"linux", "windows"}
			w.add(a, hash)
			w.converge(false)
			change(a)
			w.add(a, "203.0.113.2") // which is written
			w.console.Fail(refusedDelete)
			if err := w.apply(); err == nil || !strings.Contains(err.Error(), "Cannot delete blocklist entry") {
				t.Errorf("said %v", err)
			}
			w.console.ClearFaults()
			w.converge(false)
		})
	}
}

// What is left over of the hashes that a set had goes with the set.
func TestSetGoesWithWhatIsLeftOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, t)
	a, hash := w.sets["a"], strings.Repeat("1", 40)
	w.add(a, hash)
	w.converge(false)
	delete(a.remarks, hash)
	w.add(a, "203.0.113.2")
	w.console.Fail(refusedDelete)
	if err := w.apply(); err == nil {
		t.Error("said nothing")
	}
	w.console.ClearFaults()
	delete(w.sets, "a")
	w.converge(false)
}

// A set whose objects could not all be deleted is not gone: Terraform keeps it, and deletes the rest with the next apply.
func TestSetIsThereUntilAllIsDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, t)
	w.add(w.sets["a"], strings.Repeat("1", 40))
	w.converge(false)
	delete(w.sets, "a")
	w.console.Fail(refusedDelete)
	if _, err := w.core.Apply(w.Context(), w.configs()); err == nil || !strings.Contains(err.Error(), "Cannot delete blocklist entry") {
		t.Errorf("said %v", err)
	}
	w.console.ClearFaults()
	w.converge(false)
}

// What leaves a set leaves its rule, although the console refuses what joins it.
func TestSetsDropBesideWhatIsRefused(t *testing.T) {
	t.Parallel()
	for name, stays := range map[string]bool{"a host stays": true, "none stays": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, t)
			a := w.sets["a"]
			w.add(a, "b.example")
			if stays {
				w.add(a, "d.example")
			}
			w.converge(false)
			delete(a.remarks, "b.example")
			w.add(a, "c.example")
			w.console.Change(func(s *simulator.State) { s.Behaviour.RefusedHost = "c.example" })
			if err := w.apply(); err == nil || !strings.Contains(err.Error(), "c.example") {
				t.Errorf("said %v", err)
			}
			if enforced := enforcedOn(w.console); enforced["b.example"] || enforced["d.example"] != stays {
				t.Errorf("b.example %v, d.example %v", enforced["b.example"], enforced["d.example"])
			}
			w.console.Change(func(s *simulator.State) { s.Behaviour.RefusedHost = "" })
			w.converge(false)
		})
	}
}
