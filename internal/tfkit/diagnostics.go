package tfkit

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// AddFailure adds one diagnostic for a call that failed: what was tried, on which object, the console's own words and
// the way out. The summary is the same for all objects, so that Terraform can fold many of a kind.
func AddFailure(diags *diag.Diagnostics, op sentinelone.Operation, object string, err error) {
	if exists, ok := errors.AsType[*ExistingError](err); ok {
		diags.Append(existing(object, exists))
		return
	}
	detail := object + ": " + strings.TrimSuffix(err.Error(), ".") + "."
	diags.AddError("Cannot "+op.Name, WithRemedy(detail, op, err))
}

// WithRemedy returns what an error is about with what the person who reads it can do behind it.
func WithRemedy(detail string, op sentinelone.Operation, err error) string {
	if remedy := remedy(op, err); remedy != "" {
		return detail + "\n\n" + remedy
	}
	return detail
}

// Describe names an object in an error: by its name, its id as far as it has one, and where it belongs.
func Describe(kind, name, id string, in sentinelone.Scope) string {
	text := kind
	if name != "" {
		text += fmt.Sprintf(" %q", name)
	}
	if id != "" {
		text += " (id " + id + ")"
	}
	return text + " in " + in.String()
}

// remedy is what the person who reads the error can do about it.
func remedy(op sentinelone.Operation, err error) string {
	var (
		api        *sentinelone.APIError
		incomplete *sentinelone.IncompleteError
	)
	switch {
	case errors.Is(err, sentinelone.ErrNotFound):
		return "The object is gone from the console. Plan again: Terraform will propose to create it anew."
	case errors.As(err, &incomplete):
		return "The console may have changed meanwhile. Nothing was concluded from what came; run Terraform again."
	case errors.Is(err, context.Canceled) && errors.Is(err, sentinelone.ErrMayHaveRun):
		return "Terraform was told to stop." + mayHaveRun(op)
	case errors.Is(err, context.Canceled):
		return "Terraform was told to stop before the call was done."
	case errors.Is(err, sentinelone.ErrThrottled):
		return "The console was still refusing calls when retry_timeout ended, or asked for a longer pause. Raise it, or run " +
			"again later."
	case !errors.As(err, &api):
		return unansweredRemedy(op)
	case !api.FromAPI() && (api.Status < 400 || api.Status == http.StatusNotFound):
		return "Something answered that is not the SentinelOne management API. Check the provider's host: it is the " +
			"address of the management console, such as \"example.sentinelone.net\"."
	case !api.FromAPI() && api.Status == http.StatusForbidden:
		return "Something before the console refused the call, such as a proxy or a web application firewall."
	case errors.Is(err, sentinelone.ErrSiteUser):
		return "The token's user belongs to a site. The console lets no such user do this, whatever the role: it takes a " +
			"user whose scope is an account or the tenant."
	case api.Operation.Name != "": // a call of several that were tried
		return statusRemedy(api.Operation, api.Status)
	default:
		return statusRemedy(op, api.Status)
	}
}

// unansweredRemedy is for calls without an answer.
func unansweredRemedy(op sentinelone.Operation) string {
	return "Check the provider's host, and that this machine may reach it (firewall, proxy, certificate authority)." +
		mayHaveRun(op)
}

// mayHaveRun warns of a create that failed without the console's word that it did not run.
func mayHaveRun(op sentinelone.Operation) string {
	if !op.Creates() {
		return ""
	}
	return " The console may have carried the call out all the same: look there before applying again, and import what " +
		"it made."
}

func statusRemedy(op sentinelone.Operation, status int) string {
	switch {
	case status == http.StatusUnauthorized:
		return "The console does not accept the API token: it is wrong, expired or revoked. Whether it has expired shows " +
			"under Settings > Users > Service Users, by the service user's expiration date; for a token of your own, under My " +
			"User > Actions > API Token Operations. To make a new one, use Actions > Copy User there for a service user; for " +
			"yourself, Generate API Token, which revokes the one before. Set it as api_token or SENTINELONE_API_TOKEN."
	case status == http.StatusForbidden:
		return fmt.Sprintf("The token's user needs the permission %s for that scope, which must lie within the user's "+
			"own; and the scope's licence must hold the feature.", oneOf(op.Permissions))
	case status == http.StatusRequestURITooLong:
		return "The filters are too long for one call. Ask for fewer values at once; 300 ids are few enough."
	case status >= http.StatusInternalServerError:
		return "The console failed on its side. Run Terraform again; if it stays so, give SentinelOne's support the " +
			"request id above." + mayHaveRun(op)
	default:
		return ""
	}
}

// Permissions is the sentence of a docs page that names what an object's operations need.
func Permissions(ops ...sentinelone.Operation) string {
	names := permissions(ops)
	if len(names) == 0 {
		names = []string{"none"}
	}
	return "\n\nConsole permissions: " + strings.Join(names, ", ") + "."
}

// OptionalPermissions is the sentence behind it that names what operations need without which an object tells less.
func OptionalPermissions(ops ...sentinelone.Operation) string {
	return " Optional, to tell more: " + strings.Join(permissions(ops), ", ") + "."
}

// permissions are what operations need, each once.
func permissions(ops []sentinelone.Operation) []string {
	var names []string
	for _, op := range ops {
		name := "*" + oneOf(op.Permissions) + "*"
		if len(op.Permissions) > 0 && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func oneOf(permissions []sentinelone.Permission) string {
	var names []string
	for _, p := range permissions {
		names = append(names, string(p))
	}
	return strings.Join(names, " or ")
}
