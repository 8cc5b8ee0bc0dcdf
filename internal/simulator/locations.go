package simulator

// listLocations serves GET /locations: the locations of the scopes that the query names and of all above, since a
// location applies to whatever lies below it. It names no tenant, whose locations come with any scope's.
func listLocations(c *call) (any, error) {
	own, in, err := c.reached(c.query, c.scopes.lineage)
	if err != nil {
		return nil, err
	}
	use := c.locationUse()
	wanted := append(c.locationFilters(use).predicates(c.query), func(l *Location) bool { return in[l.place()] })
	locations, page, err := locationListing().page(c, c.locations.candidates(c.query), wanted)
	if err != nil {
		return nil, err
	}
	views := rowsFrom(locations, func(l *Location) listedLocation { return c.viewLocation(l, use, own[l.place()]) })
	return list{Data: views, Pagination: page}, nil
}
