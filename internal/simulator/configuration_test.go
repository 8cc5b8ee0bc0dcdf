package simulator_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"terraform-provider-sentinelone/internal/simulator"
)

// The tags of settingsSeed.
const (
	tagOfAll    = "1900000000000000401"
	tagOfEurope = "1900000000000000402"
	tagOfHQ     = "1900000000000000403"
	tagBeside   = "1900000000000000404"
)

// settingsSeed has a tenant whose settings are all on, from which all but headquarters inherit, and tags on each level.
func settingsSeed(b simulator.Behaviour) simulator.State {
	s := ruleSeed()
	s.Behaviour = b
	s.Behaviour.ReportBlocked = true
	s.Configurations[0].Enabled, s.Configurations[0].LocationAware, s.Configurations[0].ReportBlocked = true, true, true
	s.Tags = []simulator.Tag{
		{ID: tagOfAll, Name: "of all", Scope: "global"},
		{ID: tagOfEurope, Name: "of europe", Scope: "account", ScopeID: europe},
		{ID: tagOfHQ, Name: "of headquarters", Scope: "site", ScopeID: headquarters},
		{ID: tagBeside, Name: "beside", Scope: "site", ScopeID: branch},
	}
	s.Rules[0].TagIDs = []string{tagOfHQ}
	return s
}

func settingsBody(filter, data string) string {
	return `{"data":{` + data + `},"filter":{` + filter + `}}`
}

// settings spells what an answer says: the settings that are on, in capitals when they are inherited.
func settings(data map[string]any) string {
	text := ""
	for i, name := range []string{"enabled", "locationAware", "reportBlocked"} {
		switch {
		case data[name] == true && data["inheritSettings"] == true:
			text += "ELR"[i : i+1]
		case data[name] == true:
			text += "elr"[i : i+1]
		default:
			text += "-"
		}
	}
	return text
}

func TestUpdateConfiguration(t *testing.T) {
	t.Parallel()
	lab, hq := site(laboratory), site(headquarters)
	const off, own = `"enabled":false`, `"inheritSettings":false`
	type step struct{ filter, data, want string }
	tests := map[string][]step{
		"own settings change one by one": {
			{hq, `"locationAware":true`, "el-"},
			{hq, `"reportBlocked":true,"enabled":false`, "-lr"},
			{hq, ``, "-lr"},
			{hq, own + `,"enabled":true`, "elr"},
		},
		"own settings start from the inherited ones":  {{lab, own, "elr"}, {lab, off, "-lr"}},
		"one call decouples and sets":                 {{lab, own + `,` + off, "-lr"}},
		"what is inherited again is the parent's":     {{hq, `"inheritSettings":true`, "ELR"}, {hq, own, "elr"}},
		"to inherit twice is once":                    {{lab, `"inheritSettings":true`, "ELR"}, {lab, ``, "ELR"}},
		"the tenant's go down":                        {{`"tenant":true`, off, "-lr"}, {lab, ``, "-LR"}, {hq, ``, "e--"}},
		"a group inherits from its site":              {{`"groupIds":["` + servers + `"]`, own, "e--"}},
		"an account stands between":                   {{`"accountIds":["` + europe + `"]`, own + `,` + off, "-lr"}, {lab, ``, "-LR"}},
		"the tenant may say that it does not inherit": {{`"tenant":true`, own + `,` + off, "-lr"}},
		"what tells nothing changes nothing":          {{hq, `"inherits":false,"inheritedFrom":"Global"`, "e--"}, {lab, `"inherits":false,"inheritedFrom":null`, "ELR"}},
	}
	for name, steps := range tests {
		console := simulator.Start(t, simulator.WithSeed(settingsSeed(simulator.Behaviour{})))
		for i, s := range steps {
			got := send(t, console, "PUT", "/firewall-control/configuration", settingsBody(s.filter, s.data)).data(t)
			if text := settings(got); text != s.want {
				t.Errorf("%s: step %d: %s, not %s", name, i+1, text, s.want)
			}
			for _, key := range []string{"inherits", "inheritAllFirewallRules"} {
				if got[key] != true {
					t.Errorf("%s: step %d: %s is %v", name, i+1, key, got[key])
				}
			}
			console.Change(func(*simulator.State) {}) // The settings outlive a reload of the state.
		}
	}
}

