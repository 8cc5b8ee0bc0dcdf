package ioc

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// comparison is what a STIX pattern says of one property of what is observed: that it has a value.
type comparison struct{ path, value string }

// enforceable tells whether the values of a property are indicators.
func (c comparison) enforceable() bool {
	switch c.path {
	case "ipv4-addr:value", "ipv6-addr:value", "domain-name:value", "url:value":
		return true
	default:
		return c.hash() != ""
	}
}

// hash returns the kind of hash that a comparison is about: "MD5", "SHA1", "SHA256", or "" for another or none. Some write
// it without quotes or dashes.
func (c comparison) hash() string {
	name, ok := strings.CutPrefix(c.path, "file:hashes.")
	name = strings.ToUpper(strings.ReplaceAll(strings.Trim(name, `'"`), "-", ""))
	if !ok || name != "MD5" && name != "SHA1" && name != "SHA256" {
		return ""
	}
	return name
}

// withoutNeedlessMD5 drops what is said of an MD5 where a hash of the same file can be enforced.
func withoutNeedlessMD5(all []comparison) []comparison {
	if !slices.ContainsFunc(all, func(c comparison) bool { return c.hash() == "SHA1" || c.hash() == "SHA256" }) {
		return all
	}
	return slices.DeleteFunc(all, func(c comparison) bool { return c.hash() == "MD5" })
}

func valuesOf(all []comparison) (values []string) {
	for _, c := range all {
		values = append(values, c.value)
	}
	return values
}

// parsePattern returns the comparisons of a pattern, if it holds as soon as any one of them does:
//
//	[ipv4-addr:value = '203.0.113.7' OR domain-name:value = 'evil.example'] OR [file:hashes.'SHA-256' = '…']
//
// All else, such as AND, asks for more than one indicator, and is refused.
func parsePattern(pattern string) (all []comparison, err error) {
	p := patternReader{rest: pattern}
	for p.sign = "OR"; p.sign == "OR"; {
		if p.next() != "[" {
			return nil, p.refused()
		}
		var observed []comparison
		for p.sign = "OR"; p.sign == "OR"; p.next() {
			c, ok := p.comparison()
			if !ok {
				return nil, p.refused()
			}
			observed = append(observed, c)
		}
		if p.sign != "]" {
			return nil, p.refused()
		}
		all = append(all, withoutNeedlessMD5(observed)...)
		p.next()
	}
	if p.sign != "" {
		return nil, p.refused()
	}
	return all, nil
}

// patternReader cuts a pattern into brackets, operators, words and texts in quotes.
type patternReader struct {
	rest string
	sign string // the last that was read, "" at the end
	text string // of one in quotes, without them
}

func (p *patternReader) refused() error {
	if p.sign == "" {
		return fmt.Errorf("its pattern ends too early")
	}
	return fmt.Errorf("its pattern has %q where one comparison by = or another OR could stand, so no single indicator meets it", p.sign)
}

func (p *patternReader) comparison() (c comparison, ok bool) {
	c.path = p.next()
	if !strings.Contains(c.path, ":") {
		return c, false
	}
	if operator := p.next(); operator != "=" && operator != "ISSUBSET" { // the latter is for networks
		return c, false
	}
	ok = strings.HasPrefix(p.next(), "'")
	c.value = p.text
	return c, ok
}

// next reads on. The path of a property is one sign, with quotes within it.
func (p *patternReader) next() string {
	p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace)
	end := strings.IndexFunc(p.rest, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("[]()=<>!", r) })
	switch {
	case strings.HasPrefix(p.rest, "'"):
		end = p.quoted()
	case end < 0:
		end = len(p.rest)
	case end == 0:
		end = 1
	}
	p.sign, p.rest = p.rest[:end], p.rest[end:]
	return p.sign
}

// quoted reads the text in quotes that the rest begins with, and returns where it ends. A backslash takes the meaning from
// what follows it.
func (p *patternReader) quoted() (end int) {
	var text strings.Builder
	for end = 1; end < len(p.rest) && p.rest[end] != '\''; end++ {
		if p.rest[end] == '\\' && end+1 < len(p.rest) {
			end++
		}
		text.WriteByte(p.rest[end])
	}
	p.text = text.String()
	return min(end+1, len(p.rest))
}
