package simulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The verdicts on a hash, in the words of the API, from the best to the worst.
const (
	noVerdict      = "NONE"
	notRecommended = "Not recommended"
	notAllowed     = "Not allowed"
)

// readVerdicts takes the verdicts of a seed, and adds that the empty file must not be blocked.
func readVerdicts(seed map[string]string) (map[string]string, error) {
	verdicts := map[string]string{
		"da39a3ee5e6b4b0d3255bfef95601890afd80709":                         notAllowed,
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855": notAllowed,
	}
	for _, hash := range slices.Sorted(maps.Keys(seed)) {
		if v := seed[hash]; v != notRecommended && v != notAllowed {
			return nil, fmt.Errorf("the verdict on %s is %q, not %q or %q", hash, v, notRecommended, notAllowed)
		}
		verdicts[strings.ToLower(hash)] = seed[hash]
	}
	return verdicts, nil
}

// verdict returns the worst verdict on hashes that are in lower case.
func (s *store) verdict(hashes ...string) string {
	worst := noVerdict
	for _, hash := range hashes {
		switch s.verdicts[hash] {
		case notAllowed:
			return notAllowed
		case notRecommended:
			worst = notRecommended
		}
	}
	return worst
}

// validateRestriction serves POST /restrictions/validate: the verdict on the hashes or, where there is none, whether a
// scope has them already. Which of the two goes first, and when there are details, is not known.
func validateRestriction(c *call) (any, error) {
	var body struct {
		Data   restrictionInput `json:"data"`
		Filter arguments        `json:"filter"`
	}
	if err := json.Unmarshal(c.body, &body); err != nil {
		return nil, fmt.Errorf("restriction: %w", err)
	}
	places, err := c.readableOrOwn(body.Filter)
	if err != nil {
		return nil, err
	}
	in := body.Data
	hashes := lowered(in.Value.value, in.SHA256Value.value)
	if len(hashes) == 0 {
		return nil, invalid("data: value: Missing data for required field.")
	}
	status := c.verdict(hashes...)
	if status == noVerdict {
		status = c.duplication(places, in)
	}
	return single{map[string]any{"status": status, "details": []string{}}}, nil
}

// duplication tells which of the hashes are on the list of a scope, for the same system; without a system, none is.
func (c *call) duplication(places []place, in restrictionInput) string {
	listed := func(hash *string) bool {
		return hash != nil && slices.ContainsFunc(places, func(p place) bool {
			return c.hashes[hashKey{p, in.OSType, strings.ToLower(*hash)}] != ""
		})
	}
	switch sha1, sha256 := listed(in.Value.value), listed(in.SHA256Value.value); {
	case sha1 && sha256:
		return "duplicated_value_sha1_sha256"
	case sha1:
		return "duplicated_value_sha1"
	case sha256:
		return "duplicated_value_sha256"
	default:
		return noVerdict
	}
}
