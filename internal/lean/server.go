package lean

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// everything is all that a provider of the framework serves. A server that wraps it must have all of it: what is
// missing is found out by type assertion, and silently not served.
type everything interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// server frees what each call of it was given as soon as the call is done. The framework keeps the context of every
// call as long as the process lives, to cancel it when Terraform stops: some 15 kB for each, with the loggers in it.
type server struct{ everything }

// NewServer returns the provider behind its protocol.
func NewServer(p provider.Provider) (tfprotov6.ProviderServer, error) {
	framework := providerserver.NewProtocol6(p)()
	all, ok := framework.(everything)
	if !ok {
		return nil, fmt.Errorf("%T serves no list resources or actions", framework)
	}
	return server{all}, nil
}

// while runs a call with a context that stands for another as long as the call lasts.
func while[Q, P any](ctx context.Context, question Q, call func(context.Context, Q) (P, error)) (P, error) {
	passing := &passing{}
	passing.through.Store(&ctx)
	defer passing.through.Store(&over) //nolint:contextcheck // nobody is to be cancelled by it any more
	return call(passing, question)     //nolint:contextcheck // it passes the caller's context on
}

// over is what is left of a context when its call is done.
var over = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// passing is a context that stands for another, and lets go of it.
type passing struct {
	through atomic.Pointer[context.Context]
}

func (p *passing) context() context.Context { return *p.through.Load() }

func (p *passing) Deadline() (time.Time, bool) { return p.context().Deadline() }

func (p *passing) Done() <-chan struct{} { return p.context().Done() }

func (p *passing) Err() error { return p.context().Err() }

func (p *passing) Value(key any) any { return p.context().Value(key) }

// ReadResource implements tfprotov6.ResourceServer.
func (s server) ReadResource(
	ctx context.Context, req *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	return while(ctx, req, s.everything.ReadResource)
}

// ValidateResourceConfig implements tfprotov6.ResourceServer.
func (s server) ValidateResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return while(ctx, req, s.everything.ValidateResourceConfig)
}

// UpgradeResourceState implements tfprotov6.ResourceServer.
func (s server) UpgradeResourceState(
	ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return while(ctx, req, s.everything.UpgradeResourceState)
}

// UpgradeResourceIdentity implements tfprotov6.ResourceServer.
func (s server) UpgradeResourceIdentity(
	ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest,
) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return while(ctx, req, s.everything.UpgradeResourceIdentity)
}

// PlanResourceChange implements tfprotov6.ResourceServer.
func (s server) PlanResourceChange(
	ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	return while(ctx, req, s.everything.PlanResourceChange)
}

// ApplyResourceChange implements tfprotov6.ResourceServer.
func (s server) ApplyResourceChange(
	ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return while(ctx, req, s.everything.ApplyResourceChange)
}

// ImportResourceState implements tfprotov6.ResourceServer.
func (s server) ImportResourceState(
	ctx context.Context, req *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	return while(ctx, req, s.everything.ImportResourceState)
}

// CallFunction implements tfprotov6.FunctionServer.
func (s server) CallFunction(
	ctx context.Context, req *tfprotov6.CallFunctionRequest,
) (*tfprotov6.CallFunctionResponse, error) {
	return while(ctx, req, s.everything.CallFunction)
}
