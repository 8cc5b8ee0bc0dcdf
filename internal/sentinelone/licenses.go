package sentinelone

// Licenses are the licences of a site or an account, by the console's internal names.
type Licenses struct {
	Bundles []License `json:"bundles"`
	Modules []License `json:"modules"` // the add-ons
}

// License is one licence.
type License struct {
	Name string `json:"name"`
}
