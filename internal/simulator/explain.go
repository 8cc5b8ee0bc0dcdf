package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

const unknownField = "Unknown field"

// complaint is one thing that is wrong with a request: where, and what.
type complaint struct {
	path []string
	text string
}

// explain words what is wrong with a request as the console does, in the manner of Python's marshmallow:
//
//	osType: "ALL" is not a valid choice.
//	type: 0: "ALL" is not a valid choice.
//	data: type: Missing data for required field., key: Missing data for required field.
//	data: dict_values(['pages']): Unknown field
//
// All four were recorded from live consoles.
func explain(err error) string {
	var heads []string
	texts := map[string][]string{}
	for _, c := range mergeUnknown(complaints(err)) {
		head := ""
		if len(c.path) > 0 && (c.path[0] == "data" || c.path[0] == "filter") {
			head, c.path = c.path[0]+": ", c.path[1:]
		}
		if texts[head] == nil {
			heads = append(heads, head)
		}
		texts[head] = append(texts[head], strings.Join(append(c.path, c.text), ": "))
	}
	for i, head := range heads {
		heads[i] = head + strings.Join(texts[head], ", ")
	}
	return strings.Join(heads, ", ")
}

// mergeUnknown puts the unknown fields of a body's data into one complaint, as the console does for that level only.
func mergeUnknown(list []complaint) []complaint {
	var rest []complaint
	var names []string
	for _, c := range list {
		if c.text == unknownField && len(c.path) == 2 && c.path[0] == "data" {
			names = append(names, "'"+c.path[1]+"'")
		} else {
			rest = append(rest, c)
		}
	}
	if names == nil {
		return list
	}
	values := "dict_values([" + strings.Join(names, ", ") + "])"
	return append([]complaint{{[]string{"data", values}, unknownField}}, rest...)
}

// complaints flattens the library's errors.
func complaints(err error) []complaint {
	switch err := err.(type) { //nolint:errorlint // The library nests lists in errors in lists: each level counts.
	case openapi3.MultiError:
		var list []complaint
		for _, e := range err {
			list = append(list, complaints(e)...)
		}
		return list
	case *openapi3filter.RequestError:
		return requestComplaints(err)
	case *openapi3.SchemaError:
		return []complaint{schemaComplaint(err)}
	default:
		return []complaint{{text: "Invalid input."}}
	}
}

// requestComplaints finds what is wrong with a parameter or the body.
func requestComplaints(err *openapi3filter.RequestError) []complaint {
	var unread *openapi3filter.ParseError
	switch {
	case err.Parameter == nil && errors.Is(err, openapi3filter.ErrInvalidRequired):
		return []complaint{{[]string{"data"}, "Missing data for required field."}}
	case err.Parameter == nil && (err.Err == nil || errors.As(err, &unread)):
		return []complaint{{text: "Invalid input type."}} // Not JSON, or not said to be.
	case err.Parameter == nil:
		return complaints(err.Err)
	case errors.Is(err, openapi3filter.ErrInvalidRequired):
		return []complaint{{[]string{err.Parameter.Name}, "Missing data for required field."}}
	case errors.As(err, &unread) || errors.Is(err, openapi3filter.ErrInvalidEmptyValue):
		return []complaint{{[]string{err.Parameter.Name}, wrongType(err.Parameter.Schema.Value)}}
	}
	list := complaints(err.Err)
	for i := range list {
		list[i].path = append([]string{err.Parameter.Name}, list[i].path...)
	}
	return list
}

func schemaComplaint(err *openapi3.SchemaError) complaint {
	path := err.JSONPointer()
	switch err.SchemaField {
	case "properties":
		var name string
		if _, scanErr := fmt.Sscanf(err.Reason, "property %q is unsupported", &name); scanErr != nil {
			name = err.Reason
		}
		return complaint{append(path, name), unknownField}
	case "required":
		return complaint{path, "Missing data for required field."}
	case "nullable":
		return complaint{path, "Field may not be null."}
	case "type":
		return complaint{path, wrongType(err.Schema)}
	case "enum":
		return complaint{path, quoted(err.Value) + " is not a valid choice."}
	case "format":
		switch {
		case errors.Is(err.Origin, errTimestamp):
			return complaint{path, "Not a valid datetime."}
		case errors.Is(err.Origin, errSmallIdentifier):
			return complaint{path, "Must be greater than or equal to 100000000000000000."}
		}
		return complaint{path, "Not a valid Identifier."}
	case "pattern":
		return complaint{path, "String does not match expected pattern."}
	case "minLength", "minItems":
		return complaint{path, fmt.Sprintf("Shorter than minimum length %d.", max(err.Schema.MinLength, err.Schema.MinItems))}
	case "maxLength":
		return complaint{path, fmt.Sprintf("Longer than maximum length %d.", *err.Schema.MaxLength)}
	case "maxItems":
		return complaint{path, fmt.Sprintf("Longer than maximum length %d.", *err.Schema.MaxItems)}
	case "minimum":
		return complaint{path, fmt.Sprintf("Must be greater than or equal to %v.", *err.Schema.Min)}
	case "maximum":
		return complaint{path, fmt.Sprintf("Must be less than or equal to %v.", *err.Schema.Max)}
	default:
		return complaint{path, err.Reason}
	}
}

func wrongType(schema *openapi3.Schema) string {
	switch {
	case schema.Type.Is(openapi3.TypeString):
		return "Not a valid string."
	case schema.Type.Is(openapi3.TypeInteger):
		return "Not a valid integer."
	case schema.Type.Is(openapi3.TypeBoolean):
		return "Not a valid boolean."
	case schema.Type.Is(openapi3.TypeArray):
		return "Not a valid list."
	default:
		return "Invalid input type."
	}
}

// quoted writes a refused value as JSON.
func quoted(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}
