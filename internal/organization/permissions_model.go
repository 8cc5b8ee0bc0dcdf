package organization

import (
	"slices"

	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/tfkit"
)

type permissionsModel struct {
	Features    []string          `tfsdk:"features"`
	Scope       tfkit.Scope       `tfsdk:"scope"`
	Permissions map[string]string `tfsdk:"permissions"`
	Missing     []string          `tfsdk:"missing"`
	Unknown     []string          `tfsdk:"unknown"`
}

// What may be said of a permission.
const (
	granted = "granted"
	missing = "missing"
	unknown = "unknown"
)

// record completes the model with what was found of each permission.
func (m *permissionsModel) record(found map[sentinelone.Permission]string) {
	m.Permissions, m.Missing, m.Unknown = map[string]string{}, []string{}, []string{}
	for p, said := range found {
		m.Permissions[string(p)] = said
		switch said {
		case missing:
			m.Missing = append(m.Missing, string(p))
		case unknown:
			m.Unknown = append(m.Unknown, string(p))
		}
	}
	slices.Sort(m.Missing)
	slices.Sort(m.Unknown)
}
