package blocklist

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// findByHash returns the entries of a scope that a natural key names.
func findByHash(
	ctx context.Context, held *inventory.Inventory[sentinelone.Restriction], in sentinelone.Scope, key string,
) ([]sentinelone.Restriction, error) {
	kind, rest, _ := strings.Cut(key, "/")
	hash, osType, _ := strings.Cut(rest, "/")
	hashOf := map[string]func(sentinelone.Restriction) string{
		"sha1":   func(entry sentinelone.Restriction) string { return entry.SHA1 },
		"sha256": func(entry sentinelone.Restriction) string { return entry.SHA256 },
	}[kind]
	if hashOf == nil || hash == "" || !slices.Contains(sentinelone.OSTypes(), osType) {
		return nil, &tfkit.MalformedKeyError{Key: key}
	}
	found, err := held.Named(ctx, in, sentinelone.RestrictionFields{OSType: osType, SHA1: hash}.Names()...)
	return slices.DeleteFunc(found, func(entry sentinelone.Restriction) bool {
		return !strings.EqualFold(hashOf(entry), hash)
	}), err
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
