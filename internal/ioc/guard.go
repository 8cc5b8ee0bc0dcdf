package ioc

import (
	"fmt"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// HarmfulError says that to block an indicator would hurt whoever blocks it.
type HarmfulError struct {
	Reason string // names the indicator and what it would hit
}

func (e *HarmfulError) Error() string { return e.Reason }

// Guard knows what must not be blocked: what nobody can do without, the console, and what its owner protects. NewGuard
// makes one. It never changes after that, so many may ask it at once.
type Guard struct {
	networks networks
	names    map[string]string // what a name is that stands for all names below it, too
	above    map[string]string // one of those names, by each name that it lies below
	hashes   map[string]string // what the file with a hash is
}

// NewGuard returns a guard that protects the indicators given, and the console, beside what nobody can do without.
// Whatever Parse takes can be protected, and so can names of a network of one's own, such as "intranet" or "corp.lan". A
// name stands for all names below it, too. The console is given as its host, without a port, or "" while it is not known.
// The error names the first that can't be read.
func NewGuard(protected []string, consoleHost string) (*Guard, error) {
	g := &Guard{names: map[string]string{}, above: map[string]string{}, hashes: map[string]string{}}
	for _, group := range indispensable {
		if err := g.protect(group.what, group.values...); err != nil {
			return nil, err
		}
	}
	if err := g.protect("protected", protected...); err != nil {
		return nil, fmt.Errorf("what is to be protected can't be read: %w", err)
	}
	if consoleHost != "" {
		if err := g.protect("the console", consoleHost); err != nil {
			return nil, fmt.Errorf("the console's host can't be read: %w", err)
		}
	}
	g.networks.index()
	return g, nil
}

func (g *Guard) protect(what string, values ...string) error {
	for _, value := range values {
		indicator, err := parse(value, hostName)
		if err != nil {
			return err
		}
		switch indicator.Type {
		case TypeDomain:
			g.protectName(strings.TrimPrefix(indicator.Value, "*."), what)
		case TypeSHA1, TypeSHA256:
			g.hashes[indicator.Value] = what
		default:
			g.networks.add(newNetwork(indicator, what))
		}
	}
	return nil
}

func (g *Guard) protectName(name, what string) {
	g.names[name] = what
	for parent := parentOf(name); parent != ""; parent = parentOf(parent) {
		g.above[parent] = name
	}
}

func parentOf(name string) string {
	_, parent, _ := strings.Cut(name, ".")
	return parent
}

// Check returns nil for an indicator that may be blocked, else a *HarmfulError. It takes what Parse returns. Nothing else
// can be judged, so all else is refused.
func (g *Guard) Check(indicator Indicator) error {
	if canonical, err := parse(indicator.Value, hostName); err != nil || canonical != indicator {
		return harmful("%q is no %s in its canonical form, so it can't be told whom it would hit", indicator.Value, indicator.Type)
	}
	switch indicator.Type {
	case TypeDomain:
		return g.checkName(indicator.Value)
	case TypeSHA1, TypeSHA256:
		if what, ok := g.hashes[indicator.Value]; ok {
			return harmful("%s is %s", indicator.Value, what)
		}
		return nil
	default:
		return g.checkNetwork(newNetwork(indicator, ""))
	}
}

func (g *Guard) checkNetwork(wanted network) error {
	if limit, ok := wanted.tooWide(); ok {
		return harmful("%s is too wide: it has more addresses than a /%d", wanted.text, limit)
	}
	hit, ok := g.networks.overlapping(wanted)
	switch {
	case !ok:
		return nil
	case wanted.text == hit.text:
		return harmful("%s is %s", wanted.text, hit.what)
	case wanted.within(hit):
		return harmful("%s lies in %s, which is %s", wanted.text, hit.text, hit.what)
	default:
		return harmful("%s overlaps %s, which is %s", wanted.text, hit.text, hit.what)
	}
}

// checkName judges a name together with all names below it, since a rule may mean those, too.
func (g *Guard) checkName(value string) error {
	name := strings.TrimPrefix(value, "*.")
	if what, ok := g.names[name]; ok {
		return harmful("%s is %s", value, what)
	}
	for parent := parentOf(name); parent != ""; parent = parentOf(parent) {
		if what, ok := g.names[parent]; ok {
			return harmful("%s lies below %s, which is %s", value, parent, what)
		}
	}
	if suffix, _ := publicsuffix.PublicSuffix(name); suffix == name {
		return harmful("%s is a public suffix: the names below %s belong to many owners", value, name)
	}
	if below, ok := g.above[name]; ok {
		return harmful("%s lies above %s, which is %s", value, below, g.names[below])
	}
	return nil
}

func harmful(format string, values ...any) error {
	return &HarmfulError{fmt.Sprintf(format, values...)}
}
