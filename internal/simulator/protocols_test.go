package simulator_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

func TestProtocols(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithPageSize(50))
	all := send(t, console, "GET", "/firewall-control/protocols?disablePagination=true", "").page(t)
	values, names := all.column("value"), all.column("name")
	if len(values) != 139 || all.Pagination.TotalItems != 139 || all.Pagination.NextCursor != nil {
		t.Errorf("%d of %d protocols, not 139", len(values), all.Pagination.TotalItems)
	}
	for _, row := range all.Data {
		if len(row) != 2 || row["value"] == "" || row["name"] == "" {
			t.Errorf("row %v", row)
		}
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(values)))); n != len(values) {
		t.Errorf("%d values, but %d protocols", n, len(values))
	}
	for _, known := range []string{"ICMP", "IGMP", "TCP", "UDP", "GRE", "ESP", "AH", "IPv6-ICMP", "SCTP"} {
		if !slices.Contains(values, known) {
			t.Errorf("no %s", known)
		}
	}

	if diff := cmp.Diff(values, walk(t, console, "/firewall-control/protocols?limit=60", "value", nil)); diff != "" {
		t.Errorf("on pages (-want +got):\n%s", diff)
	}
	slices.Sort(names)
	if diff := cmp.Diff(names, walk(t, console, "/firewall-control/protocols?limit=60&sortBy=name&sortOrder=asc", "name", nil)); diff != "" {
		t.Errorf("by name (-want +got):\n%s", diff)
	}
	slices.Reverse(names)
	if diff := cmp.Diff(names, walk(t, console, "/firewall-control/protocols?limit=7&sortBy=name&sortOrder=desc", "name", nil)); diff != "" {
		t.Errorf("by name, down (-want +got):\n%s", diff)
	}
}

func TestProtocolQueries(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	tests := map[string]struct {
		values []string
		total  int
	}{
		"query=TCP":                            {[]string{"TCP"}, 1},
		"query=tcp":                            {[]string{"TCP"}, 1},
		"query=transmission":                   {[]string{"TCP", "SCTP"}, 2},
		"query=udp":                            {[]string{"UDP", "CRUDP", "UDPLite"}, 3},
		"query=udp&sortBy=name":                {[]string{"CRUDP", "UDPLite", "UDP"}, 3},
		"query=udp&countOnly=true":             {[]string{}, 3},
		"query=udp&skipCount=true&skip=1":      {[]string{"CRUDP", "UDPLite"}, 0},
		"query=udp&limit=1":                    {[]string{"UDP"}, 3},
		"query=nothing+of+that":                {[]string{}, 0},
		"limit=2":                              {[]string{"HOPOPT", "ICMP"}, 139},
		"limit=2&skip=138":                     {[]string{"Ethernet"}, 139},
		"disablePagination=true&query=mobile+": {[]string{"MICP"}, 1},
	}
	for query, want := range tests {
		got := send(t, console, "GET", "/firewall-control/protocols?"+query, "").page(t)
		if diff := cmp.Diff(want.values, got.column("value")); diff != "" || got.Pagination.TotalItems != want.total {
			t.Errorf("%s: %d in total, not %d (-want +got):\n%s", query, got.Pagination.TotalItems, want.total, diff)
		}
	}
	for query, want := range map[string]string{
		"sortBy=value": `sortBy: "value" is not a valid choice.`,
		"name=TCP":     "name: Unknown field",
		"limit=0":      "limit: Must be greater than or equal to 1.",
	} {
		if got := send(t, console, "GET", "/firewall-control/protocols?"+query, "").detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s: %q, not %q", query, got, want)
		}
	}
}
