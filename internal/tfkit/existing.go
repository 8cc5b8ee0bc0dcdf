package tfkit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"terraform-provider-sentinelone/internal/inventory"
)

// What to do when the console holds an object already that is to be created.
const (
	OnExisting = "on_existing" // the attribute

	refuseExisting = "error"
	adoptExisting  = "adopt"
)

// OnExistingAttribute is the attribute on_existing; what a person takes two objects for one by is said in same.
func OnExistingAttribute(same string) schema.Attribute {
	return schema.StringAttribute{
		Optional: true,
		Computed: true,
		Default:  stringdefault.StaticString(refuseExisting),
		MarkdownDescription: "What to do when the console already holds " + same + " that Terraform does not manage: " +
			"`error` stops and prints the import block; `adopt` takes the object over, so that destroying also deletes it. " +
			"It only steers the provider: changing it alone changes nothing. Default `error`.",
		Validators: []validator.String{stringvalidator.OneOf(refuseExisting, adoptExisting)},
	}
}

// OnExistingOf returns an attribute's value, its default in place of the null that an import leaves.
func OnExistingOf(value types.String) types.String {
	if value.IsNull() {
		return basetypes.NewStringValue(refuseExisting)
	}
	return value
}

// Candidate is an object on the console that is what is to be created.
type Candidate struct {
	ID   string
	Made string // by whom and when
	Also string // a name that it has beside those that the code gives, such as another hash: it can't be adopted then
}

// ExistingError tells that the console already holds what is to be created.
type ExistingError struct {
	Type  string // of the resource
	Found []Candidate
}

// Error implements error: it says what exists, and how to go on.
func (e *ExistingError) Error() string {
	var b strings.Builder
	b.WriteString("the console already holds it, and Terraform does not manage it:\n")
	for _, found := range e.Found {
		fmt.Fprintf(&b, "\n  id %s, %s", found.ID, found.Made)
		if found.Also != "" {
			fmt.Fprintf(&b, "; it is also %s", found.Also)
		}
	}
	b.WriteString("\n\nTo manage it, import it under the address above:\n")
	for _, found := range e.Found {
		fmt.Fprintf(&b, "\nimport {\n  to = %s.NAME\n  id = %q\n}\n", e.Type, found.ID)
	}
	switch {
	case len(e.Found) > 1:
		b.WriteString("\nThere are several, so one has to be chosen: on_existing = \"adopt\" does not choose among several.")
	case e.Found[0].Also != "":
		b.WriteString("\non_existing = \"adopt\" takes it over when the code says all that it is.")
	default:
		b.WriteString("\nOr set on_existing = \"adopt\" to take it over with the next apply; destroying then deletes it.")
	}
	return b.String()
}

// adopt returns nil when the code says to adopt and there is one candidate only, which is no more than what the code says,
// else the error that names them all.
func adopt(onExisting types.String, resourceType string, found []Candidate) error {
	if onExisting.ValueString() == adoptExisting && len(found) == 1 && found[0].Also == "" {
		return nil
	}
	return &ExistingError{Type: resourceType, Found: found}
}

// planExisting announces what a create will do about an object that is what is planned, as soon as all of it is known.
// That the console could not be asked is a warning: the create asks again.
func (r *Inventoried[T, F, M]) planExisting(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if !req.Config.Raw.IsFullyKnown() || r.Provider == nil || r.Provider.Console == nil {
		return
	}
	plan, fields := r.wanted(ctx, resp.Plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || plan.in.IsZero() {
		return
	}
	object := r.kind.Describe(plan.model, ctx)
	found, err := r.kind.Inventory(r.Provider).Strangers(ctx, plan.in, fields.Names()...)
	if err != nil {
		resp.Diagnostics.AddWarning("Cannot look for existing objects", fmt.Sprintf(
			"%s: whether the console already holds it is not known yet, and is looked into again at apply. %s.", object, err))
		return
	}
	same := r.rivals(slices.DeleteFunc(found, func(row T) bool { return !r.kind.Same(row, fields) }), fields)
	if len(same) == 0 {
		return
	}
	if err := adopt(plan.onExisting, r.kind.Type, same); err != nil {
		resp.Diagnostics.Append(existing(object, err))
		return
	}
	resp.Diagnostics.AddWarning("Existing object will be adopted", fmt.Sprintf(
		"%s: the console already holds it as id %s, %s. Terraform will take it over, and delete it when it is destroyed.",
		object, same[0].ID, same[0].Made))
}

// create makes an object, or takes over the one that exists. It returns what the console answered, beside what is known
// otherwise: the plan, and of an object that was taken over also what it was before.
func (r *Inventoried[T, F, M]) create(
	ctx context.Context, plan instance[M], fields F, diags *diag.Diagnostics,
) (row T, known M, err error) {
	known = plan.model
	row, err = r.kind.Inventory(r.Provider).Create(ctx, inventory.Creation[T]{
		In:    plan.in,
		Names: fields.Names(),
		Same:  func(row T) bool { return r.kind.Same(row, fields) },
		Existing: func(found []T) (row T, err error) {
			if err := adopt(plan.onExisting, r.kind.Type, r.rivals(found, fields)); err != nil {
				return row, err
			}
			known = r.model(ctx, found[0], plan.model, diags)
			id, _ := found[0].Key()
			return r.kind.Update(ctx, r.Provider.Console, plan.in, id, fields)
		},
		Send: func(ctx context.Context) (T, error) { return r.kind.Create(ctx, r.Provider.Console, plan.in, fields) },
	})
	return row, known, err
}

// rivals are the candidates for what is wanted.
func (r *Inventoried[T, F, M]) rivals(rows []T, wanted F) []Candidate {
	list := r.candidates(rows)
	for i, row := range rows {
		for _, name := range r.kind.Inventory(r.Provider).Names(row) {
			if !slices.Contains(wanted.Names(), name) {
				list[i].Also = name
			}
		}
	}
	return list
}

func (r *Inventoried[T, F, M]) candidates(rows []T) (list []Candidate) {
	for _, row := range rows {
		id, _ := row.Key()
		list = append(list, Candidate{ID: id, Made: r.kind.Made(row)})
	}
	return list
}

func existing(object string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Object exists already", object+": "+err.Error())
}
