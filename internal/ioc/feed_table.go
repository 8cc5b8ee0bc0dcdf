package ioc

import (
	"fmt"
	"slices"
	"strings"
)

// table knows the columns of CSV with a header by their places; -1 where there is none.
type table struct {
	separator   rune
	value       int
	valueName   string
	expires     int
	notes       []int
	misp        bool
	kind, toIDs int // of MISP
}

// The names of columns that feeds use, as columnName returns them. A general name of indicators wins over one of a type,
// and else the first column does.
var (
	valueColumns = []string{"indicator", "indicator_value", "ioc", "ioc_value", "observable", "value"}
	typedColumns = []string{
		"address", "cidr", "domain", "domain_name", "dst_ip", "file_hash", "fqdn", "hash", "host", "hostname", "ip",
		"ip_address", "ipv4", "ipv6", "md5", "md5_hash", "network", "range", "sha1", "sha1_hash", "sha256", "sha256_hash",
		"url",
	}
	noteColumns   = []string{"comment", "comments", "description", "note", "notes"}
	expiryColumns = []string{
		"expiration", "expiration_date", "expires", "expires_at", "expiry", "expiry_date", "valid_to", "valid_until",
	}
)

// newTable returns the columns that a line names; false for a line that is no header.
func newTable(line string) (table, bool) {
	t := table{separator: separatorOf(line)}
	fields, _, err := cutRecord(line, t.separator)
	if err != nil {
		return table{}, false
	}
	names := make([]string, 0, len(fields))
	for _, field := range fields {
		if _, err := Parse(field); err == nil {
			return table{}, false
		}
		names = append(names, columnName(field))
	}
	first := func(known ...string) int {
		return slices.IndexFunc(names, func(name string) bool { return slices.Contains(known, name) })
	}
	if t.value = first(valueColumns...); t.value < 0 {
		t.value = first(typedColumns...)
	}
	if t.value < 0 {
		return table{}, false
	}
	t.valueName, t.expires = names[t.value], first(expiryColumns...)
	for i, name := range names {
		if slices.Contains(noteColumns, name) {
			t.notes = append(t.notes, i)
		}
	}
	t.kind, t.toIDs = first("type"), first("to_ids")
	t.misp = t.valueName == "value" && t.kind >= 0 && t.toIDs >= 0
	return t, true
}

// columnName brings the names of columns into one form: "Valid Until" and "valid-until" are "valid_until".
func columnName(field string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.Trim(field, " \t\r\"'")))
}

// readRow reads the row that a text begins with, and returns its length.
func (f *Feed) readRow(number int, text, line string, t table) (size int) {
	fields, size, err := cutRecord(text, t.separator)
	if err != nil {
		f.reject(number, line, err.Error())
		return size
	}
	cell := func(i int) string {
		if i < 0 || i >= len(fields) {
			return ""
		}
		return strings.TrimSpace(fields[i])
	}
	value := cell(t.value)
	if value == "" {
		f.reject(number, line, fmt.Sprintf("its column %q is empty", t.valueName))
		return size
	}
	values := []string{value}
	if t.misp {
		if values, err = mispValues(cell(t.kind), value, cell(t.toIDs)); err != nil {
			f.reject(number, line, err.Error())
			return size
		}
	}
	var notes []string
	for _, i := range t.notes {
		notes = append(notes, cell(i))
	}
	f.add(entry{line: number, text: line, values: values, note: joined(notes), expires: cell(t.expires)})
	return size
}
