package indicators

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// Read implements resource.Resource. A difference is looked at twice, the second time with listings that are fresh, before
// it is believed.
func (r *setResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var prior setModel
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	if r.Client(&resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	in, id := tfkit.ScopeOf(ctx, prior.Scope), prior.ID.ValueString()
	if in.IsZero() {
		resp.Diagnostics.AddError("Invalid import", "The id of a set is known in its scope only: give SCOPE/set/NAME or SCOPE/set/ID.")
		return
	}
	leftOver := isAstray(ctx, req.Private, &resp.Diagnostics)
	now, there, err := r.look(ctx, prior, leftOver, &resp.Diagnostics)
	strange, stray := r.astray(ctx, now, there, &resp.Diagnostics)
	if err == nil && !prior.Indicators.IsNull() && (len(strange)+len(stray) > 0 || now.drifted(prior)) {
		r.Provider.Rules.Forget(in)
		r.Provider.Entries.Forget(in)
		now, there, err = r.look(ctx, prior, leftOver, &resp.Diagnostics)
		strange, stray = r.astray(ctx, now, there, &resp.Diagnostics)
	}
	if errors.Is(err, sentinelone.ErrNotFound) {
		resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, id, in)...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		tfkit.AddFailure(&resp.Diagnostics, sentinelone.ListFirewallRules, prior.describe(ctx), err)
		return
	}
	if len(strange) > 0 {
		resp.Diagnostics.AddWarning("Rules of a set do something else", fmt.Sprintf(
			"%s: these firewall rules were changed on the console, and no longer do what the set's rules do. The next apply "+
				"brings them back, or deletes those that are not needed:\n%s", now.describe(ctx), lines(strange)))
	}
	if len(stray) > 0 {
		resp.Diagnostics.AddWarning("Blocklist entries of a set are left over", fmt.Sprintf(
			"%s: these blocklist entries are still there, and are no longer wanted. The next apply deletes them:\n%s",
			now.describe(ctx), lines(stray)))
	}
	noteAstray(ctx, resp.Private, len(strange)+len(stray)+now.contradictions(r.Provider.Marker, there), &resp.Diagnostics)
	resp.Diagnostics.Append(r.Identify(ctx, resp.Identity, id, in)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, now)...)
}

// astray returns which rules of a set do something else than they are to, and which of its entries it has no use for.
func (r *setResource) astray(ctx context.Context, m setModel, there held, diags *diag.Diagnostics) (strange, stray []string) {
	on := m.terms(ctx, diags)
	return there.strange(on), there.stray(on, m.document(ctx, r.Provider), r.Provider.Now())
}

// drifted tells whether a look found something else than the state has of what can be configured.
func (m setModel) drifted(prior setModel) bool {
	return !m.Name.Equal(prior.Name) || !m.Description.Equal(prior.Description) || !m.Status.Equal(prior.Status) ||
		!m.Indicators.Equal(prior.Indicators)
}

// look returns the set as the console holds it, beside what the state alone knows. Entries may be left over of hashes that
// the state has no longer. The error matches sentinelone.ErrNotFound when a set that is being imported is not there.
func (r *setResource) look(
	ctx context.Context, prior setModel, leftOver bool, diags *diag.Diagnostics,
) (setModel, held, error) {
	imported := prior.Indicators.IsNull()
	d := prior.document(ctx, r.Provider)
	in, id := tfkit.ScopeOf(ctx, prior.Scope), prior.ID.ValueString()
	there, err := readHeld(ctx, r.Provider, in, id, prior.ruleIDs(ctx, diags), imported || leftOver || hasHashes(d))
	if err != nil {
		return prior, there, err
	}
	m := prior
	if imported {
		if len(there.rules)+len(there.entries) == 0 {
			return prior, there, fmt.Errorf("set %s in %s: %w", id, in, sentinelone.ErrNotFound)
		}
		m = imports(prior, there)
	}
	m.readLabels(r.Provider.Marker, there)
	return m, there, r.readIndicators(ctx, &m, d, there, diags)
}

