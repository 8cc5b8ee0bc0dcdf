package exposure_test

import (
	"maps"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/sentinelone"
	"terraform-provider-sentinelone/internal/simulator"
	"terraform-provider-sentinelone/internal/tfkit"
)

// founded is the day of the seed; its console's clock stands a hundred days later.
var founded = time.Date(2026, time.March, 4, 8, 0, 0, 0, time.UTC)

func day(n int) time.Time { return founded.AddDate(0, 0, n) }

const (
	laptop, desktop, server = "1900000000000000911", "1900000000000000912", "1900000000000000913"
)

// seed has two vulnerabilities, the editor's on a laptop and the viewer's on a desktop, that differ in everything that can
// be filtered, and one of the laptop's that is gone. An older version of the editor, in the other account, has another.
func seed() simulator.State {
	s := simulator.Demo()
	s.Agents = []simulator.Agent{
		{
			ID: laptop, UUID: "aaaa1111aaaa1111aaaa1111aaaa1111", ComputerName: "laptop", Domain: "corp.example",
			SiteID: s.Sites[0].ID, OSType: "macos", OSName: "macOS Tahoe", OSArch: "ARM64", MachineType: "laptop",
			AgentVersion: "25.1.3.334", IsUpToDate: true, IsActive: true, FirewallEnabled: true, LocationEnabled: true,
			NetworkQuarantineEnabled: true, ExternalIP: "198.51.100.7", LastIPToMgmt: new("192.0.2.7"),
			AppsVulnerabilityStatus: "patch_required", LocationType: "specific", LocationIDs: []string{s.Locations[1].ID},
			CreatedAt: day(1), UpdatedAt: day(2), LastActiveDate: day(3), LastLoggedInUserName: "jane.doe",
		},
		{
			ID: desktop, UUID: "bbbb2222bbbb2222bbbb2222bbbb2222", ComputerName: "desktop", Domain: "lab.example",
			SiteID: s.Sites[0].ID, OSType: "windows", OSName: "Windows 11", OSRevision: "26100", MachineType: "desktop",
			AgentVersion: "24.2.1.1", ActiveThreats: 2, NetworkStatus: "disconnected", OperationalState: "disabled",
			IsPendingUninstall: true, IsUninstalled: true, ExternalIP: "203.0.113.9",
			CreatedAt: day(11), UpdatedAt: day(12), LastActiveDate: day(13),
		},
		{ID: server, ComputerName: "server", SiteID: s.Sites[2].ID, OSType: "macos", MachineType: "server", CreatedAt: day(1)},
	}
	s.Applications = []simulator.Software{
		{
			ID: "1900000000000000811", AgentID: laptop, Name: "Editor", Vendor: "Example", Version: "1.5", DetectionDate: day(0),
			LastScanDate: day(50), InstallationPath: "/Applications/Editor.app",
			Mitigations: []simulator.Mitigation{
				{Status: "To be patched", Reason: "soon", ChangedBy: "Jane", ChangedAt: day(60)},
				{Status: "On hold", Reason: "replaced", ChangedBy: "Joe", ChangedAt: day(61)},
			},
		},
		{
			ID: "1900000000000000812", AgentID: desktop, Name: "Viewer", Vendor: "Other, Inc.", Version: "7", Type: "Library",
			DetectionDate: day(90), LastScanDate: day(95), LastScanResult: "Failed", InstallationPath: `C:\Viewer`,
		},
		{
			ID: "1900000000000000813", AgentID: server, Name: "Editor", Vendor: "Example", Version: "1.4",
			DetectionDate: day(-2), InstallationPath: "/opt/editor",
		},
	}
	s.Risks = []simulator.Risk{
		{
			CVEID: "CVE-2025-1001", ApplicationName: "Editor", ApplicationVendor: "Example", ApplicationVersion: "1.5",
			BaseScore: new(9.8), RiskScore: new(8.25), ExploitedInTheWild: "Yes", ExploitCodeMaturity: "Proof of Concept",
			RemediationLevel: "Official Fix", ReportConfidence: "Confirmed", Description: "Runs code.",
			PublishedDate: day(-10), DetectionDate: day(-5), RiskUpdatedDate: day(70),
		},
		{
			CVEID: "CVE-2025-2002", ApplicationName: "Viewer", ApplicationVendor: "Other, Inc.", ApplicationVersion: "7",
			BaseScore: new(4.3), RiskScore: new(2.0), ExploitedInTheWild: "Unknown", ExploitCodeMaturity: "High",
			RemediationLevel: "Workaround", ReportConfidence: "Reasonable", PublishedDate: day(40), DetectionDate: day(80),
			RiskUpdatedDate: day(81),
			Mark:            &simulator.Mark{Type: "False Positive", Reason: "not built in", MarkedBy: "Jane", MarkedDate: day(97)},
		},
		{
			CVEID: "CVE-2025-4004", ApplicationName: "Editor", ApplicationVendor: "Example", ApplicationVersion: "1.5",
			BaseScore: new(3.0), Status: "Removed", PublishedDate: day(-10), DetectionDate: day(-1),
		},
		{
			CVEID: "CVE-2025-3003", ApplicationName: "Editor", ApplicationVendor: "Example", ApplicationVersion: "1.4",
			BaseScore: new(8.0), PublishedDate: day(-10), DetectionDate: day(-1),
		},
	}
	return s
}

