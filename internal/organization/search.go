package organization

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// node is an object of the console's tree.
type node interface {
	inventory.Row
	Parent() sentinelone.Scope
}

// search looks for one object: by its id, or by its exact name.
type search[T node] struct {
	kind     string // "site"
	id, name types.String
	nameOf   func(T) string
}

// in returns the only object that is searched for among those that were asked for. The console may match names in part,
// so they are compared again. Where there is none, the error offers objects from around.
func (s search[T]) in(asked, around iter.Seq2[T, error]) (found T, err error) {
	matches, err := tfkit.Sorted(tfkit.Keep(asked, s.fits))
	switch {
	case err != nil:
		return found, err
	case len(matches) == 1:
		return matches[0], nil
	case len(matches) > 1:
		return found, &choiceError{"Several " + s.kind + "s", fmt.Sprintf("%d %ss have %s. Set id to one of these:%s",
			len(matches), s.kind, s.wanted(), s.list(matches))}
	}
	others, err := tfkit.Sorted(around)
	if err != nil {
		return found, err
	}
	return found, s.none(others)
}

func (s search[T]) fits(object T) bool {
	id, _ := object.Key()
	return (s.id.IsNull() || s.id.ValueString() == id) && (s.name.IsNull() || s.name.ValueString() == s.nameOf(object))
}

// resembles tells whether an object's name contains the one that is searched for, or is a part of it.
func (s search[T]) resembles(object T) bool {
	wanted, name := strings.ToLower(s.name.ValueString()), strings.ToLower(s.nameOf(object))
	return wanted != "" && (strings.Contains(name, wanted) || strings.Contains(wanted, name))
}

func (s search[T]) wanted() string {
	if s.id.IsNull() {
		return fmt.Sprintf("the name %q", s.name.ValueString())
	}
	return "the id " + s.id.ValueString()
}

// none tells that nothing fits, and offers the objects of similar names, else all.
func (s search[T]) none(others []T) error {
	text := fmt.Sprintf("No %s that the token may see here has %s.", s.kind, s.wanted())
	if !s.name.IsNull() {
		text += " Names are compared as a whole and with their case."
	}
	similar := slices.DeleteFunc(slices.Clone(others), func(object T) bool { return !s.resembles(object) })
	switch {
	case len(similar) > 0:
		text += " Similar are:" + s.list(similar)
	case len(others) > 0:
		text += " There are:" + s.list(others)
	default:
		text += " There is none at all."
	}
	return &choiceError{"No such " + s.kind, text}
}

const mostCandidates = 10 // in one error

// list names objects on lines of their own.
func (s search[T]) list(objects []T) string {
	var text strings.Builder
	for _, object := range objects[:min(len(objects), mostCandidates)] {
		id, _ := object.Key()
		text.WriteString("\n  - " + tfkit.Describe(s.kind, s.nameOf(object), id, object.Parent()))
	}
	if more := len(objects) - mostCandidates; more > 0 {
		fmt.Fprintf(&text, "\n  and %d more", more)
	}
	return text.String()
}

// choiceError tells that not exactly one object was found.
type choiceError struct{ summary, detail string }

// Error implements error.
func (e *choiceError) Error() string { return e.summary + ": " + e.detail }

// only returns a text as a list for a filter: nil, which is no filter, for none.
func only(text types.String) []string {
	if text.IsNull() {
		return nil
	}
	return []string{text.ValueString()}
}

// findable are the states of accounts and sites that are found: any by id, by name only those that still are.
func findable(id types.String) []string {
	if id.IsNull() {
		return []string{"active", "expired"}
	}
	return nil
}