// imports returns the beginning of the state of a set that is being imported: its terms are what its objects have, the rest
// is what the code leaves out.
func imports(prior setModel, there held) setModel {
	m := prior
	m.ValuesPerRule = types.Int64Value(defaultPerRule)
	m.OnExisting = types.StringValue(skipExisting)
	m.Direction = types.StringValue(sentinelone.DirectionOutbound)
	m.Status = types.StringValue(sentinelone.StatusEnabled)
	osTypes := map[string]bool{}
	for _, entry := range there.entries {
		osTypes[entry.OSType] = true
	}
	if len(there.rules) > 0 {
		first := there.rules[0]
		m.Direction = types.StringValue(first.Direction)
		clear(osTypes)
		for _, osType := range first.OSTypes {
			osTypes[osType] = true
		}
	}
	m.OSTypes = tfkit.StringSet(slices.Sorted(maps.Keys(osTypes)))
	return m
}

// readLabels takes name, description and status from the first object that says otherwise than the state.
func (m *setModel) readLabels(marker tfkit.Marker, there held) {
	own := setMarker(marker, m.ID.ValueString())
	name, description, status := m.Name, m.Description, m.Status
	note := func(gotName, gotDescription string) {
		if m.Name.Equal(name) && gotName != name.ValueString() {
			m.Name = types.StringValue(gotName)
		}
		if m.Description.Equal(description) && gotDescription != description.ValueString() {
			m.Description = tfkit.Text(gotDescription)
		}
	}
	for _, rule := range there.rules {
		note(rule.name, marker.Strip(own.Strip(rule.Description)))
		if m.Status.Equal(status) && rule.Status != status.ValueString() {
			m.Status = types.StringValue(rule.Status)
		}
	}
	for _, entry := range there.entries {
		note(readEntryText(own.Strip(entry.Description)))
	}
}

// contradictions counts the objects that say something else than the model, which can say one thing only: then the state
// does not show what all of them are.
func (m setModel) contradictions(marker tfkit.Marker, there held) (n int) {
	own := setMarker(marker, m.ID.ValueString())
	agrees := func(name, description string) bool {
		return name == m.Name.ValueString() && description == m.Description.ValueString()
	}
	for _, rule := range there.rules {
		if !agrees(rule.name, marker.Strip(own.Strip(rule.Description))) || rule.Status != m.Status.ValueString() {
			n++
		}
	}
	for _, entry := range there.entries {
		if !agrees(readEntryText(own.Strip(entry.Description))) {
			n++
		}
	}
	return n
}

// readIndicators compares the document with what is enforced. What neither the set nor anybody else enforces leaves the
// document, and what the set's objects hold beside it joins it, so that the plan brings both back.
func (r *setResource) readIndicators(
	ctx context.Context, m *setModel, d ioc.Document, there held, diags *diag.Diagnostics,
) error {
	in, on, now := tfkit.ScopeOf(ctx, m.Scope), m.terms(ctx, diags), r.Provider.Now()
	holds := there.indicators(on)
	s, missing := newSummary(), ioc.Document{}
	for indicator, remark := range d {
		switch {
		case holds[indicator]:
			s.enforced[indicator.Type]++
		case remark.ExpiredAt(now):
			s.expired[indicator.Type]++
		default:
			missing[indicator] = remark
		}
	}
	skipped, shared, err := r.readForeign(ctx, in, on, missing, there)
	if err != nil {
		return err
	}
	for indicator := range skipped {
		s.skipped[indicator.Type]++
		delete(missing, indicator)
	}
	for _, hash := range shared {
		s.enforced[hash.Type]++
		delete(missing, hash)
	}
	added := ioc.Document{}
	for indicator := range holds {
		if !has(d, indicator) {
			added[indicator] = ioc.Remark{}
			s.enforced[indicator.Type]++
		}
	}
	s.failed = countsOf(m.Summary, "failed")
	if m.Failed.IsNull() {
		m.Failed = types.StringValue(ioc.Compose(map[ioc.Indicator]string{}))
	}
	if m.Indicators.IsNull() || len(missing)+len(added) > 0 {
		maps.Copy(added, d)
		maps.DeleteFunc(added, func(indicator ioc.Indicator, _ ioc.Remark) bool { return has(missing, indicator) })
		m.Indicators = newDocument(added)
	}
	m.FirewallRuleIDs = ruleIDList(there)
	m.Summary = s.object()
	m.Skipped = types.StringValue(ioc.Compose(skipped))
	return nil
}

