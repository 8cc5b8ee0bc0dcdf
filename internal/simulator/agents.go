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
