package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/getkin/kin-openapi/routers"
)

// operation is what a route of the API does, and what a caller needs for it: one of the permissions, in the console's
// own strings, as the vendor's swagger has them, or none but a token.
type operation struct {
	serve    func(*call) (any, error)
	anyOneOf []string
}

// operations are what the console serves, by method and path below the API prefix, as in the contract.
func operations() map[string]operation {
	viewFirewall := []string{"Firewall Control.view", "Network Quarantine Control.view"}
	manageRules := []string{"Firewall Control.manageRulesAndTags", "Network Quarantine Control.manageRulesAndTags"}
	modifySettings := append([]string{
		"Firewall Control.modifySettings(preferencesTab)", "Network Quarantine Control.modifySettings(preferencesTab)",
	}, manageRules...)
	viewTags := slices.Concat(viewFirewall, []string{"Ranger.view"})
	manageTags := slices.Concat(manageRules, []string{"Ranger.manageDeviceTags"})
	viewRisks := []string{"Applications Page.viewRisks"}
	viewApplications := []string{"Applications Page.view"}
	return map[string]operation{
		"GET /firewall-control":               {listRules, viewFirewall},
		"POST /firewall-control":              {createRule, manageRules},
		"GET /firewall-control/{rule_id}":     {listRulesOfCategory, viewFirewall},
		"PUT /firewall-control/{rule_id}":     {updateRule, manageRules},
		"DELETE /firewall-control":            {deleteRules, manageRules},
		"PUT /firewall-control/enable":        {enableRules, manageRules},
		"PUT /firewall-control/reorder":       {reorderRules, manageRules},
		"GET /firewall-control/configuration": {getConfiguration, viewFirewall},
		"PUT /firewall-control/configuration": {updateConfiguration, modifySettings},
		"GET /firewall-control/protocols":     {listProtocols, viewFirewall},
		"GET /accounts":                       {listAccounts, []string{"Accounts.view"}},
		"GET /accounts/{account_id}":          {getAccount, []string{"Accounts.view"}},
		"GET /agents":                         {listAgents, []string{"Endpoints.view"}},
		"GET /agents/count":                   {countAgents, []string{"Endpoints.view"}},
		"GET /groups":                         {listGroups, []string{"Groups.view"}},
		"GET /groups/{group_id}":              {getGroup, []string{"Groups.view"}},
		"GET /groups/{group_id}/token":        {getGroupToken, []string{"Groups.view"}},
		"GET /locations":                      {listLocations, []string{"Locations.view"}},
		"GET /rbac/roles":                     {listRoles, []string{"Roles.view"}},
		"GET /rbac/role/{role_id}":            {getRole, []string{"Roles.view"}},
		"GET /restrictions":                   {listRestrictions, []string{"Blacklist.view"}},
		"POST /restrictions":                  {createRestrictions, []string{"Blacklist.create"}},
		"POST /restrictions/validate":         {validateRestriction, []string{"Blacklist.create"}},
		"PUT /restrictions":                   {updateRestriction, []string{"Blacklist.edit"}},
		"DELETE /restrictions":                {deleteRestrictions, []string{"Blacklist.delete"}},
		"GET /sites":                          {listSites, []string{"Sites.view"}},
		"GET /sites/{site_id}":                {getSite, []string{"Sites.view"}},
		"GET /sites/{site_id}/token":          {getSiteToken, []string{"Sites.view"}},
		"GET /system/info":                    {getSystemInfo, nil},
		"GET /system/status":                  {getSystemStatus, nil},
		"GET /tags":                           {listTags, viewTags},
		"POST /tags":                          {createTag, manageTags},
		"PUT /tags/{tag_id}":                  {updateTag, manageTags},
		"DELETE /tags/{tag_id}":               {deleteTag, manageTags},
		"DELETE /tags":                        {deleteTags, manageTags},

		"GET /application-management/risks":                         {listRisks, viewRisks},
		"GET /application-management/risks/applications":            {listRiskyApplications, viewRisks},
		"GET /application-management/risks/aggregated-applications": {listAggregatedApplications, viewRisks},
		"GET /application-management/risks/cves":                    {listCVEs, viewRisks},
		"GET /application-management/risks/endpoints":               {listRiskyEndpoints, viewRisks},
		"GET /application-management/inventory":                     {listInventory, viewApplications},
		"GET /application-management/inventory/applications":        {listInstalledApplications, viewApplications},
		"GET /application-management/inventory/endpoints":           {listInventoryEndpoints, viewApplications},
		"GET /application-management/settings":                      {getScanSettings, viewApplications},
		"POST /application-management/scan":                         {startScan, []string{"Applications Page.scanVulnerabilities"}},

		// Those about users ask for permissions themselves.
		"GET /user":                              {getUser, nil},
		"GET /users/{user_id}/api-token-details": {getTokenDetails, nil},
		"POST /users/api-token-details":          {findTokenDetails, nil},
	}
}

