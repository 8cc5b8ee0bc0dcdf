package simulator

import (
	"slices"
	"strings"
)

// authenticate finds the user of an Authorization header, whose token must not have expired. The scheme's case does not
// matter: clients in the field send "ApiToken" and "APIToken".
func (s *store) authenticate(header string) (User, error) {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "ApiToken") {
		return User{}, unauthorized()
	}
	for _, u := range s.state.Users {
		if u.Token == strings.TrimSpace(token) && u.Token != "" && !u.hasExpired(s.now()) {
			return u, nil
		}
	}
	return User{}, unauthorized()
}

// may reports whether the user has one of the permissions.
func (u User) may(anyOf ...string) bool {
	return u.Permissions == nil ||
		slices.ContainsFunc(anyOf, func(p string) bool { return slices.Contains(u.Permissions, p) })
}
