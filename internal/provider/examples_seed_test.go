package provider_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// documentedID is the id that the import examples take in.
const documentedID = "225494730938493804"

// documented returns a seed whose first account and site have the id that examples give.
func documented(t *testing.T) (seed simulator.State) {
	t.Helper()
	demo := simulator.Demo()
	text, err := json.Marshal(demo)
	for _, id := range []string{demo.Sites[0].ID, demo.Sites[0].AccountID} {
		text = bytes.ReplaceAll(text, []byte(id), []byte(documentedID))
	}
	if err == nil {
		err = json.Unmarshal(text, &seed)
	}
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

// contents counts what a console holds, by the resources that stand for it.
func contents(console *simulator.Console) map[string]int {
	state := console.State()
	all := len(state.Rules)
	state.Rules = slices.DeleteFunc(state.Rules, func(r simulator.Rule) bool {
		return r.Description != nil && strings.Contains(*r.Description, ": set ")
	})
	return map[string]int{
		"sentinelone_firewall_rule":   len(state.Rules),
		"sentinelone_indicator_set":   all - len(state.Rules),
		"sentinelone_firewall_tag":    len(state.Tags),
		"sentinelone_blocklist_entry": len(state.Restrictions),
	}
}

// addExisting puts one object of each type on the console, as the import examples expect it.
func addExisting(console *simulator.Console) {
	site, sha1 := acctest.Site(console), "3395856ce81f2b7382dee72602f798b642f14140"
	ofSet := "[managed by terraform: set " + documentedID + "]"
	console.Change(func(s *simulator.State) {
		s.Rules = append(s.Rules, simulator.Rule{
			ID: documentedID, Scope: "site", ScopeID: site, Name: "By hand", Action: "Block", Status: "Enabled",
		}, simulator.Rule{
			Scope: "site", ScopeID: site, Name: "phishing (domains 1)", Description: &ofSet, Action: "Block", Status: "Enabled",
			Direction: "outbound", RemoteHosts: []simulator.Host{{Type: "fqdn", Values: []string{"evil.example"}}},
		})
		s.Tags = append(s.Tags, simulator.Tag{ID: documentedID, Scope: "site", ScopeID: site, Name: "By hand"})
		s.Restrictions = append(s.Restrictions, simulator.Restriction{
			ID: documentedID, Scope: "site", ScopeID: site, OSType: "linux", Value: &sha1,
		})
	})
}