// call is one request to an operation. The operation runs under the console's lock, and has the store for itself.
type call struct {
	*store
	user     User
	query    arguments
	id       string // in the path
	body     []byte
	pageSize int
	shuffle  func(n int, swap func(i, j int))
}

// serve runs an operation, and holds the request and the answer to the contract.
func (c *Console) serve(name string, op operation, r *http.Request) reply {
	if limit := c.current().behaviour.URLLimit; limit > 0 && len(r.URL.RequestURI()) > limit {
		return nginxReply(http.StatusRequestURITooLong)
	}
	route := c.contract.routes[name]
	body, err := c.run(op, route, r)
	if err != nil {
		var refused *refusal
		if !errors.As(err, &refused) {
			return c.broken(fmt.Errorf("%s: %w", name, err))
		}
		return refusalReply(refused)
	}
	encoded, err := c.rows.encode(route, body)
	if err != nil {
		return c.broken(fmt.Errorf("the answer to %s: %w", name, err))
	}
	return jsonReply(http.StatusOK, encoded)
}

// current returns the store of this moment. Without the lock, only what never changes in it may be read: its behaviour
// and its users.
func (c *Console) current() *store {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.store
}

// admit finds out who calls and whether that is allowed. What the contract frees from security is for everybody.
func (c *Console) admit(op operation, route *routers.Route, r *http.Request) (*store, User, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if security := route.Operation.Security; security != nil && len(*security) == 0 {
		return c.store, User{}, nil
	}
	user, err := c.store.authenticate(r.Header.Get("Authorization"))
	if err == nil && op.anyOneOf != nil && !user.may(op.anyOneOf...) {
		err = forbidden()
	}
	return c.store, user, err
}

// run finds out who calls and whether that is allowed, then whether the request keeps the contract, and then does it.
func (c *Console) run(op operation, route *routers.Route, r *http.Request) (any, error) {
	before, user, err := c.admit(op, route, r)
	if err != nil {
		return nil, err
	}
	if err := checkRequest(route, r, before.behaviour); err != nil {
		return nil, err
	}
	body, err := readBody(route, r)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return op.serve(&call{
		store: c.store, user: user, query: queryArguments(route, r.URL.Query()), id: pathID(route, r), body: body,
		pageSize: c.pageSize, shuffle: c.shuffle,
	})
}

// readBody returns the body of a request that has passed the contract. It is encoded anew: to the contract 80.0 and 8e1
// are whole numbers, as in Python, but not to Go's decoder, and the contract reads no further than the first document.
func readBody(route *routers.Route, r *http.Request) ([]byte, error) {
	if route.Operation.RequestBody == nil {
		return nil, nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	var document any
	if err := json.Unmarshal(body, &document); err != nil {
		return nil, invalid("Invalid input type.")
	}
	if body, err = json.Marshal(document); err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	return body, nil
}