func TestUpdateConfigurationRefusals(t *testing.T) {
	t.Parallel()
	const inheriting = "Cannot change firewall settings while inheriting settings from parent"
	lab, hq := site(laboratory), site(headquarters)
	tests := map[string]string{
		settingsBody(lab, `"enabled":false`):                               inheriting,
		settingsBody(lab, `"locationAware":false`):                         inheriting,
		settingsBody(lab, `"reportBlocked":false`):                         inheriting,
		settingsBody(lab, `"enabled":true`):                                inheriting, // It is true already.
		settingsBody(lab, `"enabled":true,"inheritSettings":true`):         inheriting,
		settingsBody(hq, `"enabled":true,"inheritSettings":true`):          inheriting,
		settingsBody(lab, `"enabled":false,"selectedTags":[]`):             inheriting,
		settingsBody(`"tenant":true`, `"inheritSettings":true`):            "data: inheritSettings: the tenant has no parent",
		settingsBody(hq, `"selectedTags":["`+tagOfHQ+`","`+tagBeside+`"]`): "invalid tag " + tagBeside + " for this scope",
		settingsBody(hq, `"selectedTags":["1999999999999999999"]`):         "invalid tag 1999999999999999999 for this scope",
		settingsBody(`"tenant":true`, `"selectedTags":["`+tagOfHQ+`"]`):    "invalid tag " + tagOfHQ + " for this scope",
		settingsBody(hq, `"enabled":null`):                                 "data: enabled: Field may not be null.",
		settingsBody(hq, `"selectedTags":null`):                            "data: selectedTags: Field may not be null.",
		settingsBody(hq, `"on":true`):                                      "data: dict_values(['on']): Unknown field",
		settingsBody(``, `"enabled":true`):                                 "filter: Missing data for required field.",
		settingsBody(hq+`,"tenant":true`, `"enabled":true`):                "Exactly one scope is required.",
		settingsBody(`"siteIds":["`+branch+`","`+headquarters+`"]`, ``):    "Exactly one scope is required.",
		settingsBody(hq+`,"ids":["1"]`, ``):                                "filter: ids: Unknown field",
		`{"filter":{` + hq + `}}`:                                          "data: Missing data for required field.",
	}
	console := simulator.Start(t, simulator.WithSeed(settingsSeed(simulator.Behaviour{})))
	before := console.State().Configurations
	for body, want := range tests {
		if got := send(t, console, "PUT", "/firewall-control/configuration", body).detail(t, http.StatusBadRequest); got != want {
			t.Errorf("%s\n got %q\nwant %q", body, got, want)
		}
	}
	if diff := cmp.Diff(before, console.State().Configurations); diff != "" {
		t.Errorf("refused calls changed (-before +after):\n%s", diff)
	}
}

