package organization

import (
	"math"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

type apiTokenModel struct {
	CreatedAt types.String `tfsdk:"created_at"`
	ExpiresAt types.String `tfsdk:"expires_at"`
	DaysLeft  types.Int64  `tfsdk:"days_left"`
	UserID    types.String `tfsdk:"user_id"`
	UserName  types.String `tfsdk:"user_name"`
	UserEmail types.String `tfsdk:"user_email"`
	Role      types.String `tfsdk:"role"`
	Scope     tfkit.Scope  `tfsdk:"scope"`
}

func apiTokenAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"created_at": tfkit.ComputedText("When the token was made, in UTC."),
		"expires_at": tfkit.ComputedText("From when on the token is refused, in UTC."),
		"days_left": tfkit.ComputedNumber("How many whole days the token is good for; null on consoles that do not tell " +
			"when it expires."),
		"user_id":    tfkit.ComputedText("The id of the token's user; null when the token may not view users, as are the next."),
		"user_name":  tfkit.ComputedText("The user's full name."),
		"user_email": tfkit.ComputedText("The user's email address; null when it has none."),
		"role":       tfkit.ComputedText("The name of the user's role; null, too, when it has several."),
		"scope": tfkit.ComputedScope("The scope that the user belongs to, ready for the `scope` of other objects; null, too, " +
			"when it belongs to several."),
	}
}

func newAPITokenModel(dates sentinelone.TokenDates, user sentinelone.User, now time.Time) apiTokenModel {
	m := apiTokenModel{
		CreatedAt: moment(dates.CreatedAt),
		ExpiresAt: moment(dates.ExpiresAt),
		UserID:    tfkit.Text(user.ID),
		UserName:  tfkit.Text(user.Name),
		UserEmail: tfkit.Text(user.Email),
		Role:      tfkit.Text(sole(user.RoleNames())),
		Scope:     tfkit.NewScope(sole(user.Scopes())),
	}
	if dates.ExpiresAt != nil {
		m.DaysLeft = types.Int64Value(int64(math.Floor(dates.ExpiresAt.Sub(now).Hours() / 24)))
	}
	return m
}

// moment returns a time as Terraform's functions take it; null for none.
func moment(t *time.Time) types.String {
	if t == nil {
		return types.StringNull()
	}
	return types.StringValue(t.UTC().Format(time.RFC3339))
}

// sole returns the value of which all are, else the zero value.
func sole[T comparable](all []T) (one T) {
	if len(all) == 0 || slices.ContainsFunc(all, func(other T) bool { return other != all[0] }) {
		return one
	}
	return all[0]
}