// readForeign returns which indicators others enforce, and which hashes they share with the set: each blocks them on some of
// the operating systems. Where there are none to ask about, nobody is asked.
func (r *setResource) readForeign(
	ctx context.Context, in sentinelone.Scope, on terms, missing ioc.Document, there held,
) (skipped map[ioc.Indicator]cover, shared []ioc.Indicator, err error) {
	skipped = map[ioc.Indicator]cover{}
	if len(missing) == 0 {
		return skipped, nil, nil
	}
	foreign, err := readForeign(ctx, r.Provider, in, hasHashes(missing))
	if err != nil {
		return nil, nil, err
	}
	own := there.hashes()
	for indicator := range missing {
		if c := foreign.enforced(indicator, on); c != nil {
			skipped[indicator] = *c
		} else if !indicator.Type.IsHost() && foreign.completes(indicator, on, own) {
			shared = append(shared, indicator)
		}
	}
	return skipped, shared, nil
}

// IdentitySchema implements resource.ResourceWithIdentity. The id is the provider's own, so its scope has to be known.
func (r *setResource) IdentitySchema(
	ctx context.Context, req resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	r.Identified.IdentitySchema(ctx, req, resp)
	resp.IdentitySchema.Attributes["id"] = identityschema.StringAttribute{
		RequiredForImport: true, Description: "The id of the set, which the marker of its objects ends in.",
	}
	resp.IdentitySchema.Attributes["scope"] = identityschema.StringAttribute{
		RequiredForImport: true, Description: "The scope that the set belongs to, such as `site/225494730938493804`.",
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *setResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	r.Import(ctx, req, resp, tfkit.NaturalKey{Form: "set/NAME", Operation: sentinelone.ListFirewallRules, Find: r.find})
}

// find returns the sets of a scope that a natural key names, by name or by id.
func (r *setResource) find(ctx context.Context, in sentinelone.Scope, key string) ([]tfkit.Candidate, error) {
	wanted, ok := strings.CutPrefix(key, "set/")
	if !ok {
		return nil, &tfkit.MalformedKeyError{Key: key}
	}
	sets, err := findSets(ctx, r.Provider, in)
	var found []tfkit.Candidate
	for _, s := range sets {
		if s.name == wanted || s.id == wanted {
			found = append(found, tfkit.Candidate{ID: s.id, Made: fmt.Sprintf("with %d rules and %d entries", s.rules, s.entries)})
		}
	}
	return found, err
}

// foundSet is a set as a scope's objects tell of it.
type foundSet struct {
	id, name       string
	rules, entries int
}

// findSets returns the sets that a scope holds, by id.
func findSets(ctx context.Context, p *tfkit.Provider, in sentinelone.Scope) ([]foundSet, error) {
	rules, err := p.Rules.All(ctx, in)
	if err != nil {
		return nil, err
	}
	entries, err := p.Entries.All(ctx, in)
	if err != nil {
		return nil, err
	}
	sets := map[string]*foundSet{}
	of := func(description, name string) *foundSet {
		id, ok := setOf(p.Marker, description)
		if !ok {
			return &foundSet{}
		}
		if sets[id] == nil {
			sets[id] = &foundSet{id: id, name: name}
		}
		return sets[id]
	}
	for _, rule := range rules {
		of(rule.Description, newHeldRule(rule).name).rules++
	}
	for _, entry := range entries {
		id, _ := setOf(p.Marker, entry.Description)
		name, _ := readEntryText(setMarker(p.Marker, id).Strip(entry.Description))
		of(entry.Description, name).entries++
	}
	var found []foundSet
	for _, id := range slices.Sorted(maps.Keys(sets)) {
		found = append(found, *sets[id])
	}
	return found, nil
}
