package exposure

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

var (
	_ action.ActionWithConfigure  = (*applicationScan)(nil)
	_ action.ActionWithModifyPlan = (*applicationScan)(nil)
)

// NewApplicationScanAction returns the action sentinelone_application_scan.
func NewApplicationScanAction() action.Action { return &applicationScan{} }

type applicationScan struct{ tfkit.Action }

// scanModel is the action's configuration.
type scanModel struct {
	Scope tfkit.Scope `tfsdk:"scope"`
}

// Metadata implements action.Action.
func (*applicationScan) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_application_scan"
}

// Schema implements action.Action.
func (*applicationScan) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Starts a vulnerability scan of the applications on all endpoints of a scope, such as after a " +
			"control changed. It ends when the console has taken the request: the scan goes on in the background, and the " +
			"time of the last scan of an endpoint tells what it has reached.\n\n" +
			"The console takes one scan in 8 hours. One that comes earlier is an error and changes nothing; by an " +
			"`action_trigger` it fails the apply behind the change that triggered it. Nothing is tried again, and when the " +
			"answer was lost, the error says that the scan may have been started. Actions need Terraform 1.14." +
			tfkit.Permissions(sentinelone.StartApplicationScan),
		Attributes: map[string]schema.Attribute{
			"scope": tfkit.ActionScope("What to scan: exactly one of `tenant`, `account_id` and `site_id`. A group can't be scanned by itself."),
		},
	}
}

// ModifyPlan implements action.ActionWithModifyPlan: it refuses early what Invoke would refuse, as far as it is known.
func (a *applicationScan) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var config scanModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || a.Provider == nil {
		return
	}
	if config.Scope.FullyKnown(ctx) && a.Provider.DefaultScope.FullyKnown(ctx) {
		a.scope(ctx, config, &resp.Diagnostics)
	}
}

// Invoke implements action.Action.
func (a *applicationScan) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config scanModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := a.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	in := a.scope(ctx, config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: "Asking for a vulnerability scan of " + in.String()})
	if err := client.ApplicationScans.Start(ctx, in); err != nil {
		addScanFailure(&resp.Diagnostics, in, err)
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{
		Message: "The console has started the vulnerability scan of " + in.String() + "; it goes on in the background",
	})
}

// scope returns what is to be scanned.
func (a *applicationScan) scope(ctx context.Context, config scanModel, diags *diag.Diagnostics) sentinelone.Scope {
	in := a.ScopeOrDefault(ctx, config.Scope, diags)
	if in.Level == sentinelone.LevelGroup {
		diags.AddAttributeError(path.Root("scope"), "Not a scope to scan",
			"The console scans the tenant, an account or a site, not "+in.String()+" by itself. Name its site.")
	}
	return in
}

// addScanFailure says what an error means for a call that is never sent twice.
func addScanFailure(diags *diag.Diagnostics, in sentinelone.Scope, err error) {
	const summary = "Cannot start vulnerability scan"
	detail := "Vulnerability scan of " + in.String() + ": " + strings.TrimSuffix(err.Error(), ".") + ".\n\n"
	switch {
	case errors.Is(err, sentinelone.ErrScanLimit):
		diags.AddError(summary, detail+"The console takes one vulnerability scan in 8 hours, and there was one. This one was "+
			"not started, and is not tried again. Invoke the action later, or wait for the scan that the console runs by its "+
			"own schedule.")
	case errors.Is(err, sentinelone.ErrMayHaveRun):
		diags.AddError("Vulnerability scan may have started", detail+"The console may have started the scan all the same, so the call was "+
			"not sent again. Look at the times of the last scans in the console before invoking the action again; if it was "+
			"started, the console refuses the next for 8 hours.")
	default:
		tfkit.AddFailure(diags, sentinelone.StartApplicationScan, "Vulnerability scan of "+in.String(), err)
	}
}
