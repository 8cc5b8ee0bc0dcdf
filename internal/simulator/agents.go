package simulator

// listAgents serves GET /agents.
func listAgents(c *call) (any, error) {
	wanted, err := c.agentsWanted()
	if err != nil {
		return nil, err
	}
	agents, page, err := c.agentListing().page(c, c.agents.candidates(c.query), wanted)
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(agents, c.viewAgent), Pagination: page}, nil
}

// countAgents serves GET /agents/count.
func countAgents(c *call) (any, error) {
	wanted, err := c.agentsWanted()
	if err != nil {
		return nil, err
	}
	total := 0
	for a := range c.agents.candidates(c.query) {
		if all(wanted, a) {
			total++
		}
	}
	return single{map[string]int{"total": total}}, nil
}

// agentTotals counts the agents of groups and sites, whatever their condition: the swagger calls the numbers totals. It is
// nil on a console that has no agent at all.
type agentTotals map[place]int

// agentTotals counts for all groups and sites in one walk over the agents.
func (s *store) agentTotals() agentTotals {
	if len(s.agents.rows) == 0 {
		return nil
	}
	totals := agentTotals{}
	for _, a := range s.agents.rows {
		totals[a.place()]++
		totals[place{"site", a.SiteID}]++
	}
	return totals
}

// of returns the agents of a group or a site; a console without agents answers what the state says instead.
func (t agentTotals) of(p place, stated int) int {
	if t == nil {
		return stated
	}
	return t[p]
}
