package simulator

import (
	"maps"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

// TestApplicationFilters makes sure that no parameter about applications is accepted and then ignored, and that each
// filter can be asked for.
func TestApplicationFilters(t *testing.T) {
	t.Parallel()
	k, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	s := &store{}
	elsewhere := []string{ // Read by paging.go, scope.go and risks.go.
		"skip", "limit", "cursor", "countOnly", "skipCount", "sortBy", "sortOrder", "accountIds", "siteIds", "groupIds",
		"includeRemovals",
	}
	for route, have := range map[string][]string{
		"risks":                         slices.Collect(maps.Keys(s.exposureFilters())),
		"risks/applications":            slices.AppendSeq(slices.Collect(maps.Keys(s.versionFilters())), maps.Keys(s.summaryFilters())),
		"risks/aggregated-applications": slices.AppendSeq(slices.Collect(maps.Keys(s.aggregateFilters())), maps.Keys(s.summaryFilters())),
		"risks/cves":                    slices.AppendSeq(slices.Collect(maps.Keys(applicationFilters())), maps.Keys(cveFilters())),
		"risks/endpoints":               slices.Collect(maps.Keys(s.riskyEndpointFilters())),
		"inventory":                     slices.Collect(maps.Keys(s.inventoryFilters())),
		"inventory/endpoints":           slices.Collect(maps.Keys(s.installedFilters())),
	} {
		var described []string
		for _, p := range k.routes["GET /application-management/"+route].Operation.Parameters {
			if !slices.Contains(elsewhere, p.Value.Name) {
				described = append(described, p.Value.Name)
			}
		}
		slices.Sort(described)
		slices.Sort(have)
		if diff := cmp.Diff(described, have); diff != "" {
			t.Errorf("%s (-described +served):\n%s", route, diff)
		}
	}
}

// TestApplicationSorts makes sure that each sortBy has a column.
func TestApplicationSorts(t *testing.T) {
	t.Parallel()
	k, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	s := &store{}
	for route, have := range map[string][]string{
		"risks":                         slices.Collect(maps.Keys(s.exposureListing().columns)),
		"risks/applications":            slices.Collect(maps.Keys(s.versionListing().columns)),
		"risks/aggregated-applications": slices.Collect(maps.Keys(s.aggregateListing().columns)),
		"risks/cves":                    slices.Collect(maps.Keys(cveListing().columns)),
		"risks/endpoints":               slices.Collect(maps.Keys(s.riskyEndpointListing().columns)),
		"inventory":                     slices.Collect(maps.Keys(inventoryListing().columns)),
		"inventory/endpoints":           slices.Collect(maps.Keys(s.installedListing().columns)),
	} {
		var described []string
		sortBy := k.routes["GET /application-management/"+route].Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, "sortBy")
		for _, name := range sortBy.Schema.Value.Enum {
			if text, ok := name.(string); ok && text != "id" {
				described = append(described, text)
			}
		}
		slices.Sort(described)
		slices.Sort(have)
		if diff := cmp.Diff(described, have); diff != "" {
			t.Errorf("%s (-described +served):\n%s", route, diff)
		}
	}
}
