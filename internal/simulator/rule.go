package simulator

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
)

func (r *Rule) place() place { return place{r.Scope, r.ScopeID} }

// fillIn gives a rule what it lacks. Which systems a rule without osTypes is for is not known; these three are what
// the console's own page sends.
func (r *Rule) fillIn(s *store, author User) {
	r.ID = s.orNew(r.ID)
	r.CreatorID, r.Creator = author.orElse(r.CreatorID, r.Creator)
	r.CreatedAt = s.orNow(r.CreatedAt)
	r.UpdatedAt = orTime(r.UpdatedAt, r.CreatedAt)
	orDefault(&r.Scope, tenant.level)
	orDefault(&r.Action, "Block")
	orDefault(&r.Status, "Enabled")
	orDefault(&r.Direction, "any")
	orDefault(&r.Application.Type, "any")
	orDefault(&r.LocalHost.Type, "any")
	orDefault(&r.LocalPort.Type, "any")
	orDefault(&r.RemotePort.Type, "any")
	orDefault(&r.Location.Type, "all")
	for i := range r.RemoteHosts {
		orDefault(&r.RemoteHosts[i].Type, "any")
	}
	if len(r.OSTypes) == 0 {
		r.OSTypes = []string{"windows", "macos", "linux"}
	}
}

func orDefault(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// sent is a field of a body: whether it is there, and its value. Null is there, with the zero value.
type sent[T any] struct {
	there bool
	value T
}

// UnmarshalJSON is called for null too, but not for a field that is absent.
func (f *sent[T]) UnmarshalJSON(data []byte) error {
	f.there = true
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	return json.Unmarshal(data, &f.value)
}

// into stores the field, if it was sent.
func (f sent[T]) into(field *T) {
	if f.there {
		*field = f.value
	}
}

// ruleInput is the data of a body that creates or changes a rule.
type ruleInput struct {
	Name        sent[*string]     `json:"name"`
	Action      sent[*string]     `json:"action"`
	Status      sent[*string]     `json:"status"`
	Description sent[*string]     `json:"description"`
	Direction   sent[string]      `json:"direction"`
	OSType      sent[string]      `json:"osType"`
	OSTypes     sent[[]string]    `json:"osTypes"`
	Tag         sent[string]      `json:"tag"`
	TagIDs      sent[[]string]    `json:"tagIds"`
	Protocol    sent[string]      `json:"protocol"`
	Application sent[Application] `json:"application"`
	LocalHost   sent[Host]        `json:"localHost"`
	LocalPort   sent[Ports]       `json:"localPort"`
	RemoteHost  sent[Host]        `json:"remoteHost"`
	RemoteHosts sent[[]Host]      `json:"remoteHosts"`
	RemotePort  sent[Ports]       `json:"remotePort"`
	Location    sent[struct {
		Type   string `json:"type"`
		Values []struct {
			ID string `json:"id"`
		} `json:"values"`
	}] `json:"location"`
}

// applyTo changes what was sent. A null name, action or status, which the swagger allows in PUT, changes nothing: a
// rule can't be without. The deprecated remoteHost wins over remoteHosts (seen on a live console); osType gives way to
// osTypes.
func (in ruleInput) applyTo(r *Rule, b Behaviour) {
	if v := in.Name.value; v != nil {
		r.Name = *v
	}
	if v := in.Action.value; v != nil {
		r.Action = *v
	}
	if v := in.Status.value; v != nil {
		r.Status = *v
	}
	in.Description.into(&r.Description)
	in.Direction.into(&r.Direction)
	in.OSTypes.into(&r.OSTypes)
	if in.OSType.value != "" && len(in.OSTypes.value) == 0 {
		r.OSTypes = []string{in.OSType.value}
	}
	in.Tag.into(&r.Tag)
	in.TagIDs.into(&r.TagIDs)
	in.Protocol.into(&r.Protocol)
	in.Application.into(&r.Application)
	if in.LocalHost.there {
		r.LocalHost = b.storedHost(in.LocalHost.value)
	}
	in.LocalPort.into(&r.LocalPort)
	if in.RemoteHosts.there {
		r.RemoteHosts = cloneEach(in.RemoteHosts.value, b.storedHost)
	}
	if in.RemoteHost.there {
		r.RemoteHosts = []Host{b.storedHost(in.RemoteHost.value)}
	}
	in.RemotePort.into(&r.RemotePort)
	if location := in.Location.value; in.Location.there {
		r.Location = RuleLocation{Type: location.Type}
		for _, v := range location.Values {
			r.Location.IDs = append(r.Location.IDs, v.ID)
		}
	}
}

// storedHost makes host values what the console keeps of them.
func (b Behaviour) storedHost(h Host) Host {
	h.Values = slices.DeleteFunc(h.Values, func(v string) bool { return v == "" }) // The swagger allows null for a value.
	switch b.HostValues {
	case "shuffled":
		random := rand.New(rand.NewPCG(1, uint64(len(h.Values)))) // Same values, same order.
		random.Shuffle(len(h.Values), func(i, j int) { h.Values[i], h.Values[j] = h.Values[j], h.Values[i] })
	case "canonical":
		for i, v := range h.Values {
			h.Values[i] = canonicalHost(v)
		}
		slices.Sort(h.Values)
	}
	return h
}

// canonicalHost spells an address, a CIDR, a range or a name in the usual way.
func canonicalHost(v string) string {
	if addr, err := netip.ParseAddr(v); err == nil {
		return addr.String()
	}
	if prefix, err := netip.ParsePrefix(v); err == nil {
		return prefix.Masked().String()
	}
	if from, to, isRange := strings.Cut(v, "-"); isRange {
		first, err1 := netip.ParseAddr(from)
		last, err2 := netip.ParseAddr(to)
		if err1 == nil && err2 == nil {
			return first.String() + "-" + last.String()
		}
	}
	return strings.ToLower(v)
}
