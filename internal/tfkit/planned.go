package tfkit

import (
	"maps"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
)

// Planned is what the objects of a run are planned to be, by scope and name: a provider does not learn their addresses, so
// two that get in each other's way are told by that. Its zero value is ready for use, by many at once.
type Planned[T any] struct {
	mu     sync.Mutex
	scopes map[sentinelone.Scope]map[string]T
}

// Note returns what has been planned in a scope so far, by name, and notes what is planned under a name, unless something
// is.
func (p *Planned[T]) Note(in sentinelone.Scope, name string, plan T) (before map[string]T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.scopes == nil {
		p.scopes = map[sentinelone.Scope]map[string]T{}
	}
	if p.scopes[in] == nil {
		p.scopes[in] = map[string]T{}
	}
	before = maps.Clone(p.scopes[in])
	if _, ok := before[name]; !ok {
		p.scopes[in][name] = plan
	}
	return before
}

// SetPlan is what an indicator set is planned to be.
type SetPlan struct {
	Config   tftypes.Value
	Document ioc.Document
	OSTypes  []string
}
