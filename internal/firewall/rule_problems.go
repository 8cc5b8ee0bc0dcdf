package firewall

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"terraform-provider-sentinelone/internal/ioc"
	"terraform-provider-sentinelone/internal/tfkit"
)

// target is what the checks need of a rule's target.
type target interface {
	tfkit.Meaningful
	empty() bool
	problems(at path.Path) diag.Diagnostics
}

// problems are the reasons why the rule can't be written, as far as its values are known. It is asked when the code is
// validated, and again before each write, when everything is known.
func (m ruleFacts) problems(ctx context.Context) diag.Diagnostics {
	var diags diag.Diagnostics
	diags.Append(problemsOf(ctx, path.Root("application"), m.Application)...)
	diags.Append(problemsOf(ctx, path.Root("local_host"), m.LocalHost)...)
	diags.Append(problemsOf(ctx, path.Root("remote_hosts"), m.RemoteHosts)...)
	diags.Append(problemsOf(ctx, path.Root("local_port"), m.LocalPort)...)
	diags.Append(problemsOf(ctx, path.Root("remote_port"), m.RemotePort)...)
	diags.Append(problemsOf(ctx, path.Root("location"), m.Location)...)
	diags.Append(m.portless()...)
	if h, ok := m.LocalHost.Known(ctx); ok && len(h.targets()) > 1 {
		diags.AddAttributeError(path.Root("local_host"), "Several kinds of local host",
			"The API takes one kind of local host in a rule. Write a rule for each.")
	}
	return diags
}

func problemsOf[T target](ctx context.Context, at path.Path, o tfkit.Object[T]) diag.Diagnostics {
	var diags diag.Diagnostics
	if o.IsNull() || !o.FullyKnown(ctx) {
		return diags
	}
	value, ok := o.Known(ctx)
	switch {
	case !ok:
		diags.AddAttributeError(at, "Missing value", "A list in it holds a null. Leave such elements out.")
	case value.empty():
		diags.AddAttributeError(at, "Nothing to match", fmt.Sprintf("%s is present and has nothing in it. An empty "+
			"list must not become a rule that matches everything. Leave %s out to match any, or leave out the rule.", at, at))
	default:
		diags.Append(value.problems(at)...)
	}
	return diags
}

func (h hosts) problems(at path.Path) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, kind := range hostKinds {
		diags.Append(unparsed(at.AtName(kind.attribute), *kind.values(&h), kind.parse)...)
	}
	return diags
}

func (p ports) problems(at path.Path) diag.Diagnostics {
	var diags diag.Diagnostics
	if p.Range == nil {
		return diags
	}
	if len(p.Ports) > 0 {
		diags.Append(oneKind(at, "ports", "range"))
	}
	if _, _, err := parsePortRange(*p.Range); err != nil {
		diags.AddAttributeError(at.AtName("range"), invalidValue, err.Error()+".")
	}
	return diags
}

func (a application) problems(at path.Path) diag.Diagnostics {
	kinds := 0
	for _, used := range []bool{len(a.Paths) > 0, len(a.SHA1s) > 0, a.System != nil} {
		if used {
			kinds++
		}
	}
	diags := unparsed(at.AtName("sha1s"), a.SHA1s, ioc.SHA1)
	if kinds > 1 {
		diags.Append(oneKind(at, "paths", "sha1s", "system"))
	}
	return diags
}

func (l location) problems(at path.Path) diag.Diagnostics {
	var diags diag.Diagnostics
	if l.fallback() && len(l.IDs) > 0 {
		diags.Append(oneKind(at, "ids", "fallback"))
	}
	return diags
}

const invalidValue = "Invalid value"

func unparsed(at path.Path, values []string, parse func(string) (string, error)) diag.Diagnostics {
	var diags diag.Diagnostics
	for i, value := range values {
		if _, err := parse(value); err != nil {
			diags.AddAttributeError(at.AtListIndex(i), invalidValue, err.Error()+".")
		}
	}
	return diags
}

func oneKind(at path.Path, kinds ...string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Several kinds at once",
		fmt.Sprintf("The API takes one kind of %s in a rule: only one of %s.", at, strings.Join(kinds, ", ")))
}

// widening is the refusal to let a rule that had hosts match any host. The code must say so: the list may have come
// out empty by mistake.
func widening(prior, planned ruleModel) diag.Diagnostics {
	var diags diag.Diagnostics
	if planned.AllowAny.ValueBool() {
		return diags
	}
	for _, end := range []struct {
		attribute      string
		prior, planned attr.Value
	}{
		{"remote_hosts", prior.RemoteHosts, planned.RemoteHosts},
		{"local_host", prior.LocalHost, planned.LocalHost},
	} {
		if !end.prior.IsNull() && end.planned.IsNull() {
			diags.AddAttributeError(path.Root(end.attribute), "The rule would match any host", fmt.Sprintf(
				"The rule has %[1]s on the console, and the code has none: it would match any host. If that is meant, "+
					"set allow_any = true; if not, give %[1]s or remove the rule.", end.attribute))
		}
	}
	return diags
}
