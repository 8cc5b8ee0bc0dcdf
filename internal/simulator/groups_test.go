package simulator_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// groupSeed adds two dynamic groups with ranks, and a pinned one, to the laboratory. It has no agents.
func groupSeed() simulator.State {
	s := scopedUsers()
	s.Agents = nil
	later := time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC)
	dynamic := func(id, name string, rank int) simulator.Group {
		return simulator.Group{
			ID: id, Name: name, SiteID: laboratory, Type: "dynamic", Rank: &rank, FilterID: new("1900000000000000801"),
			FilterName: new("all of " + name), OwnPolicy: true, CreatedAt: later.AddDate(0, -1, 0), UpdatedAt: later, TotalAgents: 3,
		}
	}
	s.Groups = append(s.Groups,
		dynamic("1900000000000000307", "Printers", 2),
		dynamic("1900000000000000306", "Robots", 1),
		simulator.Group{ID: "1900000000000000308", Name: "Pins", SiteID: laboratory, Type: "pinned", Description: new("robots too")},
	)
	return s
}

func TestGroups(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(groupSeed()))
	tests := map[string][]string{
		"accountIds=" + americas:                       {"Default Group", "Default Group"},
		"siteIds=" + laboratory:                        {"Default Group", "Robots", "Printers", "Pins"},
		"siteIds=1999999999999999999":                  {},
		"groupIds=" + servers + ",1900000000000000308": {"Servers", "Pins"},
		"id=" + servers:                                {"Servers"},
		"name=Servers":                                 {"Servers"},
		"name=servers":                                 {},
		"query=ROBOT":                                  {"Robots", "Pins"},
		"description=robots+too":                       {"Pins"},
		"type=pinned":                                  {"Pins"},
		"types=pinned,dynamic":                         {"Robots", "Printers", "Pins"},
		"rank=2":                                       {"Printers"},
		"rank=0":                                       {},
		"isDefault=false":                              {"Servers", "Robots", "Printers", "Pins"},
		"isDefault=true&siteIds=" + branch:             {"Default Group"},
		"updatedAt__gt=2026-06-01T00:00:00Z&siteIds=" + headquarters: {},
		"updatedAt__gte=2026-06-01T00:00:00Z&types=dynamic":          {"Robots", "Printers"},
		"updatedAt__gt=2026-06-01T00:00:00Z&types=dynamic":           {},
		"updatedAt__lt=2026-06-01T00:00:00Z&types=dynamic":           {},
		"updatedAt__lte=2026-06-01T00:00:00Z&types=dynamic":          {"Robots", "Printers"},
		"registrationToken=not-a-real-registration-token-of-group-5": {"Servers"},
		"siteIds=" + laboratory + "&sortBy=rank&sortOrder=desc":      {"Printers", "Robots", "Pins", "Default Group"},
		"siteIds=" + laboratory + "&sortBy=name":                     {"Default Group", "Pins", "Printers", "Robots"},
		"siteIds=" + laboratory + "&sortBy=type&limit=2":             {"Robots", "Printers"},
	}
	for query, want := range tests {
		if diff := cmp.Diff(want, send(t, console, "GET", "/groups?"+query, "").page(t).column("name")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	for query, want := range map[string]string{
		"types=static,fixed":     `types: 1: "fixed" is not a valid choice.`,
		"name__contains=Servers": "name__contains: Unknown field",
		"rank=first":             "rank: Not a valid integer.",
	} {
		if got := send(t, console, "GET", "/groups?"+query, "").detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s: %q, not %q", query, got, want)
		}
	}
	for user, want := range map[string]int{"admin": 8, "europe": 6, "site": 2} {
		if got := sendAs(t, console, "ApiToken "+user, "GET", "/groups", "").page(t).Pagination.TotalItems; got != want {
			t.Errorf("%s sees %d groups, not %d", user, got, want)
		}
	}
}

// TestGroupViews holds a group in a list, and alone, to its values.
func TestGroupViews(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(groupSeed()))
	want := map[string]any{
		"id": "1900000000000000306", "name": "Robots", "siteId": laboratory, "isDefault": false, "description": nil,
		"type": "dynamic", "rank": 1.0, "filterId": "1900000000000000801", "registrationToken": "",
		"creatorId": "1900000000000000001", "createdAt": "2026-05-01T00:00:00Z", "updatedAt": "2026-06-01T00:00:00Z",
	}
	if diff := cmp.Diff(want, send(t, console, "GET", "/groups/1900000000000000306", "").data(t)); diff != "" {
		t.Errorf("alone (-want +got):\n%s", diff)
	}
	want["creator"], want["inherits"] = "Terraform service user", false
	want["filterName"], want["totalAgents"] = "all of Robots", 3.0
	if diff := cmp.Diff(want, send(t, console, "GET", "/groups?id=1900000000000000306", "").page(t).Data[0]); diff != "" {
		t.Errorf("in a list (-want +got):\n%s", diff)
	}
	got := send(t, console, "GET", "/groups?id="+servers, "").page(t).Data[0]
	for key, want := range map[string]any{"rank": nil, "filterId": nil, "filterName": nil, "inherits": true, "type": "static"} {
		if got[key] != want {
			t.Errorf("%s is %v, not %v", key, got[key], want)
		}
	}
}

// TestGroupAgents holds the totals of groups to the agents, whatever the state says, and to the state without any.
func TestGroupAgents(t *testing.T) {
	t.Parallel()
	seed := agentSeed()
	seed.Groups[4].TotalAgents = 9
	console := simulator.Start(t, simulator.WithSeed(seed))
	totals := func() []any {
		var n []any
		for _, g := range send(t, console, "GET", "/groups", "").page(t).Data {
			n = append(n, g["totalAgents"])
		}
		return n
	}
	if diff := cmp.Diff([]any{2.0, 1.0, 1.0, 0.0, 1.0}, totals()); diff != "" {
		t.Errorf("counted (-want +got):\n%s", diff)
	}
	console.Change(func(s *simulator.State) { s.Agents = s.Agents[:1] })
	if diff := cmp.Diff([]any{1.0, 0.0, 0.0, 0.0, 0.0}, totals()); diff != "" {
		t.Errorf("with one agent (-want +got):\n%s", diff)
	}
	console.Change(func(s *simulator.State) { s.Agents = nil })
	if diff := cmp.Diff([]any{7.0, 14.0, 21.0, 28.0, 9.0}, totals()); diff != "" {
		t.Errorf("without agents (-want +got):\n%s", diff)
	}
}

func TestSingleGroupRefusals(t *testing.T) {
	t.Parallel()
	const beside, unknown = "1900000000000000303", "1999999999999999999"
	tests := []struct {
		unknownStatus int
		user, id      string
		status        int
	}{
		{0, "site", servers, 200},
		{0, "europe", beside, 403},
		{0, "site", "1900000000000000302", 403},
		{0, "admin", unknown, 403},
		{0, "admin", headquarters, 403}, // a site
		{403, "admin", unknown, 403},
		{404, "admin", unknown, 404},
		{404, "europe", beside, 403},
	}
	for _, test := range tests {
		seed := scopedUsers()
		seed.Behaviour.UnknownScopeStatus = test.unknownStatus
		console := simulator.Start(t, simulator.WithSeed(seed))
		if got := sendAs(t, console, "ApiToken "+test.user, "GET", "/groups/"+test.id, ""); got.Status != test.status {
			t.Errorf("%d: %s as %s: %d, not %d", test.unknownStatus, test.id, test.user, got.Status, test.status)
		}
	}
}
