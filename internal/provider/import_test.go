package provider_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// An object is imported by its id, by scope and id, or by scope and what it is known by. What is not found, or not
// one, or no such text is said, with the candidates.
func TestImportForms(t *testing.T) {
	t.Parallel()
	seed := simulator.Demo()
	site, other := seed.Sites[0].ID, seed.Sites[1].ID
	const id, twin, elsewhere = "225494730938493801", "225494730938493802", "225494730938493803"
	sha256 := fmt.Sprintf("%064d", 1)
	seed.Tags = []simulator.Tag{{ID: id, Name: "Containment", Scope: "global"}}
	for _, rule := range []simulator.Rule{
		{ID: id, Name: "C2/servers", Scope: "site", ScopeID: site},
		{ID: twin, Name: "twin", Scope: "site", ScopeID: site},
		{Name: "twin", Scope: "site", ScopeID: site},
		{ID: elsewhere, Name: "twin", Scope: "site", ScopeID: other},
		{Name: "above", Scope: "global"},
	} {
		rule.Action, rule.Status = "Block", "Enabled"
		seed.Rules = append(seed.Rules, rule)
	}
	seed.Restrictions = []simulator.Restriction{
		{ID: id, OSType: "linux", Value: new(hash(1)), SHA256Value: &sha256, Scope: "site", ScopeID: site},
		{ID: twin, OSType: "windows", Value: new(hash(1)), Scope: "site", ScopeID: site},
	}
	console := simulator.Start(t, simulator.WithSeed(seed))
	server := configured(t, console)
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	mustSucceed(t, err, schemas.Diagnostics)
	const rule, tag, entry = "sentinelone_firewall_rule", "sentinelone_firewall_tag", "sentinelone_blocklist_entry"
	here := "site/" + acctest.Site(console)
	for _, tt := range []struct{ resource, text, want string }{ // the id, else what is said
		{rule, id, id},
		{rule, here + "/" + id, id},
		{rule, here + "/rule/C2/servers", id},
		{rule, "site/" + other + "/rule/twin", elsewhere},
		{rule, here + "/rule/twin", `(?s)several rule/twin in site.*id ` + twin + `, Enabled, made by`},
		{rule, here + "/rule/above", `holds no rule/above in site`},
		{rule, here + "/tag/twin", `no id of the console, nor SCOPE/ID or SCOPE/rule/NAME`},
		{rule, "planet/1/rule/twin", `no id of the console`},
		{rule, "twin", `no id of the console`},
		{rule, here, `no id of the console`},
		{tag, "tenant/tag/Containment", id},
		{tag, here + "/tag/Containment", `holds no tag/Containment`},
		{entry, here + "/sha1/" + hash(1) + "/linux", id},
		{entry, here + "/sha1/" + hash(1) + "/windows", twin},
		{entry, here + "/sha256/" + sha256 + "/linux", id},
		{entry, here + "/sha256/" + hash(1) + "/linux", `holds no sha256`},
		{entry, here + "/sha1/" + hash(1) + "/beos", `SCOPE/sha1/HASH/OS_TYPE`},
	} {
		resp, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: tt.resource, ID: tt.text})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(resp.Diagnostics) > 0 {
			got = resp.Diagnostics[0].Detail
		} else {
			state := values(t, resp.ImportedResources[0].State, objectType(t, schemas.ResourceSchemas[tt.resource]))
			if err := state["id"].As(&got); err != nil {
				t.Fatal(err)
			}
		}
		if !regexp.MustCompile(tt.want).MatchString(got) {
			t.Errorf("%s: %s: %q, not %q", tt.resource, tt.text, got, tt.want)
		}
	}
}
