package acctest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/provider"
)

// Core does what Terraform's core does with the resources of one type, over the protocol and in process: for tests of many
// runs, of which the CLI would take seconds each. Resources do not depend on each other, so they are handled at once.
type Core struct {
	Type     string
	Settings Attributes // of the provider
	Options  []Option

	states map[string]*coreState // by address
}

type coreState struct {
	value   tftypes.Value
	private []byte
}

// Attributes are the attributes of a resource that its configuration sets.
type Attributes map[string]tftypes.Value

// Changes are the addresses of what a run changed, and the warnings that it gave.
type Changes struct {
	Created, Updated, Deleted []string
	Warnings                  []string
}

// Empty tells whether nothing was to be changed.
func (c Changes) Empty() bool { return len(c.Created)+len(c.Updated)+len(c.Deleted) == 0 }

// Apply refreshes, plans and applies a configuration, given by address. Errors are joined; what succeeded beside them is in
// the state.
func (c *Core) Apply(ctx context.Context, configs map[string]Attributes) (Changes, error) {
	if c.states == nil {
		c.states = map[string]*coreState{}
	}
	run := &coreRun{Core: c, configs: configs, plans: map[string]*corePlan{}}
	if err := run.walk(ctx, run.plan); err != nil {
		return run.changes, err
	}
	err := run.walk(ctx, run.apply)
	for _, list := range []*[]string{&run.changes.Created, &run.changes.Updated, &run.changes.Deleted, &run.changes.Warnings} {
		slices.Sort(*list)
	}
	return run.changes, err
}

type coreRun struct {
	*Core
	configs map[string]Attributes
	server  tfprotov6.ProviderServer
	schema  *tfprotov6.Schema
	kind    tftypes.Object

	mu      sync.Mutex
	plans   map[string]*corePlan
	changes Changes
}

type corePlan struct {
	prior, planned tftypes.Value
	private        []byte
}

// walk does something with all addresses at once, with a provider that is configured for it.
func (r *coreRun) walk(ctx context.Context, visit func(context.Context, string) error) error {
	if err := r.configure(ctx); err != nil {
		return err
	}
	addresses := maps.Clone(r.configs)
	for address := range r.states {
		addresses[address] = r.configs[address]
	}
	var visits sync.WaitGroup
	var failures []error
	for address := range addresses {
		visits.Go(func() {
			if err := visit(ctx, address); err != nil {
				r.mu.Lock()
				defer r.mu.Unlock()
				failures = append(failures, fmt.Errorf("%s: %w", address, err))
			}
		})
	}
	visits.Wait()
	return errors.Join(failures...)
}

func (r *coreRun) configure(ctx context.Context) error {
	r.server = providerserver.NewProtocol6(provider.New("test", r.Options...)())()
	schemas, err := r.server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return err
	}
	r.schema = schemas.ResourceSchemas[r.Type]
	r.kind, _ = r.schema.ValueType().(tftypes.Object)
	settings, _ := schemas.Provider.ValueType().(tftypes.Object)
	config, err := dynamic(settings, complete(settings, r.Settings))
	if err != nil {
		return err
	}
	resp, err := r.server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: config})
	if err != nil {
		return err
	}
	return r.problems(resp.Diagnostics)
}

// problems returns the errors among diagnostics, and keeps the warnings.
func (r *coreRun) problems(diags []*tfprotov6.Diagnostic) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var failures []error
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			failures = append(failures, fmt.Errorf("%s: %s", d.Summary, d.Detail))
		} else {
			r.changes.Warnings = append(r.changes.Warnings, d.Summary+": "+d.Detail)
		}
	}
	return errors.Join(failures...)
}

func (r *coreRun) state(address string) (*coreState, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	state, ok := r.states[address]
	return state, ok
}

func (r *coreRun) setState(address string, value tftypes.Value, private []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if value.IsNull() {
		delete(r.states, address)
		return
	}
	r.states[address] = &coreState{value, private}
}

func (r *coreRun) plan(ctx context.Context, address string) error {
	if err := r.refresh(ctx, address); err != nil {
		return err
	}
	p, err := r.planned(ctx, address)
	if err == nil && !p.planned.Equal(p.prior) {
		r.mu.Lock()
		r.plans[address] = p
		r.mu.Unlock()
	}
	return err
}

func (r *coreRun) refresh(ctx context.Context, address string) error {
	state, ok := r.state(address)
	if !ok {
		return nil
	}
	current, err := tfprotov6.NewDynamicValue(r.kind, state.value)
	if err != nil {
		return err
	}
	resp, err := r.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: r.Type, CurrentState: &current, Private: state.private,
	})
	if err == nil {
		err = r.problems(resp.Diagnostics)
	}
	if err != nil {
		return err
	}
	value, err := resp.NewState.Unmarshal(r.kind)
	r.setState(address, value, resp.Private)
	return err
}

