package provider_test

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

const listSites = `
data "sentinelone_sites" "all" {}
`

func providerBlock(lines ...string) string {
	return "provider \"sentinelone\" {\n  " + strings.Join(lines, "\n  ") + "\n}\n" + listSites
}

func fails(t *testing.T, config, message string) {
	t.Helper()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps:                    []resource.TestStep{{Config: config, ExpectError: regexp.MustCompile(`(?s)` + message)}},
	})
}

func works(t *testing.T, config string) {
	t.Helper()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps:                    []resource.TestStep{{Config: config}},
	})
}

func TestUnusableConfiguration(t *testing.T) {
	t.Parallel()
	const host, token = `host = "example.sentinelone.net"`, `api_token = "secret-token"`
	for name, tt := range map[string]struct {
		lines   []string
		message string
	}{
		"no host":             {[]string{token}, `No host.*SENTINELONE_HOST`},
		"no token":            {[]string{host}, `No API token.*SENTINELONE_API_TOKEN`},
		"token with a line":   {[]string{host, `api_token = "secret\ntoken"`}, `white\s+space\s+or\s+control`},
		"plain http":          {[]string{`host = "http://example.sentinelone.net"`, token}, `would\s+send\s+the\s+token\s+unencrypted`},
		"host with a path":    {[]string{`host = "https://example.sentinelone.net/dashboard"`, token}, `has\s+a\s+path`},
		"host that is none":   {[]string{`host = "not a host"`, token}, `is\s+no\s+host\s+name`},
		"two default scopes":  {[]string{host, token, `scope = { tenant = true, site_id = "1" }`}, `Set\s+exactly\s+one\s+of`},
		"marker in brackets":  {[]string{host, token, `marker = "[x]"`}, `brackets`},
		"timeout":             {[]string{host, token, `retry_timeout = "5 minutes"`}, `no\s+length\s+of\s+time`},
		"missing file":        {[]string{host, token, `ca_certificate_file = "/no/such/file"`}, `no\s+such\s+file`},
		"file without a cert": {[]string{host, token, `ca_certificate_file = "configure_test.go"`}, `no\s+PEM\s+certificate`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fails(t, providerBlock(tt.lines...), tt.message)
		})
	}
}

// Environment fills what the code leaves out; code wins.
func TestEnvironment(t *testing.T) {
	console := simulator.Start(t)
	for name, tt := range map[string]struct {
		environment map[string]string
		lines       []string
	}{
		"both names":   {map[string]string{"SENTINELONE_HOST": console.URL(), "SENTINELONE_API_TOKEN": console.Token()}, nil},
		"second names": {map[string]string{"SENTINELONE_URL": console.URL(), "SENTINELONE_TOKEN": console.Token()}, nil},
		"code wins": {
			map[string]string{"SENTINELONE_HOST": "http://127.0.0.1:1", "SENTINELONE_API_TOKEN": "other"},
			[]string{`host = "` + console.URL() + `"`, `api_token = "` + console.Token() + `"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for key, value := range tt.environment {
				t.Setenv(key, value)
			}
			works(t, providerBlock(tt.lines...))
		})
	}
}

func TestCertificateAuthority(t *testing.T) {
	t.Parallel()
	inner := simulator.Start(t)
	server := httptest.NewTLSServer(inner)
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		t.Fatal(err)
	}
	lines := []string{`host = "` + server.URL + `"`, `api_token = "` + inner.Token() + `"`}
	t.Run("unknown", func(t *testing.T) {
		t.Parallel()
		fails(t, providerBlock(lines...), `certificate.*this\s+machine\s+may\s+reach`)
	})
	t.Run("trusted", func(t *testing.T) {
		t.Parallel()
		works(t, providerBlock(append(lines, `ca_certificate_file = "`+file+`"`)...))
	})
}

// What the console needs may come out of the apply itself: that is no error as long as nothing asks the console.
func TestUnknownConfiguration(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	config := func(generation string) string {
		return `
resource "terraform_data" "console" {
  input            = { host = "` + console.URL() + `", site = "` + acctest.Site(console) + `" }
  triggers_replace = "` + generation + `"
}
provider "sentinelone" {
  host      = terraform_data.console.output.host
  api_token = "` + console.Token() + `"
  scope     = { site_id = terraform_data.console.output.site }
}
resource "sentinelone_firewall_rule" "test" {
  name         = "Block it"
  action       = "Block"
  remote_hosts = { fqdns = ["evil.example"] }
}
`
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config("first")},
			{ // what exists has to be read, and it can't be known where
				Config:      config("second"),
				ExpectError: regexp.MustCompile(`(?s)configuration not known yet.*host.*-target`),
			},
		},
	})
}

// A default scope that comes out of the apply moves nothing that exists, and is not taken for none.
func TestUnknownDefaultScope(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	config := func(generation, code string) string {
		return `
resource "terraform_data" "site" {
  input            = "` + acctest.Site(console) + `"
  triggers_replace = "` + generation + `"
}
provider "sentinelone" {
  host      = "` + console.URL() + `"
  api_token = "` + console.Token() + `"
  scope     = { site_id = terraform_data.site.output }
}
resource "sentinelone_firewall_rule" "test" {
  name         = "Block it"
  action       = "Block"
  remote_hosts = { fqdns = ["evil.example"] }
}
` + code
	}
	const permissions = `
data "sentinelone_permissions" "test" {
  features = ["firewall"]
}
`
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config("first", "")},
			{
				Config: config("second", ""),
				ConfigPlanChecks: acctest.Planned(
					plancheck.ExpectResourceAction("sentinelone_firewall_rule.test", plancheck.ResourceActionNoop)),
			},
			{
				Config:      config("third", permissions),
				ExpectError: regexp.MustCompile(`(?s)configuration not known yet.*scope`),
			},
		},
	})
}

// One clear diagnostic for each way in which a console can be out of reach, and no token in any.
func TestUnreachableConsole(t *testing.T) {
	t.Parallel()
	console := simulator.Start(t)
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if _, err := w.Write([]byte("<html><head><title>Welcome to nginx!</title></head></html>")); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(html.Close)
	closed := httptest.NewServer(nil)
	closed.Close()
	at := func(url, token string) string {
		return providerBlock(`host = "`+url+`"`, `api_token = "`+token+`"`, `retry_timeout = "300ms"`)
	}
	limited := simulator.Demo()
	limited.Users[0].Permissions = []string{"Blacklist.view"}
	for name, tt := range map[string]struct{ config, message string }{
		"wrong token":   {at(console.URL(), "wrong"), `Cannot list sites.*HTTP 401: Authentication\s+Failed.*SENTINELONE_API_TOKEN`},
		"no permission": {acctest.Config(simulator.Start(t, simulator.WithSeed(limited)), listSites), `HTTP 403: Insufficient\s+permissions.*Sites: View`},
		"HTML":          {at(html.URL, "token"), `HTTP\s+200:\s+"Welcome\s+to\s+nginx!".*not\s+the\s+SentinelOne\s+management\s+API`},
		"nobody there":  {at(closed.URL, "token"), `no\s+answer\s+from\s+127\.0\.0\.1.*connection\s+refused`},
		"no such host":  {at("console.invalid", "token"), `no\s+answer\s+from\s+console\.invalid`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fails(t, tt.config, tt.message)
		})
	}
}
