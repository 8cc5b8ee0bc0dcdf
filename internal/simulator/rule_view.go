package simulator

import "slices"

// ruleView is a rule as the console answers it.
type ruleView struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	Description  *string       `json:"description"`
	Action       string        `json:"action"`
	Status       string        `json:"status"`
	Direction    string        `json:"direction"`
	OSType       string        `json:"osType"` // the first of OSTypes
	OSTypes      []string      `json:"osTypes"`
	Tag          string        `json:"tag"`
	Tags         []tagView     `json:"tags"`
	TagIDs       []string      `json:"tagIds"`
	TagNames     []string      `json:"tagNames"`
	Protocol     string        `json:"protocol"`
	Application  Application   `json:"application"`
	LocalHost    Host          `json:"localHost"`
	LocalPort    Ports         `json:"localPort"`
	RemoteHost   Host          `json:"remoteHost"` // the first of RemoteHosts
	RemoteHosts  []Host        `json:"remoteHosts"`
	RemotePort   Ports         `json:"remotePort"`
	Location     locationsView `json:"location"`
	Order        int           `json:"order"`
	Scope        string        `json:"scope"`
	ScopeID      *string       `json:"scopeId"` // null for the tenant's
	Editable     bool          `json:"editable"`
	RuleCategory string        `json:"ruleCategory"`
	ProductID    string        `json:"productId"`
	Creator      string        `json:"creator"`
	CreatorID    string        `json:"creatorId"`
	CreatedAt    timestamp     `json:"createdAt"`
	UpdatedAt    timestamp     `json:"updatedAt"`
}

type tagView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type locationsView struct {
	Type   string         `json:"type"`
	Values []locationView `json:"values"`
}

type locationView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Scope string `json:"scope"`
}

// viewRule shows a rule; editable tells whether it can be changed at the scope that was asked for.
func (s *store) viewRule(r *Rule, editable bool) ruleView {
	v := ruleView{
		ID: r.ID, Name: r.Name, Description: r.Description, Action: r.Action, Status: r.Status, Direction: r.Direction,
		OSType: r.OSTypes[0], OSTypes: r.OSTypes, Tag: r.Tag, TagIDs: orEmpty(r.TagIDs), Protocol: r.Protocol,
		Application: r.Application, LocalHost: r.LocalHost, LocalPort: r.LocalPort, RemotePort: r.RemotePort,
		RemoteHost: Host{Type: "any"}, RemoteHosts: slices.Clone(orEmpty(r.RemoteHosts)),
		Tags: []tagView{}, TagNames: []string{},
		Location: locationsView{Type: r.Location.Type}, Order: s.ordering(r.place()).place(r.Order), Scope: r.Scope, Editable: editable,
		RuleCategory: "firewall", Creator: r.Creator, CreatorID: r.CreatorID,
		CreatedAt: timestamp(r.CreatedAt), UpdatedAt: timestamp(r.UpdatedAt),
	}
	if r.ScopeID != "" {
		v.ScopeID = &r.ScopeID
	}
	if len(r.RemoteHosts) > 0 {
		v.RemoteHost = r.RemoteHosts[0]
	}
	for _, id := range r.TagIDs {
		tag := s.tag(id)
		v.Tags = append(v.Tags, tagView{tag.ID, tag.Name})
		v.TagNames = append(v.TagNames, tag.Name)
	}
	for _, id := range r.Location.IDs {
		l := s.location(id)
		v.Location.Values = append(v.Location.Values, locationView{l.ID, l.Name, l.Scope})
	}
	s.behaviour.fillEmptyFields(&v)
	return v
}

// fillEmptyFields writes empty fields the way that the switch says. By default lists are [], and only a description
// that was never set and the values of a location are null.
func (b Behaviour) fillEmptyFields(v *ruleView) {
	v.Description = b.text(v.Description)
	v.Application.Values = values(b, v.Application.Values)
	v.LocalHost.Values = values(b, v.LocalHost.Values)
	v.LocalPort.Values = values(b, v.LocalPort.Values)
	v.RemoteHost.Values = values(b, v.RemoteHost.Values)
	for i := range v.RemoteHosts {
		v.RemoteHosts[i].Values = values(b, v.RemoteHosts[i].Values)
	}
	v.RemotePort.Values = values(b, v.RemotePort.Values)
	if b.EmptyFields == "empty" {
		v.Location.Values = orEmpty(v.Location.Values)
	}
}

// text returns a nullable text as it is answered.
func (b Behaviour) text(s *string) *string {
	switch {
	case s == nil && b.EmptyFields == "empty":
		return new("")
	case s != nil && *s == "" && b.EmptyFields == "null":
		return nil
	default:
		return s
	}
}

// values returns a list of values as it is answered.
func values[T any](b Behaviour, list []T) []T {
	if len(list) == 0 && b.EmptyFields == "null" {
		return nil
	}
	return orEmpty(list)
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
