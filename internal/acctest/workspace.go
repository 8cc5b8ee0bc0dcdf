package acctest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"terraform-provider-sentinelone/internal/provider"
)

// Mirror is a folder from which a CLI installs the provider's real binary, instead of from a registry.
type Mirror string

const builtVersion = "0.0.1"

// NewMirror builds the provider into dir, an empty folder, under its address at Terraform's and OpenTofu's registry.
func NewMirror(ctx context.Context, dir string) (Mirror, error) {
	return NewMirrorOf(ctx, dir, "terraform-provider-sentinelone")
}

// NewMirrorOf is NewMirror for another command that serves the provider.
func NewMirrorOf(ctx context.Context, dir, command string) (Mirror, error) {
	_, path, _ := strings.Cut(provider.Address, "/")
	in := func(registry string) string {
		binary := fmt.Sprintf("terraform-provider-%s_v%s", filepath.Base(path), builtVersion)
		return filepath.Join(dir, registry, path, builtVersion, runtime.GOOS+"_"+runtime.GOARCH, binary)
	}
	binary, link := in("registry.terraform.io"), in("registry.opentofu.org")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", binary, command)
	if output, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the provider: %w\n%s", err, output)
	}
	if err := os.MkdirAll(filepath.Dir(link), 0o700); err != nil {
		return "", err
	}
	return Mirror(dir), os.Link(binary, link)
}

// Workspace is a folder in which the real CLI runs the provider's real binary, as on a user's machine.
type Workspace struct {
	dir string
	cli string
	env []string
}

// NewWorkspace returns a workspace in dir, an empty folder. Host and token are in its environment.
func (m Mirror) NewWorkspace(dir, host, token string) (*Workspace, error) {
	cli, err := exec.LookPath(cliName())
	if err != nil {
		return nil, fmt.Errorf("finding a Terraform CLI: %w", err)
	}
	config := filepath.Join(string(m), "cli.tfrc")
	settings := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", m)
	if err := os.WriteFile(config, []byte(settings), 0o600); err != nil {
		return nil, err
	}
	w := &Workspace{dir: dir, cli: cli}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") { // the user's own settings must not change what happens
			w.env = append(w.env, variable)
		}
	}
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+config, "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1",
		"SENTINELONE_HOST="+host, "SENTINELONE_API_TOKEN="+token)
	return w, nil
}

func cliName() string {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path
	}
	return "terraform"
}

// Add copies the code of a folder into the workspace.
func (w *Workspace) Add(code fs.FS) error { return os.CopyFS(w.dir, code) }

// Setenv adds a variable to the environment of later runs.
func (w *Workspace) Setenv(name, value string) { w.env = append(w.env, name+"="+value) }

// Command returns a run of the CLI that is not started yet. All its output goes to one place.
func (w *Workspace) Command(ctx context.Context, output io.Writer, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, w.cli, args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	cmd.Stdout, cmd.Stderr = output, output
	return cmd
}

// Run runs the CLI and returns its exit code; an error tells that it could not be run at all. When the context ends,
// the CLI is interrupted, as by one Ctrl-C.
func (w *Workspace) Run(ctx context.Context, output io.Writer, args ...string) (int, error) {
	return run(w.Command(ctx, output, args...))
}

// RunScript is Run for a program in the workspace. It finds the CLI that it is to use in TERRAFORM.
func (w *Workspace) RunScript(ctx context.Context, output io.Writer, script string, args ...string) (int, error) {
	cmd := w.Command(ctx, output)
	cmd.Path = filepath.Join(w.dir, script)
	cmd.Args = append([]string{cmd.Path}, args...)
	cmd.Env = append(slices.Clip(w.env), "TERRAFORM="+w.cli)
	return run(cmd)
}

func run(cmd *exec.Cmd) (int, error) {
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it takes its providers with it
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() >= 0 {
		return exit.ExitCode(), nil
	}
	return 0, err
}
