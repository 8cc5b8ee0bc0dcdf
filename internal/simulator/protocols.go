package simulator

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// The protocols are IANA's up to 143, the number, the keyword and the description, but for the five without a keyword.
// That makes as many as a live console lists. Which they are there is not known.
//
//go:embed contract/protocols.txt
var protocolTable string

// protocol is a row of the answer: a short code, which rules hold, and what it stands for.
type protocol struct {
	number string // not in answers
	Value  string `json:"value"`
	Name   string `json:"name"`
}

// protocols reads the table once for all consoles of a process.
var protocols = sync.OnceValue(func() []*protocol {
	var list []*protocol
	for line := range strings.Lines(protocolTable) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		list = append(list, &protocol{fields[0], fields[1], fields[2]})
	}
	return list
})

// isProtocol reports whether a rule's protocol is one of the list; "" stands for any.
func isProtocol(code string) bool {
	return code == "" || slices.ContainsFunc(protocols(), func(p *protocol) bool { return p.Value == code })
}

// listProtocols serves GET /firewall-control/protocols.
func listProtocols(c *call) (any, error) {
	found, page, err := protocolListing().page(c, slices.Values(protocols()), protocolFilters().predicates(c.query))
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(found, func(p *protocol) *protocol { return p }), Pagination: page}, nil
}

func protocolListing() listing[protocol] {
	return listing[protocol]{
		noun:    "protocol",
		id:      func(p *protocol) string { return p.number },
		columns: map[string]func(*protocol) sortKey{"name": byText(func(p *protocol) string { return p.Name })},
	}
}

func protocolFilters() filters[protocol] {
	return filters[protocol]{"query": contains(func(p *protocol) []string { return []string{p.Value, p.Name} })}
}
