package exposure

import (
	"testing"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// Ids select the endpoints where there are any; the name beside them finds installations only.
func TestApplicationByIDsOrName(t *testing.T) {
	t.Parallel()
	model := applicationEndpointsModel{application: application{ApplicationName: new("Editor"), ApplicationVendor: new("Example")}}
	if query := model.query(sentinelone.Scope{}); *query.ApplicationName != "Editor" || *query.ApplicationVendor != "Example" {
		t.Errorf("by name: %+v", query)
	}
	model.ApplicationIDs = []string{"7"}
	if query := model.query(sentinelone.Scope{}); query.ApplicationIDs[0] != "7" || query.ApplicationName != nil ||
		query.ApplicationVendor != nil {
		t.Errorf("by id: %+v", query)
	}
}
