package provider_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"terraform-provider-sentinelone/internal/acctest"
	"terraform-provider-sentinelone/internal/simulator"
)

// Logs that somebody asks for are written, and no others: neither the provider's own nor those of the machinery below.
func TestLogsOnDemand(t *testing.T) {
	t.Parallel()
	mirror, err := acctest.NewMirror(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	const own, machinery = "console call", "tf_rpc="
	for variable, want := range map[string]map[string]bool{
		"":                {own: false, machinery: false},
		"TF_LOG":          {own: true, machinery: true},
		"TF_LOG_PROVIDER": {own: true, machinery: true},
	} {
		t.Run(variable, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, mirror, simulator.Start(t))
			if variable != "" {
				w.Setenv(variable, "TRACE")
			}
			if err := w.Add(fstest.MapFS{"main.tf": {Data: []byte(`data "sentinelone_sites" "all" {}`)}}); err != nil {
				t.Fatal(err)
			}
			succeed(t, w, "init")
			output := succeed(t, w, "plan")
			for text, wanted := range want {
				if strings.Contains(output, text) != wanted {
					t.Errorf("%q in the output: %t", text, !wanted)
				}
			}
		})
	}
}
