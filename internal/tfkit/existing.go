package tfkit

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
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
	}
	b.WriteString("\n\nTo manage it, import it under the address above:\n")
	for _, found := range e.Found {
		fmt.Fprintf(&b, "\nimport {\n  to = %s.NAME\n  id = %q\n}\n", e.Type, found.ID)
	}
	if len(e.Found) > 1 {
		b.WriteString("\nThere are several, so one has to be chosen: on_existing = \"adopt\" takes over an only one.")
	} else {
		b.WriteString("\nOr set on_existing = \"adopt\" to take it over with the next apply; destroying then deletes it.")
	}
	return b.String()
}

// Adopt returns nil when the code says to adopt and there is one candidate only, else the error that names them all.
func Adopt(onExisting types.String, resourceType string, found []Candidate) error {
	if onExisting.ValueString() == adoptExisting && len(found) == 1 {
		return nil
	}
	return &ExistingError{Type: resourceType, Found: found}
}

// PlanExisting announces at plan what a create will do about what exists already. That the console could not be asked
// is a warning: the create asks again.
func PlanExisting(
	diags *diag.Diagnostics, onExisting types.String, resourceType, object string, found []Candidate, err error,
) {
	switch {
	case err != nil:
		diags.AddWarning("Cannot look for existing objects", fmt.Sprintf(
			"%s: whether the console already holds it is not known yet, and is looked into again at apply. %s.", object, err))
	case len(found) == 0:
	default:
		if err := Adopt(onExisting, resourceType, found); err != nil {
			diags.Append(existing(object, err))
			return
		}
		diags.AddWarning("Existing object will be adopted", fmt.Sprintf(
			"%s: the console already holds it as id %s, %s. Terraform will take it over, and delete it when it is destroyed.",
			object, found[0].ID, found[0].Made))
	}
}

func existing(object string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Object exists already", object+": "+err.Error())
}
