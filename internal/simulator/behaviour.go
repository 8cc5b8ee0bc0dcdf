package simulator

import (
	"fmt"
	"slices"
)

// Behaviour decides what public evidence leaves open about the real console. The zero value is the default of each
// switch; a client that works with every value depends on nothing that is not known.
type Behaviour struct {
	// PutRule tells what PUT does with the fields of a rule that are not sent: "merge" (default) keeps them, "replace"
	// resets them. The swagger only says that all are optional.
	PutRule string `json:"putRule,omitzero"`
	// NewRuleAt is where a created rule goes among those of its scope: "end" (default) or "top".
	NewRuleAt string `json:"newRuleAt,omitzero"`
	// Reorder is how an order of rules is taken: as asked for (default); "ignore" answers success and changes nothing,
	// like a colleague who always orders back; "strict" refuses a list that leaves out rules of the scope. The swagger
	// does not say whether a list has to be complete.
	Reorder string `json:"reorder,omitzero"`
	// UniqueRuleNames refuses a second rule of the same name in a scope. One migration tool's error table hints at it.
	UniqueRuleNames bool `json:"uniqueRuleNames,omitzero"`
	// UnknownProtocol is what becomes of a rule whose protocol is not in the list of protocols: it is taken (default), or
	// "refuse"d. The swagger has a free text and says nothing of a check.
	UnknownProtocol string `json:"unknownProtocol,omitzero"`
	// RefusedHost is a host that no rule may have. What a real console refuses of hosts is not public; that it refuses some
	// is to be expected, and a client should not lose a whole list to one of them.
	RefusedHost string `json:"refusedHost,omitzero"`
	// HostValues is how host values are stored: as sent (default), "shuffled", or "canonical", which is sorted and in
	// the usual spelling of addresses and names.
	HostValues string `json:"hostValues,omitzero"`
	// EmptyFields is how an empty field is answered: as live bodies show it (default), "null" where the swagger allows
	// null, or "empty" for "" and [] instead of null.
	EmptyFields string `json:"emptyFields,omitzero"`
	// ReportBlocked shows reportBlocked in a firewall configuration. It is in the swagger and absent from live answers.
	ReportBlocked bool `json:"reportBlocked,omitzero"`
	// Decouple is how a scope stops inheriting its firewall settings: one call does that and sets them (default), or it
	// has to come "first", alone, and only the next call sets them.
	Decouple string `json:"decouple,omitzero"`
	// DecoupledSettings is what a scope that stops inheriting starts with: "kept" (default), the settings that were in
	// force until then, or "reset", all of them off.
	DecoupledSettings string `json:"decoupledSettings,omitzero"`
	// HashCase is how a hash is stored: as sent (default), "lower" or "upper".
	HashCase string `json:"hashCase,omitzero"`
	// FoldValueFilter makes the `value` filter of restrictions ignore case. The authors of an integration found that it
	// does not, and that a hash is kept as it was sent.
	FoldValueFilter bool `json:"foldValueFilter,omitzero"`
	// DuplicateStatus is the HTTP status for what exists already: 400 (default), which goes with the code that an
	// integration looks for, or 409. A migration tool handles both.
	DuplicateStatus int `json:"duplicateStatus,omitzero"`
	// CountSkipped answers skipCount=true with the true totalItems instead of 0. The swagger requires the key and says
	// that nothing is counted.
	CountSkipped bool `json:"countSkipped,omitzero"`
	// IgnoreUnknownQuery lets unknown query parameters pass. Live consoles were seen to refuse unknown fields of bodies
	// and to check queries in the same style, so the default is to refuse.
	IgnoreUnknownQuery bool `json:"ignoreUnknownQuery,omitzero"`
	// UnknownScopeStatus is the HTTP status for a scope id that does not exist: 403 (default) or 404. Only for POST
	// /restrictions an answer is known, a 400, and that is the default there. For a group in a path the swagger has a 403
	// and no 404; accounts and sites in paths are always a 404, as it has them.
	UnknownScopeStatus int `json:"unknownScopeStatus,omitzero"`
	// OwnUser is what a caller without permission to view users may see of itself in GET /user and in the details of its
	// token: nothing, as the swagger says (default), or, when "open", its own.
	OwnUser string `json:"ownUser,omitzero"`
	// ServiceUsers is whether service users can be seen as users: they can (default), or they are "hidden" and not found.
	// Nobody has told which it is.
	ServiceUsers string `json:"serviceUsers,omitzero"`
	// TenantUserRole is where the role of a user of the tenant stands: in scopeRoles, as for others (default), or only
	// as a "name" in tenantRoles. The swagger deprecates the latter and calls the former more consistent.
	TenantUserRole string `json:"tenantUserRole,omitzero"`
	// PermissionIdentifiers is how a role spells its permissions: as what comes after the page, "view" (default), in
	// "full", "Blacklist.view", or as a "number". The swagger has a string here, and ids where roles are written.
	PermissionIdentifiers string `json:"permissionIdentifiers,omitzero"`
	// UnknownTokenStatus is the HTTP status for asking when a token expires that is not there: 400 (default), the only
	// refusal in the swagger, or 404.
	UnknownTokenStatus int `json:"unknownTokenStatus,omitzero"`
	// SiteUserAccounts is what a user of one site gets of accounts: a refusal, as was seen (default, "refuse"), or its
	// "own" account. The evidence says only that a console may refuse.
	SiteUserAccounts string `json:"siteUserAccounts,omitzero"`
	// RuleFilterOptional answers a query for rules without a scope, an action, a status, an OS or a name, as one live
	// console was seen to do. The default refuses it, as the swagger says: what passes there passes everywhere.
	RuleFilterOptional bool `json:"ruleFilterOptional,omitzero"`
	// UniqueTagNames refuses a second tag of the same name and type in a scope. Public evidence is silent.
	UniqueTagNames bool `json:"uniqueTagNames,omitzero"`
	// TagKind is what happens to the kind of a tag in a body: "accept" (default), as in the swagger, or "refuse" as an
	// unknown field, as a migration tool met it on some consoles.
	TagKind string `json:"tagKind,omitzero"`
	// UnscopedRules is what a query for rules, tags or locations that names no scope is about: "all" that lies within the
	// caller's scope (default), or the caller's "own" scope alone, as with restrictions.
	UnscopedRules string `json:"unscopedRules,omitzero"`
	// HideDecommissioned leaves decommissioned agents out of a query without isDecommissioned. The swagger does not say what
	// such a query finds; by default, a filter that is not sent filters nothing.
	HideDecommissioned bool `json:"hideDecommissioned,omitzero"`
	// RiskLicense is what the tenant has of the licence for vulnerability management, which adds keys to the lists of risks.
	// By default each list is as the best evidence has it: the rows of risks as recorded from a tenant without the licence,
	// with baseScore, and the lists of applications, CVEs and endpoints complete, as in the swagger. With "none" these lack
	// the licence's keys too; with "full" the rows of risks have them, and no baseScore.
	RiskLicense string `json:"riskLicense,omitzero"`
	// LackingFields is how a key is answered that RiskLicense takes away: not at all (default), as recorded, or "null".
	LackingFields string `json:"lackingFields,omitzero"`
	// UnlicensedRisks is what becomes of queries that the swagger has for holders of the licence, such as those for
	// aggregated applications, while RiskLicense is not "full": they are answered (default), or "refuse"d with a 403.
	UnlicensedRisks string `json:"unlicensedRisks,omitzero"`
	// ScanLimit is what may be scanned once in eight hours: each "scope" (default), or whatever a "token" asks for. A
	// table of rate limits says one call in eight hours, and that its limits are those of a token.
	ScanLimit string `json:"scanLimit,omitzero"`
	// ScanLimitStatus is the HTTP status for a scan that comes too early: 429 (default), with nginx's page like other
	// rate limits, or 400. Nobody has told.
	ScanLimitStatus int `json:"scanLimitStatus,omitzero"`
	// URLLimit is the length of path and query above which nginx answers 414; 0 is no limit. Its usual limit is 8192.
	URLLimit int `json:"urlLimit,omitzero"`
}

