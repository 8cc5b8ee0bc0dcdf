package indicators

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// kind is a kind of firewall rule: the hosts of one are of one type.
type kind struct {
	name    string // in the rule's name
	apiType string
}

// kinds are in the order in which their rules are written.
var kinds = []kind{
	{"addresses", sentinelone.HostAddresses},
	{"networks", sentinelone.HostCIDR},
	{"ranges", sentinelone.HostRange},
	{"domains", sentinelone.HostFQDN},
}

// kindOf returns the kind of rule that an indicator goes into; hashes go into none.
func kindOf(t ioc.Type) kind {
	switch t {
	case ioc.TypeIPv4, ioc.TypeIPv6:
		return kinds[0]
	case ioc.TypeCIDR:
		return kinds[1]
	case ioc.TypeRange:
		return kinds[2]
	case ioc.TypeDomain:
		return kinds[3]
	default:
		return kind{}
	}
}

// What the set writes into the console, to be found again and to be understood by people there: the name of a rule is
// "NAME (addresses 1)", the description of an entry is "NAME: DESCRIPTION", and the marker behind every description ends
// in "set ID".

// label is what the console's objects say about the set that they are of.
type label struct {
	marker      tfkit.Marker
	id          string
	name        string
	description string
}

// nameEnd ends a set's name in the description of an entry, so no name contains it.
const nameEnd = ": "

func (l label) ruleName(k kind, number int) string {
	return fmt.Sprintf("%s (%s %d)", l.name, k.name, number)
}

func (l label) ruleDescription() string { return setMarker(l.marker, l.id).Mark(l.description) }

func (l label) entryDescription() string {
	text := l.name
	if l.description != "" {
		text += nameEnd + l.description
	}
	return setMarker(l.marker, l.id).Mark(text)
}

// setMarker marks what is of a set.
func setMarker(marker tfkit.Marker, id string) tfkit.Marker { return marker.With("set " + id) }

// setOf returns the id of the set that an object is of, by its description; ok is false when it is of none.
func setOf(marker tfkit.Marker, description string) (id string, ok bool) {
	addition, _ := marker.Addition(description)
	return strings.CutPrefix(addition, "set ")
}

// readRuleName returns the kind of a rule, the set's name and the rule's number. A name that is not the provider's is the
// set's as a whole, without a number.
func readRuleName(text string) (k kind, name string, number int) {
	rest, closed := strings.CutSuffix(text, ")")
	open := strings.LastIndex(rest, " (")
	if !closed || open < 0 {
		return kinds[0], text, 0
	}
	word, digits, _ := strings.Cut(rest[open+len(" ("):], " ")
	at := slices.IndexFunc(kinds, func(k kind) bool { return k.name == word })
	number, err := strconv.Atoi(digits)
	if at < 0 || err != nil || number < 1 {
		return kinds[0], text, 0
	}
	return kinds[at], rest[:open], number
}

// readEntryText returns the set's name and description out of an entry's description without its marker.
func readEntryText(text string) (name, description string) {
	name, description, _ = strings.Cut(text, nameEnd)
	return name, description
}

// newSetID returns the first id for a set that is not taken. It depends on nothing but where the set is made first, so
// that a run that was killed before it could tell Terraform the id finds it again.
func newSetID(in sentinelone.Scope, name string, taken func(string) bool) string {
	for n := 0; ; n++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d", in.Path(), name, n))
		if id := hex.EncodeToString(sum[:4]); !taken(id) {
			return id
		}
	}
}
