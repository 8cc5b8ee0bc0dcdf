package firewall

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// A rule's targets are the parts that narrow what it matches: hosts, ports, application and location. Each is an
// object keyed by kind that is left out for "any". Its Go struct has a nil field for a kind that is left out, says
// what it means, and maps to and from the API's {type, values}.

// hosts are the hosts at one end of a connection.
type hosts struct {
	Addresses []string `tfsdk:"addresses"`
	CIDRs     []string `tfsdk:"cidrs"`
	Ranges    []string `tfsdk:"ranges"`
	FQDNs     []string `tfsdk:"fqdns"`
}

var hostsType = tfkit.NewObjectType[hosts](map[string]attr.Type{
	"addresses": stringList, "cidrs": stringList, "ranges": stringList, "fqdns": stringList,
})

var stringList = types.ListType{ElemType: types.StringType}

// hostKind is a kind of host: its attribute, its type in the API, and the canonical form of its values.
type hostKind struct {
	attribute string
	apiType   string
	values    func(*hosts) *[]string
	parse     func(string) (string, error)
}

// hostKinds are the kinds in the order in which they are sent.
var hostKinds = []hostKind{
	{"addresses", sentinelone.HostAddresses, func(h *hosts) *[]string { return &h.Addresses }, ioc.Address},
	{"cidrs", sentinelone.HostCIDR, func(h *hosts) *[]string { return &h.CIDRs }, ioc.CIDR},
	{"ranges", sentinelone.HostRange, func(h *hosts) *[]string { return &h.Ranges }, ioc.Range},
	{"fqdns", sentinelone.HostFQDN, func(h *hosts) *[]string { return &h.FQDNs }, ioc.Domain},
}

// Meaning implements tfkit.Meaningful: neither order nor spelling nor repetition matters.
func (h hosts) Meaning() string {
	var meaning []string
	for _, target := range h.targets() {
		meaning = append(meaning, target.Type+"="+asSet(target.Values))
	}
	return strings.Join(meaning, ";")
}

// targets are the hosts as the API takes them: one target for each kind in use, with values in their canonical form.
func (h hosts) targets() []sentinelone.Target {
	var targets []sentinelone.Target
	for _, kind := range hostKinds {
		if values := *kind.values(&h); len(values) > 0 {
			targets = append(targets, sentinelone.Target{Type: kind.apiType, Values: canonical(values, kind.parse)})
		}
	}
	return targets
}

// newHosts reads hosts from the API's targets, of which several may have one type. It returns nil for any host.
func newHosts(targets ...sentinelone.Target) *hosts {
	var h hosts
	for _, target := range targets {
		i := slices.IndexFunc(hostKinds, func(kind hostKind) bool { return kind.apiType == target.Type })
		if i < 0 { // "any", which swallows the rest
			return nil
		}
		values := hostKinds[i].values(&h)
		*values = append(*values, target.Values...)
	}
	if h.empty() {
		return nil
	}
	return &h
}

func (h hosts) empty() bool { return len(h.targets()) == 0 }

// ports are the ports at one end of a connection.
type ports struct {
	Ports []int64 `tfsdk:"ports"`
	Range *string `tfsdk:"range"`
}

var portsType = tfkit.NewObjectType[ports](map[string]attr.Type{
	"ports": types.ListType{ElemType: types.Int64Type}, "range": types.StringType,
})

// Meaning implements tfkit.Meaningful.
func (p ports) Meaning() string {
	target := p.target()
	if target.Type != sentinelone.PortRange { // the ends of a range have an order
		slices.Sort(target.Values)
		target.Values = slices.Compact(target.Values)
	}
	return fmt.Sprint(target.Type, target.Values)
}

func (p ports) empty() bool { return len(p.Ports) == 0 && p.Range == nil }

func (p ports) target() sentinelone.PortTarget {
	if p.Range != nil {
		first, last, _ := parsePortRange(*p.Range) // checked before it gets here; else 0-0, which no console takes
		return sentinelone.PortTarget{Type: sentinelone.PortRange, Values: []int64{first, last}}
	}
	return sentinelone.PortTarget{Type: sentinelone.PortPorts, Values: slices.Clone(p.Ports)}
}

func newPorts(target sentinelone.PortTarget) *ports {
	switch {
	case target.Type == sentinelone.PortRange && len(target.Values) == 2:
		text := fmt.Sprintf("%d-%d", target.Values[0], target.Values[1])
		return &ports{Range: &text}
	case target.Type == sentinelone.PortPorts && len(target.Values) > 0:
		return &ports{Ports: target.Values}
	default:
		return nil
	}
}

const lastPort = 65535