// check refuses values that a switch does not have: a misspelled one would go unseen as the default.
func (b Behaviour) check() error {
	for _, s := range []struct {
		name, value string
		known       []string
	}{
		{"putRule", b.PutRule, []string{"", "merge", "replace"}},
		{"newRuleAt", b.NewRuleAt, []string{"", "end", "top"}},
		{"reorder", b.Reorder, []string{"", "ignore", "strict"}},
		{"unknownProtocol", b.UnknownProtocol, []string{"", "refuse"}},
		{"hostValues", b.HostValues, []string{"", "shuffled", "canonical"}},
		{"emptyFields", b.EmptyFields, []string{"", "null", "empty"}},
		{"decouple", b.Decouple, []string{"", "first"}},
		{"decoupledSettings", b.DecoupledSettings, []string{"", "kept", "reset"}},
		{"hashCase", b.HashCase, []string{"", "lower", "upper"}},
		{"ownUser", b.OwnUser, []string{"", "open"}},
		{"serviceUsers", b.ServiceUsers, []string{"", "hidden"}},
		{"tenantUserRole", b.TenantUserRole, []string{"", "name"}},
		{"permissionIdentifiers", b.PermissionIdentifiers, []string{"", "full", "number"}},
		{"unknownTokenStatus", fmt.Sprint(b.UnknownTokenStatus), []string{"0", "400", "404"}},
		{"siteUserAccounts", b.SiteUserAccounts, []string{"", "refuse", "own"}},
		{"tagKind", b.TagKind, []string{"", "accept", "refuse"}},
		{"unscopedRules", b.UnscopedRules, []string{"", "all", "own"}},
		{"riskLicense", b.RiskLicense, []string{"", "none", "full"}},
		{"lackingFields", b.LackingFields, []string{"", "null"}},
		{"unlicensedRisks", b.UnlicensedRisks, []string{"", "refuse"}},
		{"scanLimit", b.ScanLimit, []string{"", "scope", "token"}},
		{"scanLimitStatus", fmt.Sprint(b.ScanLimitStatus), []string{"0", "400", "429"}},
		{"duplicateStatus", fmt.Sprint(b.DuplicateStatus), []string{"0", "400", "409"}},
		{"unknownScopeStatus", fmt.Sprint(b.UnknownScopeStatus), []string{"0", "403", "404"}},
	} {
		if !slices.Contains(s.known, s.value) {
			return fmt.Errorf("behaviour: %s is %q, not one of %q", s.name, s.value, s.known)
		}
	}
	return nil
}
