package simulator_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"terraform-provider-sentinelone/internal/simulator"
)

// handle sends one request past the network.
func handle(tb testing.TB, c *simulator.Console, method, target, body string) {
	tb.Helper()
	r := httptest.NewRequestWithContext(tb.Context(), method, "/web/api/v2.1"+target, strings.NewReader(body))
	r.Header.Set("Authorization", "ApiToken "+c.Token())
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		tb.Fatalf("%s %s: %d %s", method, target, w.Code, w.Body)
	}
}

func benchmarkConsole(b *testing.B) (console *simulator.Console, site string) {
	b.Helper()
	seed := seedWithRules(200_000)
	console, err := simulator.New(simulator.WithSeed(seed))
	if err != nil {
		b.Fatal(err)
	}
	return console, seed.Sites[0].ID
}

func BenchmarkListPage(b *testing.B) {
	console, site := benchmarkConsole(b)
	for _, query := range []string{"", "&sortBy=name&sortOrder=desc", "&ids=2100000000000000007"} {
		b.Run("query"+query, func(b *testing.B) {
			for b.Loop() {
				handle(b, console, http.MethodGet, "/firewall-control?limit=1000&siteIds="+site+query, "")
			}
		})
	}
}

func BenchmarkCreate(b *testing.B) {
	console, site := benchmarkConsole(b)
	body := `{"data":{"name":"new","action":"Block","status":"Enabled"},"filter":{"siteIds":["` + site + `"]}}`
	for b.Loop() {
		handle(b, console, http.MethodPost, "/firewall-control", body)
	}
}

func BenchmarkDelete(b *testing.B) {
	console, _ := benchmarkConsole(b)
	next := uint64(2100000000000000001)
	for b.Loop() {
		handle(b, console, http.MethodDelete, "/firewall-control", fmt.Sprintf(`{"filter":{"ids":["%d"]}}`, next))
		next++
	}
}

func BenchmarkListAgents(b *testing.B) {
	seed := simulator.Demo()
	seed.Agents = nil
	for i := range 50_000 {
		seed.Agents = append(seed.Agents, simulator.Agent{SiteID: seed.Sites[i%2].ID, ComputerName: fmt.Sprintf("computer-%05d", i)})
	}
	console, err := simulator.New(simulator.WithSeed(seed))
	if err != nil {
		b.Fatal(err)
	}
	for _, target := range []string{"?limit=1000", "?limit=1000&sortBy=siteName&sortOrder=desc", "/count?query=99"} {
		b.Run(target, func(b *testing.B) {
			for b.Loop() {
				handle(b, console, http.MethodGet, "/agents"+target, "")
			}
		})
	}
}

func BenchmarkListRisks(b *testing.B) {
	console, err := simulator.New(simulator.WithSeed(manyRisks(50_000)))
	if err != nil {
		b.Fatal(err)
	}
	for _, target := range []string{
		"risks?limit=1000", "risks?limit=1000&sortBy=endpointName&sortOrder=desc", "risks?limit=1000&severities=HIGH",
		"risks/aggregated-applications?limit=1000", "inventory?limit=1000",
	} {
		b.Run(target, func(b *testing.B) {
			for b.Loop() {
				handle(b, console, http.MethodGet, "/application-management/"+target, "")
			}
		})
	}
}