func parsePortRange(text string) (first, last int64, err error) {
	from, to, ok := strings.Cut(text, "-")
	first, err1 := strconv.ParseInt(strings.TrimSpace(from), 10, 64)
	last, err2 := strconv.ParseInt(strings.TrimSpace(to), 10, 64)
	switch {
	case !ok || err1 != nil || err2 != nil || first < 0 || last > lastPort:
		return 0, 0, fmt.Errorf("%q is no range of ports such as 1024-65535", text)
	case last < first:
		return 0, 0, fmt.Errorf("%q ends before it starts", text)
	}
	return first, last, nil
}

// application is the program at the endpoint.
type application struct {
	Paths  []string `tfsdk:"paths"`
	SHA1s  []string `tfsdk:"sha1s"`
	System []string `tfsdk:"system"`
}

var applicationType = tfkit.NewObjectType[application](map[string]attr.Type{
	"paths": stringList, "sha1s": stringList, "system": stringList,
})

// Meaning implements tfkit.Meaningful. Paths keep their case: not every file system folds it.
func (a application) Meaning() string {
	target := a.target()
	return target.Type + "=" + asSet(target.Values)
}

// empty tells that no program is named. The system may be named without values.
func (a application) empty() bool { return len(a.Paths) == 0 && len(a.SHA1s) == 0 && a.System == nil }

func (a application) target() sentinelone.Target {
	switch {
	case len(a.Paths) > 0:
		return sentinelone.Target{Type: sentinelone.ApplicationPath, Values: a.Paths}
	case len(a.SHA1s) > 0:
		return sentinelone.Target{Type: sentinelone.ApplicationSHA1, Values: canonical(a.SHA1s, ioc.SHA1)}
	case a.System != nil:
		return sentinelone.Target{Type: sentinelone.ApplicationSystem, Values: a.System}
	default:
		return anyTarget()
	}
}

func newApplication(target sentinelone.Target) *application {
	switch {
	case target.Type == sentinelone.ApplicationPath && len(target.Values) > 0:
		return &application{Paths: target.Values}
	case target.Type == sentinelone.ApplicationSHA1 && len(target.Values) > 0:
		return &application{SHA1s: target.Values}
	case target.Type == sentinelone.ApplicationSystem:
		return &application{System: append([]string{}, target.Values...)}
	default:
		return nil
	}
}

// location is where an endpoint must be.
type location struct {
	IDs      []string `tfsdk:"ids"`
	Fallback *bool    `tfsdk:"fallback"`
}

var locationType = tfkit.NewObjectType[location](map[string]attr.Type{
	"ids": stringList, "fallback": types.BoolType,
})

// Meaning implements tfkit.Meaningful.
func (l location) Meaning() string {
	if l.fallback() {
		return sentinelone.LocationFallback
	}
	return asSet(l.IDs)
}

func (l location) fallback() bool { return l.Fallback != nil && *l.Fallback }

func (l location) empty() bool { return len(l.IDs) == 0 && !l.fallback() }

func (l location) target() sentinelone.LocationTarget {
	if l.fallback() {
		return sentinelone.LocationTarget{Type: sentinelone.LocationFallback}
	}
	target := sentinelone.LocationTarget{Type: sentinelone.LocationSpecific}
	for _, id := range l.IDs {
		target.Values = append(target.Values, sentinelone.LocationRef{ID: id})
	}
	return target
}

func newLocation(target sentinelone.LocationTarget) *location {
	switch {
	case target.Type == sentinelone.LocationFallback:
		fallback := true
		return &location{Fallback: &fallback}
	case target.Type == sentinelone.LocationSpecific && len(target.Values) > 0:
		var l location
		for _, value := range target.Values {
			l.IDs = append(l.IDs, value.ID)
		}
		return &l
	default:
		return nil
	}
}

// canonical returns the values in their canonical form. What can't be parsed stays as it is: the console holds it.
func canonical(values []string, parse func(string) (string, error)) []string {
	result := make([]string, 0, len(values))
	for _, value := range values {
		if form, err := parse(value); err == nil {
			value = form
		}
		result = append(result, value)
	}
	return result
}

// asSet is a text that is equal for lists of the same values in any order.
func asSet(values []string) string {
	set := map[string]bool{}
	for _, value := range values {
		set[value] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(set)), ",")
}

// object returns what was read as an attribute's value, null for nil.
func object[T tfkit.Meaningful](
	ctx context.Context, t tfkit.ObjectType[T], v *T, diags *diag.Diagnostics,
) tfkit.Object[T] {
	if v == nil {
		return t.Null()
	}
	value, more := t.Of(ctx, *v)
	diags.Append(more...)
	return value
}
