// Command provider serves the provider for the bench: as the framework would have it, with those of the savings of package
// lean that the environment names, and with profiles on request. The product has no such switches.
package main

import (
	"errors"
	"log"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"terraform-provider-sentinelone/internal/lean"
	"terraform-provider-sentinelone/internal/provider"
)

func main() {
	savings, profiles := os.Getenv("BENCH_SAVINGS"), os.Getenv("BENCH_PROFILES")
	if err := serve(strings.Split(savings, ","), profiles); err != nil {
		log.Fatal(err)
	}
}

func serve(savings []string, profiles string) (err error) {
	server := providerserver.NewProtocol6(provider.New("bench")())()
	for _, saving := range savings {
		switch saving {
		case "collector":
			lean.CollectLess()
		case "logs":
			err = lean.QuietLogs()
		case "contexts":
			server, err = lean.NewServer(provider.New("bench")())
		}
		if err != nil {
			return err
		}
	}
	if profiles != "" {
		stop, err := profile(profiles)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	return tf6server.Serve(provider.Address, func() tfprotov6.ProviderServer { return server })
}

// profile writes a CPU and a heap profile of this process into a folder, when it is stopped.
func profile(dir string) (stop func() error, err error) {
	cpu, err := os.CreateTemp(dir, "cpu-*.pprof")
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return nil, err
	}
	return func() error {
		pprof.StopCPUProfile()
		heap, err := os.Create(filepath.Join(dir, strings.Replace(filepath.Base(cpu.Name()), "cpu", "heap", 1)))
		if err != nil {
			return err
		}
		return errors.Join(pprof.WriteHeapProfile(heap), heap.Close(), cpu.Close())
	}, nil
}
