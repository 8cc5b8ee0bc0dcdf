package tfkit

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// Kind is what a resource on [Inventoried] tells of its objects. T is an object as the console holds it, F what the code
// decides about it, and M the resource's model: it has the attributes id, scope and on_existing.
type Kind[T inventory.Row, F Fields, M any] struct {
	// Type is the resource's, such as "sentinelone_firewall_tag".
	Type string
	// Operations are those that errors name.
	Operations Operations
	// Steering names the attributes that, like on_existing, only steer the provider.
	Steering []string
	// Inventory returns what the console holds of the kind; nil as long as there is no client to ask it.
	Inventory func(*Provider) *inventory.Inventory[T]

	// Describe names an object in an error. It is a method of M, like the two that follow.
	Describe func(M, context.Context) string
	// ToAPI returns what is to be written.
	ToAPI func(M, context.Context, Marker) (F, diag.Diagnostics)
	// Unchanged tells whether the console holds what the state has. Of an object that is being imported the state has
	// nothing yet, which is unchanged.
	Unchanged func(M, context.Context, T, Marker) bool
	// FromAPI returns the model of what the console holds. What the console does not tell is as it is known: that is the
	// plan or the prior state, and null where there is neither.
	FromAPI func(ctx context.Context, row T, marker Marker, known M) (M, diag.Diagnostics)

	// Create makes an object.
	Create func(context.Context, *sentinelone.Client, sentinelone.Scope, F) (T, error)
	// Update changes the object of an id, which that scope owns.
	Update func(ctx context.Context, console *sentinelone.Client, in sentinelone.Scope, id string, fields F) (T, error)

	// Same tells whether an object that has one of the names is what is to be made.
	Same func(T, F) bool
	// Made tells a person by whom and when an object was made.
	Made func(T) string
	// Key is what a person knows an object by.
	Key Key[T]
	// Listing is the list resource of the same name.
	Listing Listing[T]
}

// Fields are what the code decides about an object.
type Fields interface {
	// Names are the natural keys, as the kind's inventory knows them.
	Names() []string
}

// Operations are the calls of a kind.
type Operations struct{ List, Create, Update, Delete sentinelone.Operation }

// Key is a kind's natural key.
type Key[T inventory.Row] struct {
	// Form shows how it is written, such as "tag/NAME".
	Form string
	// Find returns the objects of a scope that have a key. The error is a [*MalformedKeyError] when the text is no key.
	Find func(ctx context.Context, held *inventory.Inventory[T], in sentinelone.Scope, key string) ([]T, error)
}

// NameKey is the natural key of objects that are known by their names, such as "tag/NAME".
func NameKey[T inventory.Row](prefix string) Key[T] {
	return Key[T]{
		Form: prefix + "/NAME",
		Find: func(ctx context.Context, held *inventory.Inventory[T], in sentinelone.Scope, key string) ([]T, error) {
			name, ok := strings.CutPrefix(key, prefix+"/")
			if !ok {
				return nil, &MalformedKeyError{Key: key}
			}
			return held.Named(ctx, in, name)
		},
	}
}
