package simulator

import (
	"maps"
	"slices"
)

// clone returns a copy that shares nothing with s.
func (s State) clone() State {
	s.Accounts = cloneEach(s.Accounts, Account.clone)
	s.Groups = cloneEach(s.Groups, Group.clone)
	s.Tags = cloneEach(s.Tags, Tag.clone)
	s.Locations = cloneEach(s.Locations, Location.clone)
	s.Sites = cloneEach(s.Sites, Site.clone)
	s.Users = cloneEach(s.Users, User.clone)
	s.Configurations = cloneEach(s.Configurations, Configuration.clone)
	s.Rules = cloneEach(s.Rules, Rule.clone)
	s.Restrictions = cloneEach(s.Restrictions, Restriction.clone)
	s.Agents = cloneEach(s.Agents, Agent.clone)
	s.Verdicts = maps.Clone(s.Verdicts)
	s.ApplicationManagement = s.ApplicationManagement.clone()
	return s
}

func cloneEach[T any](list []T, clone func(T) T) []T {
	copies := make([]T, len(list))
	for i, item := range list {
		copies[i] = clone(item)
	}
	return copies
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}

func (s Site) clone() Site {
	s.Description = clonePointer(s.Description)
	s.ExternalID = clonePointer(s.ExternalID)
	s.Expiration = clonePointer(s.Expiration)
	s.Modules = slices.Clone(s.Modules)
	return s
}

func (a Account) clone() Account {
	a.ExternalID = clonePointer(a.ExternalID)
	a.SalesforceID = clonePointer(a.SalesforceID)
	a.Expiration = clonePointer(a.Expiration)
	return a
}

func (g Group) clone() Group {
	g.Description = clonePointer(g.Description)
	g.Rank = clonePointer(g.Rank)
	g.FilterID = clonePointer(g.FilterID)
	g.FilterName = clonePointer(g.FilterName)
	return g
}

func (u User) clone() User {
	u.Permissions = slices.Clone(u.Permissions)
	return u
}

func (t Tag) clone() Tag {
	t.Description = clonePointer(t.Description)
	t.Kind = clonePointer(t.Kind)
	return t
}

func (l Location) clone() Location {
	l.Description = clonePointer(l.Description)
	if l.DNSLookup = clonePointer(l.DNSLookup); l.DNSLookup != nil {
		l.DNSLookup.Identifiers = slices.Clone(l.DNSLookup.Identifiers)
	}
	l.DNSServers = l.DNSServers.clone()
	l.IPAddresses = l.IPAddresses.clone()
	l.RegistryKeys = clonePointer(l.RegistryKeys)
	l.ServerConnectivity = clonePointer(l.ServerConnectivity)
	l.NetworkInterfaces = clonePointer(l.NetworkInterfaces)
	return l
}

func (a *Addresses) clone() *Addresses {
	if a == nil {
		return nil
	}
	return &Addresses{a.Operator, cloneEach(a.Identifiers, AddressRange.clone)}
}

func (r AddressRange) clone() AddressRange {
	r.Values = slices.Clone(r.Values)
	return r
}

func (c Configuration) clone() Configuration {
	c.SelectedTags = slices.Clone(c.SelectedTags)
	return c
}

func (h Host) clone() Host {
	h.Values = slices.Clone(h.Values)
	return h
}

func (r Rule) clone() Rule {
	r.Description = clonePointer(r.Description)
	r.OSTypes = slices.Clone(r.OSTypes)
	r.TagIDs = slices.Clone(r.TagIDs)
	r.Application.Values = slices.Clone(r.Application.Values)
	r.LocalHost = r.LocalHost.clone()
	r.LocalPort.Values = slices.Clone(r.LocalPort.Values)
	r.RemoteHosts = cloneEach(r.RemoteHosts, Host.clone)
	r.RemotePort.Values = slices.Clone(r.RemotePort.Values)
	r.Location.IDs = slices.Clone(r.Location.IDs)
	return r
}

func (r Restriction) clone() Restriction {
	r.Value = clonePointer(r.Value)
	r.SHA256Value = clonePointer(r.SHA256Value)
	r.Description = clonePointer(r.Description)
	return r
}

func (a Agent) clone() Agent {
	a.LocationIDs = slices.Clone(a.LocationIDs)
	a.ExternalID = clonePointer(a.ExternalID)
	a.LastIPToMgmt = clonePointer(a.LastIPToMgmt)
	return a
}
