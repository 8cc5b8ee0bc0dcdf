package exposure

import (
	"context"
	"slices"

	"terraform-provider-sentinelone/internal/sentinelone"
)

// installed is one version of an application on one endpoint.
type installed struct{ endpointID, version string }

// installationPaths are where the vulnerable versions of an application are installed. The console's lists of risks don't
// tell; its inventory does.
type installationPaths struct {
	on   map[installed][]string
	byOS map[string][]string // by the word that firewall rules use
}

// readInstallationPaths returns where the versions of an application that endpoints have are installed, on those endpoints
// and on others. It takes a call for each 1000 installations.
func readInstallationPaths(
	ctx context.Context, console *sentinelone.Client, query sentinelone.InstallationQuery,
	endpoints []sentinelone.ApplicationEndpoint,
) (installationPaths, error) {
	paths := installationPaths{map[installed][]string{}, map[string][]string{}}
	vulnerable := map[string]bool{}
	for _, e := range endpoints {
		vulnerable[e.ApplicationVersion] = true
	}
	switch len(vulnerable) {
	case 0:
		return paths, nil
	case 1: // what an application id stands for: the console may as well leave out the others
		query.Versions = []string{endpoints[0].ApplicationVersion}
	}
	for i, err := range console.Installations.List(ctx, query) {
		if err != nil {
			return paths, err
		}
		if vulnerable[i.Version] && i.Path != "" {
			at := installed{i.EndpointID, i.Version}
			paths.on[at] = insert(paths.on[at], i.Path)
			paths.byOS[i.OSType] = insert(paths.byOS[i.OSType], i.Path)
		}
	}
	return paths, nil
}

// insert adds a text to sorted ones, each of which is there once.
func insert(sorted []string, text string) []string {
	at, there := slices.BinarySearch(sorted, text)
	if there {
		return sorted
	}
	return slices.Insert(sorted, at, text)
}

// of returns the paths on one endpoint: an empty list, not null, where none is known.
func (p installationPaths) of(e sentinelone.ApplicationEndpoint) []string {
	return append([]string{}, p.on[installed{e.EndpointID, e.ApplicationVersion}]...)
}
