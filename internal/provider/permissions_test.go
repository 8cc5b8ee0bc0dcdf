package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/simulator"
)

// need is what an object can't do without: one of some permissions.
type need []string

func (n need) String() string { return strings.Join(n, " or ") }

var permissionsSentence = regexp.MustCompile(`Console permissions: ([^.]+)\.`)

// callers are the objects that call the console; functions don't.
func callers(t *testing.T) []object {
	t.Helper()
	return slices.DeleteFunc(objects(t), func(o object) bool { return o.kind == "functions" })
}

// needs are what an object's docs page says that it can't do without.
func needs(t *testing.T, o object) (all []need) {
	t.Helper()
	sentence := permissionsSentence.FindStringSubmatch(o.summary)
	if sentence == nil {
		t.Fatalf("%s/%s: its description does not say which console permissions it needs: add tfkit.Permissions", o.kind, o.name)
	}
	if sentence[1] == "none" {
		return nil
	}
	for name := range strings.SplitSeq(sentence[1], ", ") {
		all = append(all, strings.Split(strings.Trim(name, "*"), " or "))
	}
	return all
}

// Without any one permission, exactly those objects fail whose docs pages name it, and say that it is missing; with all
// others they do all that Terraform asks of them: create, read, update and delete. Where one of several permissions
// will do, they fail without all of these.
func TestPermissions(t *testing.T) {
	t.Parallel()
	all, removals := []string{}, []need{nil}
	for _, o := range callers(t) {
		for _, n := range needs(t, o) {
			for _, name := range n {
				if !slices.Contains(all, name) {
					all, removals = append(all, name), append(removals, need{name})
				}
			}
			if len(n) > 1 {
				removals = append(removals, n)
			}
		}
	}
	for _, o := range callers(t) {
		t.Run(o.kind+"/"+o.name, func(t *testing.T) {
			t.Parallel()
			if lives[o.kind+"/"+o.name] == nil {
				t.Fatalf("add %q to lives, with the configurations by which its permissions are tried", o.kind+"/"+o.name)
			}
			for _, removed := range removals {
				said := live(t, o, identifiers(t, all, removed))
				lost := slices.DeleteFunc(needs(t, o), func(n need) bool {
					return slices.ContainsFunc(n, func(name string) bool { return !slices.Contains(removed, name) })
				})
				switch {
				case len(lost) == 0 && said != "":
					t.Errorf("without %q it fails, and its docs page does not name that:\n%s", removed, said)
				case len(lost) > 0 && !strings.Contains(said, "needs the permission "+lost[0].String()+" "):
					t.Errorf("without %q, which its docs page names, it says: %q", removed, said)
				}
			}
		})
	}
}

// identifiers are permissions as the console has them, but for those that are taken away.
func identifiers(t *testing.T, all []string, removed need) []string {
	t.Helper()
	list := []string{}
	for _, name := range all {
		identifier := sentinelone.Permission(name).Identifier()
		if identifier == "" {
			t.Fatalf("a docs page names %q, which is no permission of package sentinelone", name)
		}
		if !slices.Contains(removed, name) {
			list = append(list, identifier)
		}
	}
	return list
}

// What any object needs can be checked by sentinelone_permissions, and is in the guide's table of permissions.
func TestEveryPermissionIsToldOf(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join(root, "templates", "guides", "prerequisites.md.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	all := callers(t)
	i := slices.IndexFunc(all, func(o object) bool { return o.name == "sentinelone_permissions" })
	for _, o := range all {
		for _, n := range needs(t, o) {
			if !strings.Contains(all[i].attributes["features"], "*"+n[0]+"*") {
				t.Errorf("%s needs %s, which no feature of sentinelone_permissions has: add it to organization's features", o.name, n[0])
			}
			if !strings.Contains(string(guide), "*"+n[0]+"*") {
				t.Errorf("%s needs %s, which the guide on prerequisites does not name", o.name, n[0])
			}
		}
	}
}

// The minimal service user of the stand-in console can do all that the quickstart does.
func TestMinimalServiceUserRunsTheQuickstart(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	console := simulator.Start(t)
	minimal := console.State().Users[1]
	w, err := mirror.NewWorkspace(t.TempDir(), console.URL(), minimal.Token)
	if err == nil {
		err = w.Add(os.DirFS(filepath.Join(root, "examples", "quickstart")))
	}
	if err != nil {
		t.Fatal(err)
	}
	succeed(t, w, "init")
	if output := succeed(t, w, "apply", "-auto-approve"); strings.Contains(output, "Warning") {
		t.Errorf("the apply warns:\n%s", output)
	}
	succeed(t, w, "plan", "-detailed-exitcode")
	if state := console.State(); len(state.Rules) == 0 || state.Rules[0].CreatorID != minimal.ID {
		t.Errorf("the rules are not the minimal user's: %+v", state.Rules)
	}
	succeed(t, w, "destroy", "-auto-approve")
}
