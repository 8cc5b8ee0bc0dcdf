package simulator

// systemInfo is what the stand-in says it is. The numbers are made up; the names were seen.
type systemInfo struct {
	Build              string `json:"build"`
	LatestAgentVersion string `json:"latestAgentVersion"`
	Patch              string `json:"patch"`
	Release            string `json:"release"`
	Version            string `json:"version"`
}

// getSystemInfo serves GET /system/info.
func getSystemInfo(*call) (any, error) {
	return single{systemInfo{Build: "1", LatestAgentVersion: "25.1.3.334", Patch: "SP1", Release: "Stand-in", Version: "S-25.1.3"}}, nil
}

// getSystemStatus serves GET /system/status. It needs no token, as the swagger says: who gets no answer knows that the
// console is down, and not that the token is wrong.
func getSystemStatus(*call) (any, error) {
	return single{map[string]string{"health": "ok"}}, nil
}