func start(t *testing.T, s simulator.State, options ...simulator.Option) *simulator.Console {
	t.Helper()
	now := func() time.Time { return day(100) }
	return simulator.Start(t, append([]simulator.Option{simulator.WithSeed(s), simulator.WithClock(now)}, options...)...)
}

// read reads a data source once, past the CLI.
func read(
	t *testing.T, console *simulator.Console, source datasource.DataSource, config map[string]tftypes.Value,
) (tfsdk.State, diag.Diagnostics) {
	t.Helper()
	client, err := sentinelone.New(sentinelone.Config{Host: console.URL(), Token: console.Token(), RequestsPerSecond: 1000})
	if err != nil {
		t.Fatal(err)
	}
	configurable, ok := source.(datasource.DataSourceWithConfigure)
	if !ok {
		t.Fatalf("%T cannot be configured", source)
	}
	site := sentinelone.Scope{Level: sentinelone.LevelSite, ID: acctest.Site(console)}
	configurable.Configure(t.Context(), datasource.ConfigureRequest{
		ProviderData: &tfkit.Provider{Console: client, DefaultScope: tfkit.NewScope(site)},
	}, &datasource.ConfigureResponse{})
	var schemas datasource.SchemaResponse
	source.Schema(t.Context(), datasource.SchemaRequest{}, &schemas)
	kind, ok := schemas.Schema.Type().TerraformType(t.Context()).(tftypes.Object)
	if !ok {
		t.Fatal("the schema is no object")
	}
	values := map[string]tftypes.Value{}
	for name, of := range kind.AttributeTypes {
		values[name] = tftypes.NewValue(of, nil)
	}
	maps.Copy(values, config)
	raw := tftypes.NewValue(kind, values)
	resp := datasource.ReadResponse{State: tfsdk.State{Raw: tftypes.NewValue(kind, nil), Schema: schemas.Schema}}
	source.Read(t.Context(), datasource.ReadRequest{Config: tfsdk.Config{Raw: raw, Schema: schemas.Schema}}, &resp)
	return resp.State, resp.Diagnostics
}

// totalOf returns how many rows there are by a state.
func totalOf(t *testing.T, state tfsdk.State) (n int64) {
	t.Helper()
	if diags := state.GetAttribute(t.Context(), path.Root("total"), &n); diags.HasError() {
		t.Fatal(diags)
	}
	return n
}

// rowsAt counts the rows of a state.
func rowsAt(t *testing.T, state tfsdk.State, name string) int {
	t.Helper()
	value, _, err := tftypes.WalkAttributePath(state.Raw, tftypes.NewAttributePath().WithAttributeName(name))
	list, ok := value.(tftypes.Value)
	var elements []tftypes.Value
	if err != nil || !ok || list.As(&elements) != nil || list.IsNull() {
		t.Fatalf("%s is no list: %v", name, err)
	}
	return len(elements)
}

func text(value string) tftypes.Value  { return tftypes.NewValue(tftypes.String, value) }
func number(value int64) tftypes.Value { return tftypes.NewValue(tftypes.Number, value) }
func yes() tftypes.Value               { return tftypes.NewValue(tftypes.Bool, true) }
