package ioc

import (
	"fmt"
	"slices"
	"strings"
)

// What the parts of MISP's types may be. Its other types are none that can be enforced, though the values of some look
// so: a "filename" like a domain name, a fingerprint of a certificate like the hash of a file.
// See https://www.circl.lu/doc/misp/categories-and-types/.
var (
	mispIndicators = []string{
		"domain", "hostname", "ip", "ip-dst", "ip-src", "link", "md5", "sha1", "sha256", "uri", "url",
	}
	mispCompanions = []string{"filename", "port"} // beside an indicator, as in "filename|sha256"
)

// mispValues returns the indicators of a row of MISP: one, or those of the two parts of a composite type.
func mispValues(kind, value, toIDs string) ([]string, error) {
	if toIDs == "0" || strings.EqualFold(toIDs, "false") {
		return nil, fmt.Errorf("to_ids is %s: it is context, not meant for detection", toIDs)
	}
	first, second, composite := strings.Cut(kind, "|")
	if !composite {
		if !slices.Contains(mispIndicators, kind) {
			return nil, fmt.Errorf("the type %q is none that can be enforced", kind)
		}
		return []string{value}, nil
	}
	// The name of a file may have a bar in it; nothing else does.
	bar := strings.LastIndex(value, "|")
	if bar < 0 {
		return nil, fmt.Errorf("%q is no value of the type %q", value, kind)
	}
	var values []string
	for _, part := range []struct{ kind, value string }{{first, value[:bar]}, {second, value[bar+1:]}} {
		switch {
		case slices.Contains(mispIndicators, part.kind):
			values = append(values, part.value)
		case !slices.Contains(mispCompanions, part.kind):
			return nil, fmt.Errorf("the type %q is none that can be enforced", kind)
		}
	}
	if len(values) == 0 {
		return nil, fmt.Errorf("the type %q is none that can be enforced", kind)
	}
	return values, nil
}
