package tfkit

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// NaturalKey is what a person knows an object of a scope by, where the id is not at hand.
type NaturalKey struct {
	// Form shows how the key is written, such as "rule/NAME".
	Form string
	// Operation is what finding it takes.
	Operation sentinelone.Operation
	// Find returns the objects of a scope that have a key. The error is a [*MalformedKeyError] when the text is no key.
	Find func(ctx context.Context, in sentinelone.Scope, key string) ([]Candidate, error)
}

// MalformedKeyError tells that a text is no natural key.
type MalformedKeyError struct{ Key string }

// Error implements error.
func (e *MalformedKeyError) Error() string { return fmt.Sprintf("%q is no key", e.Key) }

// Import begins the state of what is imported: by identity, by id, by scope and id, or by scope and natural key.
func (r *Identified) Import(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, key NaturalKey,
) {
	var identity Identity
	if req.ID == "" {
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
	} else {
		identity = r.identityOf(ctx, req.ID, key, &resp.Diagnostics)
	}
	if !identity.Scope.IsNull() {
		setScope(ctx, identity.Scope.ValueString(), resp)
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), identity.ID)...)
	}
}

// identityOf returns the identity that a text stands for.
func (r *Identified) identityOf(ctx context.Context, text string, key NaturalKey, diags *diag.Diagnostics) Identity {
	if idPattern.MatchString(text) {
		return Identity{ID: types.StringValue(text)}
	}
	in, rest, err := sentinelone.CutScope(text)
	if err != nil {
		diags.Append(malformedImport(text, key))
		return Identity{}
	}
	if idPattern.MatchString(rest) {
		return NewIdentity(rest, in)
	}
	if r.Client(diags) == nil {
		return Identity{}
	}
	found, err := key.Find(ctx, in, rest)
	_, malformed := errors.AsType[*MalformedKeyError](err)
	switch object := fmt.Sprintf("%s in %s", rest, in); {
	case malformed:
		diags.Append(malformedImport(text, key))
	case err != nil:
		AddFailure(diags, key.Operation, object, err)
	case len(found) == 0:
		diags.AddError("Nothing to import", "The console holds no "+object+", that the scope itself owns.")
	case len(found) > 1:
		diags.AddError("Several objects to import", several(object, found))
	default:
		return NewIdentity(found[0].ID, in)
	}
	return Identity{}
}

func several(object string, found []Candidate) string {
	var b strings.Builder
	fmt.Fprintf(&b, "The console holds several %s. Import the one that is meant by its id:\n", object)
	for _, candidate := range found {
		fmt.Fprintf(&b, "\n  id %s, %s", candidate.ID, candidate.Made)
	}
	return b.String()
}

func malformedImport(text string, key NaturalKey) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Invalid import", fmt.Sprintf(
		"%q is no id of the console, nor SCOPE/ID or SCOPE/%s, where SCOPE is tenant, account/ID, site/ID or group/ID.",
		text, key.Form))
}
