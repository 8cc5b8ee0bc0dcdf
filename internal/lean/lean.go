// Package lean makes the provider's process a cheap one: a plan of thousands of objects asks it thousands of questions,
// and the defaults of what it is built from cost more than the work itself. Each saving is measured in the guide on
// performance, and each keeps what somebody has asked for.
package lean

import (
	"os"
	"runtime/debug"
	"strings"
)

const (
	// sdkLog is the level of the logs of the plugin's own machinery. At its default every line is formatted, and thrown
	// away by Terraform: a third of the time of a plan.
	sdkLog = "TF_LOG_SDK"
	// collector and memory are the environment variables of Go's garbage collector.
	collector, memory = "GOGC", "GOMEMLIMIT"
	// gcPercent lets the heap grow to three times of what is live before it is collected: a short-lived process of some
	// dozens of megabytes had rather be done.
	gcPercent = 200
	// memoryLimit is where that generosity ends, in bytes: from there on the heap is collected as often as it takes.
	memoryLimit = 128 << 20
)

// Process sets up the process before anything is served.
func Process() error {
	CollectLess()
	return QuietLogs()
}

// CollectLess lets the garbage collector run less often while the process is small, unless GOGC or GOMEMLIMIT say when.
func CollectLess() {
	if _, set := os.LookupEnv(collector); !set {
		debug.SetGCPercent(gcPercent)
	}
	if _, set := os.LookupEnv(memory); !set {
		debug.SetMemoryLimit(memoryLimit)
	}
}

// QuietLogs turns off the logs of the plugin's own machinery, unless somebody asks for logs of any kind.
func QuietLogs() error {
	if logsAsked(os.Environ()) {
		return nil
	}
	return os.Setenv(sdkLog, "off")
}

// logsAsked tells whether the environment asks for logs of any kind.
func logsAsked(environment []string) bool {
	for _, variable := range environment {
		if strings.HasPrefix(variable, "TF_LOG") {
			return true
		}
	}
	return false
}
