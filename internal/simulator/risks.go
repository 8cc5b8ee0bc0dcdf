package simulator

import (
	"iter"
	"slices"
)

// listRisks serves GET /application-management/risks.
func listRisks(c *call) (any, error) {
	wanted, err := c.exposuresWanted(c.exposureFilters())
	if err != nil {
		return nil, err
	}
	found, page, err := c.exposureListing().page(c, slices.Values(c.exposures()), wanted)
	if err != nil {
		return nil, err
	}
	return list{Data: rowsFrom(found, c.viewExposure), Pagination: page}, nil
}

// computersAsked returns the agents in the scope that the query names, or else in the caller's own, with all that lies
// within. These queries take one scope at most.
func (c *call) computersAsked() (map[string]bool, error) {
	asked, err := c.readableOrOwn(c.query)
	if err != nil {
		return nil, err
	}
	p, err := onlyPlace(asked)
	if err != nil {
		return nil, err
	}
	return c.computersIn(p), nil
}

func (s *store) computersIn(p place) map[string]bool {
	in, found := s.scopes.below(p), map[string]bool{}
	for _, a := range s.agents.rows {
		if in[a.place()] {
			found[a.ID] = true
		}
	}
	return found
}

// exposuresWanted returns what the query asks for, of the exposures in its scope. Those that are gone are wanted only
// with includeRemovals.
func (c *call) exposuresWanted(f filters[exposure]) ([]predicate[exposure], error) {
	if err := c.checkLicense(); err != nil {
		return nil, err
	}
	computers, err := c.computersAsked()
	if err != nil {
		return nil, err
	}
	removals := c.query.is("includeRemovals")
	reached := func(e *exposure) bool { return computers[e.software.AgentID] && (removals || !e.removed()) }
	return append([]predicate[exposure]{reached}, f.predicates(c.query)...), nil
}

// exposuresFor walks over the exposures that the query asks for.
func (c *call) exposuresFor(f filters[exposure]) (iter.Seq[*exposure], error) {
	wanted, err := c.exposuresWanted(f)
	if err != nil {
		return nil, err
	}
	return func(yield func(*exposure) bool) {
		for _, e := range c.exposures() {
			if all(wanted, e) && !yield(e) {
				return
			}
		}
	}, nil
}

// needLicense are the parameters that the swagger has for holders of the licence.
var needLicense = []string{
	"applicationTypes", "exploitCodeMaturity", "exploitedInTheWild", "mitigationStatus", "mostCommonStatuses",
	"remediationLevels", "reportConfidence", "riskScore__between", "statusMessage__contains", "statuses",
}

// refusesUnlicensed reports whether what the licence is for is refused: with the status for any feature that is missing.
func (b Behaviour) refusesUnlicensed() bool {
	return b.UnlicensedRisks == "refuse" && b.RiskLicense != "full"
}

// checkLicense refuses by switch the parameters that the tenant has no licence for.
func (c *call) checkLicense() error {
	unlicensed := func(name string) bool { return c.query[name] != nil }
	if c.behaviour.refusesUnlicensed() && slices.ContainsFunc(needLicense, unlicensed) {
		return forbidden()
	}
	return nil
}

// applicationChosen refuses a query that is about no certain application, in the words of a live console. Without the
// licence a query is about one applicationId.
func (c *call) applicationChosen() error {
	ids := c.query["applicationIds"]
	if len(ids) == 0 && (c.query.first("applicationName") == "" || c.query.first("applicationVendor") == "") {
		return invalid("Both applicationName and applicationVendor must be specified when not querying by applicationIds")
	}
	if len(ids) != 1 && c.behaviour.refusesUnlicensed() {
		return forbidden()
	}
	return nil
}
