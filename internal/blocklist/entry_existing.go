package blocklist

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

const entryType = "sentinelone_blocklist_entry"

// NewInventory returns the inventory of a console's blocklist.
func NewInventory(console *sentinelone.Client) *inventory.Inventory[sentinelone.Restriction] {
	return inventory.New(inventory.Kind[sentinelone.Restriction]{
		Pages: func(in sentinelone.Scope) inventory.Pages[sentinelone.Restriction] {
			return console.Restrictions.Pages(sentinelone.RestrictionQuery{Scope: in})
		},
		Find:    console.Restrictions.Find,
		Delete:  console.Restrictions.Delete,
		Names:   func(entry sentinelone.Restriction) []string { return entry.Fields().Names() },
		Persist: console.Persist,
	})
}

// planExisting announces what a create will do about an entry for the same hash, as soon as the hashes are known.
func (r *entryResource) planExisting(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if !req.Config.Raw.IsFullyKnown() || r.Provider == nil || r.Provider.Entries == nil {
		return
	}
	var plan entryModel
	resp.Diagnostics.Append(resp.Plan.Get(ctx, &plan)...)
	in := tfkit.ScopeOf(ctx, plan.Scope)
	if resp.Diagnostics.HasError() || in.IsZero() {
		return
	}
	fields := plan.toAPI(r.Provider.Marker)
	found, err := r.Provider.Entries.Strangers(ctx, in, fields.Names()...)
	tfkit.PlanExisting(&resp.Diagnostics, plan.OnExisting, entryType, plan.describe(ctx), candidates(found), err)
}

// create makes the entry, or takes over the one that exists.
func (r *entryResource) create(
	ctx context.Context, console *sentinelone.Client, plan entryModel,
) (sentinelone.Restriction, error) {
	in, fields := tfkit.ScopeOf(ctx, plan.Scope), plan.toAPI(r.Provider.Marker)
	return r.Provider.Entries.Create(ctx, inventory.Creation[sentinelone.Restriction]{
		In:    in,
		Names: fields.Names(),
		Same:  func(sentinelone.Restriction) bool { return true }, // an entry is its hash
		Existing: func(found []sentinelone.Restriction) (sentinelone.Restriction, error) {
			if err := tfkit.Adopt(plan.OnExisting, entryType, candidates(found)); err != nil {
				return sentinelone.Restriction{}, err
			}
			entry, err := console.Restrictions.Update(ctx, in, found[0].ID, fields)
			entry.Imported = found[0].Imported // the answer to a write does not tell
			return entry, err
		},
		Send: func(ctx context.Context) (sentinelone.Restriction, error) {
			entry, err := console.Restrictions.Create(ctx, in, fields)
			return entry, explained(ctx, console, in, fields, err)
		},
	})
}

// explained adds the console's verdict on the hash to its refusal. The verdict is asked for only then: most hashes are
// taken, and asking costs a call.
func explained(
	ctx context.Context, console *sentinelone.Client, in sentinelone.Scope, fields sentinelone.RestrictionFields, refusal error,
) error {
	if !errors.Is(refusal, sentinelone.ErrRefused) || errors.Is(refusal, sentinelone.ErrExists) {
		return refusal
	}
	verdict, err := console.Restrictions.Validate(ctx, in, fields)
	if err != nil || verdict.Status == "" || verdict.Status == sentinelone.VerdictNone {
		return refusal // which is the better explanation
	}
	reasons := []string{fmt.Sprintf("Asked for its verdict on the hash, the console says %q", verdict.Status)}
	for _, detail := range verdict.Details {
		reasons = append(reasons, detail.Field+": "+detail.Error)
	}
	return fmt.Errorf("%w. %s", refusal, strings.Join(reasons, "; "))
}

// find returns the entries of a scope that a natural key names.
func (r *entryResource) find(ctx context.Context, in sentinelone.Scope, key string) ([]tfkit.Candidate, error) {
	kind, rest, _ := strings.Cut(key, "/")
	hash, osType, _ := strings.Cut(rest, "/")
	hashOf := map[string]func(sentinelone.Restriction) string{
		"sha1":   func(entry sentinelone.Restriction) string { return entry.SHA1 },
		"sha256": func(entry sentinelone.Restriction) string { return entry.SHA256 },
	}[kind]
	if hashOf == nil || hash == "" || !slices.Contains(sentinelone.OSTypes(), osType) {
		return nil, &tfkit.MalformedKeyError{Key: key}
	}
	found, err := r.Provider.Entries.Named(ctx, in, sentinelone.RestrictionFields{OSType: osType, SHA1: hash}.Names()...)
	return candidates(slices.DeleteFunc(found, func(entry sentinelone.Restriction) bool {
		return !strings.EqualFold(hashOf(entry), hash)
	})), err
}

// unchanged tells whether an entry is what the state has: nothing is known yet of one that is being imported.
func (r *entryResource) unchanged(entry sentinelone.Restriction, prior entryModel) bool {
	now := newEntryFacts(entry, r.Provider.Marker)
	return prior.OSType.IsNull() || now.OSType.Equal(prior.OSType) && now.SHA1.Same(prior.SHA1) && now.SHA256.Same(prior.SHA256) &&
		now.Description.Equal(prior.Description) && now.Source.Equal(prior.Source) && now.NotRecommended.Equal(prior.NotRecommended)
}

func candidates(found []sentinelone.Restriction) (list []tfkit.Candidate) {
	for _, entry := range found {
		list = append(list, tfkit.Candidate{
			ID: entry.ID, Made: fmt.Sprintf("made by %q on %s", entry.UserName, entry.CreatedAt),
		})
	}
	return list
}
