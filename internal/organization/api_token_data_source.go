package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

// NewAPITokenDataSource returns the data source sentinelone_api_token.
func NewAPITokenDataSource() datasource.DataSource {
	return &dataSource[apiTokenModel]{
		name:  "api_token",
		title: "The provider's API token",
		description: "The API token that the provider uses: until when it is good, and whom it speaks for. Made for a " +
			"`check` block, which warns while there is time to make a new one. The token itself is not in the state.",
		attributes: apiTokenAttributes(),
		op:         sentinelone.FindToken,
		optional:   []sentinelone.Operation{sentinelone.GetUser},
		read:       readAPIToken,
	}
}

func readAPIToken(ctx context.Context, p *tfkit.Provider, state *apiTokenModel) error {
	dates, err := p.Console.Users.Token(ctx)
	if err != nil {
		return err
	}
	user, err := p.Console.Users.Current(ctx) // the zero User where the console does not tell
	*state = newAPITokenModel(dates, user, p.Now())
	return unlessUnseen(err)
}
