package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// arguments are the parameters of a query, or the fields of a body's filter, by name. A list has its items, anything
// else one item.
type arguments map[string][]string

// first returns the parameter's only value, or "".
func (a arguments) first(name string) string {
	if values := a[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// is reports whether a boolean parameter is true.
func (a arguments) is(name string) bool {
	return truth(a.first(name))
}

// truth reads a boolean that has passed the contract.
func truth(word string) bool {
	b, err := strconv.ParseBool(word)
	return err == nil && b
}

// UnmarshalJSON reads a body's filter, which has the same fields as the query, as JSON.
func (a *arguments) UnmarshalJSON(data []byte) error {
	var fields map[string]any
	if err := json.Unmarshal(data, &fields); err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	*a = make(arguments, len(fields))
	for name, value := range fields {
		list, ok := value.([]any)
		if !ok {
			list = []any{value}
		}
		items := make([]string, len(list))
		for i, item := range list {
			items[i] = fmt.Sprint(item)
		}
		(*a)[name] = items
	}
	return nil
}

// predicate tells whether a row is wanted.
type predicate[T any] func(*T) bool

// filters holds, for each parameter of an area, how its arguments become a predicate.
type filters[T any] map[string]func(args []string) predicate[T]

// predicates returns what args ask for. Names without a filter, such as limit, are not its business.
func (f filters[T]) predicates(args arguments) []predicate[T] {
	var wanted []predicate[T]
	for name, values := range args {
		if build := f[name]; build != nil {
			wanted = append(wanted, build(values))
		}
	}
	return wanted
}

func all[T any](wanted []predicate[T], row *T) bool {
	for _, want := range wanted {
		if !want(row) {
			return false
		}
	}
	return true
}

// oneOf wants rows whose field is one of the arguments.
func oneOf[T any](field func(*T) string) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		if len(args) > 8 { // a long list of ids
			set := make(map[string]bool, len(args))
			for _, a := range args {
				set[a] = true
			}
			return func(row *T) bool { return set[field(row)] }
		}
		return func(row *T) bool { return slices.Contains(args, field(row)) }
	}
}

// anyOf wants rows that have one of the arguments among a field's values.
func anyOf[T any](field func(*T) []string) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		return func(row *T) bool {
			return slices.ContainsFunc(field(row), func(v string) bool { return slices.Contains(args, v) })
		}
	}
}

// contains wants rows where one of the texts has one of the arguments in it, whatever the case.
func contains[T any](texts func(*T) []string) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		terms := make([]string, len(args))
		for i, a := range args {
			terms[i] = strings.ToLower(a)
		}
		return func(row *T) bool {
			for _, text := range texts(row) {
				text = strings.ToLower(text)
				if slices.ContainsFunc(terms, func(term string) bool { return strings.Contains(text, term) }) {
					return true
				}
			}
			return false
		}
	}
}

// flag wants rows whose field is one of the booleans given.
func flag[T any](field func(*T) bool) func([]string) predicate[T] {
	return oneOfFold(func(row *T) string { return strconv.FormatBool(field(row)) })
}

// number wants rows whose field is the number given.
func number[T any](field func(*T) int) func([]string) predicate[T] {
	return oneOf(func(row *T) string { return strconv.Itoa(field(row)) })
}

// moreThan wants rows whose field is above the number given, as the name of such filters has it; of activeThreats__gt the
// swagger says "at least".
func moreThan[T any](field func(*T) int) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		limit := whole(args[0])
		return func(row *T) bool { return int64(field(row)) > limit }
	}
}

// instant wants rows whose time is the one given.
func instant[T any](field func(*T) time.Time) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		want := timestampOf(args[0])
		return func(row *T) bool { return field(row).Equal(want) }
	}
}

// oneOfFold is oneOf, whatever the case.
func oneOfFold[T any](field func(*T) string) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		return func(row *T) bool {
			return slices.ContainsFunc(args, func(a string) bool { return strings.EqualFold(a, field(row)) })
		}
	}
}

// timeFilters adds the filters on a time: name__lt, name__lte, name__gt, name__gte and name__between.
func (f filters[T]) timeFilters(name string, field func(*T) time.Time) {
	compared := func(accept ...int) func([]string) predicate[T] {
		return func(args []string) predicate[T] {
			limit := timestampOf(args[0])
			return func(row *T) bool { return slices.Contains(accept, field(row).Compare(limit)) }
		}
	}
	f[name+"__lt"] = compared(-1)
	f[name+"__lte"] = compared(-1, 0)
	f[name+"__gt"] = compared(1)
	f[name+"__gte"] = compared(0, 1)
	f[name+"__between"] = func(args []string) predicate[T] {
		from, to, _ := strings.Cut(args[0], "-")
		first, last := whole(from), whole(to)
		return func(row *T) bool {
			ms := field(row).UnixMilli()
			return first <= ms && ms <= last
		}
	}
}

// whole reads a number that has passed the contract.
func whole(digits string) int64 {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// anyOfFold is anyOf, whatever the case.
func anyOfFold[T any](field func(*T) []string) func([]string) predicate[T] {
	return func(args []string) predicate[T] {
		return func(row *T) bool {
			return slices.ContainsFunc(field(row), func(v string) bool { return strings.EqualFold(v, args[0]) })
		}
	}
}