// planned returns the plan of an address as Terraform makes it, at plan and again at apply.
func (r *coreRun) planned(ctx context.Context, address string) (*corePlan, error) {
	p := &corePlan{prior: tftypes.NewValue(r.kind, nil)}
	var private []byte
	if state, ok := r.state(address); ok {
		p.prior, private = state.value, state.private
	}
	config, wanted := r.configs[address]
	if !wanted {
		p.planned = tftypes.NewValue(r.kind, nil)
		return p, nil
	}
	configured := complete(r.kind, config)
	validated, err := r.validate(ctx, configured)
	if err != nil {
		return nil, err
	}
	prior, err := tfprotov6.NewDynamicValue(r.kind, p.prior)
	if err != nil {
		return nil, err
	}
	proposed, err := dynamic(r.kind, r.proposed(configured, p.prior))
	if err != nil {
		return nil, err
	}
	resp, err := r.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: r.Type, Config: validated, PriorState: &prior, ProposedNewState: proposed, PriorPrivate: private,
	})
	if err == nil {
		err = r.problems(resp.Diagnostics)
	}
	if err == nil && len(resp.RequiresReplace) > 0 && !p.prior.IsNull() {
		err = fmt.Errorf("replacement was planned, on account of %s", resp.RequiresReplace)
	}
	if err != nil {
		return nil, err
	}
	p.private = resp.PlannedPrivate
	p.planned, err = resp.PlannedState.Unmarshal(r.kind)
	return p, err
}

func (r *coreRun) validate(ctx context.Context, configured Attributes) (*tfprotov6.DynamicValue, error) {
	config, err := dynamic(r.kind, configured)
	if err != nil {
		return nil, err
	}
	resp, err := r.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: r.Type, Config: config})
	if err != nil {
		return nil, err
	}
	return config, r.problems(resp.Diagnostics)
}

// proposed is what the configuration says, and where it says nothing of what the provider computes, what was.
func (r *coreRun) proposed(configured Attributes, prior tftypes.Value) Attributes {
	proposed := maps.Clone(configured)
	var before map[string]tftypes.Value
	if prior.IsNull() || prior.As(&before) != nil {
		return proposed
	}
	for _, attribute := range r.schema.Block.Attributes {
		if attribute.Computed && configured[attribute.Name].IsNull() {
			proposed[attribute.Name] = before[attribute.Name]
		}
	}
	return proposed
}

func (r *coreRun) apply(ctx context.Context, address string) error {
	first := r.plans[address]
	if first == nil {
		return nil
	}
	p, err := r.planned(ctx, address) // again, in this process
	if err != nil {
		return err
	}
	if broken := broken(r.kind, first.planned, p.planned); broken != "" {
		return fmt.Errorf("the final plan differs from the first in %s", broken)
	}
	prior, err := tfprotov6.NewDynamicValue(r.kind, p.prior)
	if err != nil {
		return err
	}
	planned, err := tfprotov6.NewDynamicValue(r.kind, p.planned)
	if err != nil {
		return err
	}
	config := tftypes.NewValue(r.kind, nil)
	if attributes, wanted := r.configs[address]; wanted {
		config = tftypes.NewValue(r.kind, map[string]tftypes.Value(complete(r.kind, attributes)))
	}
	configured, err := tfprotov6.NewDynamicValue(r.kind, config)
	if err != nil {
		return err
	}
	resp, err := r.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: r.Type, Config: &configured, PriorState: &prior, PlannedState: &planned, PlannedPrivate: p.private,
	})
	if err != nil {
		return err
	}
	value, err := resp.NewState.Unmarshal(r.kind)
	if err != nil {
		return err
	}
	r.setState(address, value, resp.Private)
	if err := r.problems(resp.Diagnostics); err != nil {
		return err
	}
	r.note(address, p)
	if broken := broken(r.kind, p.planned, value); broken != "" {
		return fmt.Errorf("what was applied differs from the plan in %s", broken)
	}
	return nil
}

func (r *coreRun) note(address string, p *corePlan) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case p.prior.IsNull():
		r.changes.Created = append(r.changes.Created, address)
	case p.planned.IsNull():
		r.changes.Deleted = append(r.changes.Deleted, address)
	default:
		r.changes.Updated = append(r.changes.Updated, address)
	}
}

// broken names the attributes that were known and came out differently: Terraform calls that an error in the provider.
func broken(kind tftypes.Object, planned, actual tftypes.Value) string {
	var before, after map[string]tftypes.Value
	if planned.IsNull() || actual.IsNull() {
		if planned.IsNull() != actual.IsNull() {
			return "whether it exists"
		}
		return ""
	}
	if planned.As(&before) != nil || actual.As(&after) != nil {
		return "its type"
	}
	var names []string
	for name := range kind.AttributeTypes {
		if before[name].IsFullyKnown() && !before[name].Equal(after[name]) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// complete returns all attributes of a type, those that are not given null.
func complete(kind tftypes.Object, given Attributes) Attributes {
	all := Attributes{}
	for name, attribute := range kind.AttributeTypes {
		all[name] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(all, given)
	return all
}

func dynamic(kind tftypes.Object, attributes Attributes) (*tfprotov6.DynamicValue, error) {
	value, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value(attributes)))
	return &value, err
}
