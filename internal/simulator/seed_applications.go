package simulator

import (
	"strconv"
	"time"
)

// demoApplications returns what is installed on the agents of Demo, and its vulnerabilities: of 7-Zip on two computers
// and of WinRAR, which are exploited, of PuTTY, which somebody has put on hold, and of PostgreSQL.
func demoApplications(agents []Agent, founded time.Time) ApplicationManagement {
	seen := founded.AddDate(1, 0, 0)
	scanned := founded.AddDate(2, 0, 0)
	installed := func(n int, agent Agent, vendor, name, version, path string) Software {
		return Software{
			ID: "190000000000000080" + strconv.Itoa(n), AgentID: agent.ID, Vendor: vendor, Name: name, Version: version,
			InstallationPath: path, InstallationDate: seen.AddDate(0, 0, -n), Size: 1 << 20 * n,
			DetectionDate: seen.AddDate(0, 0, n), LastScanDate: scanned,
		}
	}
	laptop, macbook, database, files := agents[0], agents[1], agents[2], agents[3]
	applications := []Software{
		installed(1, laptop, "Igor Pavlov", "7-Zip", "22.01", `C:\Program Files\7-Zip`),
		installed(2, laptop, "win.rar GmbH", "WinRAR", "6.22", `C:\Program Files\WinRAR`),
		installed(3, macbook, "Mozilla", "Firefox", "140.0", "/Applications/Firefox.app"),
		installed(4, database, "PostgreSQL Global Development Group", "PostgreSQL", "16.4", "/usr/lib/postgresql/16"),
		installed(5, files, "Igor Pavlov", "7-Zip", "22.01", `C:\Program Files\7-Zip`),
		installed(6, files, "Simon Tatham", "PuTTY release", "0.77.0.0", `C:\Program Files\PuTTY`),
	}
	applications[5].Mitigations = []Mitigation{{
		Status: "On hold", Reason: "The server is replaced soon", ChangedBy: "Jane Doe", ChangedAt: scanned,
	}}
	risk := func(cve string, of Software, score float64, published time.Time) Risk {
		return Risk{
			CVEID: cve, ApplicationName: of.Name, ApplicationVendor: of.Vendor, ApplicationVersion: of.Version,
			BaseScore: new(score), RiskScore: new(score), ExploitedInTheWild: "Unknown", ExploitCodeMaturity: "Unproven",
			RemediationLevel: "Official Fix", ReportConfidence: "Confirmed", PublishedDate: published, DetectionDate: seen,
		}
	}
	day := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	risks := []Risk{
		risk("CVE-2025-0411", applications[0], 7.0, day(2025, time.January, 25)),
		risk("CVE-2023-38831", applications[1], 7.8, day(2023, time.August, 23)),
		risk("CVE-2024-10979", applications[3], 8.8, day(2024, time.November, 14)),
		risk("CVE-2024-31497", applications[5], 5.9, day(2024, time.April, 15)),
	}
	for i := range risks[:2] {
		risks[i].ExploitedInTheWild, risks[i].ExploitCodeMaturity = "Yes", "High"
	}
	return ApplicationManagement{Applications: applications, Risks: risks}
}
