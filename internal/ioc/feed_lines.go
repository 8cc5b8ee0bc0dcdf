package ioc

import (
	"encoding/csv"
	"fmt"
	"strings"
	"unicode"
)

// readLines reads lines and CSV, which is what begins with a header.
func (f *Feed) readLines(text string) {
	header, known := table{}, false
	for number, begun := 1, false; text != ""; {
		line, _, _ := strings.Cut(text, "\n")
		size := len(line)
		if line = strings.TrimSpace(line); line != "" && !isComment(line, header.separator) {
			if !begun {
				header, known = newTable(line)
			}
			switch {
			case known && !begun: // the header itself
			case known:
				size = f.readRow(number, text, line, header)
			default:
				f.readLine(number, line)
			}
			begun = true
		}
		number += 1 + strings.Count(text[:size], "\n")
		text = text[min(size+1, len(text)):]
	}
}

// isComment tells whether a line says nothing about indicators. Where semicolons separate, one at the beginning stands
// behind an empty column.
func isComment(line string, separator rune) bool {
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") || strings.HasPrefix(line, ";") && separator != ';'
}

// readLine reads a line of text without a header.
func (f *Feed) readLine(number int, line string) {
	fields := fieldsOf(line)
	found := -1
	for i, field := range fields {
		if _, err := Parse(field); err != nil {
			continue
		}
		if found >= 0 {
			f.reject(number, line, "it has more than one indicator, and either may be a note: give each a line, or name the columns in a header")
			return
		}
		found = i
	}
	found = max(found, 0) // the first tells why there is none
	note := strings.TrimLeft(joined(fields[found+1:]), "#/ ")
	f.add(entry{line: number, text: line, values: fields[found : found+1], note: note})
}

// fieldsOf returns the fields of a line of text without a header, of which a comment is one.
func fieldsOf(line string) []string {
	end, sign := firstField(line)
	if sign == '#' || sign == '/' {
		return []string{line[:end], line[end:]}
	}
	fields, _, err := cutRecord(line, separatorOf(line))
	if err != nil { // quotes, but not those of CSV
		return strings.Split(line, string(separatorOf(line)))
	}
	return fields
}

// joined returns the fields that are not empty as one text.
func joined(fields []string) string {
	var filled []string
	for _, field := range fields {
		if field = oneLine(field); field != "" {
			filled = append(filled, field)
		}
	}
	return strings.Join(filled, ", ")
}

// firstField returns where the first field of a line ends outside of quotes, and by which sign: one that separates, or the
// first of a comment, which has space before it. It returns the whole length and 0 when the line is one field.
func firstField(line string) (end int, sign rune) {
	quoted, spaced := false, false
	for i, sign := range line {
		comment := spaced && (sign == '#' || strings.HasPrefix(line[i:], "//"))
		switch {
		case sign == '"':
			quoted = !quoted
		case !quoted && (comment || sign == ',' || sign == ';' || sign == '\t'):
			return i, sign
		}
		spaced = unicode.IsSpace(sign)
	}
	return len(line), 0
}

// separatorOf returns what separates the columns of a line. No indicator contains such a sign, so the first tells.
func separatorOf(line string) rune {
	if _, sign := firstField(line); sign == ';' || sign == '\t' {
		return sign
	}
	return ','
}

// cutRecord returns the fields of the CSV record that a text begins with, and its length without the end of its line.
// Quotes let it span lines. After an error the length is that of the first line.
func cutRecord(text string, separator rune) (fields []string, size int, err error) {
	line, _, _ := strings.Cut(text, "\n")
	if !strings.Contains(line, `"`) {
		return strings.Split(strings.TrimRight(line, "\r"), string(separator)), len(line), nil
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = separator, -1, true
	if fields, err = r.Read(); err != nil {
		return nil, len(line), fmt.Errorf("its quotes can't be read as CSV: %w", err)
	}
	return fields, len(strings.TrimSuffix(text[:r.InputOffset()], "\n")), nil
}
