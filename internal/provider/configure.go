package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"terraform-provider-sentinelone/internal/blocklist"
	"terraform-provider-sentinelone/internal/firewall"
	"terraform-provider-sentinelone/internal/indicators"
	"terraform-provider-sentinelone/internal/inventory"
	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// settings are the provider's attributes.
type settings struct {
	Host              types.String  `tfsdk:"host"`
	APIToken          types.String  `tfsdk:"api_token"`
	Scope             tfkit.Scope   `tfsdk:"scope"`
	Marker            types.String  `tfsdk:"marker"`
	RetryTimeout      types.String  `tfsdk:"retry_timeout"`
	RequestTimeout    types.String  `tfsdk:"request_timeout"`
	RequestsPerSecond types.Float64 `tfsdk:"requests_per_second"`
	CACertificateFile types.String  `tfsdk:"ca_certificate_file"`
}

// Configure implements provider.Provider. It sends nothing: the first object that needs the console does.
func (p *sentineloneProvider) Configure(
	ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse,
) {
	var s settings
	resp.Diagnostics.Append(req.Config.Get(ctx, &s)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s.Host = fromEnvironment(s.Host, "SENTINELONE_HOST", "SENTINELONE_URL")
	s.APIToken = fromEnvironment(s.APIToken, "SENTINELONE_API_TOKEN", "SENTINELONE_TOKEN")
	data := &tfkit.Provider{
		Unknown: s.unknown(), DefaultScope: s.Scope, Marker: tfkit.DefaultMarker, Now: p.now, Documents: indicators.NewDocuments(),
	}
	if !s.Marker.IsNull() {
		data.Marker = tfkit.Marker(s.Marker.ValueString())
	}
	if len(data.Unknown) == 0 {
		data.Console = s.newClient("terraform-provider-sentinelone/"+p.version, &resp.Diagnostics)
	}
	if data.Console != nil {
		data.Rules = firewall.NewRuleInventory(data.Console)
		data.Configurations = inventory.NewFacts(data.Console.FirewallConfigurations.Get)
		data.Protocols = firewall.NewProtocols(data.Console)
		data.Tags = firewall.NewTagInventory(data.Console)
		data.Entries = blocklist.NewInventory(data.Console)
		data.InheritedRules = indicators.NewInheritedRules(data.Console)
		data.InheritedEntries = indicators.NewInheritedEntries(data.Console)
		data.Handover = inventory.NewHandover[ioc.Indicator](p.settle)
	}
	resp.ResourceData = data
	resp.ListResourceData = data
	resp.DataSourceData = data
	resp.EphemeralResourceData = data
	resp.ActionData = data
}

// fromEnvironment fills what the code leaves out. What is not known yet is not left out.
func fromEnvironment(value types.String, names ...string) types.String {
	if !value.IsNull() {
		return value
	}
	for _, name := range names {
		if text := os.Getenv(name); text != "" {
			return types.StringValue(text)
		}
	}
	return value
}

// unknown names the settings that the console can't be called without, and that are not known yet.
func (s settings) unknown() []string {
	var names []string
	for _, setting := range []struct {
		name  string
		value attr.Value
	}{
		{"host", s.Host},
		{"api_token", s.APIToken},
		{"marker", s.Marker},
		{"retry_timeout", s.RetryTimeout},
		{"request_timeout", s.RequestTimeout},
		{"requests_per_second", s.RequestsPerSecond},
		{"ca_certificate_file", s.CACertificateFile},
	} {
		if setting.value.IsUnknown() {
			names = append(names, setting.name)
		}
	}
	return names
}

// newClient checks everything again that validation has checked: values from the environment, and values that were
// not known then, come here first.
func (s settings) newClient(userAgent string, diags *diag.Diagnostics) *sentinelone.Client {
	cfg := sentinelone.Config{
		Host:              s.Host.ValueString(),
		Token:             s.APIToken.ValueString(),
		RequestsPerSecond: s.RequestsPerSecond.ValueFloat64(),
		UserAgent:         userAgent,
		Log: func(ctx context.Context, message string, fields map[string]any) {
			tflog.Debug(ctx, message, fields)
		},
	}
	check := func(attribute string, err error) {
		if err != nil {
			diags.Append(unusable(attribute, err))
		}
	}
	var err error
	_, err = sentinelone.ParseHost(cfg.Host)
	check("host", err)
	check("api_token", sentinelone.CheckToken(cfg.Token))
	if !s.Marker.IsNull() {
		check("marker", tfkit.Marker(s.Marker.ValueString()).Check())
	}
	cfg.RetryTimeout, err = optionalDuration(s.RetryTimeout)
	check("retry_timeout", err)
	cfg.RequestTimeout, err = optionalDuration(s.RequestTimeout)
	check("request_timeout", err)
	if !s.CACertificateFile.IsNull() {
		cfg.CACertificates, err = os.ReadFile(s.CACertificateFile.ValueString())
		check("ca_certificate_file", err)
	}
	if diags.HasError() {
		return nil
	}
	client, err := sentinelone.New(cfg)
	check("ca_certificate_file", err) // the one setting that only the client can judge
	return client
}

// unusable says what is wrong with a setting, and how to set it.
func unusable(attribute string, err error) diag.Diagnostic {
	summary, advice := "Invalid provider configuration", ""
	switch {
	case errors.Is(err, sentinelone.ErrNoHost):
		summary = "No host"
		advice = " Set host in the provider block, or SENTINELONE_HOST in the environment, to the management " +
			"console's address, such as \"example.sentinelone.net\"."
	case errors.Is(err, sentinelone.ErrNoToken):
		summary = "No API token"
		advice = " Set SENTINELONE_API_TOKEN in the environment, or api_token in the provider block, to the token of a " +
			"service user."
	case errors.Is(err, sentinelone.ErrMalformedToken):
		summary = "Malformed API token"
		advice = " Such characters often come along when a token is copied or read from a file; trimspace() removes " +
			"them at the ends."
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(attribute), summary, fmt.Sprintf("%s: %s.%s", attribute, err, advice))
}

func parseToken(text string) (string, error) { return text, sentinelone.CheckToken(text) }

func parseMarker(text string) (string, error) { return text, tfkit.Marker(text).Check() }

func parseDuration(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%q is no length of time such as \"90s\" or \"5m\"", text)
	}
	return d, nil
}

func optionalDuration(value types.String) (time.Duration, error) {
	if value.IsNull() {
		return 0, nil
	}
	return parseDuration(value.ValueString())
}