// TestInheritedRulesFollowConfiguration turns the rules of the scopes above off and on, and selects tags, while the
// settings stay inherited.
func TestInheritedRulesFollowConfiguration(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t, simulator.WithSeed(settingsSeed(simulator.Behaviour{})))
	tags := []any{tagOfEurope, tagOfAll}
	tests := []struct {
		data  string
		all   bool
		tags  []any
		rules []string
	}{
		{`"selectedTags":["` + tagOfEurope + `","` + tagOfAll + `"]`, true, tags, []string{"of europe", "of all"}},
		{`"inheritAllFirewallRules":false`, false, tags, []string{}},
		{`"inheritAllFirewallRules":true,"selectedTags":[]`, true, []any{}, []string{"of europe", "of all"}},
	}
	for _, test := range tests {
		put := send(t, console, "PUT", "/firewall-control/configuration", settingsBody(site(laboratory), test.data)).data(t)
		want := map[string]any{
			"enabled": true, "locationAware": true, "reportBlocked": true, "inherits": true, "inheritedFrom": nil,
			"inheritSettings": true, "inheritAllFirewallRules": test.all, "selectedTags": test.tags,
		}
		got := send(t, console, "GET", "/firewall-control/configuration?siteIds="+laboratory, "").data(t)
		for _, answer := range []map[string]any{put, got} {
			if diff := cmp.Diff(want, answer); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.data, diff)
			}
		}
		rules := send(t, console, "GET", "/firewall-control?siteIds="+laboratory, "").page(t).column("name")
		if diff := cmp.Diff(test.rules, rules); diff != "" {
			t.Errorf("rules after %s (-want +got):\n%s", test.data, diff)
		}
	}
	want := simulator.Configuration{
		Scope: "site", ScopeID: laboratory, Enabled: true, LocationAware: true, ReportBlocked: true,
		InheritSettings: true, InheritAllFirewallRules: true, SelectedTags: []string{},
	}
	if diff := cmp.Diff(want, console.State().Configurations[2]); diff != "" {
		t.Errorf("in the state (-want +got):\n%s", diff)
	}
}

func TestReportBlocked(t *testing.T) {
	t.Parallel()
	for _, shown := range []bool{false, true} {
		console := behaving(t, simulator.Behaviour{ReportBlocked: shown})
		if _, got := send(t, console, "GET", "/firewall-control/configuration?tenant=true", "").data(t)["reportBlocked"]; got != shown {
			t.Errorf("reportBlocked: %v, not %v", got, shown)
		}
	}
}

func TestDecouple(t *testing.T) {
	t.Parallel()
	both, alone, after := `"inheritSettings":false,"enabled":false`, `"inheritSettings":false`, `"enabled":false`
	tests := []struct {
		value  string
		calls  []string
		status []int
		want   string // afterwards
	}{
		{"", []string{both}, []int{200}, "-lr"},
		{"", []string{alone, after}, []int{200, 200}, "-lr"},
		{"first", []string{both}, []int{400}, "ELR"},
		{"first", []string{after}, []int{400}, "ELR"},
		{"first", []string{alone, after}, []int{200, 200}, "-lr"},
		{"first", []string{alone, both}, []int{200, 200}, "-lr"}, // It is decoupled already.
		{"first", []string{alone + `,"selectedTags":[],"inheritAllFirewallRules":true`}, []int{200}, "elr"},
	}
	for _, test := range tests {
		console := simulator.Start(t, simulator.WithSeed(settingsSeed(simulator.Behaviour{Decouple: test.value})))
		for i, data := range test.calls {
			got := send(t, console, "PUT", "/firewall-control/configuration", settingsBody(site(laboratory), data))
			if got.Status != test.status[i] {
				t.Errorf("%q: %s: %d, not %d", test.value, data, got.Status, test.status[i])
			}
		}
		got := send(t, console, "GET", "/firewall-control/configuration?siteIds="+laboratory, "").data(t)
		if text := settings(got); text != test.want {
			t.Errorf("%q: %v left %s, not %s", test.value, test.calls, text, test.want)
		}
	}
}

func TestDecoupledSettings(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{"": "elr", "kept": "elr", "reset": "---"} {
		console := simulator.Start(t, simulator.WithSeed(settingsSeed(simulator.Behaviour{DecoupledSettings: value})))
		send(t, console, "PUT", "/firewall-control/configuration", settingsBody(site(laboratory), `"inheritSettings":false`))
		got := send(t, console, "GET", "/firewall-control/configuration?siteIds="+laboratory, "").data(t)
		if text := settings(got); text != want {
			t.Errorf("%q left %s, not %s", value, text, want)
		}
	}
}
